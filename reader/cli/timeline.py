"""`reader timeline`: how much there is of something over time."""

from enum import Enum
from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    CorpusOption,
    ExactOption,
    FuzzyOption,
    JsonOption,
    NoPagerOption,
    PlainOption,
    SinceOption,
    SourceOption,
    UntilOption,
    WidthOption,
)
from reader.cli.output import choose_output, complain

EXAMPLES = """\
  reader timeline corridor                       paragraphs a month
  reader timeline '"peace treaty"' --by week
  reader timeline speaker:Aliyev --since 2021
"""


class By(str, Enum):
    """What one bar is of."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def command(
    words: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for.")],
    by: Annotated[By, typer.Option("--by", metavar="PERIOD", help="day, week, month, year.")] = (
        By.MONTH
    ),
    exact: ExactOption = False,
    fuzzy: FuzzyOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Show how many paragraphs match a query in each period, from the first that has any.

    The query is as for `reader search`. Weeks are those of ISO 8601: 2021-W20. Paragraphs of
    articles without a date come last.
    """
    output = choose_output(json, plain, color, width, no_pager)
    opened = open_corpus(corpus, named=not exact)
    results = opened.search(
        " ".join(words), exact=exact, fuzzy=fuzzy, since=since, until=until, source=source
    )
    if not results.total:
        complain("no paragraph matches")
        return 1
    output.write(output.view.periods(results.periods(by.value)))
    return 0
