"""`reader list`: the articles of a corpus."""

from itertools import islice

from reader.catalogue import summaries
from reader.cli.common import Setting, warn_of
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
from reader.corpus import Refusal
from reader.text import normalize

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
    setting = Setting(corpus)
    refusals: list[Refusal] = []
    found = list(islice(summaries(setting.corpus, setting.cache, refusals), limit or None))
    if count:
        print(len(found))
    elif found:
        output.write(output.view.summaries(found))
    warn_of(refusals)
    if not found:
        note(f"there are no articles in {normalize(setting.corpus.root)}")
    return 0 if found else 1
