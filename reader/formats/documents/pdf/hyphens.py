"""Hyphens at the ends of lines: undone, or kept where the word has one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011'’][^\W\d_]+)*")
HYPHENS = ("-", "\u2010", "\xad")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*)[-\u2010\xad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
# Letters of a part of a word that stands alone elsewhere by more than chance.
_LONG_PART = 4


class Words:
    """The words of a text, as they stand within its lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            words = [match[0].replace("\u2010", "-").casefold() for match in _WORD.finditer(line)]
            if line.endswith(HYPHENS):
                words = words[:-1]
            self._words.update(words)

    def joined(self, lines: Sequence[str]) -> str:
        """The lines as one text."""
        text = ""
        for line in lines:
            if not text:
                text = line
            elif text.endswith(HYPHENS):
                text = self._without_hyphen(text, line)
            else:
                text = f"{text} {line}"
        return text

    def _without_hyphen(self, text: str, line: str) -> str:
        """Two lines as one, the first of which ends with a hyphen."""
        before, after = _LAST_WORD.search(text), _FIRST_WORD.match(line)
        if text.endswith("\xad"):
            return text[:-1] + line
        if before is None or after is None:
            # A dash, as in "he said -", or a range of figures.
            return text + line if text[-2:-1].isalnum() and line[:1].isalnum() else f"{text} {line}"
        if after[0][0].isupper() or self._has_hyphen(before[1].casefold(), after[0].casefold()):
            return text + line
        return text[:-1] + line

    def _has_hyphen(self, before: str, after: str) -> bool:
        """Whether a word that two lines divide has a hyphen there anyway."""
        if before + after in self._words:
            return False
        if f"{before}-{after}" in self._words:
            return True
        parts = (before.rpartition("-")[2], after.partition("-")[0])
        return all(part in self._words and len(part) >= _LONG_PART for part in parts)
