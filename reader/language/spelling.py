"""Words that are spelt nearly as another: found among many without comparing each.

A word with one letter added, left out, changed or swapped with its neighbour has nearly the same
letters. So each word of the index has a signature, one bit for each letter that it has; only words
with nearly the same signature are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

# A bit each for the letters of the Latin alphabet; all other characters share the remaining ones.
_OTHERS = 5


def signature(word: str) -> int:
    """The letters of a word as a set of 31 bits."""
    bits = 0
    for letter in word:
        code = ord(letter) - 97
        bits |= 1 << (code if 0 <= code < 26 else 26 + code % _OTHERS)
    return bits


def with_near_signature(wanted: int, signatures: Iterable[int], edits: int) -> Iterator[int]:
    """The places of the signatures that a word so many edits away can have."""
    # An edit brings in one letter at the most and takes out one.
    most = 2 * edits
    return (place for place, known in enumerate(signatures) if (known ^ wanted).bit_count() <= most)


class Distance:
    """How many edits other words are away from one: letters added, left out, changed, or swapped
    with the next.

    The algorithm is Hyyrö's (2003), "A bit-vector algorithm for computing Levenshtein and Damerau
    edit distances", Nordic Journal of Computing 10: all of a column of the table at once, in the
    bits of one integer.
    """

    def __init__(self, word: str) -> None:
        self._length = len(word)
        self._all = (1 << len(word)) - 1
        self._last = 1 << len(word) >> 1
        self._where: dict[str, int] = {}
        for place, letter in enumerate(word):
            self._where[letter] = self._where.get(letter, 0) | 1 << place

    def to(self, other: Sequence[str], most: int) -> int:
        """The distance; some number over `most` if it is more than that."""
        distance = self._length
        if abs(len(other) - distance) > most:
            return most + 1
        if not distance:
            return len(other)
        where, every, last = self._where, self._all, self._last
        more, less, diagonal, before = every, 0, 0, 0
        for letter in other:
            here = where.get(letter, 0)
            swapped = ((~diagonal & here) << 1) & before
            diagonal = (((here & more) + more) ^ more) | here | less | swapped
            added = less | ~(diagonal | more)
            removed = diagonal & more
            if added & last:
                distance += 1
            if removed & last:
                distance -= 1
            added = added << 1 | 1
            removed <<= 1
            more = (removed | ~(diagonal | added)) & every
            less = added & diagonal & every
            diagonal &= every
            before = here
        return distance
