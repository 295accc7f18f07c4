"""Plain text for pipes: one record a line, tabs between the columns, `-` for what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.article import Article, Quote
    from reader.hit import Hit
    from reader.library import Outcome
    from reader.summary import Summary

_UNKNOWN = "-"

# Select Graphic Rendition (ECMA-48), in the terminal's own colours.
_STYLES = {"title": "1", "match": "1;31", "locator": "35", "quote": "36", "number": "32"}


class PlainView:
    """Records for other programs and files; with `color`, the same text and styles besides.

    `width` is the column to wrap an article's paragraphs at; None is not to wrap.
    """

    def __init__(self, color: bool = False, width: int | None = None) -> None:
        self._color = color
        self._width = width

    def articles(self, articles: Iterable[tuple[Article, bool]], numbers: bool) -> Iterator[str]:
        gap = ""
        for article, chosen in articles:
            if not chosen and not numbers:
                yield f"{gap}{self._wrapped(article.title, 'title')}\n"
                gap = "\n"
            for paragraph in article.paragraphs:
                if numbers:
                    number = self._styled(str(paragraph.number), "number")
                    yield f"{number}\t{paragraph.text}\n"
                else:
                    yield f"{gap}{self._wrapped(paragraph.text)}\n"
                    gap = "\n"

    def hits(self, hits: Iterable[Hit]) -> Iterator[str]:
        for hit in hits:
            locator = self._styled(f"{hit.article}:{hit.paragraph}", "locator")
            pieces = []
            place = 0
            for start, end in hit.highlights if self._color else ():
                pieces += [hit.text[place:start], self._styled(hit.text[start:end], "match")]
                place = end
            yield f"{locator}\t{hit.date or _UNKNOWN}\t{''.join(pieces)}{hit.text[place:]}\n"

    def quotes(self, quotes: Iterable[tuple[Article, Quote]]) -> Iterator[str]:
        for article, quote in quotes:
            locator = self._styled(f"{article.id}:{quote.paragraph}", "locator")
            words = self._styled(" ".join(quote.parts), "quote")
            known = f"{quote.speaker or _UNKNOWN}\t{quote.cue or _UNKNOWN}"
            yield f"{locator}\t{quote.kind}\t{known}\t{words}\n"

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        for summary in summaries:
            yield (
                f"{self._styled(summary.id, 'locator')}\t{summary.date or _UNKNOWN}\t"
                f"{summary.source or _UNKNOWN}\t{summary.paragraphs}\t{summary.title}\n"
            )

    def outcomes(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
        for outcome in outcomes:
            if outcome.state == "added":
                yield f"{self._styled(outcome.article or _UNKNOWN, 'locator')}\n"

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        for name, value in facts.items():
            yield f"{name}\t{_UNKNOWN if value is None else value}\n"

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._color and text else text

    def _wrapped(self, text: str, style: str = "") -> str:
        lines = [text]
        if self._width:
            from reader.views.terminal import wrap

            lines = wrap(text, self._width)
        return "\n".join(self._styled(line, style) if style else line for line in lines)
