"""`reader quotes`: who said what."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Annotated

import typer

from reader.article import Article, Quote
from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    CorpusOption,
    CountOption,
    JsonOption,
    LimitOption,
    NoPagerOption,
    PlainOption,
    WidthOption,
)
from reader.cli.output import choose_output, complain, note
from reader.corpus import Refusal, read_all
from reader.quotes import chosen, find

EXAMPLES = """\
  reader quotes                     what was said, by whom, in every article
  reader quotes azerbaijan:5-6      in two paragraphs
  reader quotes --by Aliyev         by one speaker
  reader quotes --about corridor    with a word in it
  reader quotes --all               names, titles and scare quotes too
"""


def command(
    locators: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LOCATOR]...", help="ARTICLE, ARTICLE:N or ARTICLE:N-M."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Only by this speaker.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="WORDS", help="Only with these words.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", "-a", help="What is not speech, too: names, titles.")
    ] = False,
    limit: LimitOption = 0,
    count: CountOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Show quotations: who said what, and where it stands."""
    output = choose_output(json, plain, color, width, no_pager)
    opened = open_corpus(corpus)
    refusals: list[Refusal] = []

    def found() -> Iterator[tuple[Article, Quote]]:
        if locators:
            for article, locator in opened.choose(locators):
                for quote in chosen(find(article), locator.first, locator.last, by, about, every):
                    yield article, quote
        else:
            for _, article in read_all(opened.folder, refusals):
                for quote in chosen(find(article), None, None, by, about, every):
                    yield article, quote

    pairs = islice(found(), limit or None)
    if count:
        number = sum(1 for _ in pairs)
        print(number)
    else:
        first = next(pairs, None)
        number = 0 if first is None else 1
        if first is not None:
            output.write(output.view.quotes(chain([first], pairs)))
    for refusal in refusals or opened.folder.refusals:
        complain(str(refusal))
    if not number:
        note("no quotations" + ("" if every else "; --all shows names and titles in marks too"))
    return 0 if number else 1
