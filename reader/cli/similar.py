"""`reader similar`: articles similar to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.common import report_unread
from reader.cli.output import note

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader similar azerbaijan        similar articles, and the words they share
  reader similar azerbaijan -p 6   articles similar to its sixth paragraph
"""


def command(corpus: Corpus, output: Output, article: str, paragraph: int | None, limit: int) -> int:
    """Find similar articles, and the words they share."""
    locator = article if paragraph is None else f"{article}:{paragraph}"
    articles = corpus.similar(locator, limit=limit)
    if not articles:
        note("no similar articles")
        report_unread(corpus.root)
        return 1
    output.write(output.view.similar(articles))
    return 0
