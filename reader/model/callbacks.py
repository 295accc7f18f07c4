"""Callbacks for warnings, notes and progress, and their defaults."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeAlias, TypedDict

# Called with a line for the user: a warning or a note.
Notify: TypeAlias = Callable[[str], None]
# Called while articles are indexed, with the number done and the number of all.
Progress: TypeAlias = Callable[[int, int], None]
# Called before each use of the index; the context's value is called with the progress.
ProgressDisplay: TypeAlias = Callable[[], AbstractContextManager[Progress]]
# Called with an index folder, a generation and the corpus's real path; True if the corpus's files
# are unchanged since that generation.
Unchanged: TypeAlias = Callable[[Path, int, str], bool]


class CorpusOptions(TypedDict, total=False):
    """The keyword arguments of `Corpus`, which describes them."""

    cache: str | os.PathLike[str] | None
    aliases: Sequence[Sequence[str]]
    encoding: str | None
    warn: Notify
    note: Notify
    progress: ProgressDisplay


def warn_python(message: str) -> None:
    """Issue a Python warning, attributed to the line that called the library."""
    warnings.warn(message, stacklevel=4)


def discard(_message: str) -> None:
    """Ignore a note."""


def no_progress() -> AbstractContextManager[Progress]:
    """Show nothing."""
    return nullcontext(lambda _done, _total: None)
