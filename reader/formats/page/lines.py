"""Single line breaks in a paragraph: space within a sentence, elsewhere perhaps its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.model.article import StyledSpan

_SENTENCE_END = re.compile(r"""[.!?…:。！？]["'”’»)\]]*$""")
# Characters of a line of a list: dates of a tour, prices, results.
_LONGEST_ENTRY = 120
_FEWEST_ENTRIES = 3

Styled = tuple[str, tuple[StyledSpan, ...]]


def divided(text: str, spans: tuple[StyledSpan, ...], breaks: Sequence[int]) -> list[Styled]:
    """A text with line breaks at these offsets as its paragraphs.

    It is divided where a sentence ends with its line, unless the lines are broken by their length:
    these are short, and most end within a sentence. And it is divided at each break if it is a
    list, which is short lines with figures.
    """
    breaks = [offset for offset in dict.fromkeys(breaks) if 0 < offset < len(text)]
    if not breaks:
        return [(text, spans)]
    lines = [
        text[start:end].strip() for start, end in zip([0, *breaks], [*breaks, None], strict=True)
    ]
    if _is_list(lines):
        ends = breaks
    else:
        ends = [
            offset
            for offset, before, behind in zip(breaks, lines, lines[1:], strict=False)
            if _SENTENCE_END.search(before) and not behind[:1].islower()
        ]
        if len(ends) * 2 < len(breaks) and all(len(line) <= _LONGEST_ENTRY for line in lines):
            ends = []
    return _split(text, spans, ends)


def _is_list(lines: list[str]) -> bool:
    figures = sum(1 for line in lines if any(map(str.isdigit, line)))
    return (
        len(lines) >= _FEWEST_ENTRIES
        and figures * 2 >= len(lines)
        and all(len(line) <= _LONGEST_ENTRY and not line[:1].islower() for line in lines)
    )


def _split(text: str, spans: tuple[StyledSpan, ...], ends: list[int]) -> list[Styled]:
    """The pieces of a text between offsets, each with its part of the spans, in linear time."""
    pieces: list[Styled] = []
    waiting = list(reversed(spans))
    open_spans: list[StyledSpan] = []
    for begin, end in zip([0, *ends], [*ends, len(text)], strict=True):
        start = begin + (text[begin : begin + 1] == " ")
        while waiting and waiting[-1].start < end:
            open_spans.append(waiting.pop())
        cut = tuple(
            span._replace(start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in open_spans
            if min(span.end, end) > max(span.start, start)
        )
        open_spans = [span for span in open_spans if span.end > end]
        if end > start:
            pieces.append((text[start:end], cut))
    return pieces
