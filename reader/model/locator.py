"""Locators: what a user types to name an article, or paragraphs of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import NoSuchParagraph

if TYPE_CHECKING:
    from reader.model.article import Article

_LOCATOR = re.compile(r"(?P<article>.+):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?", re.DOTALL)


class Locator(NamedTuple):
    """What a user typed to name an article, or some of its paragraphs (1-based, inclusive)."""

    article: str
    first: int | None = None
    last: int | None = None


def parse_locator(text: str) -> Locator:
    """The locator that a user typed: ARTICLE, ARTICLE:N or ARTICLE:N-M."""
    match = _LOCATOR.fullmatch(text)
    if not match:
        return Locator(text)
    first = int(match["first"])
    return Locator(match["article"], first, int(match["last"] or first))


def select(article: Article, locator: Locator) -> Article:
    """The article with only the paragraphs that the locator names, all if it names none.

    Raises NoSuchParagraph.
    """
    if locator.first is None or locator.last is None:
        return article
    count = len(article.paragraphs)
    if not 1 <= locator.first <= locator.last <= count:
        asked = f"{locator.first}" + (f"-{locator.last}" if locator.last != locator.first else "")
        raise NoSuchParagraph(
            f"{article.id} has no paragraph {asked}: its paragraphs are 1 to {count}"
            if count
            else f"{article.id} has no paragraphs"
        )
    from dataclasses import replace

    return replace(article, paragraphs=article.paragraphs[locator.first - 1 : locator.last])
