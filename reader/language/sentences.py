"""Sentences of a text."""

from __future__ import annotations

import re
from functools import cache

from reader.language.word_lists import LANGUAGE, months

# The end of a sentence with its closing marks; the next one begins with a capital letter, a figure
# or an opening mark.
_END = (
    r"""(?<![.!?…])[.!?…]+[”’"')\]»]*(?P<space>\s+)(?="""
    r"""[“„‘"'(\[«¿¡—–-]{marks}[A-Z\d\u00c0-\u00de\u0370-\u03ff\u0400-\u042f{capitals}])"""
    r"""|[。！？](?![」』）”])"""
)
# Characters before a full stop that are searched for an abbreviation.
_LONGEST_ABBREVIATION = 12


@cache
def _sentence_end(capitals: str, single_mark: bool) -> re.Pattern[str]:
    pattern = _END.replace("{capitals}", re.escape(capitals))
    return re.compile(pattern.replace("{marks}", "?" if single_mark else "*"))


@cache
def _abbreviation() -> re.Pattern[str]:
    """Abbreviations and initials, whose full stop does not end a sentence."""
    words = set(LANGUAGE.entries("abbreviations")).union(*(names[1:] for names in months()))
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(longest_first)}|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$")


def sentences(text: str, capitals: str = "", single_mark: bool = False) -> list[tuple[int, int]]:
    """The spans of a text's sentences, without the white space between them.

    `capitals` are the characters, besides capital letters, that may begin a sentence. With
    `single_mark` at most one opening mark may precede its first letter, else any number.
    """
    spans = []
    start = 0
    for match in _sentence_end(capitals, single_mark).finditer(text):
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
