"""Text that is put together from pieces, with the spans of it that are set off."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from reader.language.clean import normalize
from reader.model.article import StyledSpan

Style = Literal["emphasis", "strong", "strike", "code", "link", "mark"]


class StyledText:
    """A paragraph in the making: pieces of text, and styles that begin and end between them.

    Offsets are those in the cleaned text: each piece is cleaned as it comes, and white space at its
    ends is a single space.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        # Whether white space follows what is there, and the offsets of spaces before pieces.
        self._has_space = False
        self._spaces: set[int] = set()
        self._open: list[tuple[int, Style, str | None]] = []
        self._spans: list[StyledSpan] = []

    @property
    def length(self) -> int:
        """The characters that are there."""
        return self._length

    def add(self, text: str) -> None:
        """Append a piece of text."""
        words = normalize(text)
        if not words:
            self._has_space = self._has_space or bool(text)
            return
        if self._length and (self._has_space or text[0].isspace()):
            words = f" {words}"
            self._spaces.add(self._length)
        self._pieces.append(words)
        self._length += len(words)
        self._has_space = text[-1].isspace()

    def begin(self, style: Style, target: str | None = None) -> None:
        """Begin a span of a style behind what is there."""
        self._open.append((self._length, style, target))

    def end(self) -> None:
        """End the span begun last."""
        start, style, target = self._open.pop()
        self._close(start, style, target)

    def take(self) -> tuple[str, tuple[StyledSpan, ...]]:
        """The text and its spans, ordered by their start; what is open goes on in the next text."""
        for start, style, target in self._open:
            self._close(start, style, target)
        text, spans = "".join(self._pieces), tuple(sorted(self._spans, key=lambda span: span[:2]))
        self._open = [(0, style, target) for _, style, target in self._open]
        self._pieces, self._spans, self._spaces = [], [], set()
        self._length, self._has_space = 0, False
        if not text.isascii():
            return _composed(text, spans)
        return text, spans

    def _close(self, start: int, style: Style, target: str | None) -> None:
        start += start in self._spaces
        if start < self._length:
            self._spans.append(StyledSpan(start, self._length, style, target))


def _composed(text: str, spans: tuple[StyledSpan, ...]) -> tuple[str, tuple[StyledSpan, ...]]:
    """The text in normal form C, its spans moved with it."""
    from unicodedata import is_normalized, normalize

    if is_normalized("NFC", text):
        return text, spans
    places = sorted({place for span in spans for place in span[:2]} | {0, len(text)})
    moved, pieces, length = {0: 0}, [], 0
    for start, end in pairwise(places):
        pieces.append(normalize("NFC", text[start:end]))
        length += len(pieces[-1])
        moved[end] = length
    return "".join(pieces), tuple(
        span._replace(start=moved[span.start], end=moved[span.end]) for span in spans
    )
