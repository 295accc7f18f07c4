"""Finds quotations: text between quotation marks, also over several paragraphs.

A mark that is left open ends with its paragraph, unless the next paragraph opens again with the
same mark, as newspapers print a quotation that goes on. Quotations inside a quotation belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
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
    "‘": "’",
    "'": "'",
    "”": '”"',
}
_MARKS = re.compile("[“”„\"«»‹›‘’']")
_ELISION = re.compile(r"['‘’](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n['’])")
# Who speaks, in a transcript: "WALLACE: Are you ready?"
_CAPITALS = r"[A-Z][A-Z.’'-]+"
LABEL = re.compile(rf"({_CAPITALS}(?: {_CAPITALS}){{0,3}}):\s")
_SPACE_OR_OPENING = " \t([{—–-/…“‘\"'«‹"


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation's place: characters of one paragraph's text, its marks left out."""

    paragraph: int
    start: int
    end: int
    text: str
    # True when the paragraph ended before the mark was closed.
    open: bool
    mark: str


def find_spans(paragraphs: Sequence[Paragraph]) -> list[tuple[Span, ...]]:
    """The quotations in order, each as its spans: one a paragraph that it runs over."""
    found: list[tuple[Span, ...]] = []
    for paragraph in paragraphs:
        for span in _in_paragraph(paragraph):
            if found and _continues(found[-1][-1], span):
                found[-1] = (*found[-1], span)
            else:
                found.append((span,))
    return found


def _continues(last: Span, span: Span) -> bool:
    return (
        last.open
        and last.mark == span.mark
        and span.paragraph == last.paragraph + 1
        and span.start <= 1
        and not LABEL.match(span.text)  # a transcript: somebody else speaks
    )


def _in_paragraph(paragraph: Paragraph) -> list[Span]:
    text = paragraph.text
    spans = []
    position = 0
    closing_marks = [match.start() for match in re.finditer("”", text)]
    unclosed: set[str] = set()  # marks with no closing one in the rest of the paragraph
    while match := _MARKS.search(text, position):
        place = match.start()
        position = place + 1
        mark = text[place]
        if mark in unclosed or not _opens(text, place):
            continue
        end = _closing(text, place, closing_marks)
        again = _opened_again(text, place, len(text) if end is None else end)
        if again is not None:
            end = again - 1  # the mark that should stand before it is missing
        if end is None and mark in "'‘":
            unclosed.add(mark)
            continue  # an apostrophe after all
        stop = len(text) if end is None else end
        words = text[place + 1 : stop].strip()
        if any(map(str.isalnum, words)):
            start = text.index(words, place + 1)
            stands = (paragraph.number, start, start + len(words), words)
            spans.append(Span(*stands, open=end is None, mark=mark))
        position = stop if again is not None else stop + 1
    return spans


def _opened_again(text: str, place: int, end: int) -> int | None:
    """Where a quotation that nobody closed ends all the same: another opens with the same mark
    after a whole sentence, as a new paragraph of it does that lost its line.
    """
    if text[place] != "“":
        return None
    match = _AGAIN.search(text, place + 1, end)
    return None if match is None else match.end() - 1


_AGAIN = re.compile(r"[.?!…]\s“")


def _opens(text: str, place: int) -> bool:
    """Whether the mark at the place opens a quotation, by itself and by what stands around it."""
    mark = text[place]
    if mark in "“„«‹":
        return True
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark == '"':
        # Loose marks (" like this ", as in teletype) open wherever no quotation is open, but
        # one behind a figure measures inches.
        inches = before.isdigit() and not after.isalnum()
        return place + 1 < len(text) and not inches
    if mark in "‘'":
        return before in _SPACE_OR_OPENING and after.isalnum() and not _elided(text, place)
    if mark == "”":  # typed the wrong way round
        return before in " (" and after.isalnum()
    return False


def _elided(text: str, place: int) -> bool:
    """Whether the mark stands for letters left out: '90s, 'em, 'til."""
    return _ELISION.match(text, place) is not None


def _closing(text: str, place: int, closing_marks: Sequence[int]) -> int | None:
    """The place of the mark that closes the one at `place`; None if the paragraph has none."""
    mark = text[place]
    closers = _CLOSERS[mark]
    depth = 0
    curled = 0  # “ ” inside " "
    for match in _MARKS.finditer(text, place + 1):
        at = match.start()
        found = text[at]
        if mark == '"' and found in "“”":
            if found == "“":
                curled += 1
                continue
            if curled:
                curled -= 1
                continue
        if mark in "'‘" and found in "'’":
            after = text[at + 1] if at + 1 < len(text) else " "
            if not after.isalnum() and text[at - 1] != " ":
                return at
        elif mark in "“«‹„" and found == mark:
            # The same mark again is a quotation inside, if both are closed further on.
            following = len(closing_marks) - bisect_left(closing_marks, at)
            if mark == "“" and following < depth + 2:
                continue
            depth += 1
        elif found in closers:
            later = closing_marks and closing_marks[-1] > at
            if found == '"' and mark == "“" and later and text[at - 1] == " ":
                continue  # a straight mark that opens a quotation inside
            if depth:
                depth -= 1
            else:
                return at
    return None
