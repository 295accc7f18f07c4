"""Sentences of a text."""

from __future__ import annotations

import re
from functools import cache

from reader.language.word_lists import LANGUAGE, months

# What ends a sentence, with the marks that may close behind it; a sentence begins with a capital
# letter, a figure or an opening mark.
_END = (
    r"""(?<![.!?…])[.!?…]+[”’"')\]»]*(?P<space>\s+)(?="""
    r"""[“„‘"'(\[«¿¡—–-]{marks}[A-Z\d\u00c0-\u00de\u0370-\u03ff\u0400-\u042f{capitals}])"""
    r"""|[。！？](?![」』）”])"""
)
# Characters that are searched for an abbreviation before a stop.
_LONGEST_ABBREVIATION = 12


@cache
def _sentence_end(capitals: str, one_mark: bool) -> re.Pattern[str]:
    pattern = _END.replace("{capitals}", re.escape(capitals))
    return re.compile(pattern.replace("{marks}", "?" if one_mark else "*"))


@cache
def _abbreviation() -> re.Pattern[str]:
    """What a stop follows that ends no sentence: an abbreviation or initials."""
    words = set(LANGUAGE.entries("abbreviations")).union(*(names[1:] for names in months()))
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(longest_first)}|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$")


def sentences(text: str, capitals: str = "", one_mark: bool = False) -> list[tuple[int, int]]:
    """The characters where each sentence of a text starts and ends; white space is between.

    `capitals` are characters that, as capital letters do, may begin a sentence. At most one opening
    mark may stand before its first letter if `one_mark`, else any number.
    """
    spans = []
    start = 0
    for match in _sentence_end(capitals, one_mark).finditer(text):
        end = match.end() if match["space"] is None else match.start("space")
        if match[0][0] == "." and _abbreviation().search(
            text, max(start, end - _LONGEST_ABBREVIATION), match.start() + 1
        ):
            continue
        spans.append((start, end))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
