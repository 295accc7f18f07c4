"""Cues, the words by which an article attributes a quotation: "said", "according to"."""

from __future__ import annotations

import re

from reader.quotes.vocabulary import QUOTATIONS

# Verbs of saying and writing in the forms that news reports use them in.
VERBS = QUOTATIONS.words("cues", "verbs")

_PHRASES = QUOTATIONS.entries("cues", "phrases")
_BEFORE_SPEAKER = QUOTATIONS.entries("cues", "according")

# Of two verbs that begin alike the longer.
CUE = re.compile(rf"\b(?:{'|'.join([*_PHRASES, *sorted(VERBS, key=lambda v: (-len(v), v))])})\b")
ACCORDING = re.compile(
    "|".join(rf"\b{form}\b" for entry in _BEFORE_SPEAKER for form in (entry, entry.capitalize()))
)
