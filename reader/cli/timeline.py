"""`reader timeline`: hits over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.common import report_unread
from reader.cli.output import report

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus
    from reader.model.choices import Period
    from reader.model.filters import SearchFilters

EXAMPLES = """\
  reader timeline corridor                       hits in each month
  reader timeline '"peace treaty"' --by week
  reader timeline speaker:Aliyev --since 2021
"""


def command(
    corpus: Corpus, output: Output, words: list[str], filters: SearchFilters, by: Period
) -> int:
    """Count the hits of a query in each period.

    The query is as for `reader search`. Periods run from the first with a hit to the last. Weeks
    are ISO 8601 weeks: 2021-W20. Hits in articles without a date come last.
    """
    results = corpus.search(" ".join(words), **filters)
    if not results.total:
        report("no paragraph matches")
        report_unread(corpus.root)
        return 1
    output.write(output.view.periods(results.periods(by)))
    return 0
