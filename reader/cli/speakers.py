"""`reader speakers`: who is quoted, and how often."""

from enum import Enum
from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    AboutOption,
    Color,
    ColorOption,
    CorpusOption,
    CountOption,
    ExactOption,
    JsonOption,
    LimitOption,
    NoPagerOption,
    PlainOption,
    SinceOption,
    SourceOption,
    SpeakerOption,
    UntilOption,
    WidthOption,
)
from reader.cli.output import choose_output, note
from reader.model.filters import QuotationFilters

EXAMPLES = """\
  reader speakers                       who is quoted, most often first
  reader speakers --about corridor      on one matter
  reader speakers --since 2021 -m 10    the ten most quoted since then
  reader speakers | cut -f1,2           names and quotations
"""


class Order(str, Enum):
    """What comes first."""

    QUOTES = "quotes"
    WORDS = "words"
    ARTICLES = "articles"
    NAME = "name"
    FIRST = "first"
    LAST = "last"


def command(
    by: SpeakerOption = None,
    about: AboutOption = None,
    exact: ExactOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    sort: Annotated[
        Order,
        typer.Option(
            "--sort", metavar="ORDER", help="quotes, words, articles, name, first or last."
        ),
    ] = Order.QUOTES,
    limit: LimitOption = 0,
    count: CountOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Show who is quoted: how many quotations and words, in how many articles, from when to when.

    The forms that articles use for one person are counted together where it is sure who is meant.
    Speech that nobody is named for has the last row, of `-`.
    """
    output = choose_output(json, plain, color, width, no_pager)
    narrowing: QuotationFilters = {
        "by": by,
        "about": about,
        "exact": exact,
        "since": since,
        "until": until,
        "source": source,
    }
    speakers = open_corpus(corpus, named=not exact).speakers(sort=sort.value, **narrowing)
    some = speakers[: limit or None]
    if not some:
        note("nobody is quoted")
    if count:
        print(len(some))
    elif some:
        output.write(output.view.speakers(some))
    return 0 if some else 1
