"""Quotations that somebody has written down and wants checked, and what became of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from reader.model.article import Quotation
    from reader.model.summary import Summary

# It is there word for word; with other words; in another's mouth; not at all.
Verdict: TypeAlias = Literal["verbatim", "altered", "misattributed", "missing"]
VERDICTS: tuple[Verdict, ...] = ("verbatim", "altered", "misattributed", "missing")

# Words of a quotation that is checked although it may be no speech, but a name or a scare quote.
_FEW = 4

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\s*$", re.MULTILINE | re.DOTALL)
_BLOCK_QUOTE = re.compile(r"^[^\S\n]{0,3}(?:>[^\S\n]?)+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:<[^>\n]*>|[^)\s]*)(?:\s+\"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=\S)([^*_\n]*?\S)\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#!(){}+.-])")
_MARKS = re.compile('[“”„"«»]')
# Whose the words above are: "— Ilham Aliyev, in …".
_ATTRIBUTION = re.compile(r"(?:[—–―]|--)\s*(?P<name>[^\W\d_][^,;:“\"(\[]{1,80})")

_BRACKETS = re.compile(r"[”\"»]\s*\((?P<name>[^\W\d_a-z][^()\d]{1,60})\)")


class Claim(NamedTuple):
    """Words that are said to be quoted, and the speaker they are given to, if they are given to
    one. `paragraph` is where they stand in the draft, counted from 1; None if they were typed.
    """

    words: str
    speaker: str | None = None
    paragraph: int | None = None


class Change(NamedTuple):
    """A run of words in which a claim and what it quotes agree, or do not.

    `claimed` are the claim's words, `found` those of the corpus; one of them may be empty.
    """

    claimed: str
    found: str
    same: bool


class Checked(NamedTuple):
    """What became of a claim.

    `article`, the paragraph's number, counted from 1, and its text are where the words stand, or
    what is most like them; `speaker` is whose words they are there. `changes` are the words one by
    one, if some are others. All are empty where nothing is like the claim.
    """

    claim: Claim
    verdict: Verdict
    article: Summary | None = None
    paragraph: int | None = None
    text: str | None = None
    speaker: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def locator(self) -> str | None:
        """What names the paragraph on the command line; the article, if its title is quoted."""
        if self.article is None:
            return None
        return self.article.id + (f":{self.paragraph}" if self.paragraph else "")


def claims_in(draft: str, every: bool = False) -> list[Claim]:
    """The quotations in a draft, plain text or Markdown, in order, each with its speaker.

    Block quotations without marks are claims as a whole. A few words that seem to be a name or a
    scare quote are none, unless `every` is set.
    """
    # Loads the rules of quotations, once a draft is there.
    from reader.formats.text import blocks_of, numbered
    from reader.model.article import Article
    from reader.quotes import find

    text = _FRONT_MATTER.sub("", draft.replace("\r\n", "\n"))
    quoted = {" ".join(block) for block in blocks_of(_only_block_quotes(text)) if block}
    article = Article("draft", "", numbered(blocks_of(_plain(text))))
    texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
    claims = []
    for quote in find(article):
        if every or quote.kind == "speech" or len(quote.text.split()) >= _FEW:
            after = texts.get(quote.paragraph + len(quote.parts), "")
            speaker = _in_brackets(quote, texts) or quote.speaker
            speaker = speaker or (_attributed(after) if _is_whole(quote, texts) else None)
            claims.append(Claim(" ".join(quote.parts), speaker, quote.paragraph))
    for number, words in texts.items():
        if words in quoted and not _MARKS.search(words) and not _ATTRIBUTION.match(words):
            claims.append(Claim(words, _attributed(texts.get(number + 1, "")), number))
    return sorted(claims, key=lambda claim: claim.paragraph or 0)


def text_of(content: bytes, suffix: str) -> str:
    """The text of a draft's bytes, read as the file's suffix says. Raises UnreadableFile."""
    from reader.formats import decode, is_text, parse

    if is_text(suffix):
        return decode(content)
    article = parse(content, "draft", suffix)
    return "\n\n".join(paragraph.text for paragraph in article.paragraphs)


def claim_of(words: str, speaker: str | None = None) -> list[Claim]:
    """The claims in words that were typed: the quotations in them, if they are more than that; else
    all the words, with the speaker that was named.
    """
    outside = re.sub(r"[“„\"«][^“”„\"«»]*[”“\"»]?", "", words)
    if _MARKS.search(words) and any(map(str.isalpha, outside)):
        found = claims_in(words, every=True)
        if found:
            return [
                claim._replace(speaker=speaker or claim.speaker, paragraph=None) for claim in found
            ]
    return [Claim(" ".join(_MARKS.sub(" ", words).split()), speaker)]


def _in_brackets(quote: Quotation, texts: dict[int, str]) -> str | None:
    """The name in brackets right behind a quotation, as footnotes have it."""
    number = quote.paragraph + len(quote.parts) - 1
    start = quote.start if len(quote.parts) == 1 else texts[number].index(quote.parts[-1])
    match = _BRACKETS.match(texts[number], start + len(quote.parts[-1]))
    return match["name"].strip() if match else None


def _is_whole(quote: Quotation, texts: dict[int, str]) -> bool:
    """Whether a quotation's last paragraph has no other words."""
    last = texts[quote.paragraph + len(quote.parts) - 1]
    return len(last) <= len(quote.parts[-1]) + 3


def _attributed(text: str) -> str | None:
    """The name in a line that says whose the words before it are."""
    match = _ATTRIBUTION.match(text)
    return match["name"].strip() if match else None


def _plain(markdown: str) -> str:
    """The text of Markdown without its marks; plain text stays what it is but for these."""
    text = _BLOCK_QUOTE.sub("", _FENCE.sub("", markdown))
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", text)


def _only_block_quotes(markdown: str) -> str:
    """Of Markdown the text of the block quotations; nothing but blank lines is between them."""
    lines = _FENCE.sub("", markdown).split("\n")
    return _plain("\n".join(line if _BLOCK_QUOTE.match(line) else "" for line in lines))
