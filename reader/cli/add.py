"""`reader add`: bring articles into the user's own library."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reader.cli.options import Color, ColorOption, JsonOption, PlainOption, WidthOption
from reader.cli.output import choose_output, complain, note, progress
from reader.errors import FetchError, ReaderError, UnreadableFile
from reader.files.folder import Folder
from reader.files.library import Found, Held, Library, Outcome, found_in, read
from reader.files.read import read_limited
from reader.formats import guess_suffix
from reader.settings import directories

EXAMPLES = """\
  reader add article.txt page.html letter.eml
  reader add ~/Downloads/articles           every article in a folder
  reader add https://news.example/story     a page from the web
  pandoc paper.docx -t markdown | reader add -
"""


def command(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL|-...", help="Files, folders, addresses, stdin.")
    ],
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Fetch from this machine and its networks too.")
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
) -> int:
    """Copy articles into your library, each as a Markdown file with front matter.

    What the library has already, by its address or its text, is not added again. Prints the ids of
    the articles that were added; status 2 if any could not be.
    """
    output = choose_output(json, plain, color, width, no_pager=True)
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
                complain(f"{outcome.name}: {outcome.reason}: not added")
                continue
            if outcome.state == "present":
                note(f"{outcome.name}: already in the library as {outcome.article}")
            yield outcome

    output.write(output.view.outcomes(outcomes()))
    return 2 if failed else 0


def _held(folder: Path, cache: Path) -> Sequence[Held]:
    """What is known of the library's articles, which are indexed first."""
    from reader.index.current import open_index

    corpus = Folder(folder)
    if not corpus.files:
        return ()
    with progress() as show:
        index = open_index(corpus, cache, complain, note, show)
    held = [Held(row.summary.id, row.text_digest, row.summary.url) for row in index.rows()]
    index.close()
    return held


def _found(sources: Iterable[str], allow_local: bool) -> Iterator[Found]:
    from reader.files.web import fetch, is_url

    for source in sources:
        if source == "-":
            try:
                content = read_limited(sys.stdin.buffer) if sys.stdin else b""
            except UnreadableFile as error:
                yield Found("standard input", reason=str(error))
            else:
                yield read("standard input", content, guess_suffix(content), "article")
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
