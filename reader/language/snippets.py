"""Snippets: the sentences of a text around its matches."""

from __future__ import annotations

from collections.abc import Sequence

from reader.language.sentences import sentences


def window_around(text: str, start: int, end: int, first: int, length: int) -> tuple[int, int]:
    """The span of the sentences with the passage from `start` to `end`, and of the sentence before
    if it begins at `first` or later and has at most `length` characters.
    """
    parts = sentences(text)
    inside = [n for n, (low, high) in enumerate(parts) if low < end and start < high]
    if not inside:
        return 0, len(text)
    begin = parts[inside[0]][0]
    before = parts[inside[0] - 1] if inside[0] else None
    if before and before[0] >= first and before[1] - before[0] <= length:
        begin = before[0]
    return begin, parts[inside[-1]][1]


def best_window(text: str, highlights: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The span of the adjacent sentences with the most distinct matches, then the most matches; of
    equals, the first. It has at most `length` characters, unless a single sentence is longer.
    """
    if len(text) <= length:
        return 0, len(text)
    parts = sentences(text)
    best, best_count = (0, parts[0][1]) if parts else (0, len(text)), (-1, -1)
    for first, (start, _) in enumerate(parts):
        end = parts[first][1]
        for _, next_end in parts[first + 1 :]:
            if next_end - start > length:
                break
            end = next_end
        inside = [(a, b) for a, b in highlights if start <= a and b <= end]
        count = len({text[a:b].casefold() for a, b in inside}), len(inside)
        if count > best_count:
            best, best_count = (start, end), count
    return best
