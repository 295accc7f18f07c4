"""Reads the claims of drafts: their quotations, each with its speaker."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reader.citing.claims import Claim
from reader.citing.markup import DraftParagraph, paragraphs_in_html
from reader.citing.positions import with_positions
from reader.errors import UnreadableFile
from reader.model.article import Article, Block, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.quotation import Quotation

# Quotations of this many words are claims, even if they may be names or scare quotes.
_FEWEST_WORDS = 4

_PAGES = frozenset({".html", ".htm", ".xhtml"})

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
    """The quotations in a draft, plain text or Markdown, in order, each with its speaker and its
    line and column.

    Block quotations without quotation marks are claims as a whole. Short quotations that are likely
    names or scare quotes are left out, unless `every` is set.
    """
    text = _with_line_feeds(draft)
    front_matter = _FRONT_MATTER.match(text)
    start = front_matter.end() if front_matter else 0
    claims = _claims_of(_paragraphs_in_markdown(text[start:]), every)
    return list(with_positions(claims, text, start))


def claims_in_file(
    content: bytes, suffix: str, every: bool = False, encoding: str | None = None
) -> list[Claim]:
    """The quotations in a draft's bytes, in the format of its file's suffix, as `claims_in`.

    `encoding` is that of text without a mark that is not UTF-8. A document that is no text has no
    lines: nor have its claims. Raises UnreadableFile.
    """
    from reader.formats import guess_suffix, is_text, parse, suffix_of
    from reader.formats.encodings import decode, reading

    suffix = suffix_of(f"draft{suffix}") or guess_suffix(content)
    if suffix not in _PAGES and not is_text(suffix):
        articles = parse(content, "draft", suffix, encoding)
        return _claims_of(chain.from_iterable(map(_paragraphs_of, articles)), every)
    with reading(encoding):
        text = decode(content)
    if "\0" in text or text.startswith("%PDF-"):
        raise UnreadableFile("not text")
    if suffix not in _PAGES:
        return claims_in(text, every)
    text = _with_line_feeds(text)
    return list(with_positions(_claims_of(paragraphs_in_html(text), every), text))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _paragraphs_in_markdown(text: str) -> Iterator[DraftParagraph]:
    """The paragraphs of a draft in Markdown, or in plain text."""
    from reader.formats.markdown.blocks import read_body

    text = _TYPED_CLOSING.sub("”", _TYPED_OPENING.sub("“", text))
    # Writers indent quotations, too: indented lines are no code.
    for part in read_body(text, indented_code=False).parts:
        if part.kind in ("code", "rule"):
            continue
        # Of a table, a row is a paragraph.
        for line in part.text.split("\n"):
            text = line.replace("\t", " | ").strip()
            yield DraftParagraph(text, part.kind == "quoted")


def _paragraphs_of(article: Article) -> Iterator[DraftParagraph]:
    """All that can have quotations in a document: in a draft the header of an article has, too."""
    yield from (DraftParagraph(text) for text in (article.section, article.title) if text)
    if article.source:
        yield DraftParagraph(article.source)
    for part in article.parts:
        kind = part.kind if isinstance(part, Block) else part.role
        if kind not in ("code", "rule"):
            for line in part.text.split("\n"):
                yield DraftParagraph(line.replace("\t", " | ").strip(), kind == "quoted")


def _claims_of(paragraphs: Iterable[DraftParagraph], every: bool) -> list[Claim]:
    """The claims in the paragraphs of a draft, in order."""
    listed = list(paragraphs)
    numbered = tuple(Paragraph(n, one.text) for n, one in enumerate(listed, start=1))
    block_quotes = {n for n, one in enumerate(listed, start=1) if one.is_block_quotation}
    article = Article("draft", "", numbered)
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
