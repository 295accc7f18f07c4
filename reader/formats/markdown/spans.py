"""Styled spans, none of which overlaps another in part."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import StyledSpan

# The target of the mark of a footnote, which is a link without text.
FOOTNOTE = "#footnote-{}"
FOOTNOTE_TARGET = re.compile(FOOTNOTE.format(r"(\d+)"))


def nested(spans: Iterable[StyledSpan]) -> list[StyledSpan]:
    """The spans in the order of their starts, divided so that none overlaps another in part.

    Links without text are only those of footnotes.
    """
    waiting = [
        (span.start, -span.end, order, span)
        for order, span in enumerate(spans)
        if span.start < span.end or FOOTNOTE_TARGET.fullmatch(span.target or "")
    ]
    heapq.heapify(waiting)
    ordered: list[StyledSpan] = []
    around: list[int] = []  # the ends of the spans around
    while waiting:
        start, end, order, span = heapq.heappop(waiting)
        while around and around[-1] <= start:
            around.pop()
        if around and around[-1] < -end:
            heapq.heappush(waiting, (around[-1], end, order, span._replace(start=around[-1])))
            span = span._replace(end=around[-1])
        ordered.append(span)
        around.append(span.end)
    return ordered
