"""`reader list`: the articles of a corpus."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reader.cli.output import print_line

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader list
  reader list --corpus ~/articles
  reader list --json | jq -r .title
"""


def command(corpus: Corpus, output: Output, limit: int, count: bool) -> int:
    """List articles: id, date, source, paragraphs, title."""
    articles = list(islice(corpus.articles(), limit or None))
    if count:
        print_line(len(articles))
    elif articles:
        output.write(output.view.summaries(articles))
    if not articles:
        from reader.cli.common import report_unread

        report_unread(corpus.root)
    return 0 if articles else 1
