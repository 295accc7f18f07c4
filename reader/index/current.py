"""An index that holds what the files hold now: opened, or brought up to date first.

`ask` puts a question to it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.index.damage import DAMAGE
from reader.index.generation import Generation as Generation
from reader.index.generation import open_latest
from reader.index.manifest import index_folder, is_unchanged
from reader.index.schema import VERSION

if TYPE_CHECKING:
    from reader.files.folder import Folder
    from reader.model.callbacks import Notify, Progress, Unchanged

Answer = TypeVar("Answer")


def open_index(
    corpus: Folder,
    cache: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    unchanged: Unchanged = is_unchanged,
) -> Generation:
    """The index of the corpus, made or brought up to date first if need be.

    `warn` is called with each warning: a file that cannot be read, an index that could only be
    made in memory; `note` with progress messages. Raises CorpusError, IndexUnavailable.
    """
    return ask(corpus, cache, lambda index: index, warn, note, progress, unchanged)


def ask(
    corpus: Folder,
    cache: Path,
    question: Callable[[Generation], Answer],
    warn: Notify,
    note: Notify,
    progress: Progress,
    unchanged: Unchanged = is_unchanged,
) -> Answer:
    """The answer of an index that holds what the files hold now; otherwise as `open_index`.

    An index that turns out to be damaged is made again.
    """
    try:
        return _answer(question, corpus, cache, warn, note, progress, unchanged)
    except DAMAGE:
        note("the index is damaged or of another version: making it again")
    return question(rebuild_index(corpus, cache, warn, note, progress))


def _answer(
    question: Callable[[Generation], Answer],
    corpus: Folder,
    cache: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    unchanged: Unchanged,
) -> Answer:
    """The answer of the index on disk if it holds what the corpus holds, else of one made so.

    The index is asked as it is, and then whether that still holds: meanwhile another process may
    be looking at the files. Raises one of DAMAGE.
    """
    folder = index_folder(cache, corpus.root)
    index = open_latest(folder)
    if index is not None:
        known = index.manifest
        if known.complete and (known.version, known.root) == (VERSION, corpus.root):
            answer = question(index)
            if unchanged(folder, index.number, corpus.root):
                for refusal in known.refusals:
                    warn(str(refusal))
                return answer
        index.close()
    from reader.index.build import update

    return question(update(corpus, folder, warn, note, progress))


def rebuild_index(
    corpus: Folder, cache: Path, warn: Notify, note: Notify, progress: Progress
) -> Generation:
    """The index of the corpus, made again from nothing; otherwise as `open_index`."""
    from reader.index.build import update

    folder = index_folder(cache, corpus.root)
    return update(corpus, folder, warn, note, progress, rebuild=True)


def describe(corpus: Folder, cache: Path, thorough: bool) -> dict[str, str | int | None]:
    """The figures that `reader index` prints of the index as it is: nothing is changed.

    `state` is "current", "stale" (the files have changed since), "absent" or "damaged"; damage is
    looked for in every byte if `thorough`, else shows only if the index cannot be opened.
    `size` is in bytes, `age` in seconds.
    """
    from reader.index.state import describe_index

    return describe_index(corpus, index_folder(cache, corpus.root), thorough)
