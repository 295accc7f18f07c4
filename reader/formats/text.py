"""Plain text as a news site prints it: a header of short blocks, then paragraphs of prose.

The header's lines are told by their form, not by their words. Text is never dropped: a block that
is not clearly part of a header is a paragraph.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from reader.formats.dates import find_date
from reader.language.clean import normalize
from reader.model.article import Article, Paragraph

# Headers are short. A limit keeps a long list or table from being taken for one.
_MOST_HEADER_LINES = 10
# Headlines rarely exceed this; sentences of prose of this length are common.
_LONGEST_TITLE = 200
_LONGEST_NAME = 60
# A sentence that ends in a full stop is prose from about ten words on. Headlines that ask or
# exclaim can be longer than that.
_SHORTEST_PROSE = 60
_SHORTEST_QUESTION = 100

_SENTENCE_END = re.compile(r"""[.!?…:][\s"'”’»)\]]*$""")
_TWO_SENTENCES = re.compile(r"""[a-z0-9)][.!?]["'”’)]*\s+["'“‘(]*[A-Z].*[.!?…]["'”’)]*$""")
_CREDIT = re.compile(
    r"(?:image|photo|picture|photograph|photo credit|image credit|credit)s?"
    r"(?:\s+(?:by|courtesy of))?\s*:\s*(?P<name>.+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|author:)\s+(?P<name>\S.*)", re.IGNORECASE)
_DATE_WORDS = (
    r"(?:published|posted|updated|last|modified|created|date|on|at|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?|"
    r"T?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|Z\b|[+-]\d{2}:?\d{2}|"
    r"(?:GMT|UTC|[ECMP][SD]?T|BST|CET|CEST)\b)"
)
_JOINTS = " \t,;|·•–—-:/()"


@dataclass
class _Line:
    """A line that may belong to the header, with the roles its form gives it."""

    text: str
    block: int
    credit: str | None = None
    author: str | None = None
    dated: bool = False
    date: datetime.date | None = None
    # What a dated line says beside the date: a source, perhaps.
    rest: str = field(default="")

    @property
    def marked(self) -> bool:
        return self.dated or self.credit is not None or self.author is not None


@dataclass
class _Header:
    blocks: int = 0
    title: str | None = None
    section: str | None = None
    source: str | None = None
    author: str | None = None
    credit: str | None = None
    date: datetime.date | None = None


def parse_text(text: str, article_id: str) -> Article:
    """The article in a plain text; `article_id` names it, and titles it if nothing else does.

    The header is what stands before the first block that reads as prose: the title is its longest
    line, a line before that the section, `Image:` or `Photo:` the credit, `By` the author, a
    date the date, and a name after the title the source.
    """
    blocks = blocks_of(text)
    header = _find_header(blocks)
    return Article(
        id=article_id,
        title=header.title or article_id.rpartition("/")[2],
        paragraphs=numbered(blocks[header.blocks :]),
        source=header.source,
        section=header.section,
        author=header.author,
        date=header.date,
        credit=header.credit,
    )


def blocks_of(text: str) -> list[list[str]]:
    """The text's blocks, which blank lines divide, each a list of its lines, cleaned."""
    blocks: list[list[str]] = []
    lines: list[str] = []
    # Not splitlines(): that would also break lines at form feeds and Unicode separators.
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = normalize(raw)
        if line:
            lines.append(line)
        elif lines:
            blocks.append(lines)
            lines = []
    if lines:
        blocks.append(lines)
    return blocks


def numbered(blocks: list[list[str]]) -> tuple[Paragraph, ...]:
    """The blocks as paragraphs, counted from 1."""
    return tuple(Paragraph(number, " ".join(block)) for number, block in enumerate(blocks, start=1))


def reads_as_prose(text: str) -> bool:
    """Whether a block is a paragraph by its form: long, and ending as a sentence does."""
    if len(text) > _LONGEST_TITLE or _TWO_SENTENCES.search(text):
        return True
    if not _SENTENCE_END.search(text):
        return False
    asks = text.rstrip("\"'”’»)] ").endswith(("?", "!"))
    return len(text) >= (_SHORTEST_QUESTION if asks else _SHORTEST_PROSE)


def _find_header(blocks: list[list[str]]) -> _Header:
    lines = _leading_lines(blocks)
    end = _after_marked(lines)
    titles = [line for line in lines[:end] if not line.marked]
    if not titles:  # the title follows, unless the lines leave nothing to be the body
        if end >= len(lines) or len(blocks) == 1:
            body_follows = bool(end) and lines[-1].block + 1 < len(blocks)
            return _roles(lines, None) if body_follows else _Header()
        end, titles = _unmarked_header(lines, end)
    title = max(titles, key=lambda line: len(line.text))
    end = max(end, _with_source(lines, end, title))
    end = _whole_blocks(lines, end, blocks)
    others = [line for line in lines[:end] if line is not title and not line.marked]
    unlikely = len(others) > 2 or not all(_is_name(line.text) for line in others)
    if lines.index(title) >= end or (unlikely and not any(line.marked for line in lines[:end])):
        return _Header()
    return _roles(lines[:end], title)


