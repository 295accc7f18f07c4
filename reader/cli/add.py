"""`reader add`: bring articles into the user's own library."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.cli.output import note, report

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus
    from reader.files.articles import ReadResult
    from reader.files.library import AddResult

EXAMPLES = """\
  reader add article.txt page.html letter.eml
  reader add ~/Downloads/articles           every article in a folder
  reader add https://news.example/story     a page from the web
  pandoc paper.docx -t markdown | reader add -
  reader add --full news.xml                a feed and the pages of its entries
  reader add - < addresses.txt              the pages at its addresses
"""


def command(
    library: Corpus, output: Output, sources: list[str], allow_local: bool, full: bool
) -> int:
    """Copy articles into your library.

    Each becomes a Markdown file with front matter, and its id is printed. An article that the
    library has, by its address or its text, is not added again. The status is 2 if any could not
    be added, or the text at an address has changed since it was added.
    """
    failed = False

    def outcomes() -> Iterator[AddResult]:
        nonlocal failed
        items = _items(sources, allow_local, full, library.encoding)
        for outcome in library.add_each(items, allow_local=allow_local):
            if outcome.state == "failed":
                failed = True
                report(f"{outcome.name}: {outcome.reason}: not added")
                continue
            if outcome.reason:
                failed = True
                report(f"{outcome.name}: {outcome.reason}: not added")
            elif outcome.state == "present":
                note(f"{outcome.name}: already in the library as {outcome.article}")
            for warning in outcome.warnings:
                report(f"{outcome.name}: {warning}")
            yield outcome

    output.write(output.view.added(outcomes()))
    return 2 if failed else 0


def _items(
    names: Iterable[str], allow_local: bool, full: bool, encoding: str | None
) -> Iterator[str | ReadResult]:
    """The paths and addresses, with standard input read for `-`, and feeds that are read `full`."""
    from reader import ReadResult, read_stream

    for name in names:
        if name == "-" and sys.stdin is None:
            yield ReadResult("standard input", reason="it is closed")
        elif full:
            from reader.files.feeds.full import read_full

            yield from read_full(name if name != "-" else sys.stdin.buffer, allow_local)
        elif name != "-":
            yield name
        else:
            yield from read_stream(sys.stdin.buffer, allow_local=allow_local, encoding=encoding)
