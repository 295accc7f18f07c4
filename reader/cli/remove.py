"""`reader remove`: delete articles from the user's own library."""

import sys
from typing import Annotated

import typer

from reader.cli.output import complain
from reader.errors import ReaderError
from reader.files.folder import File
from reader.files.library import Library
from reader.index.manifest import summaries
from reader.settings import directories

EXAMPLES = """\
  reader remove harbour-reopens          asks first
  reader remove harbour-reopens --yes
"""


def command(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Articles of your library.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> int:
    """Delete articles from your library: their files there, for good.

    Only what `reader add` keeps is ever deleted: a folder given with --corpus is only read.
    """
    dirs = directories()
    library = Library(dirs.library)
    files = library.find(articles, lambda folder: summaries(folder, dirs.cache, []))
    if not yes and not _is_sure(files):
        return 1
    for file in files:
        library.remove(file)
        print(file.id)
    return 0


def _is_sure(files: list[File]) -> bool:
    """Ask, if there is somebody to answer."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise ReaderError("nobody to ask whether to delete: say --yes to delete without asking")
    what = files[0].id if len(files) == 1 else f"{len(files)} articles"
    sure = typer.confirm(f"Delete {what} from your library?", err=True)
    if not sure:
        complain("nothing was deleted")
    return sure
