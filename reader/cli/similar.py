"""`reader similar`: articles like another."""

from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    CorpusOption,
    JsonOption,
    NoPagerOption,
    PlainOption,
    WidthOption,
)
from reader.cli.output import choose_output, note

EXAMPLES = """\
  reader similar azerbaijan        articles like it, and the words that tie them
  reader similar azerbaijan -p 6   like its sixth paragraph
"""


def command(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article, or one of its paragraphs.")
    ],
    paragraph: Annotated[
        int | None,
        typer.Option("--paragraph", "-p", metavar="N", min=1, help="Like this paragraph of it."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-m", metavar="N", min=0, help="At most N; 0: all.")
    ] = 10,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Show the articles most like another, with the words that tie them."""
    output = choose_output(json, plain, color, width, no_pager)
    locator = article if paragraph is None else f"{article}:{paragraph}"
    found = open_corpus(corpus).similar(locator, limit=limit)
    if not found:
        note("no article is like it")
        return 1
    output.write(output.view.alike(found))
    return 0
