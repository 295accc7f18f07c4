"""The hits of a search, and similar articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.views.records import SNIPPET
from reader.views.terminal.page import FAINT, MATCH, QUOTE, CleanText, TerminalPage, date_text

if TYPE_CHECKING:
    from rich.text import Text

    from reader.model.hit import ArticleHit, Hit
    from reader.model.similar import SimilarArticle


class HitPages(TerminalPage):
    """Pages of hits."""

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:
        """Hits under the headings of their articles; long ones shortened, but if `full`."""
        last = None
        shown: set[str] = set()
        for hit in hits:
            if hit.article != last:
                gap = "\n" if last is not None else ""
                yield gap + self._heading(hit.title, (hit.source, date_text(hit.date), hit.article))
                last = hit.article
            if not hit.context:
                yield self._passage(f"¶{hit.paragraph}", self._marked(hit, full))
                continue
            # As in a pipe: each paragraph once, in the order of the article.
            texts: dict[int, Text] = {p.number: CleanText(p.text, style=FAINT) for p in hit.context}
            texts[hit.paragraph] = self._marked(hit, full=True)
            for number, text in sorted(texts.items()):
                locator = f"{hit.article}:{number}"
                if locator not in shown:
                    shown.add(locator)
                    yield self._passage(f"¶{number}", text)

    def article_hits(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        """Articles with the number of their hits."""
        for index, article in enumerate(articles):
            hits = "1 paragraph" if article.hits == 1 else f"{article.hits:,} paragraphs"
            facts = (hits, article.source, date_text(article.date), article.article)
            yield ("\n" if index else "") + self._heading(article.title, facts)

    def similar(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        """Similar articles with the words in common."""
        for index, article in enumerate(articles):
            facts = (article.source, date_text(article.date), article.article)
            heading = self._heading(article.title, facts)
            terms = self._render(CleanText(", ".join(article.terms), style=QUOTE))
            yield ("\n" if index else "") + heading + terms

    def _marked(self, hit: Hit, full: bool) -> Text:
        """The hit's text with its matches marked; if it is long, and not `full`, the sentences with
        most of them.
        """
        text: Text = CleanText(hit.text)
        for start, end in hit.highlights:
            text.stylize(MATCH, start, end)
        start, end = (0, len(hit.text)) if full else hit.snippet(SNIPPET)
        text = text[start:end]
        if start:
            text = CleanText("[…] ", style=FAINT) + text
        if end < len(hit.text):
            text.append(" […]", style=FAINT)
        if hit.other_names:
            text.append(f"  (through {', '.join(hit.other_names)})", style=FAINT)
        return text
