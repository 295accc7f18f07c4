"""`reader add`: bring articles into the user's own library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import note, progress, report
from reader.errors import ReaderError
from reader.files.articles import ReadResult, read_stream
from reader.files.folder import Folder
from reader.files.library import AddResult, Library, StoredArticle
from reader.settings import directories

if TYPE_CHECKING:
    from reader.cli.output import Output

EXAMPLES = """\
  reader add article.txt page.html letter.eml
  reader add ~/Downloads/articles           every article in a folder
  reader add https://news.example/story     a page from the web
  pandoc paper.docx -t markdown | reader add -
"""


def command(output: Output, sources: list[str], allow_local: bool) -> int:
    """Copy articles into your library.

    Each becomes a Markdown file with front matter, and its id is printed. An article that the
    library has, by its address or its text, is not added again. The status is 2 if any could not
    be added.
    """
    dirs = directories()
    try:
        dirs.library.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReaderError(f"cannot make the library {dirs.library}: {error.strerror}") from error
    library = Library(dirs.library, _stored(dirs.library, dirs.cache))
    failed = False

    def outcomes() -> Iterator[AddResult]:
        nonlocal failed
        for outcome in library.add_each(_items(sources), allow_local):
            if outcome.state == "failed":
                failed = True
                report(f"{outcome.name}: {outcome.reason}: not added")
                continue
            if outcome.state == "present":
                note(f"{outcome.name}: already in the library as {outcome.article}")
            yield outcome

    output.write(output.view.outcomes(outcomes()))
    return 2 if failed else 0


def _stored(folder: Path, cache: Path) -> Sequence[StoredArticle]:
    """The library's articles, from its index, which is updated first."""
    from reader.index.current import open_index

    corpus = Folder(folder)
    if not corpus.files:
        return ()
    with progress() as show:
        index = open_index(corpus, cache, report, note, show)
    stored = [
        StoredArticle(row.summary.id, row.text_digest, row.summary.url) for row in index.rows()
    ]
    index.close()
    return stored


def _items(names: Iterable[str]) -> Iterator[str | ReadResult]:
    """The paths and addresses, with standard input read for `-`."""
    for name in names:
        yield read_stream(sys.stdin.buffer if sys.stdin else BytesIO()) if name == "-" else name
