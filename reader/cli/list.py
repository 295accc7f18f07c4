"""`reader list`: the articles of a corpus."""

from itertools import islice

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
from reader.cli.output import choose_output, note
from reader.language.clean import normalize

EXAMPLES = """\
  reader list
  reader list --corpus ~/articles
  reader list --json | jq -r .title
"""


def command(
    limit: LimitOption = 0,
    count: CountOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """List the articles: id, date, source, number of paragraphs, title."""
    output = choose_output(json, plain, color, width, no_pager)
    opened = open_corpus(corpus)
    found = list(islice(opened.articles(), limit or None))
    if count:
        print(len(found))
    elif found:
        output.write(output.view.summaries(found))
    if not found:
        note(f"there are no articles in {normalize(opened.folder.root)}")
    return 0 if found else 1
