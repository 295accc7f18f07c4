"""`reader remove`: delete articles from the user's own library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reader.cli.output import report
from reader.errors import ReaderError
from reader.files.library import Library
from reader.index.manifest import summaries
from reader.settings import directories

if TYPE_CHECKING:
    from reader.files.folder import File

EXAMPLES = """\
  reader remove harbour-reopens          asks first
  reader remove harbour-reopens --yes
"""


def command(articles: list[str], yes: bool) -> int:
    """Delete articles from your library, for good.

    Only copies that `reader add` made are ever deleted; a folder given with --corpus is only read.
    """
    dirs = directories()
    library = Library(dirs.library)
    files = library.find(articles, lambda folder: summaries(folder, dirs.cache, []))
    if not yes and not _is_confirmed(files):
        return 1
    for file in files:
        library.remove(file)
        print(file.id)
    return 0


def _is_confirmed(files: list[File]) -> bool:
    """Ask the user to confirm. Raises ReaderError if there is no terminal to ask on."""
    import typer

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise ReaderError("no terminal to ask on: --yes deletes without asking")
    what = files[0].id if len(files) == 1 else f"{len(files)} articles"
    confirmed = typer.confirm(f"Delete {what} from your library?", err=True)
    if not confirmed:
        report("nothing was deleted")
    return confirmed
