"""The filters of quotations, from the keyword arguments of a `Corpus`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.errors import QueryError
from reader.search.quotations import QuotationFilter

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.filters import QuotationFilters, SearchFilters
    from reader.model.locator import Locator
    from reader.query.tree import Query


def article_filters(filters: QuotationFilters) -> SearchFilters:
    """The filters that quotations have in common with searches."""
    return {
        "exact": filters.get("exact", False),
        "since": filters.get("since"),
        "until": filters.get("until"),
        "source": filters.get("source"),
    }


def quotation_filter(
    filters: QuotationFilters, query: Query, chosen: Iterable[tuple[Article, Locator]]
) -> QuotationFilter:
    """The filter of quotations that match a query, in the paragraphs that were chosen.

    Raises QueryError.
    """
    by = filters.get("by")
    if by is not None and not any(map(str.isalnum, by)):
        raise QueryError("--by needs a name")
    paragraphs = tuple(locator._replace(article=article.id) for article, locator in chosen)
    disputed = filters.get("disputed", False)
    return QuotationFilter(query, by, filters.get("all", False), paragraphs, disputed)
