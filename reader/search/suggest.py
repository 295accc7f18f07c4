"""The words that somebody may have meant who typed one that the corpus does not have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reader.language.tokens import tokenize

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.terms import Terms

# In a word of fewer letters two edits leave too little of it.
_SHORTEST_FOR_TWO = 5


def nearest(form: str, leaves: Sequence[OpenSegment], terms: Terms, most: int) -> list[str]:
    """The nearest known words, as some paragraph spells each: by the number of edits, then by how
    many paragraphs have them.
    """
    near = terms.near(form, 1)
    if not near and len(form) >= _SHORTEST_FOR_TWO:
        near = terms.near(form, 2)
    order = sorted((edits, -_count(leaves, word), word) for word, edits in near.items())
    spelt = (_spelt(leaves, word) for _, _, word in order)
    return list(islice(filter(None, spelt), most))


def _count(leaves: Sequence[OpenSegment], word: str) -> int:
    """In about how many paragraphs a word stands: deleted ones count too."""
    places = ((leaf.file, leaf.file.find("text", word)) for leaf in leaves)
    return sum(file.document_frequency("text", place) for file, place in places if place >= 0)


def _spelt(leaves: Sequence[OpenSegment], word: str) -> str | None:
    """How the first paragraph with a word spells it, without a possessive ending; None if only
    deleted ones have it.
    """
    for leaf in leaves:
        place = leaf.file.find("text", word)
        ids = leaf.file.postings("text", place).ids if place >= 0 else []
        for id in ids:
            if id in leaf.deleted_paragraphs:
                continue
            text = leaf.file.text(id)
            for token in tokenize(text):
                if token.form == word:
                    spelt = text[token.start : token.end]
                    return spelt if len(spelt) == len(word) else spelt.rstrip("sS'’ʼ")
    return None
