"""Articles to read, lists of articles, articles that were added, the state of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.views.terminal.body import BodyPages, styled
from reader.views.terminal.page import (
    FAINT,
    NUMBER,
    QUOTE,
    TITLE,
    CleanText,
    Column,
    date_text,
)

if TYPE_CHECKING:
    from reader.files.library import AddResult
    from reader.model.article import Article
    from reader.model.index_state import IndexState
    from reader.model.selection import Selection
    from reader.model.summary import Summary

# The widest that the column of sources gets.
_MOST_SOURCE = 16


class ArticlePages(BodyPages):
    """Pages of articles."""

    def articles(self, selections: Iterable[Selection], numbers: bool) -> Iterator[str]:  # noqa: ARG002 - numbers are always shown
        """Articles with their headers; paragraphs without, their quotations set off."""
        first = True
        for selection in selections:
            if not first:
                yield "\n"
            first = False
            article = selection.content
            if selection.is_whole:
                yield self._header(article)
            texts = {p.number: styled(p.text, p.spans) for p in article.paragraphs}
            for number, spans in _quoted_spans(selection).items():
                for start, end in spans:
                    texts[number].stylize(QUOTE, start, end)
            if selection.is_whole:
                yield from self._body(article, texts)
                continue
            digits = self._digits(article)
            for index, paragraph in enumerate(article.paragraphs):
                gap = "\n" if index else ""
                yield gap + self._paragraph(paragraph, digits, texts[paragraph.number])

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        """A table with a row for each article."""
        rows = [
            (
                summary.id,
                date_text(summary.date) or "–",
                summary.source or "–",
                str(summary.paragraphs),
                summary.title,
            )
            for summary in summaries
        ]
        article, date, source, paragraphs, title = self._column_widths(rows)
        columns = (
            Column("Article", article, NUMBER),
            Column("Date", date),
            Column("Source", source),
            Column("¶", paragraphs, justify="right"),
            Column("Title", title, TITLE),
        )
        yield from self._table(columns, rows)

    def added(self, results: Iterable[AddResult]) -> Iterator[str]:
        """The articles that were added."""
        for result in results:
            if result.state == "added":
                margin = len("added")
                title = CleanText(result.title or "", style=TITLE)
                yield self._beside(CleanText("added", style=NUMBER), margin, title)
                id = CleanText(result.article or "", style=FAINT)
                yield self._beside(CleanText(), margin, id)

    def index(self, state: IndexState) -> Iterator[str]:
        """A line for each fact about the index."""
        facts = vars(state)
        margin = max(map(len, facts), default=0)
        for name, value in facts.items():
            count = len(value) if isinstance(value, tuple) else value
            shown = f"{count:,}" if isinstance(count, int) else count or "–"
            yield self._beside(CleanText(name, style=FAINT), margin, CleanText(shown))
        for warning in state.warnings or ():
            yield self._beside(CleanText(), margin, CleanText(warning))

    def _header(self, article: Article) -> str:
        lines = [CleanText(article.section, style=FAINT)] if article.section else []
        lines.append(CleanText(article.title, style=TITLE))
        facts = (article.source, date_text(article.date), article.author)
        if any(facts):
            lines.append(CleanText(" · ".join(fact for fact in facts if fact)))
        if article.credit:
            lines.append(CleanText(f"Image: {article.credit}", style=FAINT))
        minutes = "1 minute" if article.minutes == 1 else f"{article.minutes} minutes"
        lines.append(CleanText(f"{article.words:,} words · {minutes}", style=FAINT))
        return "".join(self._render(line) for line in lines)

    def _column_widths(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """Widths for the columns: what each needs; ids and titles share the rest."""
        names = ("Article", "Date", "Source", "¶", "")
        needed = [
            max([cell_len(row[column]) for row in rows] + [len(name)])
            for column, name in enumerate(names)
        ]
        needed[2] = min(needed[2], _MOST_SOURCE)
        needed[4] = max(needed[4], 3)
        free = self._width - sum(needed[1:4]) - 4 * 2
        if needed[0] + needed[4] > free:
            needed[0] = max(min(needed[0], free // 2), 8)
            needed[4] = max(free - needed[0], 8)
        return needed


def _quoted_spans(selection: Selection) -> dict[int, list[tuple[int, int]]]:
    """Where each paragraph, by its number, is quoted: offsets, quotation marks included."""
    spans: dict[int, list[tuple[int, int]]] = {}
    texts = {paragraph.number: paragraph.text for paragraph in selection.content.paragraphs}
    for quotation in selection.quotations():
        for number, part in enumerate(quotation.parts, start=quotation.paragraph):
            text = texts.get(number, "")
            start = quotation.start if number == quotation.paragraph else text.find(part)
            if text and start >= 0:
                end = start + len(part)
                spans.setdefault(number, []).append((max(0, start - 1), min(len(text), end + 1)))
    return spans
