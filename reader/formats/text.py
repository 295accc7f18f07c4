"""Plain text as a news site prints it: a header of short blocks, then paragraphs of prose.

The header's lines are recognised by their form, not by their words. Text is never dropped: a block
that is not clearly part of a header is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reader.formats.dates import find_date, unread_date
from reader.language.clean import normalize
from reader.model.article import Article, Origin, Paragraph

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# Headers are short. A limit keeps a long list or table from being taken for one.
_MOST_HEADER_LINES = 10
# Characters. Headlines rarely exceed this; sentences of prose of this length are common.
_LONGEST_TITLE = 200
_LONGEST_NAME = 60
# Digits in the name of a person or publication: a year, as in "Expo 2020 Daily".
_MOST_DIGITS_IN_NAME = 4
# Characters. A sentence that ends in a full stop is prose from about ten words on. Headlines that
# ask or exclaim can be longer than that.
_SHORTEST_PROSE = 60
_SHORTEST_QUESTION = 100

# Chinese and Japanese say as much in a third of the characters.
_SHORTEST_CJK = 20

_SENTENCE_END = re.compile(r"""[.!?…:।۔؟。！？][\s"'”’»)\]」』）】]*$""")
_CJK_END = re.compile(r"""。[\s"'”’)\]」』）】]*$""")
_TWO_SENTENCES = re.compile(
    r"""[a-z0-9)][.!?]["'”’)]*\s+["'“‘(]*[A-Z].*[.!?…]["'”’)]*$|[。！？].*[。！？][”’)」』）]*$"""
)
_CJK = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_CREDIT = re.compile(
    r"(?:image|photo|picture|photograph|photo credit|image credit|credit)s?"
    r"(?:\s+(?:by|courtesy of))?\s*:\s*(?P<name>.+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|author:)\s+(?P<name>\S.*)", re.IGNORECASE)
# Words and figures that a dateline has beside its date. Only next to the date: elsewhere they are
# parts of names (The Sunday Times, Matt Best, Seattle Gazette).
_DATE_LABELS = (
    r"published|posted|updated|last|modified|created|date|on|at|GMT|UTC|[ECMP][SD]?T|BST|CET|CEST"
)
_WEEKDAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?"
)
_CLOCK = r"T?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?"
_JOINTS = " \t,;|·•–—-:/()"


_FIELDS = ("title", "section", "source", "author", "date", "credit")


