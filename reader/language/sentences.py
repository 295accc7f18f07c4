"""Where the sentences of a text are."""

from __future__ import annotations

import re

# What ends a sentence, with the marks that may close behind it; a sentence begins with a capital
# letter, a figure or an opening mark.
_SENTENCE_END = re.compile(
    r"""[.!?…]+[”’"')\]»]*\s+(?=[“‘"'(\[«¿¡—–-]*[A-Z\d\u00c0-\u00de\u0370-\u03ff\u0400-\u042f])"""
    r"""|[。！？](?![」』）”])"""
)
# Behind these, and behind an initial, a stop ends no sentence.
_ABBREVIATED = re.compile(
    r"""\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|Mt|Ft|No|vs|
    Inc|Corp|Co|Ltd|Bros|Dept|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Fig|Vol|pp?|[A-Z]|
    (?:[A-Za-z]\.)+[A-Za-z])\.$""",
    re.VERBOSE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The characters where each sentence of a text starts and ends; white space is between."""
    found = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start() + len(match[0].rstrip())
        if match[0][0] == "." and _ABBREVIATED.search(
            text, max(start, end - 12), match.start() + 1
        ):
            continue
        found.append((start, end))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found
