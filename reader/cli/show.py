"""`reader show`: read an article, or some of its paragraphs."""

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
from reader.cli.output import choose_output
from reader.corpus import Corpus
from reader.errors import NoSuchArticle
from reader.language.clean import normalize
from reader.model.article import Article
from reader.model.locator import select

EXAMPLES = """\
  reader show                    the newest article
  reader show azerbaijan         the one with this in its name or title
  reader show azerbaijan:6       its sixth paragraph
  reader show -n azerbaijan:2-4  three paragraphs, numbered
"""


def command(
    locators: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LOCATOR]...", help="ARTICLE, ARTICLE:N or ARTICLE:N-M."),
    ] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", "-n", help="Put paragraph numbers first.")
    ] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Read an article, or some of its paragraphs."""
    output = choose_output(json, plain, color, width, no_pager)
    opened = open_corpus(corpus)
    articles: list[tuple[Article, bool]] = [
        (select(article, locator), locator.first is not None)
        for article, locator in opened.choose(locators or [_newest(opened)])
    ]
    output.write(output.view.articles(articles, numbers))
    return 0


def _newest(corpus: Corpus) -> str:
    id = corpus.newest()
    if id is None:
        raise NoSuchArticle(
            f"there are no articles in {normalize(corpus.folder.root)}; "
            "name another folder with --corpus"
        )
    return id
