"""Similar spellings: signatures that rule out most words, and the edit distance to the others.

A word with a letter added, left out, changed or swapped with its neighbour has nearly the same
letters. So each word of the index has a signature, a bit for each letter that it has, and only
words with nearly the same signature are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

# Each letter of the Latin alphabet has a bit; all other characters share the remaining ones.
_SHARED_BITS = 5


def signature(word: str) -> int:
    """The letters of a word as a set of 31 bits."""
    bits = 0
    for letter in word:
        code = ord(letter) - 97
        bits |= 1 << (code if 0 <= code < 26 else 26 + code % _SHARED_BITS)
    return bits


def with_near_signature(target: int, signatures: Iterable[int], edits: int) -> Iterator[int]:
    """The indexes of the signatures that `edits` edits of the target's word can lead to."""
    # An edit adds at most one letter and removes at most one.
    most = 2 * edits
    return (index for index, bits in enumerate(signatures) if (bits ^ target).bit_count() <= most)


class Distance:
    """The edit distance from a word to others: letters added, left out, changed, or swapped with
    the next.

    The algorithm is Hyyrö's (2003), "A bit-vector algorithm for computing Levenshtein and Damerau
    edit distances", Nordic Journal of Computing 10: a whole column of the table at once, in the
    bits of an integer.
    """

    def __init__(self, word: str) -> None:
        self._length = len(word)
        self._all = (1 << len(word)) - 1
        self._last = 1 << len(word) >> 1
        # For each letter the bits of its positions in the word.
        self._positions: dict[str, int] = {}
        for position, letter in enumerate(word):
            self._positions[letter] = self._positions.get(letter, 0) | 1 << position

    def to(self, word: Sequence[str], most: int) -> int:
        """The distance to a word; any value above `most` if it is greater."""
        distance = self._length
        if abs(len(word) - distance) > most:
            return most + 1
        if not distance:
            return len(word)
        positions, full, last = self._positions, self._all, self._last
        more, less, diagonal, previous = full, 0, 0, 0
        for letter in word:
            matching = positions.get(letter, 0)
            swapped = ((~diagonal & matching) << 1) & previous
            diagonal = (((matching & more) + more) ^ more) | matching | less | swapped
            added = less | ~(diagonal | more)
            removed = diagonal & more
            if added & last:
                distance += 1
            if removed & last:
                distance -= 1
            added = added << 1 | 1
            removed <<= 1
            more = (removed | ~(diagonal | added)) & full
            less = added & diagonal & full
            diagonal &= full
            previous = matching
        return distance
