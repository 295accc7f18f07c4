"""`reader save`: keep searches by name."""

from typing import Annotated

import typer

from reader.cli.options import Color, ColorOption, JsonOption, PlainOption, WidthOption
from reader.cli.output import choose_output, note
from reader.errors import ReaderError
from reader.files.saved import SavedSearches
from reader.query.grammar import parse_query
from reader.settings import directories

EXAMPLES = """\
  reader save peace '"peace treaty" source:caspian'   keep a search
  reader search @peace                                search by its name
  reader search @peace --new                          only what is new since
  reader save                                         those that there are
  reader save --delete peace
"""


def command(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Its name.")] = None,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]...", help="As for `reader search`.")
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Forget it.")] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
) -> int:
    """Keep a search by a name, for `reader search @NAME`; without a query, show those kept."""
    saved = SavedSearches(directories().data)
    if name is None:
        if delete:
            raise ReaderError("--delete needs the name of a saved search")
        return _show(saved.all(), json, plain, color, width)
    name = name.removeprefix("@")
    if delete:
        saved.delete(name)
        return 0
    if words:
        query = " ".join(words)
        parse_query(query)  # what cannot be understood is not kept
        saved.save(name, query)
        return 0
    known = saved.all()
    if name not in known:
        raise saved.no_such(name)
    return _show({name: known[name]}, json, plain, color, width)


def _show(
    searches: dict[str, str], json: bool, plain: bool, color: Color, width: int | None
) -> int:
    if not searches:
        note("no saved searches; `reader save NAME QUERY` keeps one")
        return 1
    output = choose_output(json, plain, color, width, no_pager=True)
    output.write(output.view.pairs(searches))
    return 0
