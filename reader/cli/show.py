"""`reader show`: read an article, or paragraphs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import NoSuchArticle
from reader.language.clean import normalize
from reader.model.locator import select

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader show                    the newest article
  reader show azerbaijan         the article with this in its id or title
  reader show azerbaijan:6       its sixth paragraph
  reader show -n azerbaijan:2-4  three paragraphs, numbered
"""


def command(corpus: Corpus, output: Output, locators: list[str] | None, numbers: bool) -> int:
    """Read an article, or paragraphs of it.

    Without a LOCATOR, the newest article is shown.
    """
    articles = [
        (select(article, locator), locator.first is not None)
        for article, locator in corpus.choose(locators or [_newest(corpus)])
    ]
    output.write(output.view.articles(articles, numbers))
    return 0


def _newest(corpus: Corpus) -> str:
    id = corpus.newest()
    if id is None:
        raise NoSuchArticle(
            f"there are no articles in {normalize(str(corpus.root))}; "
            "name another folder with --corpus"
        )
    return id
