"""The parts of pages: styles, headings, passages beside a label, tables."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from reader.language.clean import printable

if TYPE_CHECKING:
    from rich.style import Style

    from reader.model.dates import ArticleDate

TITLE = "bold"
FAINT = "dim"
MATCH = "bold red"
QUOTE = "cyan"
SPEAKER = "bold green"
NUMBER = "green"
LEFT_OUT = "red"
ADDED = "green"

# Rows that share one table; a table is laid out whole before its first row is printed.
_ROWS = 200

_LINK = re.compile(r"\x1b\]8;id=[^;\x1b]*;([^\x1b]+)")
_TRAILING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


class CleanText(Text):
    """Text on one line in which nothing commands the terminal; all that is printed is such text.

    Rich itself removes some control characters, but not ESC, and takes none for markup in `Text`.
    """

    def __init__(self, text: str = "", style: str | Style = "") -> None:
        super().__init__(printable(text), style)

    def append(self, text: Text | str, style: str | Style | None = None) -> Text:
        return super().append(printable(text) if isinstance(text, str) else text, style)


class Column(NamedTuple):
    """A column of a table; `width` is in terminal cells."""

    name: str
    width: int
    style: str = ""
    justify: Literal["left", "right"] = "left"


class TerminalPage:
    """Renders text for a terminal `width` columns wide, with or without `color`."""

    highlights = True

    def __init__(self, width: int, color: bool) -> None:
        self._width = width
        self._buffer = io.StringIO()
        self._console = Console(
            file=self._buffer,
            width=width,
            force_terminal=True,
            color_system="standard" if color else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def _heading(self, title: str, facts: Sequence[str | None]) -> str:
        """A title, and below it the facts that are not None; the last is never None."""
        *others, last = (fact for fact in facts if fact)
        lines = [" · ".join([*others, last])]
        if others and cell_len(lines[0]) > self._width:  # a line must not end with the dot
            lines = [" · ".join(others), last]
        heading = [CleanText(title, TITLE), *(CleanText(line, FAINT) for line in lines)]
        return "".join(map(self._render, heading))

    def _passage(self, label: str, text: Text) -> str:
        return self._beside(CleanText(f"  {label}", style=NUMBER), max(6, len(label) + 2), text)

    def _beside(self, label: Text, margin: int, text: RenderableType) -> str:
        """The text with the label before its first line and its other lines under its first."""
        width = self._width - margin - 2
        if width < 10:
            return self._render(label) + self._render(text)
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=margin)
        table.add_column(width=width, overflow="fold")
        table.add_row(label, text)
        return self._render(table)

    def _table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """Rows under the names of their columns, in pieces."""
        remaining = iter(rows)
        heading = True
        while batch := list(islice(remaining, _ROWS)):
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=heading)
            heading = False
            for name, width, _, justify in columns:
                table.add_column(
                    name, width=width, overflow="fold", justify=justify, header_style=FAINT
                )
            for row in batch:
                cells = zip(row, columns, strict=True)
                table.add_row(*(CleanText(cell, style=column.style) for cell, column in cells))
            yield self._render(table)

    def _render(self, renderable: RenderableType) -> str:
        self._console.print(renderable)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        # Rich gives each link a random number.
        text = _LINK.sub(lambda link: f"\x1b]8;id={zlib.crc32(link[1].encode())};{link[1]}", text)
        return _TRAILING.sub(lambda blank: blank[0].replace(" ", ""), text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines at most `width` cells wide, broken between words where that is possible."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    return [line.plain.rstrip() for line in CleanText(text).wrap(console, width)]


def date_text(date: ArticleDate | None) -> str | None:
    """The date as YYYY-MM-DD, or as much of it as is known."""
    return date.isoformat() if date else None
