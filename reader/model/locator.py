"""Locators: how users name an article or paragraphs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.errors import NoSuchParagraph

if TYPE_CHECKING:
    from reader.model.article import Article


class Locator(NamedTuple):
    """A name for an article, or for a range of its paragraphs.

    `article` is an id or a part of an id or title. `first` and `last` are paragraph numbers,
    counted from 1, both included; None for the whole article. `str` is the inverse of
    `parse_locator`.
    """

    article: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        if self.first is None:
            return self.article
        if self.last is None or self.last == self.first:
            return f"{self.article}:{self.first}"
        return f"{self.article}:{self.first}-{self.last}"


def parse_locator(text: str) -> Locator:
    """The locator in a text: ARTICLE, ARTICLE:N or ARTICLE:N-M.

    >>> parse_locator("vienna-talks:2-4")
    Locator(article='vienna-talks', first=2, last=4)
    """
    article, _, numbers = text.rpartition(":")
    first, dash, last = numbers.partition("-")
    if not article or not _is_number(first) or (dash and not _is_number(last)):
        return Locator(text)
    return Locator(article, int(first), int(last or first))


def _is_number(text: str) -> bool:
    """Whether it is a number that Python converts quickly: `int` refuses thousands of digits."""
    return text.isdecimal() and len(text) < 20


def select(article: Article, locator: Locator) -> Article:
    """The article reduced to the locator's paragraphs; all of them for a whole article.

    Raises NoSuchParagraph.
    """
    if locator.first is None or locator.last is None:
        return article
    count = len(article.paragraphs)
    if not 1 <= locator.first <= locator.last <= count:
        numbers = str(locator._replace(article="")).lstrip(":")
        message = f"{article.id} has no paragraph {numbers}: its paragraphs are 1 to {count}"
        raise NoSuchParagraph(
            message if count else f"{article.id} has no paragraphs",
            article=article.id,
            count=count,
        )
    from dataclasses import replace

    return replace(article, paragraphs=article.paragraphs[locator.first - 1 : locator.last])
