"""`reader add`: bring articles into the user's own library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import note, progress, report
from reader.errors import FetchError, ReaderError
from reader.files.folder import LARGEST_FILE, Folder
from reader.files.library import Found, Held, Library, Outcome, found_in, read, suffix_of
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
    library = Library(dirs.library, _held(dirs.library, dirs.cache))
    failed = False

    def outcomes() -> Iterator[Outcome]:
        nonlocal failed
        for found in _found(sources, allow_local):
            outcome = library.add(found)
            if outcome.state == "failed":
                failed = True
                report(f"{outcome.name}: {outcome.reason}: not added")
                continue
            if outcome.state == "present":
                note(f"{outcome.name}: already in the library as {outcome.article}")
            yield outcome

    output.write(output.view.outcomes(outcomes()))
    return 2 if failed else 0


def _held(folder: Path, cache: Path) -> Sequence[Held]:
    """The library's articles, from its index, which is updated first."""
    from reader.index.current import open_index

    corpus = Folder(folder)
    if not corpus.files:
        return ()
    with progress() as show:
        index = open_index(corpus, cache, report, note, show)
    held = [Held(row.summary.id, row.text_digest, row.summary.url) for row in index.rows()]
    index.close()
    return held


def _found(sources: Iterable[str], allow_local: bool) -> Iterator[Found]:
    from reader.files.web import fetch, is_url

    for source in sources:
        if source == "-":
            content = sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin else b""
            yield read("standard input", content, suffix_of(content), "article")
        elif is_url(source):
            try:
                page = fetch(source, allow_local)
            except FetchError as error:
                reason = str(error).removeprefix(f"{source}: ")
                yield Found(source, reason=reason)
            else:
                yield read(source, page.content, page.suffix, "article", page.url)
        else:
            yield from found_in(Path(source).expanduser())
