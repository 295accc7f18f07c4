"""Reads the claims of drafts: their quotations, each with its speaker."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.citing.claims import Claim
from reader.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import Article
    from reader.model.quotation import Quotation

# Quotations of this many words are claims, even if they may be names or scare quotes.
_FEWEST_WORDS = 4

_FRONT_MATTER = re.compile(r"\A---\n.*?^---\s*$", re.MULTILINE | re.DOTALL)
# Quotation marks as TeX and typewriters have them, ``…'' and ,,…'': opened only if they are closed
# before others are opened. (``…`` is code.)
_TYPED_OPENING = re.compile(r"(?<!\S)(?:``(?=\w[^`\n]*'')|,,(?=\w(?:(?!\s,,)[^\n])*?(?:''|[”“])))")
_TYPED_CLOSING = re.compile(r"(?<=[\w.,;:!?…])''(?!\w)")
_MARKS = re.compile('[“”„"«»]')
# The line below a quotation that names its speaker: "— Ilham Aliyev, in …".
_ATTRIBUTION = re.compile(r"(?:[—–―]|--)\s*(?P<name>[^\W\d_][^,;:“\"(\[]{1,80})")
# The speaker in brackets after a quotation, as in footnotes: "…" (Ilham Aliyev).
_BRACKETS = re.compile(r"[”\"»]\s*\((?P<name>[^\W\d_a-z][^()\d]{1,60})\)")


def claims_in(draft: str, every: bool = False) -> list[Claim]:
    """The quotations in a draft, plain text or Markdown, in order, each with its speaker.

    Block quotations without quotation marks are claims as a whole. Short quotations that are likely
    names or scare quotes are left out, unless `every` is set.
    """
    # Imported here: only drafts need the rules of quotations.
    from reader.formats.markdown.blocks import read_body
    from reader.model.article import Article, Paragraph

    text = _FRONT_MATTER.sub("", draft.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TYPED_CLOSING.sub("”", _TYPED_OPENING.sub("“", text))
    paragraphs: list[Paragraph] = []
    block_quotes: set[int] = set()
    # Writers indent quotations, too: indented lines are no code.
    for part in read_body(text, indented_code=False).parts:
        if part.kind in ("code", "rule"):
            continue
        # Of a table, a row is a paragraph.
        for line in part.text.split("\n"):
            paragraphs.append(Paragraph(len(paragraphs) + 1, line.replace("\t", " | ").strip()))
            if part.kind == "quoted":
                block_quotes.add(len(paragraphs))
    article = Article("draft", "", tuple(paragraphs))
    claims = [*_quotations_in(article, every), *_block_quotations_in(article, block_quotes)]
    return sorted(claims, key=lambda claim: claim.paragraph or 0)


def claims_in_words(words: str, speaker: str | None = None) -> list[Claim]:
    """The claims in a user's words.

    Each quotation in them, if there are words outside quotation marks too; else a single claim with
    all the words. `speaker` is the speaker of all claims, by default the one that the words name.
    """
    outside = re.sub(r"[“„\"«][^“”„\"«»]*[”“\"»]?", "", words)
    if _MARKS.search(words) and any(map(str.isalpha, outside)):
        claims = claims_in(words, every=True)
        if claims:
            return [
                replace(claim, speaker=speaker or claim.speaker, paragraph=None) for claim in claims
            ]
    return [Claim(" ".join(_MARKS.sub(" ", words).split()), speaker)]


def draft_text(content: bytes, suffix: str) -> str:
    """The text of a draft, in the format of its file's suffix. Raises UnreadableFile."""
    from reader.formats import decode, is_text, parse

    if is_text(suffix):
        text = decode(content)
        if "\0" in text or text.startswith("%PDF-"):
            raise UnreadableFile("not text")
        return text
    articles = parse(content, "draft", suffix)
    return "\n\n".join(paragraph.text for article in articles for paragraph in article.paragraphs)


def _quotations_in(article: Article, every: bool) -> Iterator[Claim]:
    """The quotations of a draft that are in quotation marks."""
    from reader.quotes import find

    texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
    for quotation in find(article):
        is_long = len(quotation.text.split()) >= _FEWEST_WORDS
        if every or is_long or quotation.kind == "speech":
            speaker = _speaker(quotation, texts)
            yield Claim(" ".join(quotation.parts), speaker, quotation.paragraph)


def _block_quotations_in(article: Article, block_quotes: set[int]) -> Iterator[Claim]:
    """The paragraphs of a draft that are block quotations without quotation marks."""
    texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
    for number, words in texts.items():
        if number in block_quotes and not _MARKS.search(words) and not _ATTRIBUTION.match(words):
            yield Claim(words, _name_in_attribution(texts.get(number + 1, "")), number)


def _speaker(quotation: Quotation, texts: dict[int, str]) -> str | None:
    """The speaker of a draft's quotation: in brackets, in its sentence, or in the line below."""
    speaker = _name_in_brackets(quotation, texts) or quotation.speaker
    if speaker or not _ends_paragraph(quotation, texts):
        return speaker
    return _name_in_attribution(texts.get(quotation.paragraph + len(quotation.parts), ""))


def _name_in_brackets(quotation: Quotation, texts: dict[int, str]) -> str | None:
    """The name in brackets right after a quotation, as in footnotes."""
    last = quotation.parts[-1]
    text = texts[quotation.paragraph + len(quotation.parts) - 1]
    start = quotation.start if len(quotation.parts) == 1 else text.index(last)
    match = _BRACKETS.match(text, start + len(last))
    return match["name"].strip() if match else None


def _ends_paragraph(quotation: Quotation, texts: dict[int, str]) -> bool:
    """Whether the last paragraph of a quotation has no other words."""
    text = texts[quotation.paragraph + len(quotation.parts) - 1]
    return len(text) <= len(quotation.parts[-1]) + 3  # two marks and a comma or full stop


def _name_in_attribution(text: str) -> str | None:
    """The name in a line that attributes the quotation above it."""
    match = _ATTRIBUTION.match(text)
    return match["name"].strip() if match else None
