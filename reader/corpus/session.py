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
        # The one that the next question is put to, if it is still the latest.
        self._held: Generation | None = None
        # Weakly: what no results are read from any more is closed.
        self._generations: WeakSet[Generation] = WeakSet()

    def ask(self, folder: Folder, question: Callable[[Index], Answer]) -> Answer:
        """The answer to a question. Raises CorpusError, IndexUnavailable."""
        from reader.index.current import ask
        from reader.search.engine import Index

        def answer(generation: Generation) -> Answer:
            return question(Index(self._hold(generation), self._remake))

        with self._progress() as progress:
            return ask(
                folder,
                self._cache,
                answer,
                self._warn,
                self._note,
                progress,
                self._unchanged,
                self._held,
            )

    def _hold(self, generation: Generation) -> Generation:
        self._generations.add(generation)
        self._held = generation
        return generation

    def _remake(self, damaged: Generation) -> Generation:
        """The index made again, for results that are being read."""
        from reader.files.folder import Folder
        from reader.index.current import remake

        folder = Folder(Path(damaged.manifest.root))
        with self._progress() as progress:
            return self._hold(
                remake(folder, self._cache, damaged, self._warn, self._note, progress)
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
        self._held = None
