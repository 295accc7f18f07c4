"""Writes the index: made when first needed, and brought up to date when files have changed."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.index import FileIndex
from whoosh.writing import CLEAR, SegmentWriter

from reader import quotes
from reader.catalogue import (
    Catalogue,
    Entry,
    is_whole,
    latest_generation,
    load,
    load_snapshot,
    remove_others,
    save,
    save_checksums,
    settled,
    snapshot,
)
from reader.corpus import Corpus, File, Refusal
from reader.errors import IndexUnavailable, UnreadableFile
from reader.formats import parse
from reader.index.schema import SCHEMA, VERSION, day_number
from reader.index.search import DAMAGE, Index, open_generation
from reader.summary import summarize

if TYPE_CHECKING:
    from reader.article import Article, Quote

# Seconds that a second process waits for the one that is writing before it makes do with what
# there is; and how long when there is nothing yet.
_WAIT = 2.0
_FIRST_WAIT = 60.0
# Megabytes of postings that Whoosh holds in memory before it sorts them to disk.
_POOL = 256


def update(
    corpus: Corpus,
    folder: Path,
    warn: Callable[[str], None],
    note: Callable[[str], None],
    progress: Callable[[int, int], None],
    rebuild: bool = False,
) -> Index:
    """The index of the corpus, brought up to date, or made from nothing if it cannot be used.

    Where the cache folder cannot be written, the index is made in memory, with a warning. While
    another process writes, the last index is used, with a note. Raises IndexUnavailable.
    """
    gc.enable()  # the command starts without
    try:
        folder.mkdir(parents=True, exist_ok=True)
        storage = FileStorage(str(folder))
        with _lock(storage, _FIRST_WAIT if latest_generation(folder) < 0 else _WAIT) as locked:
            if not locked:
                return _unlocked(folder, warn)
            return _locked_update(corpus, folder, storage, warn, note, progress, rebuild)
    except OSError as error:
        warn(
            f"cannot write the index to {folder}: {error.strerror or error}; made one in memory, "
            "which every command will do again"
        )
        return _in_memory(corpus, warn, progress)


@contextmanager
def _lock(storage: FileStorage, seconds: float) -> Iterator[bool]:
    """Hold the right to write, if it can be had within so many seconds."""
    lock = storage.lock("reader")
    until = time.monotonic() + seconds
    while not (locked := lock.acquire(blocking=False)) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        yield locked
    finally:
        if locked:
            lock.release()


def _unlocked(folder: Path, warn: Callable[[str], None]) -> Index:
    try:
        index = open_generation(folder)
    except DAMAGE as error:
        raise IndexUnavailable(
            f"another process is making the index in {folder}; try again when it is done"
        ) from error
    warn("another process is updating the index: these are the results from before")
    return index


def _locked_update(
    corpus: Corpus,
    folder: Path,
    storage: FileStorage,
    warn: Callable[[str], None],
    note: Callable[[str], None],
    progress: Callable[[int, int], None],
    rebuild: bool,
) -> Index:
    known = None if rebuild else _usable(folder, note)
    if known is None and _paragraphs(folder) < 0:
        # Only where nothing can be lost: this drops what there is before the new index is there.
        FileIndex.create(storage, SCHEMA)
    writer = _Writer(storage, replace=known is None)
    try:
        catalogue = _bring_up_to_date(corpus, known or Catalogue(), writer, progress)
        generation = writer.generation if writer.is_open else latest_generation(folder)
        files = (_remembered(file, catalogue, corpus.looked_at) for file in corpus.files)
        state = snapshot(VERSION, corpus.root, files, corpus.refusals)
        # Before the commit: a generation is only ever seen with its catalogue.
        save(folder, generation, catalogue, state)
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    save_checksums(folder, generation)
    remove_others(folder, generation)
    for refusal in catalogue.refusals:
        warn(str(refusal))
    return open_generation(folder)


class _Writer:
    """Whoosh's writer, opened only when there is something to write.

    With `replace`, what the index held before is dropped in the same commit.
    """

    def __init__(self, storage: Storage, replace: bool) -> None:
        self._storage = storage
        self._replace = replace
        self._writer: SegmentWriter | None = self._open() if replace else None

    @property
    def is_open(self) -> bool:
        return self._writer is not None

    @property
    def generation(self) -> int:
        """The generation that the commit will make."""
        return int(self._opened().generation)

    def add(self, article: Article) -> None:
        """Add a document for each paragraph of the article."""
        writer = self._opened()
        said: dict[int, list[Quote]] = {}
        for quote in quotes.find(article):
            if quote.kind == "speech":
                for place in range(len(quote.parts)):
                    said.setdefault(quote.paragraph + place, []).append(quote)
        fields: dict[str, Any] = {
            "article": article.id,
            "title": article.title,
            "source": article.source,
            "section": article.section,
            "author": article.author,
            "date": day_number(article.date) if article.date else None,
        }
        for paragraph in article.paragraphs:
            here = said.get(paragraph.number, ())
            writer.add_document(
                **fields,
                text=paragraph.text,
                form=paragraph.text,
                paragraph=paragraph.number,
                quote=tuple(quote.parts[paragraph.number - quote.paragraph] for quote in here),
                speaker=tuple(dict.fromkeys(quote.speaker for quote in here if quote.speaker)),
            )

    def remove(self, article_id: str) -> None:
        """Remove the article's documents."""
        self._opened().delete_by_term("article", article_id)

    def commit(self) -> None:
        """Make all that was written visible, at one instant."""
        if self._writer is not None:
            self._writer.commit(mergetype=CLEAR if self._replace else None)

    def cancel(self) -> None:
        """Leave the index as it was."""
        if self._writer is not None and not self._writer.is_closed:
            self._writer.cancel()

    def _opened(self) -> SegmentWriter:
        if self._writer is None:
            self._writer = self._open()
        return self._writer

    def _open(self) -> SegmentWriter:
        index = FileIndex(self._storage, schema=SCHEMA)
        # Uncompound segments are mapped when opened; compound ones are read whole.
        return SegmentWriter(index, limitmb=_POOL, compound=False, timeout=_WAIT)


