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
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from reader.corpus import Corpus, Walk


class _Look(NamedTuple):
    """A process that looks, and where its answer comes from."""

    process: int
    pipe: int


_looks: list[_Look] = []


def look_ahead(arguments: Sequence[str]) -> None:
    """Begin to look at the corpus of a command with these arguments, if it will be asked for."""
    if arguments[:1] != ["search"] or not hasattr(os, "fork"):
        return
    try:
        pipe, answer = os.pipe()
        process = os.fork()
    except OSError:
        return
    if process:
        os.close(answer)
        _looks.append(_Look(process, pipe))
        return
    try:
        # Nobody must wait for this process because it holds a pipe open.
        for stream in (0, 1, 2):
            os.close(stream)
        with os.fdopen(answer, "wb") as pipe_end:
            pipe_end.write(_look(arguments))
    except BaseException:
        os._exit(1)
    os._exit(0)


def unchanged(corpus: Corpus, folder: Path, generation: int, root: str) -> bool:
    """Whether the corpus is as this generation of its index knows it.

    If it is not, the corpus knows afterwards what the other process found in it.
    """
    from reader.catalogue import is_unchanged

    if _looks:
        look = _looks.pop()
        with os.fdopen(look.pipe, "rb") as pipe:
            found = pipe.read()
        status = os.waitpid(look.process, 0)[1]
        if status == 0 and root == corpus.root:
            subject, same, walk = marshal.loads(found)  # noqa: S302 - from ourselves
            if subject == _subject(folder, generation, root):
                if walk:
                    corpus.remember(_unpacked(walk))
                return bool(same)
    return is_unchanged(folder, generation, root)


def _look(arguments: Sequence[str]) -> bytes:
    """What is found, and in which corpus, as which generation of its index knows it."""
    from reader.catalogue import index_folder, is_unchanged, latest_generation
    from reader.corpus import Corpus
    from reader.settings import corpus_path, directories

    option = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--corpus":
            option = Path(*arguments[number + 1 : number + 2])
        elif argument.startswith("--corpus="):
            option = Path(argument.partition("=")[2])
    dirs = directories()
    corpus = Corpus(corpus_path(option, os.environ, dirs))
    folder = index_folder(dirs.cache, corpus.root)
    generation = latest_generation(folder)
    same = is_unchanged(folder, generation, corpus.root)
    walk = None if same or generation < 0 else _packed(corpus.walk())
    return marshal.dumps((_subject(folder, generation, corpus.root), same, walk))


def _subject(folder: Path, generation: int, root: str) -> tuple[str, int, str]:
    return str(folder), generation, root


def _packed(walk: Walk) -> tuple[Any, ...]:
    """The walk in plain tuples, which is all that marshal knows."""
    files = list(map(tuple, walk.files))
    refusals = list(map(tuple, walk.refusals))
    return walk.began, walk.folders, files, refusals, walk.has_plain_ids


def _unpacked(packed: tuple[Any, ...]) -> Walk:
    from reader.corpus import File, Refusal, Walk

    began, folders, files, refusals, plain = packed
    return Walk(
        began,
        folders,
        tuple(map(File._make, files)),
        tuple(map(Refusal._make, refusals)),
        plain,
    )
