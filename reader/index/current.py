"""Opens the index of a corpus as its files are now, brought up to date first if need be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.index.damage import Damaged
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
    """The result of a question to the index as `open_index` opens it.

    An index that turns out to be damaged is made again.
    """
    try:
        return _answer(question, corpus, cache, warn, note, progress, unchanged)
    except Damaged:
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
    """The result of a question to the index on disk if it is up to date, else to one that is.

    The index is asked first, and only then whether it is up to date: meanwhile another process may
    be looking at the files. Raises Damaged.
    """
    folder = index_folder(cache, corpus.root)
    index = open_latest(folder)
    if index is not None:
        manifest = index.manifest
        if manifest.complete and (manifest.version, manifest.root) == (VERSION, corpus.root):
            answer = question(index)
            if unchanged(folder, index.number, corpus.root):
                for refusal in manifest.refusals:
                    warn(str(refusal))
                return answer
        index.close()
    from reader.index.update import update

    return question(update(corpus, folder, warn, note, progress))


def rebuild_index(
    corpus: Folder, cache: Path, warn: Notify, note: Notify, progress: Progress
) -> Generation:
    """The index of the corpus, made again from nothing; otherwise as `open_index`."""
    from reader.index.update import update

    folder = index_folder(cache, corpus.root)
    return update(corpus, folder, warn, note, progress, rebuild=True)


def describe(corpus: Folder, cache: Path, thorough: bool) -> dict[str, str | int | None]:
    """The figures that `reader index` prints; the index is not changed.

    `state` is "current", "stale" (the files have changed since), "absent" or "damaged". If
    `thorough`, every byte is checked for damage, else only that the index opens. `size` is in
    bytes, `age` in seconds.
    """
    from reader.index.state import describe_index

    return describe_index(corpus, index_folder(cache, corpus.root), thorough)