@dataclass(eq=False)
class _Line:
    """A line that may belong to the header, with the roles that its form gives it.

    `block` is the index of the line's block. `rest` is what a dated line has beside the date, which
    may be the source; `unread` the warning that its date is not understood.
    """

    text: str
    block: int
    credit: str | None = None
    author: str | None = None
    is_dated: bool = False
    date: ArticleDate | None = None
    unread: str | None = None
    rest: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether the form of the line gives it a role: dateline, byline or credit."""
        return self.is_dated or self.credit is not None or self.author is not None


@dataclass
class _Header:
    """The header's fields, and the number of blocks it takes up.

    `unread` is the warning of a date that is not understood.
    """

    blocks: int = 0
    title: str | None = None
    section: str | None = None
    source: str | None = None
    author: str | None = None
    credit: str | None = None
    date: ArticleDate | None = None
    unread: str | None = None


def parse_text(text: str, article_id: str, language: str | None = None) -> Article:
    """The article in a plain text. Without a title there, the id's last part is the title.

    The header ends at the first block that reads as prose. The title is its longest line; a line
    before the title is the section; `Image:` or `Photo:` is the credit; `By` is the author; a date
    is the date; a name after the title is the source. The date is in the language (BCP 47), if one
    is given.
    """
    blocks = blocks_of(text)
    header = _find_header(blocks, language)
    return Article(
        id=article_id,
        title=header.title or article_id.rpartition("/")[2],
        paragraphs=numbered(blocks[header.blocks :]),
        source=header.source,
        section=header.section,
        author=header.author,
        date=header.date,
        credit=header.credit,
        origins=tuple(Origin(name, "the header") for name in _FIELDS if getattr(header, name)),
        warnings=(header.unread,) if header.unread else (),
    )


def blocks_of(text: str) -> list[list[str]]:
    """The blocks of a text, which blank lines separate, each as a list of cleaned lines."""
    blocks: list[list[str]] = []
    lines: list[str] = []
    # Not splitlines(): that would also break lines at form feeds and Unicode separators.
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        # Single words and empty lines, of which a strange file has many, are as they should be.
        line = raw if not raw or (raw.isascii() and raw.isalnum()) else normalize(raw)
        if line:
            lines.append(line)
        elif lines:
            blocks.append(lines)
            lines = []
    if lines:
        blocks.append(lines)
    return blocks


def numbered(blocks: list[list[str]]) -> tuple[Paragraph, ...]:
    """The blocks as paragraphs, numbered from 1."""
    return tuple(Paragraph(number, joined(block)) for number, block in enumerate(blocks, start=1))


def joined(lines: list[str]) -> str:
    """The lines of a block as one; between Chinese or Japanese characters without a space."""
    if len(lines) == 1:
        return lines[0]
    text = " ".join(lines)
    if text.isascii():
        return text
    return _cjk_line_end().sub("", "\n".join(lines)).replace("\n", " ")


@cache
def _cjk_line_end() -> re.Pattern[str]:
    # Compiled when it is needed, which takes 2 ms.
    return re.compile(f"(?<={_CJK})\n(?={_CJK})")


def reads_as_prose(text: str) -> bool:
    """Whether a block has the form of a paragraph: long, and ending as a sentence does."""
    if len(text) > _LONGEST_TITLE or _TWO_SENTENCES.search(text):
        return True
    if not _SENTENCE_END.search(text):
        return False
    if _CJK_END.search(text):
        return len(text) >= _SHORTEST_CJK
    asks = text.rstrip("\"'”’»)] ").endswith(("?", "!"))
    return len(text) >= (_SHORTEST_QUESTION if asks else _SHORTEST_PROSE)


def _find_header(blocks: list[list[str]], language: str | None) -> _Header:
    """The header of a text; one of no blocks if the text has none."""
    lines = _leading_lines(blocks, language)
    end = _end_of_marked(lines)
    candidates = _unmarked(lines[:end])
    if not candidates:
        if end >= len(lines) or len(blocks) == 1:
            return _untitled_header(lines, blocks)
        candidates = _title_candidates(lines, end)
        end += len(candidates)
    title = max(candidates, key=lambda line: len(line.text))
    end = _with_source(lines, end, title)
    end = _whole_blocks(lines, end, blocks)
    header = lines[:end]
    return _header_of(header, title) if _is_plausible(header, title) else _Header()


def _leading_lines(blocks: list[list[str]], language: str | None) -> list[_Line]:
    """The lines before the first block of prose, as far as a header can go."""
    lines: list[_Line] = []
    for index, block in enumerate(blocks):
        if reads_as_prose(joined(block)) or len(lines) + len(block) > _MOST_HEADER_LINES:
            break
        lines += [_line(text, index, language) for text in block]
    return lines


# Compiled when a line has a date: that takes longer than reading most articles.
@cache
def _ends_with_label() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[^\w’']))(?:{_DATE_LABELS}|{_WEEKDAYS}|{_CLOCK})$", re.IGNORECASE)


@cache
def _begins_with_label() -> re.Pattern[str]:
    # A weekday before a word that follows the date is that word's: 3 April 2024 Sunday Times.
    labels = rf"(?:{_DATE_LABELS}|(?:{_WEEKDAYS})(?!\s*\w))(?![\w’'])"
    return re.compile(rf"(?:{_CLOCK}(?!\w)|{labels})", re.IGNORECASE)


def _before_date(text: str) -> str:
    """The words before a date, without those that belong to it."""
    text = text.strip(_JOINTS)
    while match := _ends_with_label().search(text):
        text = text[: match.start()].rstrip(_JOINTS)
    return text


def _after_date(text: str) -> str:
    """The words behind a date, without those that belong to it."""
    # A time zone or a clock may follow the date without a space: 2021-05-20T14:30:00Z.
    text = text.strip(_JOINTS)
    while match := _begins_with_label().match(text):
        text = text[match.end() :].lstrip(_JOINTS)
    return text


def _line(text: str, block: int, language: str | None) -> _Line:
    """A line with its roles."""
    line = _Line(text, block)
    if match := _CREDIT.fullmatch(text):
        line.credit = match["name"]
        return line
    found = find_date(text, language)
    # A year alone is as likely a headline, or a row of a table.
    if found and (found.date is None or found.date.month):
        date, start, end = found
        parts = [_before_date(text[:start]), _after_date(text[end:])]
        rest = " ".join(filter(None, parts))
        # "The 20 May 2021 agreement …" is a headline with a date in it, not a dateline.
        if not all(parts) and len(rest) <= _LONGEST_NAME:
            line.is_dated, line.date, line.rest = True, date, rest
            if date is None:
                line.unread = unread_date(text, language)
            text = rest
    match = _BYLINE.fullmatch(text)
    if match and _is_name(match["name"]):
        line.author, line.rest = match["name"], ""
    return line


def _unmarked(lines: list[_Line]) -> list[_Line]:
    return [line for line in lines if not line.is_marked]


def _is_name(text: str) -> bool:
    """Whether the text could be the name of a person or a publication."""
    return (
        len(text) <= _LONGEST_NAME
        and not _SENTENCE_END.search(text)
        and any(word[0].isupper() for word in text.split())
        and _digits(text) <= _MOST_DIGITS_IN_NAME
    )


def _is_data(text: str) -> bool:
    """Whether the line is from a table or list of figures: over an eighth of it are digits."""
    return _digits(text) > len(text) // 8


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _end_of_marked(lines: list[_Line]) -> int:
    """The index after the header's last marked line; 0 if it has none.

    Once a date, byline or credit has been seen, one unmarked line may stand before the next, if it
    could be a name. More than one, or a line of figures, is the body, even with a date in it. So is
    a second date with words beside it ("Year ended Jan 31, 1987").
    """
    end = 0
    is_dated = is_titled = False
    for index, line in enumerate(lines):
        is_second_date = is_dated and line.is_dated and bool(line.rest)
        if line.is_marked and not is_second_date:
            end = index + 1
            is_dated = is_dated or line.is_dated
        elif is_titled and end and (is_second_date or index > end or not _may_be_source(line)):
            break
        is_titled = is_titled or not line.is_marked
    return end


def _may_be_source(line: _Line) -> bool:
    return _is_name(line.text) and not _is_data(line.text)


def _untitled_header(lines: list[_Line], blocks: list[list[str]]) -> _Header:
    """The header of marked lines only; none if they leave nothing to be the body."""
    has_body = bool(lines) and lines[-1].block + 1 < len(blocks)
    return _header_of(lines, None) if has_body else _Header()


def _title_candidates(lines: list[_Line], start: int) -> list[_Line]:
    """The lines at `start`, after the header's marked lines, that may be its section and title.

    The first line; or, at the beginning of a text, the first two: a section and a title, each in a
    block of its own, the section shorter than the title and a name.
    """
    first = lines[start]
    if start == 0 and len(lines) > 1:
        second = lines[1]
        if (
            second.block != first.block
            and _is_name(first.text)
            and len(second.text) > len(first.text)
            and not _SENTENCE_END.search(second.text)
            and not _is_data(second.text)
        ):
            return [first, second]
    return [first]


def _with_source(lines: list[_Line], end: int, title: _Line) -> int:
    """The header's end, moved by one if the next line is the source and no line before it is."""
    after_title = lines[lines.index(title) + 1 : end]
    has_source = any(line.rest for line in lines[:end]) or bool(_unmarked(after_title))
    if has_source or end >= len(lines):
        return end
    return end + 1 if _may_be_source(lines[end]) else end


