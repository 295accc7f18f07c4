"""A line of text that grows piece by piece, with the spans of it that are set off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from reader.language.clean import normalize
from reader.model.article import StyledSpan

Style: TypeAlias = Literal["emphasis", "strong", "strike", "code", "link", "mark"]

# The styles of the elements of HTML that have one, links aside.
ELEMENT_STYLES: Final[Mapping[str, Style]] = {
    **dict.fromkeys(("em", "i", "cite", "dfn"), "emphasis"),
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "mark": "mark",
}


class _Open(NamedTuple):
    """A style that is open: the element's, and the offset of its first character, if it has one."""

    style: Style
    target: str | None
    start: int | None


class StyledLine:
    """A paragraph's text as it grows, on one line, and its styled spans."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._has_space = False
        self._spans: list[StyledSpan] = []
        self._open: list[_Open] = []

    @property
    def length(self) -> int:
        """The characters that are there."""
        return self._length

    def add(self, text: str) -> None:
        """Add text; white space becomes single spaces."""
        if not text:
            return
        words = normalize(text)
        self._has_space = self._has_space or text[0].isspace()
        if not words:
            return
        if self._has_space and self._length:
            self._parts.append(" ")
            self._length += 1
        if self._open:
            self._open = [
                style if style.start is not None else style._replace(start=self._length)
                for style in self._open
            ]
        self._parts.append(words)
        self._length += len(words)
        self._has_space = text[-1].isspace()

    def space(self) -> None:
        self._has_space = True

    def open(self, style: Style, target: str | None = None) -> None:
        self._open.append(_Open(style, target, None))

    def close(self) -> None:
        """Close the style opened last."""
        self._end(self._open.pop())

    def take(self) -> tuple[str, tuple[StyledSpan, ...]]:
        """The text and its spans. What comes next is another paragraph, in the open styles."""
        for style in self._open:
            self._end(style)
        self._open = [style._replace(start=None) for style in self._open]
        text, spans = "".join(self._parts), sorted(self._spans, key=lambda span: span[:3])
        self._parts, self._length, self._spans, self._has_space = [], 0, [], False
        whole = normalize(text)
        # Letters may combine over the border of two elements: offsets are then no longer right.
        return whole, tuple(spans) if whole == text else ()

    def _end(self, style: _Open) -> None:
        if style.start is not None and style.start < self._length:
            self._spans.append(StyledSpan(style.start, self._length, style.style, style.target))
