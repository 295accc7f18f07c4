"""The body of an article: paragraphs in their styles, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rich.console import Group
from rich.style import Style
from rich.table import Table

from reader.model.article import Paragraph
from reader.views.terminal.page import FAINT, NUMBER, TITLE, CleanText, TerminalPage

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from reader.model.article import Article, Block, StyledSpan

_STYLES: Final = {
    "emphasis": "italic",
    "strong": "bold",
    "strike": "strike",
    "code": "yellow",
    "mark": "reverse",
    "link": "underline",
}
_CODE = "yellow"
# Only these are links on a terminal that opens what is clicked.
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# What an address may have beside letters and digits (RFC 3986), so that nothing is encoded twice.
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"
# Columns. A table with narrower cells is shown by the cell.
_NARROWEST_CELL = 8
_RULE = "─" * 8


def styled(text: str, spans: Iterable[StyledSpan]) -> Text:
    """A text in its styles, with its links to the web."""
    shown: Text = CleanText(text)
    for start, end, style, target in spans:
        if style == "link" and target and target.startswith("#"):
            continue  # to a place in the article
        shown.stylize(_STYLES[style], start, end)
        if style == "link" and target and _WEB.match(target):
            shown.stylize(Style(link=quote(target, safe=_IN_ADDRESS)), start, end)
    return shown


def _after(sign: str, line: Text) -> Text:
    """A line behind a sign."""
    line.rstrip()
    shown: Text = CleanText(sign)
    shown.stylize(FAINT, 0, len(sign))
    return shown.append_text(line)


class BodyPages(TerminalPage):
    """Pages of what articles consist of."""

    def _body(self, article: Article, texts: dict[int, Text]) -> Iterator[str]:
        """The parts of a whole article, a blank line before each; `texts` are by number."""
        digits = self._digits(article)
        notes = 0
        for part in article.parts:
            if isinstance(part, Paragraph):
                yield "\n" + self._paragraph(part, digits, texts[part.number])
                continue
            notes += part.kind == "footnote"
            yield "\n" + self._block(part, digits, notes)

    def _digits(self, article: Article) -> int:
        """The width of the longest number."""
        return len(str(article.paragraphs[-1].number)) if article.paragraphs else 1

    def _paragraph(self, paragraph: Paragraph, digits: int, text: Text) -> str:
        """A numbered paragraph; a bar beside a quotation, a bullet before an item."""
        signs = {"quoted": ("│ ", "│ "), "item": ("• ", "  "), "text": ("", "")}
        label = CleanText(f"{paragraph.number:>{digits}}", style=NUMBER)
        return self._beside(label, digits, self._signed(text, *signs[paragraph.role], digits))

    def _signed(self, text: Text, first: str, others: str, digits: int) -> RenderableType:
        """The text in lines with a sign before the first and one before the others."""
        width = self._width - digits - 2 - len(first)
        if not first or width < 10:
            return text
        lines = text.wrap(self._console, width)
        return Group(*(_after(others if n else first, line) for n, line in enumerate(lines)))

    def _block(self, block: Block, digits: int, note: int) -> str:
        """A block, where the text of paragraphs is."""
        label = CleanText()
        if block.kind == "table":
            return self._data(block, digits)
        if block.kind == "code":
            lines = (CleanText(line, _CODE) for line in block.text.split("\n"))
            return self._beside(label, digits, Group(*lines))
        text = styled(block.text, block.spans)
        if block.kind == "heading":
            text.style = TITLE
        elif block.kind == "rule":
            text = CleanText(_RULE, FAINT)
        else:
            text.style = FAINT
            if block.kind == "footnote":
                number = f"[{note}] "
                shown = self._signed(text, number, " " * len(number), digits)
                return self._beside(label, digits, shown)
        return self._beside(label, digits, text)

    def _data(self, block: Block, digits: int) -> str:
        """A table; in a narrow terminal, or with many columns, a line for each cell."""
        rows: list[list[Text]] = [[]]
        start = 0
        text = styled(block.text, block.spans)
        for match in re.finditer(r"[\t\n]|\Z", block.text):
            cell = text[start : match.start()] if start < match.start() else CleanText()
            rows[-1].append(cell)
            start = match.end()
            if match[0] == "\n":
                rows.append([])
        columns = max(map(len, rows))
        margin = digits + 2
        if (self._width - margin) // columns < _NARROWEST_CELL:
            cells = (
                _after("  " if number else "• ", cell)
                for row in rows
                for number, cell in enumerate(row)
                if cell.plain
            )
            return self._beside(CleanText(), digits, Group(*cells))
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        table.add_column(width=digits)
        for _ in range(columns):
            table.add_column(overflow="fold")
        for number, row in enumerate(rows):
            table.add_row(CleanText(), *row, style=TITLE if not number and len(rows) > 1 else None)
        return self._render(table)
