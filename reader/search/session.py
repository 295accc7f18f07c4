"""A session with the index of a folder of articles, for as long as a `Corpus` is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

if TYPE_CHECKING:
    from reader.files.folder import Folder
    from reader.index.generation import Generation
    from reader.model.callbacks import Notify, ProgressDisplay, Unchanged
    from reader.search.engine import Index

Answer = TypeVar("Answer")


class Session:
    """Answers questions from the index, which is brought up to date first if need be.

    `cache` is the folder of indexes; for the others see `reader.model.callbacks`.
    """

    def __init__(
        self,
        cache: Path,
        warn: Notify,
        note: Notify,
        progress: ProgressDisplay,
        unchanged: Unchanged,
    ) -> None:
        self._cache = cache
        self._warn, self._note, self._progress = warn, note, progress
        self._unchanged = unchanged
        # Weakly: what no results are read from any more is closed by Python.
        self._generations: WeakSet[Generation] = WeakSet()

    def ask(self, folder: Folder, question: Callable[[Index], Answer]) -> Answer:
        """The answer to a question. Raises CorpusError, IndexUnavailable."""
        from reader.index.current import ask
        from reader.search.engine import Index

        def answer(generation: Generation) -> Answer:
            self._generations.add(generation)
            return question(Index(generation))

        with self._progress() as progress:
            return ask(
                folder, self._cache, answer, self._warn, self._note, progress, self._unchanged
            )

    def rebuild(self, folder: Folder) -> None:
        """Make the index again from nothing. Raises CorpusError, IndexUnavailable."""
        from reader.index.current import rebuild_index

        with self._progress() as progress:
            rebuild_index(folder, self._cache, self._warn, self._note, progress).close()

    def close(self) -> None:
        """Close the index's files; results that read from them raise ValueError from now on."""
        while self._generations:
            self._generations.pop().close()
