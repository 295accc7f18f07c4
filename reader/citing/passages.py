"""Passages: the paragraphs and quotations of an article that a citation points to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.citing.citations import Citation, Passage
from reader.errors import NoSuchQuotation
from reader.quotes import find

if TYPE_CHECKING:
    from reader.model.article import Article, Quotation
    from reader.model.locator import Locator


def citations_of(
    chosen: Iterable[tuple[Article, Locator]], quotation: int | None, quotations: bool
) -> list[Citation]:
    """A citation of each article, with the passages of its locators, each once.

    See `Corpus.cite` for the choice. Raises NoSuchQuotation.
    """
    citations: dict[str, Citation] = {}
    for article, locator in chosen:
        citation = citations.get(article.id, Citation(article))
        passages = _passages_of(article, locator, quotation, quotations)
        new = (passage for passage in passages if passage not in citation.passages)
        citations[article.id] = citation._replace(passages=(*citation.passages, *new))
    return list(citations.values())


def _passages_of(
    article: Article, locator: Locator, quotation: int | None, quotations: bool
) -> list[Passage]:
    """The passages of an article to cite; none to cite it as a whole.

    Of a locator's paragraphs, the speech in them, else the paragraphs themselves. Of a whole
    article, its speech if `quotations`. `quotation` chooses one of them, counted from 1.
    Raises NoSuchQuotation.
    """
    whole = locator.first is None
    passages = [_passage(quote) for quote in find(article) if _is_speech_at(quote, locator)]
    if quotation is not None:
        if quotation > len(passages):
            counted = f"{len(passages)} quotation" + "s" * (len(passages) != 1)
            raise NoSuchQuotation(
                f"no quotation {quotation}: there are {counted} there",
                article=article.id,
                count=len(passages),
            )
        return [passages[quotation - 1]]
    if whole and not quotations:
        return []
    if not whole and not passages:
        return [Passage(locator.first or 1, locator.last or 1)]
    return passages


def _passage(quote: Quotation) -> Passage:
    last = quote.paragraph + len(quote.parts) - 1
    return Passage(quote.paragraph, last, " ".join(quote.parts), quote.speaker)


def _is_speech_at(quote: Quotation, locator: Locator) -> bool:
    """Whether a quotation is speech in the locator's paragraphs."""
    if quote.kind != "speech" or locator.first is None or locator.last is None:
        return quote.kind == "speech"
    return locator.first < quote.paragraph + len(quote.parts) and quote.paragraph <= locator.last
