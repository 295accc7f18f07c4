"""Passages: the paragraphs and quotations of an article that a citation points to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.citing.citations import Citation, Passage
from reader.citing.text_fragments import PageText
from reader.errors import NoSuchQuotation
from reader.model.summary import summarize
from reader.quotes import find

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.locator import Locator
    from reader.model.quotation import Quotation


def citations_of(
    chosen: Iterable[tuple[Article, Locator]], quotation: int | None, quotations: bool
) -> list[Citation]:
    """A citation of each article, with the passages of its locators, each once.

    See `Corpus.cite` for the choice. Raises NoSuchQuotation.
    """
    citations: dict[str, Citation] = {}
    for article, locator in chosen:
        citation = citations.get(article.id)
        if citation is None:
            citation = Citation(
                summarize(article), accessed=article.accessed, language=article.language
            )
        passages = _passages_of(article, locator, quotation, quotations)
        new = (passage for passage in passages if passage not in citation.passages)
        citations[article.id] = replace(citation, passages=(*citation.passages, *new))
    return list(citations.values())


def _passages_of(
    article: Article, locator: Locator, number: int | None, quotations: bool
) -> list[Passage]:
    """The passages of an article to cite; none to cite it as a whole.

    Of a locator's paragraphs, the speech in them, else the paragraphs themselves. Of a whole
    article, its speech if `quotations`. `number` chooses one of them, counted from 1.
    Raises NoSuchQuotation.
    """
    whole = locator.first is None
    page = _Page(article) if article.url else None
    passages = [
        _passage(article, quotation, page)
        for quotation in find(article)
        if _is_speech_at(quotation, locator)
    ]
    if number is not None:
        if number > len(passages):
            counted = f"{len(passages)} quotation" + "s" * (len(passages) != 1)
            raise NoSuchQuotation(
                f"no quotation {number}: there are {counted} there",
                article=article.id,
                count=len(passages),
            )
        return [passages[number - 1]]
    if whole and not quotations:
        return []
    if not whole and not passages:
        first, last = locator.first or 1, locator.last or 1
        return [
            Passage(
                first, last, text=_text(article, first, last), pages=_pages(article, first, last)
            )
        ]
    return passages


def _passage(article: Article, quotation: Quotation, page: _Page | None) -> Passage:
    first, last = quotation.paragraph, quotation.paragraph + len(quotation.parts) - 1
    words = " ".join(quotation.parts)
    text, pages = _text(article, first, last), _pages(article, first, last)
    fragment = page.fragment(quotation) if page else None
    return Passage(first, last, words, quotation.speaker, text, pages, fragment)


class _Page:
    """The page of an article, for the addresses of its quotations."""

    def __init__(self, article: Article) -> None:
        lines = [article.title, *(paragraph.text for paragraph in article.paragraphs)]
        self._lines = lines
        # The offset of each paragraph, by its number.
        self._offsets = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._text = PageText("\n".join(lines))

    def fragment(self, quotation: Quotation) -> str | None:
        """The directive that leads to the quotation."""
        start = self._offsets[quotation.paragraph] + quotation.start
        last = quotation.paragraph + len(quotation.parts) - 1
        if last == quotation.paragraph:
            return self._text.fragment(start, self._offsets[last] + quotation.end)
        words = quotation.parts[-1]
        begin = self._lines[last].find(words)
        if begin < 0:
            return None
        return self._text.fragment(start, self._offsets[last] + begin + len(words))


def _text(article: Article, first: int, last: int) -> str:
    return "\n".join(paragraph.text for paragraph in article.paragraphs[first - 1 : last])


def _pages(article: Article, first: int, last: int) -> tuple[int, int] | None:
    """The pages that two paragraphs begin on, if the article has pages."""
    paragraphs = article.paragraphs[first - 1 : last]
    if not paragraphs or paragraphs[0].page is None or paragraphs[-1].page is None:
        return None
    return paragraphs[0].page, paragraphs[-1].page


def _is_speech_at(quotation: Quotation, locator: Locator) -> bool:
    """Whether a quotation is speech in the locator's paragraphs."""
    if quotation.kind != "speech" or locator.first is None or locator.last is None:
        return quotation.kind == "speech"
    last = quotation.paragraph + len(quotation.parts) - 1
    return locator.first <= last and quotation.paragraph <= locator.last
