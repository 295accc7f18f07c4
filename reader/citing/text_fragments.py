"""Addresses of words in a web page: text fragments (WICG, Scroll To Text Fragment)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

# Words that are given in full; of more only the first and the last ones.
_MOST_WORDS = 8
# Words at each end of a range, and before the words that a fragment is for.
_ENDS = (4, 6, 8, 12)
_BEFORE = (2, 4, 8)
_WORD = re.compile(r"\S+")


class PageText:
    """The text of a page, its title and paragraphs on lines of their own."""

    def __init__(self, text: str) -> None:
        self._text = text
        lowered = text.lower()
        # A few letters have two in lower case.
        self._lowered = lowered if len(lowered) == len(text) else text

    def fragment(self, start: int, end: int) -> str | None:
        """The directive that marks characters `start` to `end`, None if there is none.

        A browser marks the first match in the page: words that stand elsewhere before are made
        unmistakable by more words, or by those in front of them.
        """
        text = self._text
        # Punctuation at the ends tells nothing, and a stop after an address is no part of it.
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        for before, first_end, last_start in self._candidates(start, end):
            is_first = self._first(before, first_end) == before
            is_last = last_start == end or self._first(last_start, end, first_end) == last_start
            if is_first and is_last:
                prefix = text[before:start].rstrip()
                return (
                    f":~:text={_encoded(prefix)}{'-,' if prefix else ''}"
                    f"{_encoded(text[start:first_end])}"
                    f"{',' if last_start < end else ''}{_encoded(text[last_start:end])}"
                )
        return None

    def _candidates(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Offsets of the words before, the end of the first words and the start of the last ones,
        the shortest first; without last words `end`.
        """
        text = self._text
        words = list(_WORD.finditer(text, start, end))
        if not words:
            return
        is_one_line = "\n" not in text[start:end]
        preceding = list(_WORD.finditer(text, text.rfind("\n", 0, start) + 1, start))
        counts = sorted({min(count, len(preceding)) for count in _BEFORE} - {0})
        for before in (start, *(preceding[-count].start() for count in counts)):
            if len(words) <= _MOST_WORDS and is_one_line:
                yield before, end, end
            for count in _ENDS:
                if 2 * count > len(words):
                    break
                first_end, last_start = words[count - 1].end(), words[-count].start()
                if "\n" not in text[start:first_end] and "\n" not in text[last_start:end]:
                    yield before, first_end, last_start
            if len(words) > _MOST_WORDS and is_one_line:
                yield before, end, end

    def _first(self, start: int, end: int, after: int = 0) -> int:
        """The offset of the first whole words like those from `start` to `end`."""
        text, words = self._lowered, self._lowered[start:end]
        found = text.find(words, after)
        while found < start and not self._is_whole(found, found + len(words)):
            found = text.find(words, found + 1)
        return found

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether words are not only a part of words."""
        text = self._text
        return not (
            (start > 0 and text[start].isalnum() and text[start - 1].isalnum())
            or (text[end - 1].isalnum() and text[end : end + 1].isalnum())
        )


def with_fragment(url: str, directive: str) -> str:
    """An address with a directive, in the place of one that it has."""
    base = url.partition(":~:")[0].rstrip("#")
    return f"{base}{'' if '#' in base else '#'}{directive}"


def _encoded(words: str) -> str:
    """Words in percent-encoding, with the characters that divide a directive encoded, too."""
    return quote(words, safe="").replace("-", "%2D")
