"""For people: the same content and order as the plain view, laid out with Rich.

Article text reaches Rich only as Text, which takes nothing in it for markup. Colours are the
terminal's own sixteen, so they suit dark and light backgrounds alike.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Literal

from rich.bar import Bar
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from reader.citing.citations import format_citations
from reader.model.hit import window_around
from reader.quotes import find
from reader.views.records import SNIPPET

if TYPE_CHECKING:
    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim
    from reader.files.library import AddResult
    from reader.model.article import Article, Paragraph
    from reader.model.choices import CitationStyle
    from reader.model.explanation import Explanation
    from reader.model.hit import ArticleHit, Hit
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

_TITLE = "bold"
_FAINT = "dim"
_MATCH = "bold red"
_QUOTE = "cyan"
_SPEAKER = "bold green"
_NUMBER = "green"

# Rows that share one table; a table is laid out whole before its first row is printed.
_ROWS = 200

_TRAILING = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


class TerminalView:
    """Pages for a terminal `width` columns wide, with or without `color`."""

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

    def articles(
        self,
        articles: Iterable[tuple[Article, bool]],
        numbers: bool,  # noqa: ARG002 - they are always shown
    ) -> Iterator[str]:
        first = True
        for article, chosen in articles:
            if not first:
                yield "\n"
            first = False
            if not chosen:
                yield self._header(article)
            marks = _quoted_places(article)
            last = article.paragraphs[-1].number if article.paragraphs else 0
            for place, paragraph in enumerate(article.paragraphs):
                text = Text(paragraph.text)
                for start, end in marks.get(paragraph.number, ()):
                    text.stylize(_QUOTE, start, end)
                gap = "\n" if place or not chosen else ""
                yield gap + self._numbered(paragraph.number, len(str(last)), text)

    def hits(self, hits: Iterable[Hit], full: bool = False) -> Iterator[str]:
        last = None
        shown: set[str] = set()
        for hit in hits:
            if hit.article != last:
                gap = "\n" if last is not None else ""
                facts = (hit.source, _day(hit.date), hit.article)
                yield gap + self._heading(hit.title, facts)
                last = hit.article
            if not hit.context:
                yield self._passage(f"¶{hit.paragraph}", self._found(hit, full))
                continue
            # As in a pipe: each paragraph once, in the order of the article.
            texts = {p.number: Text(p.text, style=_FAINT) for p in hit.context}
            texts[hit.paragraph] = self._found(hit, full=True)
            for number, text in sorted(texts.items()):
                locator = f"{hit.article}:{number}"
                if locator not in shown:
                    shown.add(locator)
                    yield self._passage(f"¶{number}", text)

    def articles_found(self, articles: Iterable[ArticleHit]) -> Iterator[str]:
        for number, found in enumerate(articles):
            hits = "1 paragraph" if found.hits == 1 else f"{found.hits:,} paragraphs"
            facts = (hits, found.source, _day(found.date), found.article)
            yield ("\n" if number else "") + self._heading(found.title, facts)

    def alike(self, articles: Iterable[SimilarArticle]) -> Iterator[str]:
        for number, other in enumerate(articles):
            facts = (other.source, _day(other.date), other.article)
            heading = self._heading(other.title, facts)
            ties = self._render(Text(", ".join(other.terms), style=_QUOTE))
            yield ("\n" if number else "") + heading + ties

    def periods(self, periods: Iterable[tuple[str | None, int]]) -> Iterator[str]:
        rows = [(period or "no date", hits) for period, hits in periods]
        most = max((hits for _, hits in rows), default=1)
        label = max((cell_len(period) for period, _ in rows), default=0)
        count = len(f"{most:,}")
        width = max(self._width - label - count - 4, 4)
        for period, hits in rows:
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(width=label, style=_NUMBER)
            table.add_column(width=count, justify="right")
            table.add_column(width=width)
            bar = Bar(most, 0, hits, width=width, color="cyan")
            table.add_row(Text(period), Text(f"{hits:,}"), bar if hits else Text())
            yield self._render(table)

    def facets(self, facets: Mapping[str, Sequence[tuple[str, int]]]) -> Iterator[str]:
        for name, values in facets.items():
            yield "\n" + self._render(Text(name, style=_TITLE))
            margin = max((len(f"{hits:,}") for _, hits in values), default=0)
            for value, hits in values:
                yield self._beside(Text(f"{hits:>{margin},}", style=_NUMBER), margin, Text(value))

    def parts(self, parts: Iterable[Explanation]) -> Iterator[str]:
        rows = list(parts)
        margin = max((len(f"{part.hits:,}") for part in rows), default=0)
        for part in rows:
            text = Text("  " * part.depth + part.query)
            yield self._beside(Text(f"{part.hits:>{margin},}", style=_NUMBER), margin, text)

    def pairs(self, pairs: Mapping[str, str]) -> Iterator[str]:
        margin = max(map(cell_len, pairs), default=0)
        for name, value in pairs.items():
            yield self._beside(Text(name, style=_NUMBER), margin, Text(value))

    def quotes(self, quotes: Iterable[QuotationHit]) -> Iterator[str]:
        last = None
        shown: dict[str, int] = {}  # up to which character of a paragraph
        for hit in quotes:
            article, quote = hit.article, hit.quote
            if article.id != last:
                gap = "\n" if last is not None else ""
                facts = (article.source, _day(article.date), article.id)
                yield gap + self._heading(article.title, facts)
                last = article.id
            head = Text(quote.speaker or "", style=_SPEAKER)
            if not quote.speaker:  # what the article calls whoever it is
                head = Text(quote.attribution or "–")
            head.append(f" {quote.cue or ''}".rstrip(), style=_FAINT)
            if quote.kind != "speech":
                head = Text(quote.kind, style=_FAINT)
            yield "\n" + self._passage(f"¶{quote.paragraph}", head)
            for paragraph in hit.paragraphs:
                label = f"¶{paragraph.number}" if hit.has_context else ""
                locator = f"{article.id}:{paragraph.number}"
                text, shown[locator] = _said(hit, paragraph, shown.get(locator, 0))
                yield self._passage(label, text)

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        rows = [
            (
                speaker.name or "–",
                f"{speaker.quotes:,}",
                f"{speaker.words:,}",
                f"{speaker.articles:,}",
                _day(speaker.first) or "–",
                _day(speaker.last) or "–",
            )
            for speaker in speakers
        ]
        names = ("Speaker", "Quotes", "Words", "Articles", "First", "Last")
        widths = [max(cell_len(row[at]) for row in [*rows, names]) for at in range(len(names))]
        widths[0] = max(min(widths[0], self._width - sum(widths[1:]) - 2 * len(widths) + 2), 8)
        styles = (_SPEAKER, _NUMBER, "", "", "", "")
        columns: list[tuple[str, int, Literal["left", "right"]]] = [
            (name, width, "right" if name in names[1:4] else "left")
            for name, width in zip(names, widths, strict=True)
        ]
        yield from self._table(columns, rows, styles)

    def checked(self, checked: Iterable[CheckedClaim]) -> Iterator[str]:
        for number, one in enumerate(checked):
            stands = one.verdict == "verbatim"
            head = Text("✓ " if stands else "✗ ", style=_NUMBER if stands else _MATCH)
            head.append(_VERDICTS[one.verdict], style=_TITLE)
            if one.claim.speaker and one.speaker and one.verdict == "misattributed":
                head.append(f": {one.speaker}, not {one.claim.speaker}")
            elif one.claim.speaker and one.verdict == "misattributed":
                head.append(f": not in the words of {one.claim.speaker}")
            elif one.speaker:
                head.append(f" · {one.speaker}", style=_FAINT)
            label = f"¶{one.claim.paragraph}" if one.claim.paragraph else ""
            yield ("\n" if number else "") + self._passage(label, head)
            yield self._passage("", _compared(one))
            if one.locator:
                more = f"\n{one.text}" if one.text and not stands else ""
                yield self._passage("", Text(one.locator + more, style=_FAINT))

    def citations(self, citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:
        # As it is on a terminal too: what is copied from there is to have no line breaks.
        return format_citations(citations, style)

    def summaries(self, summaries: Iterable[Summary]) -> Iterator[str]:
        rows = [
            (
                summary.id,
                _day(summary.date) or "–",
                summary.source or "–",
                str(summary.paragraphs),
                summary.title,
            )
            for summary in summaries
        ]
        widths = self._column_widths(rows)
        columns: list[tuple[str, int, Literal["left", "right"]]] = [
            (name, width, "right" if name == "¶" else "left")
            for name, width in zip(("Article", "Date", "Source", "¶", "Title"), widths, strict=True)
        ]
        yield from self._table(columns, rows, (_NUMBER, "", "", "", _TITLE))

    def _table(
        self,
        columns: Sequence[tuple[str, int, Literal["left", "right"]]],
        rows: Iterable[Sequence[str]],
        styles: Sequence[str],
    ) -> Iterator[str]:
        """Rows under the names of their columns, which are so wide, in pieces."""
        remaining = iter(rows)
        heading = True
        while some := list(islice(remaining, _ROWS)):
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=heading)
            heading = False
            for name, width, justify in columns:
                table.add_column(
                    name, width=width, overflow="fold", justify=justify, header_style=_FAINT
                )
            for row in some:
                table.add_row(*(Text(c, style=s) for c, s in zip(row, styles, strict=True)))
            yield self._render(table)

    def outcomes(self, outcomes: Iterable[AddResult]) -> Iterator[str]:
        for outcome in outcomes:
            if outcome.state == "added":
                text = Text(outcome.title or "", style=_TITLE)
                text.append(f"\n{outcome.article}", style=_FAINT)
                yield self._beside(Text("added", style=_NUMBER), len("added"), text)

    def facts(self, facts: Mapping[str, str | int | None]) -> Iterator[str]:
        margin = max(map(len, facts), default=0)
        for name, value in facts.items():
            shown = f"{value:,}" if isinstance(value, int) else value or "–"
            yield self._beside(Text(name, style=_FAINT), margin, Text(shown))

    def _header(self, article: Article) -> str:
        lines = [Text(article.section, style=_FAINT)] if article.section else []
        lines.append(Text(article.title, style=_TITLE))
        said = (article.source, _day(article.date), article.author)
        if any(said):
            lines.append(Text(" · ".join(part for part in said if part)))
        if article.credit:
            lines.append(Text(f"Image: {article.credit}", style=_FAINT))
        minutes = "1 minute" if article.minutes == 1 else f"{article.minutes} minutes"
        lines.append(Text(f"{article.words:,} words · {minutes}", style=_FAINT))
        return "".join(self._render(line) for line in lines)

    def _found(self, hit: Hit, full: bool) -> Text:
        """The hit's text with its matches marked; if it is long and not wanted in full, the
        sentences with most of them.
        """
        text = Text(hit.text)
        for start, end in hit.highlights:
            text.stylize(_MATCH, start, end)
        start, end = (0, len(hit.text)) if full else hit.snippet(SNIPPET)
        text = text[start:end]
        if start:
            text = Text("[…] ", style=_FAINT) + text
        if end < len(hit.text):
            text.append(" […]", style=_FAINT)
        if hit.other_names:
            text.append(f"  (through {', '.join(hit.other_names)})", style=_FAINT)
        return text

    def _heading(self, title: str, facts: Sequence[str | None]) -> str:
        *known, last = (fact for fact in facts if fact)
        line = " · ".join([*known, last])
        if known and cell_len(line) > self._width:  # no dot is left at the end of a line
            line = " · ".join(known) + "\n" + last
        return self._render(Text(title, style=_TITLE)) + self._render(Text(line, style=_FAINT))

    def _numbered(self, number: int, digits: int, text: Text) -> str:
        return self._beside(Text(f"{number:>{digits}}", style=_NUMBER), digits, text)

    def _passage(self, label: str, text: Text) -> str:
        return self._beside(Text(f"  {label}", style=_NUMBER), max(6, len(label) + 2), text)

    def _beside(self, label: Text, margin: int, text: Text) -> str:
        """The text with the label before its first line and its other lines under its first."""
        width = self._width - margin - 2
        if width < 10:
            return self._render(label) + self._render(text)
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=margin)
        table.add_column(width=width, overflow="fold")
        table.add_row(label, text)
        return self._render(table)

    def _column_widths(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """Widths for the list's columns: what each needs; ids and titles share the rest."""
        needed = [
            max([cell_len(row[at]) for row in rows] + [3 if at != 3 else 1]) for at in range(5)
        ]
        needed[0] = max(needed[0], len("Article"))
        needed[2] = min(max(needed[2], len("Source")), 16)
        needed[1] = max(needed[1], len("Date"))
        free = self._width - needed[1] - needed[2] - needed[3] - 4 * 2
        if needed[0] + needed[4] > free:
            needed[0] = max(min(needed[0], free // 2), 8)
            needed[4] = max(free - needed[0], 8)
        return needed

    def _render(self, renderable: RenderableType) -> str:
        self._console.print(renderable)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return _TRAILING.sub(lambda blank: blank[0].replace(" ", ""), text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines at most `width` cells wide, broken between words where that is possible."""
    console = Console(file=io.StringIO(), width=width, color_system=None)
    return [line.plain.rstrip() for line in Text(text).wrap(console, width)]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr that leaves no trace when it ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress


class _RateColumn(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style=_FAINT)


def _day(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


_VERDICTS = {
    "verbatim": "word for word",
    "altered": "altered",
    "misattributed": "another's words",
    "missing": "not there",
}


def _compared(checked: CheckedClaim) -> Text:
    """The words that were checked; where they are others, what was added and what was left out."""
    if not checked.changes:
        return Text(checked.claim.words, style=_QUOTE)
    text = Text()
    for change in checked.changes:
        if text:
            text.append(" ")
        if change.same:
            text.append(change.claimed, style=_QUOTE)
            continue
        if change.original:
            text.append(f"[-{change.original}-]", style="red")
        if change.claimed:
            text.append(f"{{+{change.claimed}+}}", style="green")
    return text


def _said(hit: QuotationHit, paragraph: Paragraph, shown: int) -> tuple[Text, int]:
    """A paragraph with what is said in it marked, unless it is wanted with its context only the
    sentences around that; and the character that they end at. `shown` is how far the paragraph was
    shown before.
    """
    place = hit.parts.get(paragraph.number)
    text = Text(paragraph.text, style=_FAINT)
    if place is None:
        return text, len(text)
    start, end = max(place[0] - 1, 0), place[1] + 1
    text.stylize(f"not dim {_QUOTE}", start, end)
    if hit.has_context:
        return text, len(text)
    first, last = window_around(paragraph.text, start, end, shown, SNIPPET)
    return text[first:last], last


def _quoted_places(article: Article) -> dict[int, list[tuple[int, int]]]:
    """The characters of each paragraph that are quoted, marks included, by paragraph number."""
    places: dict[int, list[tuple[int, int]]] = {}
    texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
    for quote in find(article):
        for at, part in enumerate(quote.parts):
            number = quote.paragraph + at
            text = texts.get(number, "")
            start = quote.start if not at else text.find(part)
            if start >= 0:
                end = start + len(part)
                places.setdefault(number, []).append((max(0, start - 1), min(len(text), end + 1)))
    return places
