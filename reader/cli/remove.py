"""`reader remove`: delete articles from the user's own library."""

import sys
from typing import Annotated

import typer

from reader.cli.output import complain
from reader.errors import ReaderError
from reader.files.folder import File, Folder
from reader.index.manifest import summaries
from reader.model.locator import parse_locator
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
    if not dirs.library.is_dir():
        raise ReaderError("your library is empty; `reader add` puts articles into it")
    corpus = Folder(dirs.library)
    files: dict[str, File] = {}
    for text in articles:
        file = corpus.find(parse_locator(text).article, summaries(corpus, dirs.cache, []))
        files[file.path] = file
    if not yes and not _is_sure(list(files.values())):
        return 1
    for file in files.values():
        try:
            (dirs.library / file.path).unlink()
        except OSError as error:
            raise ReaderError(f"cannot delete {file.id}: {error.strerror}") from error
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
