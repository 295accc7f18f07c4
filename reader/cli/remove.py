"""`reader remove`: delete articles from the user's own library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reader.cli.output import print_line, report
from reader.errors import ReaderError
from reader.language.clean import printable
from reader.model.locator import parse_locator

if TYPE_CHECKING:
    from reader.corpus import Corpus

EXAMPLES = """\
  reader remove harbour-reopens          asks first
  reader remove harbour-reopens --yes
"""


def command(library: Corpus, articles: list[str], yes: bool) -> int:
    """Delete articles from your library, for good.

    Only copies that `reader add` made are ever deleted; a folder given with --corpus is only read.
    """
    if next(library.articles(), None) is None:
        raise ReaderError("your library is empty; `reader add` puts articles into it")
    ids = list(dict.fromkeys(library.id_of(parse_locator(name).article) for name in articles))
    if not yes and not _is_confirmed(ids):
        return 1
    for id in ids:
        library.remove(id)
        print_line(id)
    return 0


def _is_confirmed(ids: list[str]) -> bool:
    """Ask the user to confirm. Raises ReaderError if there is no terminal to ask on."""
    import typer

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise ReaderError("no terminal to ask on: --yes deletes without asking")
    what = ids[0] if len(ids) == 1 else f"{len(ids)} articles"
    confirmed = typer.confirm(printable(f"Delete {what} from your library?"), err=True)
    if not confirmed:
        report("nothing was deleted")
    return confirmed
