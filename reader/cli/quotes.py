"""`reader quotes`: who said what."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from reader.cli.common import report_unread
from reader.cli.output import note, print_line

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus
    from reader.model.choices import QuotationSort
    from reader.model.filters import QuotationFilters

EXAMPLES = """\
  reader quotes                     all speech, article by article
  reader quotes azerbaijan:5-6      in two paragraphs
  reader quotes --by Aliyev         by one speaker
  reader quotes --about corridor    containing a word
  reader quotes --disputed          other articles give them to others
  reader quotes --all               names, titles and scare quotes too
"""


def command(
    corpus: Corpus,
    output: Output,
    locators: list[str] | None,
    filters: QuotationFilters,
    sort: QuotationSort,
    context: int,
    limit: int,
    count: bool,
) -> int:
    """Show quotations with their speakers.

    --by matches any part of a name, initials, and the other forms of the same person's name where
    that is safe. --about matches within a single quotation.
    """
    hits = islice(
        corpus.quotes(locators or (), sort=sort, context=context, **filters), limit or None
    )
    if count:
        total = sum(1 for _ in hits)
        print_line(total)
    else:
        first = next(hits, None)
        total = int(first is not None)
        if first is not None:
            output.write(output.view.quotations(chain([first], hits)))
    if not total:
        hint = "" if filters["all"] else "; --all includes names, titles and scare quotes"
        note(f"no quotations{hint}")
        report_unread(corpus.root)
    return 0 if total else 1
