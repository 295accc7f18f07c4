"""Counts by period and by facet, explained queries, origins of fields, saved searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.bar import Bar
from rich.cells import cell_len
from rich.table import Table

from reader.views.terminal.page import FAINT, NUMBER, TITLE, CleanText, TerminalPage

if TYPE_CHECKING:
    from reader.model.explanation import Explanation
    from reader.model.origins import FieldOrigin


class CountPages(TerminalPage):
    """Pages of counts."""

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        """A bar for each period."""
        rows = [(period or "no date", hits) for period, hits in periods]
        most = max((hits for _, hits in rows), default=1)
        label = max((cell_len(period) for period, _ in rows), default=0)
        count = len(f"{most:,}")
        width = max(self._width - label - count - 4, 4)
        for period, hits in rows:
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(width=label, style=NUMBER)
            table.add_column(width=count, justify="right")
            table.add_column(width=width)
            bar = Bar(most, 0, hits, width=width, color="cyan")
            table.add_row(CleanText(period), CleanText(f"{hits:,}"), bar if hits else CleanText())
            yield self._render(table)

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        """The values of each facet with their counts."""
        for name, values in facets.items():
            yield "\n" + self._render(CleanText(name, style=TITLE))
            margin = max((len(f"{hits:,}") for _, hits in values), default=0)
            for value, hits in values:
                yield self._beside(
                    CleanText(f"{hits:>{margin},}", style=NUMBER), margin, CleanText(value)
                )

    def explanation(self, parts: Iterable[Explanation]) -> Iterator[str]:
        """A query part by part, indented by depth, with the hits of each."""
        rows = list(parts)
        margin = max((len(f"{part.hits:,}") for part in rows), default=0)
        for part in rows:
            text = CleanText("  " * part.depth + part.query)
            yield self._beside(CleanText(f"{part.hits:>{margin},}", style=NUMBER), margin, text)

    def origins(self, origins: Iterable[FieldOrigin]) -> Iterator[str]:
        """The fields of articles, and below each value the place that it was read from."""
        rows = list(origins)
        margin = max((cell_len(row.field) for row in rows), default=0)
        for row in rows:
            label = CleanText(row.field, style=NUMBER)
            yield self._beside(label, margin, CleanText(row.value or "–"))
            yield self._beside(CleanText(), margin, CleanText(row.place, FAINT))

    def saved_searches(self, searches: Mapping[str, str]) -> Iterator[str]:
        """The names of saved searches with their queries."""
        margin = max(map(cell_len, searches), default=0)
        for name, query in searches.items():
            yield self._beside(CleanText(name, style=NUMBER), margin, CleanText(query))
