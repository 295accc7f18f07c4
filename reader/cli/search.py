"""`reader search`: find paragraphs."""

from functools import partial
from itertools import islice
from typing import Annotated

import typer

from reader.cli.ahead import unchanged
from reader.cli.common import Setting
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
from reader.cli.output import choose_output, complain, note, progress
from reader.index import search
from reader.index.query import narrowed, parse_query

EXAMPLES = """\
  reader search peace treaty               paragraphs with both words
  reader search '"peace treaty" -Vienna'   a phrase, without a word
  reader search 'negotiat* OR Zangezur~'   beginnings, near spellings
  reader search corridor --by Aliyev --since 2021-05
  reader search Zangazur | cut -f1 | xargs reader show
"""


def command(
    words: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Where NAME is quoted.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="To this day, month or year.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="From this source.")
    ] = None,
    inside: Annotated[
        str | None, typer.Option("--in", metavar="ARTICLE", help="In this article.")
    ] = None,
    limit: LimitOption = 0,
    count: CountOption = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Find paragraphs, best first.

    All the words must occur; case, accents, endings and apostrophes do not matter. OR, NOT or -,
    parentheses, "a phrase", begin*, near~, and the fields title: speaker: quote: source: section:
    author: date: narrow it down.
    """
    query = narrowed(parse_query(" ".join(words)), by=by, since=since, until=until, source=source)
    output = choose_output(json, plain, color, width, no_pager)
    setting = Setting(corpus)
    article = setting.file(inside).id if inside is not None else None
    query = narrowed(query, article=article)
    with progress() as show:
        look = partial(unchanged, setting.corpus)
        results = search(setting.corpus, setting.cache, query, complain, note, show, look)
    if count:
        print(results.total)
    elif results.total:
        output.write(output.view.hits(islice(results.hits, limit or None)))
    if not results.total:
        hint = f". Did you mean {results.suggestion}?" if results.suggestion else ""
        complain(f"no paragraph matches{hint}")
    return 0 if results.total else 1
