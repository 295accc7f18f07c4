"""`reader list`: the articles of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.output import print_line
from reader.model.dates import day_number

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader list
  reader list --corpus ~/articles
  reader list --json | jq -r .title
"""


def command(corpus: Corpus, output: Output, limit: int, count: bool) -> int:
    """List articles, newest first: id, date, source, paragraphs, title."""
    articles = sorted(corpus.articles(), key=lambda summary: -day_number(summary.date))
    articles = articles[: limit or None]
    if count:
        print_line(len(articles))
    elif articles:
        output.write(output.view.summaries(articles))
    if not articles:
        from reader.cli.common import report_unread

        report_unread(corpus.root)
    return 0 if articles else 1
