"""Looks at the corpus's files while the libraries load, in a process of its own.

Whether any of ten thousand files has changed takes longer to tell than to search them. The answer
is needed last, so another process begins with the question first, with what the arguments seem to
say of the corpus; if that was wrong, the question is asked again.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reader.files.folder import Folder, Listing


class _Look(NamedTuple):
    """Where the answer of a process that looks comes from, and what it looks at."""

    pipe: int
    folder: Path
    generation: int
    root: str


_looks: list[_Look] = []


def look_ahead(arguments: Sequence[str]) -> None:
    """Begin to look at the corpus of a command with these arguments, if it will be asked for."""
    if arguments[:1] != ["search"] or not hasattr(os, "fork"):
        return
    # Only now: other commands do without.
    from reader.errors import ReaderError
    from reader.files.folder import Folder
    from reader.index.manifest import has_many, index_folder, latest_generation
    from reader.settings import corpus_path, directories

    dirs = directories()
    try:
        corpus = Folder(corpus_path(_corpus_option(arguments), os.environ, dirs))
    except ReaderError:  # the command will tell
        return
    folder = index_folder(dirs.cache, corpus.root)
    generation = latest_generation(folder)
    if not has_many(folder, generation):
        return
    try:
        pipe, answer = os.pipe()
        process = os.fork()  # not waited for: it ends when it has answered, at the latest with us
    except OSError:
        return
    if process:
        os.close(answer)
        _looks.append(_Look(pipe, folder, generation, corpus.root))
        return
    try:
        # Nobody must wait for this process because it holds a pipe open.
        for stream in (0, 1, 2):
            os.close(stream)
        with os.fdopen(answer, "wb") as pipe_end:
            _look(corpus, folder, generation, pipe_end)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _corpus_option(arguments: Sequence[str]) -> Path | None:
    option = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--corpus":
            option = Path(*arguments[number + 1 : number + 2])
        elif argument.startswith("--corpus="):
            option = Path(argument.partition("=")[2])
    return option


def _look(corpus: Folder, folder: Path, generation: int, answer: IO[bytes]) -> None:
    """Tell whether a corpus is as a generation of its index knows it; if not, what is in it."""
    from reader.index.manifest import is_unchanged

    os.chdir(corpus.root)
    same = is_unchanged(folder, generation, corpus.root)
    answer.write(marshal.dumps(same))
    answer.flush()
    if not same:
        answer.write(marshal.dumps(_packed(corpus.listing)))


def unchanged(corpus: Folder, folder: Path, generation: int, root: str) -> bool:
    """Whether the corpus is as this generation of its index knows it.

    If it is not, the corpus knows afterwards what the other process found in it.
    """
    from reader.index.manifest import is_unchanged

    if _looks:
        look = _looks.pop()
        with os.fdopen(look.pipe, "rb") as pipe:
            try:
                if look[1:] == (folder, generation, root):
                    same = marshal.load(pipe)  # noqa: S302 - from ourselves
                    if not same:
                        # Needed next, and the other process is still looking.
                        import reader.index.update  # noqa: F401

                        corpus.listing = _unpacked(marshal.load(pipe))  # noqa: S302 - from ourselves
                    return bool(same)
            except EOFError:  # it failed: what it failed at is tried again here
                pass
    return is_unchanged(folder, generation, root)


def _packed(listing: Listing) -> tuple[Any, ...]:
    """The listing in plain strings and tuples, which is all that marshal knows."""
    from reader.files.statuses import pack_statuses

    refusals = list(map(tuple, listing.skipped))
    return listing.began, pack_statuses(listing.folders), pack_statuses(listing.statuses), refusals


def _unpacked(packed: tuple[Any, ...]) -> Listing:
    from reader.files.folder import Listing, SkippedFile
    from reader.files.statuses import unpack_statuses

    began, folders, files, refusals = packed
    found = unpack_statuses(folders), unpack_statuses(files)
    return Listing(began, *found, tuple(map(SkippedFile._make, refusals)))
