"""Finds quotations: text between quotation marks, also over several paragraphs.

An unclosed quotation ends with its paragraph, unless the next paragraph opens with the same mark,
as newspapers print a quotation that continues. Quotations inside a quotation belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Paragraph

# Opening mark to the marks that close it. German „ closes with “; careless typing mixes the rest.
_CLOSERS = {
    "“": '”"',
    "„": '“”"',
    '"': '"”',
    "«": "»",
    "‹": "›",
    "‘": "’'",
    "'": "'’",
    "”": '”"',
}
_MARKS = re.compile("[“”„\"«»‹›‘’']")
_SINGLE = "‘'"
# Quotations that are found in a paragraph, the first. One with more is no prose.
_MOST = 2000
# A mark that opens a quotation after a whole sentence of another.
_REOPENED = re.compile(r"[.?!…]\s“")
# Letters left out: '90s, 'em, 'til.
_ELISION = re.compile(r"['‘’](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n['’])")
# The speaker's label in a transcript: "WALLACE: Are you ready?"
_CAPITALS = r"[A-Z][A-Z.’'-]+"
LABEL = re.compile(rf"({_CAPITALS}(?: {_CAPITALS}){{0,3}}):\s")
# The apostrophe of a plural, and straight marks that open and close by what is around them.
_PLURAL = re.compile(r"s['’] (?=[a-z])")
_OPENING_STRAIGHT = re.compile(r"[\s(—–-]\"(?=\w)")
_CLOSING_STRAIGHT = re.compile(r"[^\s(—–-]\"(?!\w)")
_SPACE_OR_OPENING = " \t([{—–-/…“‘\"'«‹"


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation, or its part, in a single paragraph: its span without the marks, and the opening
    mark.
    """

    paragraph: int
    start: int
    end: int
    text: str
    # Whether the paragraph ended before the mark was closed.
    open: bool
    mark: str


def find_spans(paragraphs: Sequence[Paragraph]) -> list[tuple[Span, ...]]:
    """The quotations in order, each as its spans, one in each paragraph."""
    quotations: list[list[Span]] = []
    for index, paragraph in enumerate(paragraphs):
        if not _MARKS.search(paragraph.text):
            continue
        following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        for span in islice(_Marks(paragraph, following).spans(), _MOST):
            if quotations and _continues(quotations[-1][-1], span):
                quotations[-1].append(span)
            else:
                quotations.append([span])
    return [tuple(spans) for spans in quotations if not _is_elision(spans)]


def _is_elision(spans: Sequence[Span]) -> bool:
    """Whether a single mark that nothing closes is an apostrophe after all."""
    return spans[-1].open and spans[-1].mark in _SINGLE


def _continues(last: Span, span: Span) -> bool:
    """Whether a span continues the one before, from the paragraph before."""
    return (
        last.open
        and last.mark == span.mark
        and span.paragraph == last.paragraph + 1
        and span.start <= 1
        and not LABEL.match(span.text)  # a transcript: the speaker changes
    )


