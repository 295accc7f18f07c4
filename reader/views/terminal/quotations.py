"""Quotations, speakers and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.citing.citations import format_citations
from reader.language.clean import printable_lines
from reader.language.snippets import window_around
from reader.views.records import SNIPPET
from reader.views.terminal.page import (
    FAINT,
    NUMBER,
    QUOTE,
    SPEAKER,
    CleanText,
    Column,
    TerminalPage,
    date_text,
)

if TYPE_CHECKING:
    from rich.text import Text

    from reader.citing.citations import Citation
    from reader.model.article import Paragraph
    from reader.model.choices import CitationStyle
    from reader.model.quotation import Quotation
    from reader.model.quotation_hit import QuotationHit, Speaker


class QuotationPages(TerminalPage):
    """Pages of quotations."""

    def quotations(self, hits: Iterable[QuotationHit]) -> Iterator[str]:
        """Quotations under the headings of their articles, each below its speaker and cue."""
        last = None
        shown: dict[str, int] = {}  # by locator, the offset to which a paragraph has been shown
        for hit in hits:
            article, quotation = hit.summary, hit.quotation
            if article.id != last:
                gap = "\n" if last is not None else ""
                facts = (article.source, date_text(article.date), article.id)
                yield gap + self._heading(article.title, facts)
                last = article.id
            yield "\n" + self._passage(f"¶{quotation.paragraph}", _attribution(quotation))
            for paragraph in hit.paragraphs:
                label = f"¶{paragraph.number}" if hit.has_context else ""
                locator = f"{article.id}:{paragraph.number}"
                text, shown[locator] = _marked(hit, paragraph, shown.get(locator, 0))
                yield self._passage(label, text)

    def speakers(self, speakers: Iterable[Speaker]) -> Iterator[str]:
        """A table with a row for each speaker, or for each of their periods."""
        listed = list(speakers)
        names: tuple[str, ...]
        if any(speaker.periods for speaker in listed):
            names = ("Speaker", "Period", "Quotes", "Words", "Articles")
            rows = [row for speaker in listed for row in _period_rows(speaker)]
            counted = names[2:]
        else:
            names = ("Speaker", "Quotes", "Words", "Articles", "First", "Last")
            rows = [_speaker_row(speaker) for speaker in listed]
            counted = names[1:4]
        widths = [max(cell_len(row[at]) for row in [*rows, names]) for at in range(len(names))]
        widths[0] = max(min(widths[0], self._width - sum(widths[1:]) - 2 * len(widths) + 2), 8)
        columns = [
            Column(
                name,
                width,
                {"Speaker": SPEAKER, "Quotes": NUMBER}.get(name, ""),
                "right" if name in counted else "left",
            )
            for name, width in zip(names, widths, strict=True)
        ]
        yield from self._table(columns, rows)

    def citations(self, citations: Iterable[Citation], style: CitationStyle | str) -> Iterator[str]:
        """The citations, unwrapped: what is copied from a terminal must have no line breaks."""
        return map(printable_lines, format_citations(citations, style))


def _speaker_row(speaker: Speaker) -> tuple[str, ...]:
    return (
        speaker.name or "–",
        f"{speaker.quotations:,}",
        f"{speaker.words:,}",
        f"{speaker.articles:,}",
        date_text(speaker.first) or "–",
        date_text(speaker.last) or "–",
    )


def _period_rows(speaker: Speaker) -> Iterator[tuple[str, ...]]:
    """A row for each period; the name is in the first."""
    name = speaker.name or "–"
    for row in speaker.periods:
        yield (
            name,
            row.period or "no date",
            f"{row.quotations:,}",
            f"{row.words:,}",
            f"{row.articles:,}",
        )
        name = ""


def _attribution(quotation: Quotation) -> Text:
    """The speaker, else the article's words for the speaker, and the cue; of a term its kind."""
    if quotation.kind != "speech":
        return CleanText(quotation.kind, style=FAINT)
    if quotation.speaker:
        text = CleanText(quotation.speaker, style=SPEAKER)
    else:
        text = CleanText(quotation.attribution or "–")
    return text.append(f" {quotation.cue or ''}".rstrip(), style=FAINT)


def _marked(hit: QuotationHit, paragraph: Paragraph, shown: int) -> tuple[Text, int]:
    """A paragraph with the quotation in it marked, and the offset at which it ends.

    Without context it is cut to the sentences around the quotation; `shown` is the offset to which
    the paragraph has been shown before.
    """
    span = hit.parts.get(paragraph.number)
    text = CleanText(paragraph.text, style=FAINT)
    if span is None:
        return text, len(text)
    start, end = max(span[0] - 1, 0), span[1] + 1
    text.stylize(f"not dim {QUOTE}", start, end)
    if hit.has_context:
        return text, len(text)
    first, last = window_around(paragraph.text, start, end, shown, SNIPPET)
    return text[first:last], last
