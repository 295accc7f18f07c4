"""A session with the index of a folder of articles, for as long as a `Corpus` is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakSet

from reader.files.folder import Folder
from reader.index.manifest import is_unchanged
from reader.session.summaries import summaries

if TYPE_CHECKING:
    from reader.files.listing import SkippedFile
    from reader.index.generation import Generation
    from reader.model.callbacks import Notify, ProgressDisplay, Unchanged
    from reader.model.summary import Summary
    from reader.search.engine import Index

Answer = TypeVar("Answer")
Item = TypeVar("Item")


class Session:
    """Answers questions from the index, updated first if files have changed.

    `folder` is the folder of articles, `cache` the folder of indexes; for the others see
    `reader.model.callbacks`. `unchanged` finds out whether files have changed: the command sets
    another, which has looked at them while the libraries were loaded.
    """

    def __init__(
        self, folder: Folder, cache: Path, warn: Notify, note: Notify, progress: ProgressDisplay
    ) -> None:
        self._root, self._encoding = Path(folder.root), folder.encoding
        self._is_closed = False
        self._cache = cache
        self._warn, self._note, self._progress = warn, note, progress
        self.unchanged: Unchanged = is_unchanged
        # The one that the next question is put to, if it is still the latest.
        self._held: Generation | None = None
        # Weak references: generations without results in use are closed.
        self._generations: WeakSet[Generation] = WeakSet()

    def check_open(self) -> None:
        """Raise ValueError if the session was closed."""
        if self._is_closed:
            raise ValueError("the corpus is closed")

    def while_open(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each taken when it is asked for; ValueError once the session was closed."""
        self.check_open()
        for item in items:
            yield item
            self.check_open()

    @property
    def folder(self) -> Folder:
        """The folder as it is now: what is read through it stays as it was read.

        Raises CorpusError if it is not there any more, ValueError if the session was closed.
        """
        self.check_open()
        return Folder(self._root, self._encoding)

    def summaries(self, folder: Folder, thorough: bool = False) -> Iterator[Summary]:
        """A summary of each article of the folder, ordered by id; `thorough`: warnings of what is
        not read and not understood, too.
        """
        skipped: list[SkippedFile] = []
        warnings: list[str] = []
        try:
            yield from self.while_open(summaries(folder, self._cache, skipped, warnings))
        finally:
            for file in skipped:
                self._warn(str(file))
            if thorough and folder.files and folder.unread:
                self._warn(folder.unread)
            if thorough and warnings:
                count = "1 warning" if len(warnings) == 1 else f"{len(warnings):,} warnings"
                self._warn(f"{count} on what was read: see `reader index`")

    def ask(self, question: Callable[[Index], Answer]) -> Answer:
        """The answer to a question. Raises CorpusError, IndexUnavailable."""
        from reader.index.current import ask
        from reader.search.engine import Index

        folder = self.folder

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
                self.unchanged,
                self._held,
            )

    def _hold(self, generation: Generation) -> Generation:
        self._generations.add(generation)
        self._held = generation
        return generation

    def _remake(self, damaged: Generation) -> Generation:
        """The index made again, for results that are being read."""
        from reader.index.current import remake

        with self._progress() as progress:
            return self._hold(
                remake(self.folder, self._cache, damaged, self._warn, self._note, progress)
            )

    def rebuild(self) -> None:
        """Rebuild the index. Raises CorpusError, IndexUnavailable."""
        from reader.index.current import rebuild_index

        with self._progress() as progress:
            rebuild_index(self.folder, self._cache, self._warn, self._note, progress).close()

    def close(self) -> None:
        """Close the index's files; results that read from them raise ValueError from now on."""
        self._is_closed = True
        while self._generations:
            self._generations.pop().close()
        self._held = None
