"""`reader index`: the state of a corpus's index."""

from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    CorpusOption,
    JsonOption,
    PlainOption,
    WidthOption,
)
from reader.cli.output import choose_output, complain, note, progress
from reader.errors import ReaderError

EXAMPLES = """\
  reader index             bring the index up to date and describe it
  reader index --check     compare it with the files; status 2 if damaged
  reader index --rebuild   make it again from nothing
"""


def command(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index again from nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare the index with the files; change nothing.")
    ] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
) -> int:
    """Describe the index: articles, paragraphs, size in bytes, age in seconds, state.

    The index is derived from the files and makes itself: no command needs this one.
    """
    from reader.index.current import describe, open_index, rebuild_index

    if rebuild and check:
        raise ReaderError("--check changes nothing, --rebuild everything: use one of them")
    output = choose_output(json, plain, color, width, no_pager=True)
    opened = open_corpus(corpus)
    if not check:
        with progress() as show:
            make = rebuild_index if rebuild else open_index
            make(opened.folder, opened.cache, complain, note, show).close()
    description = describe(opened.folder, opened.cache, thorough=check)
    output.write(output.view.facts(description))
    return 2 if description["state"] == "damaged" else 0
