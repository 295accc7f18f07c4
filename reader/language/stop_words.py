"""English stop words: words too frequent to say what a text is about."""

from __future__ import annotations

from whoosh.lang.stopwords import stoplists

STOP_WORDS: frozenset[str] = frozenset(stoplists["en"])
