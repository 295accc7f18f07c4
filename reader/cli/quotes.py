"""`reader quotes`: who said what."""

from enum import Enum
from itertools import chain, islice
from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    AboutOption,
    Color,
    ColorOption,
    ContextOption,
    CorpusOption,
    CountOption,
    EveryOption,
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
  reader quotes                     what was said, by whom, in every article
  reader quotes azerbaijan:5-6      in two paragraphs
  reader quotes --by Aliyev         by one speaker
  reader quotes --about corridor    with a word in it
  reader quotes --all               names, titles and scare quotes too
"""


class Order(str, Enum):
    """What comes first."""

    ARTICLE = "article"
    DATE = "date"
    OLDEST = "oldest"


def command(
    locators: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LOCATOR]...", help="ARTICLE, ARTICLE:N or ARTICLE:N-M."),
    ] = None,
    by: SpeakerOption = None,
    about: AboutOption = None,
    every: EveryOption = False,
    exact: ExactOption = False,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    sort: Annotated[
        Order, typer.Option("--sort", metavar="ORDER", help="article, date or oldest.")
    ] = Order.ARTICLE,
    context: ContextOption = 0,
    limit: LimitOption = 0,
    count: CountOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Show quotations: who said what, and where it stands.

    A name is found by any part of it, by initials, and by the other forms that articles use for the
    same person, where it is sure who is meant. What --about asks for must be in one quotation.
    """
    output = choose_output(json, plain, color, width, no_pager)
    narrowing: QuotationFilters = {
        "by": by,
        "about": about,
        "all": every,
        "exact": exact,
        "since": since,
        "until": until,
        "source": source,
    }
    opened = open_corpus(corpus, named=not exact)
    found = opened.quotes(locators or (), sort=sort.value, context=context, **narrowing)
    hits = islice(found, limit or None)
    if count:
        number = sum(1 for _ in hits)
        print(number)
    else:
        first = next(hits, None)
        number = 0 if first is None else 1
        if first is not None:
            output.write(output.view.quotes(chain([first], hits)))
    if not number:
        note("no quotations" + ("" if every else "; --all shows names and titles in marks too"))
    return 0 if number else 1
