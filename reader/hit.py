"""What a search finds: plain data that the index makes and the views show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    import datetime

    from reader.article import Paragraph

    class Marker(Protocol):
        """Finds what a query asks for in a text."""

        def highlights(self, text: str) -> Highlights:
            """The characters where each match starts and ends, in order, none overlapping."""

        def through(self, text: str) -> tuple[str, ...]:
            """The other names in the text of what the query names."""


Highlights: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """A paragraph that a search found, with what is known of its article.

    `score` is comparable within one search only. `context` are the paragraphs around it, if they
    were asked for.
    """

    article: str
    paragraph: int
    title: str
    date: datetime.date | None
    source: str | None
    text: str
    score: float
    marker: Marker
    section: str | None = None
    author: str | None = None
    url: str | None = None
    context: tuple[Paragraph, ...] = ()

    @property
    def locator(self) -> str:
        """What names the paragraph on the command line."""
        return f"{self.article}:{self.paragraph}"

    @cached_property
    def highlights(self) -> Highlights:
        """The characters of `text` where each match starts and ends, in order, none overlapping.

        Found when asked for: plain output does without, and it takes as long as all the rest.
        """
        return self.marker.highlights(self.text)

    @property
    def through(self) -> tuple[str, ...]:
        """The names by which the paragraph was found, if not those that were asked for."""
        return self.marker.through(self.text)

    def snippet(self, most: int) -> tuple[int, int]:
        """The characters of `text` where the sentences with most of the matches start and end."""
        return best_window(self.text, self.highlights, most)


class ArticleHit(NamedTuple):
    """An article that a search found: how many of its paragraphs match, and how well it does."""

    article: str
    hits: int
    title: str
    date: datetime.date | None
    source: str | None
    score: float


class Alike(NamedTuple):
    """An article that is like another: how much so, and the words that tie them, as that other has
    them, those that tell most first.
    """

    article: str
    score: float
    title: str
    date: datetime.date | None
    source: str | None
    terms: tuple[str, ...]


class Part(NamedTuple):
    """A part of a query as it was understood: how deep it is, how many paragraphs match it."""

    depth: int
    hits: int
    query: str


def best_window(text: str, highlights: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    """The characters of the neighbouring sentences, together at most so many characters long, that
    have most of the different matches; of several the first.

    It is longer only where one sentence with a match is, shorter only where the text is.
    """
    if len(text) <= most:
        return 0, len(text)
    # Loads the rules: only terminals need them.
    from reader.sentences import sentences

    parts = sentences(text)
    best, most_found = (0, parts[0][1]) if parts else (0, len(text)), (-1, -1)
    for first, (start, _) in enumerate(parts):
        end = parts[first][1]
        for _, next_end in parts[first + 1 :]:
            if next_end - start > most:
                break
            end = next_end
        inside = [(a, b) for a, b in highlights if start <= a and b <= end]
        found = len({text[a:b].casefold() for a, b in inside}), len(inside)
        if found > most_found:
            best, most_found = (start, end), found
    return best
