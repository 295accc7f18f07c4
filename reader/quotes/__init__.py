"""Who said what: the quotations of an article, with their speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Article, Quotation

# Increase it when the rules change: indexes are then rebuilt.
VERSION = 5


def find(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations in the order they stand, each with its kind, speaker and cue."""
    # Loads the rules: a search has no use for them, only for their version.
    from reader.quotes.attribution import attribute
    from reader.quotes.spans import find_spans

    return attribute(article, find_spans(article.paragraphs))
