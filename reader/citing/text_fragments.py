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


def text_fragment(text: str, start: int, end: int) -> str | None:
    """The directive that marks characters `start` to `end` of an article's text, None if it cannot.

    `text` is all that is before and after in the page, its paragraphs on lines of their own.
    A browser marks the first match in the page: words that stand elsewhere before are made
    unmistakable by more words, or by those in front of them.
    """
    # Punctuation at the ends tells nothing, and a stop after an address is taken for none of it.
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    lowered = text.lower()
    if len(lowered) != len(text):  # of the few letters that have two in lower case
        lowered = text
    for before, first, last in _candidates(text, start, end):
        marked = _marked(lowered, before.lower(), first.lower(), last.lower())
        if marked == (start, end):
            prefix = f"{_encoded(before)}-," if before else ""
            return f":~:text={prefix}{_encoded(first)}" + (f",{_encoded(last)}" if last else "")
    return None


def with_fragment(url: str, directive: str) -> str:
    """An address with a directive, in the place of one that it has."""
    base = url.partition(":~:")[0].rstrip("#")
    return f"{base}{'' if '#' in base else '#'}{directive}"


def _candidates(text: str, start: int, end: int) -> Iterator[tuple[str, str, str]]:
    """What comes before, the first words and the last, the shortest first."""
    said = text[start:end]
    words = list(_WORD.finditer(said))
    line = text.rfind("\n", 0, start) + 1
    preceding = list(_WORD.finditer(text, line, start))
    counts = sorted({min(count, len(preceding)) for count in _BEFORE} - {0})
    prefixes = [text[preceding[-count].start() : start].rstrip() for count in counts]
    for prefix in ("", *prefixes):
        if len(words) <= _MOST_WORDS and "\n" not in said:
            yield prefix, said, ""
        for count in _ENDS:
            if 2 * count > len(words):
                break
            first = said[: words[count - 1].end()]
            last = said[words[-count].start() :]
            if "\n" not in first and "\n" not in last:
                yield prefix, first, last
        if "\n" not in said:
            yield prefix, said, ""


def _marked(text: str, before: str, first: str, last: str) -> tuple[int, int] | None:
    """The characters that a browser marks: the first match of whole words."""
    prefix = rf"{re.escape(before)}\s*" if before else ""
    opening = re.search(rf"(?<!\w){prefix}({re.escape(first)})(?!\w)", text)
    if opening is None:
        return None
    begin, end = opening.span(1)
    if not last:
        return begin, end
    closing = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)").search(text, end)
    return (begin, closing.end()) if closing else None


def _encoded(words: str) -> str:
    """Words in percent-encoding, with the characters that divide a directive encoded, too."""
    return quote(words, safe="").replace("-", "%2D")