def _whole_blocks(lines: list[_Line], end: int, blocks: list[list[str]]) -> int:
    """The header's end, moved so that it divides no block and leaves a body if it can."""
    while end < len(lines) and lines[end].block == lines[end - 1].block:
        end += 1
    while end and lines[end - 1].block + 1 >= len(blocks) and not lines[end - 1].is_marked:
        last = lines[end - 1].block
        end = next(index for index, line in enumerate(lines) if line.block == last)
    return end


def _is_plausible(header: list[_Line], title: _Line) -> bool:
    """Whether lines can be a header with this title.

    They can with a marked line among them, else with at most two lines beside the title, which
    could be names.
    """
    if title not in header:
        return False
    others = [line for line in _unmarked(header) if line is not title]
    has_marked = any(line.is_marked for line in header)
    return has_marked or (len(others) <= 2 and all(_is_name(line.text) for line in others))


def _header_of(lines: list[_Line], title: _Line | None) -> _Header:
    """The header with the fields that its lines give. There is at least one line."""
    header = _Header(blocks=lines[-1].block + 1, title=title.text if title else None)
    after_title = lines.index(title) + 1 if title else 0
    sections = [line.text for line in _unmarked(lines[:after_title]) if line is not title]
    sources = [line.rest if line.is_marked else line.text for line in lines[after_title:]]
    # Mostly one line each; more are joined, so that none is dropped.
    header.section = " · ".join(sections) or None
    header.source = " · ".join(dict.fromkeys(filter(None, sources))) or None
    header.author = _names_of([line.author for line in lines])
    header.credit = _names_of([line.credit for line in lines])
    header.date = next((line.date for line in lines if line.date), None)
    if header.date is None:
        header.unread = next((line.unread for line in lines if line.unread), None)
    return header


def _names_of(names: Sequence[str | None]) -> str | None:
    """The names that lines give, each once; None without any."""
    return ", ".join(dict.fromkeys(filter(None, names))) or None