def _leading_lines(blocks: list[list[str]]) -> list[_Line]:
    """The lines before the first block of prose, as far as a header can go."""
    lines: list[_Line] = []
    for number, block in enumerate(blocks):
        if reads_as_prose(" ".join(block)) or len(lines) + len(block) > _MOST_HEADER_LINES:
            break
        lines += [_line(text, number) for text in block]
    return lines


def _line(text: str, block: int) -> _Line:
    line = _Line(text, block)
    if len(text) > _LONGEST_TITLE:
        return line
    if match := _CREDIT.fullmatch(text):
        line.credit = match["name"]
        return line
    found = find_date(text)
    if found:
        date, start, end = found
        around = (text[:start], text[end:])
        parts = [
            re.sub(_DATE_WORDS, " ", part, flags=re.IGNORECASE).strip(_JOINTS) for part in around
        ]
        line.rest = next((part for part in parts if part), "")
        # "The 20 May 2021 agreement …" is a headline with a date in it, not a dateline.
        if sum(map(bool, parts)) < 2 and len(line.rest) <= _LONGEST_NAME:
            line.dated, line.date = True, date
            text = line.rest
    match = _BYLINE.fullmatch(text)
    if match and len(match["name"]) <= _LONGEST_NAME and _is_name(match["name"]):
        line.author, line.rest = match["name"], ""
    return line


def _is_name(text: str) -> bool:
    """Whether the text could be the name of a person or a publication."""
    return (
        len(text) <= _LONGEST_NAME
        and not _SENTENCE_END.search(text)
        and any(word[0].isupper() for word in text.split())
        and sum(character.isdigit() for character in text) <= 4
    )


def _after_marked(lines: list[_Line]) -> int:
    """Where the header's marked lines end; 0 if it has none.

    Once a date, byline or credit has been seen, one line of another kind may stand before the next,
    if it could be a name: more, or a line of figures, is the body, whatever date is in it. So is a
    second date with words beside it ("Year ended Jan 31, 1987").
    """
    end = 0
    dated = titled = False
    for index, line in enumerate(lines):
        again = line.dated and dated and bool(line.rest)
        if line.marked and not again:
            end = index + 1
            dated = dated or line.dated
        elif (
            titled
            and end
            and (again or index > end or not _is_name(line.text) or _is_data(line.text))
        ):
            break
        titled = titled or not line.marked
    return end


def _unmarked_header(lines: list[_Line], start: int) -> tuple[int, list[_Line]]:
    """Where a header ends that has no more marked lines after `start`, and what may be its title.

    A section, a title and a source at the most: each of the first two a line in a block of its
    own, the section shorter than the title and a name.
    """
    first = lines[start]
    if start == 0 and start + 1 < len(lines):
        second = lines[start + 1]
        if (
            second.block != first.block
            and _is_name(first.text)
            and len(second.text) > len(first.text)
            and not _SENTENCE_END.search(second.text)
            and not _is_data(second.text)
        ):
            return start + 2, [first, second]
    return start + 1, [first]


def _is_data(text: str) -> bool:
    """Whether the line is of a table or list of figures rather than of words."""
    return sum(character.isdigit() for character in text) > len(text) // 8


def _with_source(lines: list[_Line], end: int, title: _Line) -> int:
    """The header's end with the one line after it that names the source, if none before does."""
    known = any(line.rest for line in lines[:end]) or any(
        not line.marked for line in lines[lines.index(title) + 1 : end]
    )
    if known or end >= len(lines):
        return end
    return end + 1 if _is_name(lines[end].text) and not _is_data(lines[end].text) else end


def _whole_blocks(lines: list[_Line], end: int, blocks: list[list[str]]) -> int:
    """The header's end moved so that it divides no block and leaves a body if it can."""
    while end and end < len(lines) and lines[end].block == lines[end - 1].block:
        end += 1
    while end and lines[end - 1].block + 1 >= len(blocks) and not lines[end - 1].marked:
        last = lines[end - 1].block
        end = next(index for index, line in enumerate(lines) if line.block == last)
    return end


def _roles(lines: list[_Line], title: _Line | None) -> _Header:
    header = _Header(blocks=lines[-1].block + 1, title=title.text if title else None)
    place = lines.index(title) if title else -1
    sections = [line.text for line in lines[: max(place, 0)] if not line.marked]
    sources = [line.rest if line.marked else line.text for line in lines[place + 1 :]]
    # Mostly one line each; what is more is kept, not dropped.
    header.section = " · ".join(sections) or None
    header.source = " · ".join(dict.fromkeys(filter(None, sources))) or None
    for line in lines:
        header.credit = header.credit or line.credit
        header.author = header.author or line.author
        header.date = header.date or line.date
    return header