class _Marks:
    """The quotation marks of a paragraph."""

    def __init__(self, paragraph: Paragraph, following: str) -> None:
        self._following = following[:2]
        self._number = paragraph.number
        self._text = paragraph.text
        self._marks = [match.start() for match in _MARKS.finditer(self._text)]
        # The ends of quotations whose closing mark is missing.
        self._reopened = [match.end() - 1 for match in _REOPENED.finditer(self._text)]
        self._last_curly = self._text.rfind("”")
        self._straight = [offset for offset in self._marks if self._text[offset] == '"']
        self._closing: dict[str, list[int]] = {}

    def spans(self) -> Iterator[Span]:
        """The quotations of the paragraph; those inside others are part of them."""
        text = self._text
        position = 0
        unclosed: set[str] = set()  # single marks without a closing one in the rest of the text
        for index, start in enumerate(self._marks):
            mark = text[start]
            if start < position or mark in unclosed or not self._opens(start):
                continue
            limit = self._reopening(start)
            end = self._end(index, len(text) if limit is None else limit)
            if end is None and mark in _SINGLE and not self._is_continued(mark):
                unclosed.add(mark)  # an apostrophe after all
                continue
            is_open = end is None and limit is None
            if end is None:
                # The closing mark before the one that opens again is missing.
                end = len(text) if limit is None else limit - 1
                position = end
            else:
                position = end + 1
            words = text[start + 1 : end].strip()
            if any(map(str.isalnum, words)):
                first = text.index(words, start + 1)
                stop = first + len(words)
                yield Span(self._number, first, stop, words, open=is_open, mark=mark)

    def _is_continued(self, mark: str) -> bool:
        """Whether the next paragraph opens with the mark, too."""
        return self._following[:1] == mark and self._following[1:].isalnum()

    def _reopening(self, start: int) -> int | None:
        """The offset at which an unclosed quotation ends because the same mark opens again after a
        whole sentence, as where the line break between two paragraphs was lost.
        """
        if self._text[start] != "“":
            return None
        index = bisect_right(self._reopened, start + 2)
        return self._reopened[index] if index < len(self._reopened) else None

    def _end(self, index: int, limit: int) -> int | None:
        """The offset of the mark, before `limit`, that closes the mark at `index`; None without
        one.
        """
        mark = self._text[self._marks[index]]
        depth = 0
        inner = possessive = -1  # the end of a quotation inside; a mark that may close this one
        for following in range(index + 1, len(self._marks)):
            offset = self._marks[following]
            if offset >= limit:
                break
            if offset <= inner:
                continue
            if mark == '"' and self._nests_straight(offset):
                inner = self._straight[bisect_right(self._straight, offset)]
            elif mark in _SINGLE and self._may_be_possessive(mark, offset):
                possessive = offset if possessive < 0 else possessive
            elif possessive >= 0 and self._opens(offset):
                break
            elif self._nests(mark, offset, depth):
                depth += 1
            elif self._closes(mark, offset):
                if not depth or self._text[offset] == mark == '"':
                    return offset
                depth -= 1
        return possessive if possessive >= 0 and not self._is_unclosed(self._marks[index]) else None

    def _is_unclosed(self, start: int) -> bool:
        """Whether speech that begins at a mark rather goes on in the next paragraph, which opens
        with the mark, too, than ends at the apostrophe of a plural.
        """
        begins = start == 0 or self._text[:start].rstrip()[-1:] in (":", ",")
        return begins and self._text[-1] in ".?!…" and self._is_continued(self._text[start])

    def _may_be_possessive(self, mark: str, offset: int) -> bool:
        """Whether a mark that can close a quotation is rather that of a plural: the workers’ union.
        If no other mark closes the quotation it does.
        """
        return self._closes(mark, offset) and _PLURAL.match(self._text, offset - 1) is not None

    def _nests_straight(self, offset: int) -> bool:
        """Whether a straight mark opens a quotation inside straight marks: as by the spaces around
        the next two each closes one.
        """
        index = bisect_right(self._straight, offset)
        following = self._straight[index : index + 2]
        if len(following) < 2 or not _OPENING_STRAIGHT.match(self._text, offset - 1):
            return False
        return all(_CLOSING_STRAIGHT.match(self._text, at - 1) for at in following)

    def _nests(self, mark: str, offset: int, depth: int) -> bool:
        """Whether a mark opens a quotation inside the one that `mark` opened."""
        if mark == '"':
            return self._text[offset] == "“"
        if mark == "“" and self._opens_straight(offset):
            index = bisect_right(self._straight, offset)
            closing = self._straight[index] if index < len(self._straight) else len(self._text)
            return closing < self._last_curly and not self._opens_straight(closing)
        if self._text[offset] != mark or not self._opens(offset):
            return False
        # Both must be closed further on, else the mark is an error.
        return self._closing_after(mark, offset) >= depth + 2

    def _closing_after(self, mark: str, offset: int) -> int:
        """The number of marks after an offset that can close a quotation opened by `mark`."""
        if mark not in self._closing:
            self._closing[mark] = [
                at
                for at in self._marks
                if self._closes(mark, at) and (mark != "“" or self._text[at] == "”")
            ]
        closing = self._closing[mark]
        return len(closing) - bisect_right(closing, offset)

    def _opens(self, offset: int) -> bool:
        """Whether a mark opens a quotation, by itself and by the characters around it."""
        mark = self._text[offset]
        if mark in "“„«‹":
            return True
        before, after = self._around(offset)
        if mark == '"':
            # Loose marks (" like this ", as in teletype) open wherever no quotation is open, but
            # one behind a figure measures inches.
            return after.isalnum() or not before.isdigit()
        if mark == "”":  # typed the wrong way round
            return before in " (" and after.isalnum()
        if mark not in _SINGLE or before not in _SPACE_OR_OPENING or not after.isalnum():
            return False
        return _ELISION.match(self._text, offset) is None

    def _closes(self, mark: str, offset: int) -> bool:
        """Whether a mark can close a quotation that `mark` opened."""
        if self._text[offset] not in _CLOSERS[mark]:
            return False
        before, after = self._around(offset)
        if mark in _SINGLE:  # else an apostrophe
            return not after.isalnum() and before != " "
        return mark != "“" or not self._opens_straight(offset)

    def _opens_straight(self, offset: int) -> bool:
        """Whether a mark opens a quotation inside curly marks: a straight mark after a space, with
        a closing curly mark further on.
        """
        behind_space = self._text[offset - 1 : offset + 1] == ' "'
        return behind_space and offset < self._last_curly

    def _around(self, offset: int) -> tuple[str, str]:
        """The characters before and after a mark; a space at the ends of the text."""
        text = self._text
        before = text[offset - 1] if offset else " "
        return before, text[offset + 1] if offset + 1 < len(text) else " "
