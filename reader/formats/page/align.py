"""An extracted text as its page has it.

An extractor tells which text of a page is the article's, but flattens it: lines of one paragraph
come apart, tables that lay out a page come as one paragraph, links and emphasis are gone. Its parts
are found again in the page, by their text, and taken from there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reader.formats.text import reads_as_prose

if TYPE_CHECKING:
    from reader.formats.page.parts import PagePart

# Characters without white space by which a part is looked up.
_PREFIX = 16
# Parts of the page that are compared with one of the extraction. Texts repeat only a few times.
_MOST_CANDIDATES = 4
_COMPARISONS_A_PART = 50
# Characters. A paragraph that is one link is not left out as a teaser would be.
_SHORTEST_LINKED = 60
# Parts of the page between two of the article's among which some are looked for.
_MOST_BETWEEN = 40
# Parts above the first of an article among which are captions of its picture.
_MOST_ABOVE = 8
# Captions between two paragraphs. More are those of a gallery.
_MOST_CAPTIONS = 3


class Aligned(NamedTuple):
    """The parts of an article, and the index of its first paragraph among those of the page."""

    parts: list[PagePart]
    first: int | None


def align(extracted: list[PagePart], page: list[PagePart]) -> Aligned:
    """The extracted parts, as far as they are in the page as that has them.

    With them come what the extraction left out of the article: captions, speakers under block
    quotations, and paragraphs that are one link.
    """
    alignment = _Alignment(page, len(extracted))
    parts: list[tuple[int | None, PagePart]] = []
    start = 0
    while start < len(extracted):
        if extracted[start].key:
            found, end = alignment.find(extracted, start)
            parts += found
            start = end
        else:
            start += 1
    texts = (i for i, part in parts if i is not None and part.kind == "text")
    return Aligned(_completed(parts, page), next(texts, None))


class _Alignment:
    def __init__(self, page: list[PagePart], count: int) -> None:
        self._page = page
        self._keys = [part.key for part in page]
        self._by_prefix: defaultdict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(self._keys):
            self._by_prefix[key[:_PREFIX]].append(index)
        self._last = -1
        # Comparisons of parts that may yet be made: without a limit, texts that repeat take a time
        # that grows with the square of their number.
        self._comparisons = _COMPARISONS_A_PART * (count + len(page))

    def find(
        self, extracted: list[PagePart], start: int
    ) -> tuple[list[tuple[int | None, PagePart]], int]:
        """The parts for an extracted one, with their indices in the page, and the index behind it.

        The part itself without an index, if it is not in the page.
        """
        key = extracted[start].key
        candidates = self._candidates(key)
        for index in candidates:
            if self._keys[index] == key:
                return self._taken([index]), start + 1
        for index in self._candidates(_beginning(extracted, start)):
            if end := self._pieces_of(self._keys[index], extracted, start):
                return self._taken([index]), end
        for index in self._candidates_within(key):
            if indices := self._consecutive(key, index):
                return self._taken(indices), start + 1
        return [(None, extracted[start])], start + 1

    def _taken(self, indices: list[int]) -> list[tuple[int | None, PagePart]]:
        self._last = indices[-1]
        return [(index, self._page[index]) for index in indices]

    def _candidates(self, key: str) -> list[int]:
        """The parts of the page that begin as a key does, those behind the last one first."""
        indices = self._by_prefix.get(key[:_PREFIX], [])
        next_one = bisect_right(indices, self._last)
        behind = indices[next_one : next_one + _MOST_CANDIDATES]
        return behind + indices[max(0, next_one - _MOST_CANDIDATES) : next_one]

    def _candidates_within(self, key: str) -> list[int]:
        """The parts of the page with which a longer key begins."""
        candidates = self._candidates(key)
        for length in range(min(_PREFIX, len(key)) - 1, 1, -1):
            candidates += self._by_prefix.get(key[:length], [])[:_MOST_CANDIDATES]
        return candidates

    def _pieces_of(self, whole: str, extracted: list[PagePart], start: int) -> int:
        """The index behind the extracted parts that make up a part of the page; 0 if none do."""
        position = 0
        for end in range(start, len(extracted)):
            self._comparisons -= 1
            if self._comparisons < 0:
                break
            key = extracted[end].key
            if not whole.startswith(key, position):
                break
            position += len(key)
            if position == len(whole):
                return end + 1
        return 0

    def _consecutive(self, key: str, index: int) -> list[int]:
        """The parts of the page from an index on that make up a key; none if they do not.

        Between them may be parts that are not in the extraction.
        """
        indices: list[int] = []
        position = skipped = 0
        while index < len(self._keys) and skipped < _MOST_BETWEEN and self._comparisons > 0:
            self._comparisons -= 1
            part = self._keys[index]
            if part and key.startswith(part, position):
                indices.append(index)
                position += len(part)
                skipped = 0
                if position == len(key):
                    return indices
            else:
                skipped += 1
            index += 1
        return []


def _beginning(parts: list[PagePart], start: int) -> str:
    """The first characters of parts from an index on, enough to look them up."""
    key = ""
    for part in parts[start : start + _PREFIX]:
        key += part.key
        if len(key) >= _PREFIX:
            break
    return key


def _completed(parts: list[tuple[int | None, PagePart]], page: list[PagePart]) -> list[PagePart]:
    """The parts with those of the page between them that belong to the article."""
    completed: list[PagePart] = []
    taken = {index for index, _ in parts if index is not None}
    captions = {part.key for _, part in parts}
    if taken:
        first = min(taken)
        completed += _captions(page[max(0, first - _MOST_ABOVE) : first], captions)
    previous: int | None = None
    for index, part in parts:
        if index is not None:
            if previous is not None and 1 < index - previous <= _MOST_BETWEEN:
                between = [page[i] for i in range(previous + 1, index) if i not in taken]
                completed += _captions(between, captions)
                completed += [p for p in between if _belongs(p, page[previous], page[index])]
            previous = index
        completed.append(part)
    return completed


def _captions(parts: list[PagePart], seen: set[str]) -> list[PagePart]:
    """The captions among parts that have not been seen; none of a gallery."""
    captions = {part.key: part for part in parts if part.kind == "caption"}
    fresh = [part for key, part in captions.items() if key and key not in seen]
    seen.update(captions)
    return fresh if len(captions) <= _MOST_CAPTIONS else []


def _belongs(part: PagePart, before: PagePart, behind: PagePart) -> bool:
    """Whether a part that was not extracted belongs to the article around it."""
    if part.kind == "heading":
        return part.around[-1:] == behind.around[-1:] and not part.is_link
    if part.kind not in ("text", "attribution"):
        return False
    if part.role == "quoted":
        return before.role == "quoted" and not {*before.around[-1:]}.isdisjoint(part.around)
    near = {*before.around[-2:], *behind.around[-2:]}
    return (
        part.is_link
        and len(part.text) >= _SHORTEST_LINKED
        and reads_as_prose(part.text)
        and any(number in near for number in part.around[-2:])
    )