def _bring_up_to_date(
    corpus: Corpus,
    known: Catalogue,
    writer: _Writer,
    progress: Callable[[int, int], None],
) -> Catalogue:
    """Write what differs from what is known; files are read only if their status does."""
    entries: dict[str, Entry] = {}
    refusals = list(corpus.refusals)
    ids = {file.path: file.id for file in corpus.files}
    for path, entry in known.entries.items():
        if ids.get(path) != entry.file.id:
            writer.remove(entry.file.id)
    for number, file in enumerate(corpus.files, start=1):
        progress(number, len(corpus.files))
        before = known.entries.get(file.path)
        if before and before.file == file:
            entries[file.path] = before
            continue
        same_id = before is not None and before.file.id == file.id
        try:
            content = corpus.content(file.path)
        except UnreadableFile as error:
            refusals.append(Refusal(file.path, str(error)))
            if before and same_id:
                writer.remove(file.id)
            continue
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        if before and same_id and before.digest == digest:
            entries[file.path] = Entry(settled(file, corpus.looked_at), digest, before.summary)
            continue
        article = parse(content, file.id)
        if before and same_id:
            writer.remove(file.id)
        writer.add(article)
        entries[file.path] = Entry(settled(file, corpus.looked_at), digest, summarize(article))
    return Catalogue(entries, tuple(refusals))


def _remembered(file: File, catalogue: Catalogue, looked_at: int) -> File:
    entry = catalogue.entries.get(file.path)
    return entry.file if entry else settled(file, looked_at)


def _usable(folder: Path, note: Callable[[str], None]) -> Catalogue | None:
    """What the index in the folder holds; None if there is none that can be built on."""
    generation = latest_generation(folder)
    if generation < 0:
        return None
    state = load_snapshot(folder, generation)
    if state is not None and not state.startswith(VERSION.encode() + b"\n"):
        note("the index was made by another version of reader: making it again")
        return None
    known = load(folder, generation)
    held = _paragraphs(folder)
    whole = is_whole(folder, generation, thorough=True)
    if state is None or known is None or held != known.paragraphs or not whole:
        note("the index was damaged: making it again")
        return None
    return known


def _paragraphs(folder: Path) -> int:
    """The number of paragraphs in the index; -1 if it cannot be read."""
    try:
        index = open_generation(folder)
    except DAMAGE:
        return -1
    try:
        return index.paragraphs
    finally:
        index.close()


def _in_memory(
    corpus: Corpus, warn: Callable[[str], None], progress: Callable[[int, int], None]
) -> Index:
    storage = RamStorage()
    FileIndex.create(storage, SCHEMA)
    writer = _Writer(storage, replace=True)
    catalogue = _bring_up_to_date(corpus, Catalogue(), writer, progress)
    writer.commit()
    for refusal in catalogue.refusals:
        warn(str(refusal))
    return Index(FileIndex(storage, schema=SCHEMA).reader())
