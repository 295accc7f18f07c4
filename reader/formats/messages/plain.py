"""The plain text of a mail: its paragraphs without what mail programs put between and around them.

Lines are joined as format=flowed says (RFC 3676), quoting marks are roles, addresses in brackets
are links of the words before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reader.formats.body import are_broken
from reader.formats.styled import StyledLine
from reader.model.article import Block, Paragraph, StyledSpan

_QUOTED = re.compile(r"(?:> ?)+")
_RULE = re.compile(r"\s*([-=_*~#+•])(?:\s?\1){2,}\s*")
_ITEM = re.compile(r"\s*(?:([•·‣▪◦*–-])\s+|\d{1,2}[.)]\s+)(?=\S)")
# Lines below "-- ", which marks a signature (RFC 3676, 4.3), at most. Newsletters rule with it.
_LONGEST_SIGNATURE = 20
_LONGEST_HEADING = 100
# Characters of words before an address at the end of a line that are all its link.
_LONGEST_LINK = 100

_REFERENCE = re.compile(r"\s*\[(\d{1,3})\]:?\s*<?(https?://[^\s<>]+)>?\s*")
_LIST_OF_LINKS = re.compile(
    r"\s*(?:links|references|verweise|liens|enlaces)\s*:?\s*", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"[(<\[]\s*(?P<bracketed>(?:https?://|mailto:)[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*)"
    r"\s*[)>\]]|\[(?P<reference>\d{1,3})\]|(?P<bare>https?://[^\s<>()\[\]]+)|\[(?:image|cid):[^\[\]]*\]"
)
_ONLY_ADDRESSES = re.compile(r"(?:\s*[(<\[]?\s*https?://[^\s<>()\[\]]+\s*[)>\]]?[\s|·]*)+")


class _Row(NamedTuple):
    """A line without its quoting marks, and their number."""

    depth: int
    text: str


def read_plain(
    text: str, is_flowed: bool = False, is_joined: bool = False
) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The paragraphs of a plain text, and the rules and underlined headings between them.

    `is_flowed`: a line that ends with a space goes on in the next; `is_joined`: without the space.
    The signature, and lines of nothing but addresses, are left out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = list(_flowed(lines, is_joined) if is_flowed else _fixed(lines))
    rows = _without_signature(rows)
    references = {match[1]: match[2] for row in rows if (match := _REFERENCE.fullmatch(row.text))}
    if references:
        rows = [
            row
            for row in rows
            if not _REFERENCE.fullmatch(row.text) and not _LIST_OF_LINKS.fullmatch(row.text)
        ]
    return _paragraphs(rows, references)


def _fixed(lines: Sequence[str]) -> Iterator[_Row]:
    for line in lines:
        marks = _QUOTED.match(line)
        depth = marks[0].count(">") if marks else 0
        yield _Row(depth, line[marks.end() :] if marks else line)


def _flowed(lines: Sequence[str], is_joined: bool) -> Iterator[_Row]:
    """The lines of flowed text, joined (RFC 3676, 4)."""
    parts: list[str] = []
    depth = 0
    for line in lines:
        text = line.lstrip(">")
        now = len(line) - len(text)
        if text.startswith(" "):
            text = text[1:]
        if parts and (now != depth or text.rstrip("\t") == "-- "):
            yield _Row(depth, "".join(parts))
            parts = []
        depth = now
        if text.endswith(" ") and text != "-- ":
            parts.append(text[:-1] if is_joined else text)
        else:
            yield _Row(depth, "".join([*parts, text]))
            parts = []
    if parts:
        yield _Row(depth, "".join(parts))


def _without_signature(rows: list[_Row]) -> list[_Row]:
    """The rows above the last signature's mark, if what is below is no longer than one."""
    marks = [index for index, row in enumerate(rows) if row.text in ("-- ", "--") and not row.depth]
    if not marks:
        return rows
    below = sum(1 for row in rows[marks[-1] + 1 :] if row.text.strip())
    return rows[: marks[-1]] if below <= _LONGEST_SIGNATURE else rows


