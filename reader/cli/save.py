"""`reader save`: keep searches by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.output import note
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.cli.output import Output

EXAMPLES = """\
  reader save peace '"peace treaty" source:caspian'   save a search
  reader search @peace                                run it
  reader search @peace --new                          only new hits
  reader save                                         all saved searches
  reader save --delete peace
"""


def command(output: Output, name: str | None, words: list[str] | None, delete: bool) -> int:
    """Save a search, for `reader search @NAME`.

    Without a QUERY, the saved search is shown; without a NAME, all of them.
    """
    # Loaded now: help does without.
    from reader.corpus import Corpus
    from reader.query.grammar import parse_query

    saved = Corpus.saved()
    if name is None:
        if delete:
            raise ReaderError("--delete needs the name of a saved search")
        return _show(saved.all(), output)
    name = name.removeprefix("@")
    if delete:
        saved.delete(name)
        return 0
    if words:
        query = " ".join(words)
        parse_query(query)  # a query with an error is not saved
        saved.save(name, query)
        return 0
    searches = saved.all()
    if name not in searches:
        raise saved.no_such(name)
    return _show({name: searches[name]}, output)


def _show(searches: dict[str, str], output: Output) -> int:
    if not searches:
        note("no saved searches; `reader save NAME QUERY` saves one")
        return 1
    output.write(output.view.saved_searches(searches))
    return 0
