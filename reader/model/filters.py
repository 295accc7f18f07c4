"""The filters of searches and quotations, as the library's keyword arguments.

They have the names of the commands' options: what `reader search --by` does, `search(by=...)` does.
"""

from __future__ import annotations

from typing import TypedDict


class SearchFilters(TypedDict, total=False):
    """Options of a search besides its query. Days are as the query language has them.

    `any`: match paragraphs with any of the query's words, as for a question.
    `exact`: match words exactly: no stemming, accents or aliases.
    `fuzzy`: match words of similar spelling too.
    `quotes`: match only inside speech.
    `by`: only paragraphs where this speaker is quoted; words of the name.
    `since`, `until`: only articles of these days, both included, such as "2021-05".
    `source`, `title`: only articles with these words in their source or title.
    `article`: only this article; its id, or part of its id or title.
    """

    any: bool
    exact: bool
    fuzzy: bool
    quotes: bool
    by: str | None
    since: str | None
    until: str | None
    source: str | None
    title: str | None
    article: str | None


class QuotationFilters(TypedDict, total=False):
    """Filters of quotations. Days are as the query language has them.

    `by`: only by this speaker; any part of the name, or initials.
    `about`: only quotations that match this query themselves.
    `all`: names, titles and scare quotes too, not only speech.
    `since`, `until`: only articles of these days, both included, such as "2021-05".
    `source`: only articles with these words in their source.
    `exact`: match words exactly: no stemming, accents or aliases.
    `disputed`: only those that another article gives, word for word, to somebody else or nobody.
    """

    by: str | None
    about: str | None
    all: bool
    since: str | None
    until: str | None
    source: str | None
    exact: bool
    disputed: bool
