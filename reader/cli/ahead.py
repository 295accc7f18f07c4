"""Looks at the corpus's files while the libraries load, in a process of its own.

Whether any of ten thousand files has changed takes longer to tell than to search them. The answer
is needed last, so another process begins with the question first, with what the arguments seem to
say of the corpus; if that was wrong, the question is asked again.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


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
        os.write(answer, _look(arguments))
    except BaseException:
        os._exit(1)
    os._exit(0)


def unchanged(folder: Path, generation: int, root: str) -> bool:
    """Whether the corpus is as this generation of its index knows it."""
    from reader.catalogue import is_unchanged

    if _looks:
        look = _looks.pop()
        with os.fdopen(look.pipe, "rb") as pipe:
            found = pipe.read()
        os.waitpid(look.process, 0)
        if found[1:] == _subject(folder, generation, root):
            return found[:1] == b"="
    return is_unchanged(folder, generation, root)


def _look(arguments: Sequence[str]) -> bytes:
    """What is found, and of which generation of which index."""
    from reader.catalogue import index_folder, is_unchanged, latest_generation
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
    root = os.path.realpath(corpus_path(option, os.environ, dirs))
    folder = index_folder(dirs.cache, root)
    generation = latest_generation(folder)
    same = is_unchanged(folder, generation, root)
    return (b"=" if same else b"!") + _subject(folder, generation, root)


def _subject(folder: Path, generation: int, root: str) -> bytes:
    return b"\0".join((os.fsencode(folder), str(generation).encode(), os.fsencode(root)))
