"""Opens the index of a corpus, updated first if files have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.index.damage import ATTEMPTS, Damaged, damaged_again
from reader.index.generation import Generation as Generation
from reader.index.generation import open_latest
from reader.index.manifest import index_folder, is_unchanged, latest_generation
from reader.index.schema import version_for

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
    """The index of the corpus, built or updated first if necessary.

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
    held: Generation | None = None,
) -> Answer:
    """The result of a question to the index as `open_index` opens it.

    A damaged index is rebuilt. `held` is an open generation, which is used if it is still the
    latest.
    """
    opened: list[Generation] = []

    def ask_next(generation: Generation) -> Answer:
        opened.append(generation)
        return question(generation)

    try:
        return _answer(ask_next, corpus, cache, warn, note, progress, unchanged, held)
    except Damaged:
        damaged = opened[-1] if opened else None
    for _ in range(ATTEMPTS):
        index = remake(corpus, cache, damaged, warn, note, progress)
        try:
            return question(index)
        except Damaged:
            damaged = index
    raise damaged_again()


def _answer(
    question: Callable[[Generation], Answer],
    corpus: Folder,
    cache: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    unchanged: Unchanged,
    held: Generation | None,
) -> Answer:
    """The result of a question to the index on disk if it is up to date, else to an updated one.

    The question comes before the check whether the index is up to date: meanwhile another process
    may be checking the files. Raises Damaged.
    """
    folder = index_folder(cache, corpus.root)
    if held and (held.closed or latest_generation(held.folder) != held.id):
        held = None
    index = held or open_latest(folder)
    if index is not None:
        manifest = index.manifest
        expected = version_for(corpus.encoding), corpus.root
        if manifest.complete and (manifest.version, manifest.root) == expected:
            answer = question(index)
            if unchanged(index.folder, index.id, corpus.root):
                for refusal in manifest.refusals:
                    warn(str(refusal))
                return answer
        if index is not held:  # else earlier results may be read from it
            index.close()
    from reader.index.update import update

    return question(update(corpus, folder, warn, note, progress))


def remake(
    corpus: Folder,
    cache: Path,
    damaged: Generation | None,
    warn: Notify,
    note: Notify,
    progress: Progress,
) -> Generation:
    """The index of the corpus, rebuilt unless another process has done so since `damaged`, the
    damaged generation. Raises IndexUnavailable.
    """
    from reader.index.update import update

    note("the index is damaged or of another version: rebuilding it")
    folder = index_folder(cache, corpus.root)
    for _ in range(ATTEMPTS):
        is_there = damaged is not None and damaged.folder == folder
        id = damaged.id if damaged and is_there else latest_generation(folder)
        try:
            return update(corpus, folder, warn, note, progress, damaged=id)
        except Damaged:
            damaged = None
    raise damaged_again()


def rebuild_index(
    corpus: Folder, cache: Path, warn: Notify, note: Notify, progress: Progress
) -> Generation:
    """The index of the corpus, rebuilt; otherwise as `open_index`."""
    from reader.index.update import update

    folder = index_folder(cache, corpus.root)
    try:
        return update(corpus, folder, warn, note, progress, rebuild=True)
    except Damaged as error:
        raise damaged_again() from error
