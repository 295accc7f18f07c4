"""Looks at the corpus's files in another process while the libraries load.

Whether any of ten thousand files has changed takes longer to find out than to search them. The
answer is needed last, so a child process starts on it first, for the corpus that the arguments seem
to name; if the guess was wrong, the files are looked at again.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path

_SAME, _CHANGED = b"=", b"!"


class Prefetch:
    """A child process that finds out whether a corpus is as a generation of its index has it.

    `pipe` is the file descriptor to read its answer from.
    """

    def __init__(self, process: int, pipe: int, folder: Path, generation: int, root: str) -> None:
        self._process: int | None = process
        self._pipe = pipe
        self._question = folder, generation, root

    def unchanged(self, folder: Path, generation: int, root: str) -> bool:
        """As `reader.index.manifest.is_unchanged`; the child's answer serves once."""
        from reader.index.manifest import is_unchanged

        if self._process is not None and self._question == (folder, generation, root):
            answer = os.read(self._pipe, 1)
            self.close()
            if answer:  # else it failed: what it failed at is tried again
                return answer == _SAME
        return is_unchanged(folder, generation, root)

    def close(self) -> None:
        """End the child, whether or not it has answered."""
        if self._process is None:
            return
        process, self._process = self._process, None
        os.close(self._pipe)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(process, 0)


# The one that was started for the command that runs.
prefetch: ContextVar[Prefetch | None] = ContextVar("prefetch", default=None)


def prefetch_changes(arguments: Sequence[str]) -> Prefetch | None:
    """Start looking at the corpus of a command with these arguments, where that saves time."""
    if arguments[:1] != ["search"] or not hasattr(os, "fork"):
        return None
    # Only now: other commands do without.
    from reader.errors import ReaderError
    from reader.files.folder import Folder
    from reader.index.manifest import has_many, index_folder, latest_generation
    from reader.settings import chosen_corpus, directories

    try:
        root = Folder(chosen_corpus(_corpus_option(arguments))).root
    except ReaderError:  # the command will report it
        return None
    folder = index_folder(directories().cache, root)
    generation = latest_generation(folder)
    if not has_many(folder, generation):
        return None
    try:
        pipe, answer = os.pipe()
        process = os.fork()
    except OSError:
        return None
    if not process:
        _answer(answer, folder, generation, root)
    os.close(answer)
    started = Prefetch(process, pipe, folder, generation, root)
    prefetch.set(started)
    return started


def _corpus_option(arguments: Sequence[str]) -> Path | None:
    """The value of --corpus, as far as it can be found before the options are parsed."""
    option = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--corpus":
            option = Path(*arguments[index + 1 : index + 2])
        elif argument.startswith("--corpus="):
            option = Path(argument.partition("=")[2])
    return option


def _answer(pipe: int, folder: Path, generation: int, root: str) -> None:
    """In the child: write one byte, and end."""
    try:
        # Nobody must wait for this process because it holds a pipe open.
        for stream in (0, 1, 2):
            os.close(stream)
        from reader.index.manifest import is_unchanged

        os.chdir(root)  # shorter paths are looked up sooner
        os.write(pipe, _SAME if is_unchanged(folder, generation, root) else _CHANGED)
    finally:
        os._exit(0)
