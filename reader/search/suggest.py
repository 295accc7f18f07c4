"""Suggests indexed words for a misspelt one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reader.language.tokens import tokenize

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.resolve import TermResolver

# In shorter words two edits leave too little.
_MIN_LENGTH_FOR_TWO = 5


def nearest(
    form: str, segments: Sequence[OpenSegment], resolver: TermResolver, limit: int
) -> list[str]:
    """The indexed words nearest to a form, each spelt as in a paragraph: by the number of edits,
    then the most frequent first.
    """
    near = resolver.near(form, 1)
    if not near and len(form) >= _MIN_LENGTH_FOR_TWO:
        near = resolver.near(form, 2)
    order = sorted((edits, -_frequency(segments, word), word) for word, edits in near.items())
    spellings = (_spelling(segments, word) for _, _, word in order)
    return list(islice(filter(None, spellings), limit))


def _frequency(segments: Sequence[OpenSegment], form: str) -> int:
    """The approximate document frequency of a form: deleted paragraphs count too."""
    words = ((segment.file, segment.file.find("text", form)) for segment in segments)
    return sum(file.document_frequency("text", word) for file, word in words if word >= 0)


def _spelling(segments: Sequence[OpenSegment], form: str) -> str | None:
    """The spelling of a form in the first paragraph with it, without a possessive ending; None if
    only deleted paragraphs have it.
    """
    for segment in segments:
        word = segment.file.find("text", form)
        ids = segment.file.postings("text", word).ids if word >= 0 else []
        for id in ids:
            if id in segment.deleted_paragraphs:
                continue
            text = segment.file.text(id)
            for token in tokenize(text):
                if token.form == form:
                    spelling = text[token.start : token.end]
                    return spelling if len(spelling) == len(form) else spelling.rstrip("sS'’ʼ")
    return None