def _paragraphs(
    rows: Sequence[_Row], references: dict[str, str]
) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    groups = list(_groups(rows))
    is_broken = are_broken([[row.text for row in group] for group in groups])
    for group in groups:
        before = len(paragraphs) + 1
        if _RULE.fullmatch(group[-1].text):
            if len(group) > 1:
                heading, spans = _linked(_joined(group[:-1]).strip("* "), references)
                blocks.append(Block(before, "heading", heading, 2, spans))
            elif paragraphs:
                blocks.append(Block(before, "rule"))
            continue
        for lines, is_item in _items(group, is_broken):
            if _ONLY_ADDRESSES.fullmatch(text := " ".join(lines)):
                continue
            line, spans = _linked(text, references)
            if line:
                role = "quoted" if group[0].depth else "item" if is_item else "text"
                paragraphs.append(Paragraph(len(paragraphs) + 1, line, role, spans=spans))  # type: ignore[arg-type]
    return tuple(paragraphs), tuple(blocks)


def _joined(rows: Sequence[_Row]) -> str:
    return " ".join(row.text for row in rows)


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The lines that belong together: between blank lines, as deeply quoted, up to a rule.

    A rule is the last of its group, of which a line before it is the heading that it underlines.
    """
    for key, together in groupby(rows, key=lambda row: (bool(row.text.strip()), row.depth)):
        if not key[0]:
            continue
        group: list[_Row] = []
        for row in together:
            if _RULE.fullmatch(row.text):
                is_heading = len(group) == 1 and len(group[0].text) <= _LONGEST_HEADING
                if group and not is_heading:
                    yield group
                    group = []
                yield [*group, row]
                group = []
            else:
                group.append(row)
        if group:
            yield group


def _items(group: Sequence[_Row], is_broken: bool) -> Iterator[tuple[list[str], bool]]:
    """The paragraphs of a group, each as its lines, and whether it is an item of a list."""
    marks = [_ITEM.match(row.text) for row in group]
    has_items = sum(map(bool, marks)) > 1 or bool(marks[0] and marks[0][1] in {*"•·‣▪◦*"})
    lines: list[str] = []
    is_item = False
    for row, mark in zip(group, marks, strict=True):
        begins = has_items and mark is not None
        if lines and (begins or not is_broken):
            yield lines, is_item
            lines = []
        if begins and mark:
            is_item = True
            lines.append(row.text[mark.end() :] if mark[1] else row.text)
        else:
            is_item = is_item and bool(lines)
            lines.append(row.text)
    if lines:
        yield lines, is_item


def _linked(text: str, references: dict[str, str]) -> tuple[str, tuple[StyledSpan, ...]]:
    """A paragraph's text without addresses in brackets, and the links that these make."""
    line = StyledLine()
    end = 0
    for match in _ADDRESS.finditer(text):
        if match["reference"] and match["reference"] not in references:
            continue
        words = text[end : match.start()]
        end = match.end()
        address = match["bracketed"] or references.get(match["reference"] or "")
        if match["bare"]:
            bare = match["bare"].rstrip(".,;:!?'\"”’")
            end = match.start() + len(bare)
            line.add(words)
            line.open("link", bare)
            line.add(bare)
            line.close()
        elif address and words.strip():
            start = _link_start(words, is_all=end >= len(text.rstrip()))
            line.add(words[:start])
            line.open("link", address)
            line.add(words[start:])
            line.close()
        else:
            line.add(words)
    line.add(text[end:])
    whole, spans = line.take()
    return whole, spans


def _link_start(words: str, is_all: bool) -> int:
    """Where the link in the words before an address begins: with the last word, or with all."""
    stripped = words.rstrip()
    if is_all and len(stripped) <= _LONGEST_LINK:
        return 0
    return stripped.rfind(" ") + 1
