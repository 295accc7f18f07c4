"""Writes the index: made when first needed, and brought up to date when files have changed.

An index is a list of segments. New and changed articles go into new segments, in batches, each
committed when it is written, so that what was interrupted goes on where it was; in the old segments
the articles are marked as deleted. When there are many segments of a size they are merged.
"""

from __future__ import annotations

import gc
import hashlib
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from itertools import accumulate, groupby
from math import ceil, log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, clean_files

from reader import quotes
from reader.errors import IndexUnavailable, UnreadableFile
from reader.files.folder import File, Folder, Refusal
from reader.files.write import write_whole
from reader.formats import parse
from reader.index.codec import INDEX_NAME, SUFFIX, Segment, open_segment
from reader.index.damage import DAMAGE, Damaged
from reader.index.generation import Generation, open_latest
from reader.index.manifest import (
    ArticleRow,
    IndexedFile,
    Manifest,
    SegmentInfo,
    Statuses,
    latest_generation,
    live_rows,
    load_manifest,
    load_rows,
    load_statuses,
    remove_others,
    rows_path,
    save_manifest,
    save_rows,
    save_statuses,
    toc_path,
)
from reader.index.merge import merge
from reader.index.parallel import Tell, in_processes, processors
from reader.index.schema import FIELDS, GAP, SCHEMA, VERSION, day_number
from reader.index.segment import CONTINUED, SPEECH, TERM, QuotationRecord
from reader.index.writer import SegmentBuilder
from reader.language.tokens import compounds, forms
from reader.model.summary import summarize, text_digest

if TYPE_CHECKING:
    from reader.model.article import Article, Quotation
    from reader.model.callbacks import Notify, Progress

# Seconds that a second process waits for the one that is writing before it makes do with what
# there is; and how long when there is nothing yet.
_WAIT = 2.0
_FIRST_WAIT = 60.0
# Bytes of files in a batch: what is in memory at a time takes some thirty times as much. Fewer make
# more segments to search and merge.
_BATCH = 4 * 1024 * 1024
# Bytes of files that are indexed before another process would have begun.
_SMALL = 256 * 1024
# Segments of a size (within a factor of this) that are merged into one.
_MANY = 8


def update(
    corpus: Folder,
    folder: Path,
    warn: Notify,
    note: Notify,
    progress: Progress,
    rebuild: bool = False,
) -> Generation:
    """The index of the corpus, brought up to date, or made from nothing if it cannot be used.

    Where the cache folder cannot be written, the index is made in a temporary one, with a warning.
    While another process writes, the last index is used, with a warning. Raises IndexUnavailable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        wait = _WAIT if _usable(folder) else _FIRST_WAIT
        with _lock(folder, wait) as lock:
            if lock is None:
                return _unlocked(folder, warn)
            # What the corpus was known to hold may be older than what another process, which had
            # the lock before, has indexed.
            corpus = Folder(Path(corpus.root))
            try:
                _Update(corpus, folder, lock, note, progress, rebuild).run()
            except Damaged:
                note("the index is damaged or of another version: making it again")
                _Update(corpus, folder, lock, note, progress, from_nothing=True).run()
            index = Generation(folder, latest_generation(folder))
    except OSError as error:
        warn(
            f"cannot write the index to {folder}: {error.strerror or error}; made one in memory, "
            "which every command will do again"
        )
        index = _in_temporary_folder(corpus, note, progress)
    for refusal in index.manifest.refusals:
        warn(str(refusal))
    return index


@contextmanager
def _lock(folder: Path, seconds: float) -> Iterator[int | None]:
    """Hold the right to write, if it can be had within so many seconds; gives the lock's file
    descriptor.
    """
    lock = FileStorage(str(folder)).lock("reader")
    until = time.monotonic() + seconds
    while not (locked := lock.acquire(blocking=False)) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        yield lock.fd if locked else None
    finally:
        if locked:
            lock.release()


def _usable(folder: Path) -> bool:
    """Whether there is an index whose answers were true once."""
    try:
        return load_manifest(folder, latest_generation(folder)).usable
    except Damaged:
        return False


def _unlocked(folder: Path, warn: Notify) -> Generation:
    index = open_latest(folder)
    if index is None or not index.manifest.usable or index.manifest.version != VERSION:
        raise IndexUnavailable(
            f"another process is making the index in {folder}; try again when it is done"
        )
    warn("another process is updating the index: these are the results from before")
    return index


def _in_temporary_folder(corpus: Folder, note: Notify, progress: Progress) -> Generation:
    try:
        keep = tempfile.TemporaryDirectory(prefix="reader-")
        folder = Path(keep.name)
        _Update(corpus, folder, None, note, progress).run()
        return Generation(folder, latest_generation(folder), keep)
    except OSError as error:
        raise IndexUnavailable(
            f"cannot make an index in a temporary folder either: {error.strerror or error}"
        ) from error


class _Known(NamedTuple):
    """Where an indexed article is, and what it is from: the segment's place in the list."""

    part: int
    source: IndexedFile


class _Batch(NamedTuple):
    """Files to index as one segment; `digests` are of what the index holds of some, by path."""

    root: str
    folder: Path
    segment: str
    files: tuple[File, ...]
    digests: dict[str, bytes]


class _Built(NamedTuple):
    """What became of a batch: the paths of what the index held and holds no more as it is, the
    files that cannot be read, and the new segment.
    """

    replaced: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    part: SegmentInfo


class _Update:
    """Makes the index in a folder hold what the corpus holds."""

    def __init__(
        self,
        corpus: Folder,
        folder: Path,
        lock: int | None,
        note: Notify,
        progress: Progress,
        rebuild: bool = False,
        from_nothing: bool = False,
    ) -> None:
        self._corpus = corpus
        self._folder = folder
        self._lock = lock
        self._progress = progress
        self._generation = latest_generation(folder)
        base = None if from_nothing else self._base(note)
        # What is there serves until the new index is whole, if it can.
        self._at_once = rebuild and base is not None
        self._usable = base is not None
        if rebuild or base is None:
            base = Manifest(VERSION, corpus.root, complete=False)
        self._parts = list(base.parts)
        self._refusals = list(corpus.refusals)
        self._statuses = Statuses()
        if base.complete:  # else nobody has looked at all the files
            with suppress(Damaged):  # without, each is read to tell whether it has changed
                self._statuses = load_statuses(folder, self._generation)
        # What could not be read is tried again each time.
        self._unread = {refusal.path for refusal in base.refusals}
        self._known = {} if self._only_grows else self._load_known()

    def run(self) -> None:
        """Index what has changed, and commit."""
        pending = self._pending()
        done = 0

        def tell(steps: int) -> None:
            nonlocal done
            done += steps
            self._progress(done, len(pending))

        batches = list(self._batches(pending))
        try:
            for number, built in enumerate(self._built(batches, tell), start=1):
                self._add(built)
                if number < len(batches) and not self._at_once:
                    self._commit(complete=False)
            self._commit(complete=True)
        except BaseException:
            # What a process was writing when it was stopped, it cannot remove itself.
            for batch in batches:
                for path in _files_of(self._folder, batch.segment):
                    path.unlink(missing_ok=True)
            raise

    def _base(self, note: Notify) -> Manifest | None:
        """What the folder's index holds; None if there is none that can be built on."""
        if self._generation < 0:
            return None
        try:
            manifest = load_manifest(self._folder, self._generation)
            if manifest.version != VERSION:
                note("the index was made by another version of reader: making it again")
                return None
            if manifest.root != self._corpus.root:
                return None
            Generation(self._folder, self._generation).close()
            for part in manifest.parts:
                load_rows(self._folder, part)
        except DAMAGE:
            note("the index is damaged or of another version: making it again")
            return None
        return manifest

    @cached_property
    def _only_grows(self) -> bool:
        """Whether nothing that is indexed has changed, so that nothing needs to be known of it."""
        seen, plain = self._statuses
        if not seen or not plain or not self._corpus.has_plain_ids or self._unread:
            return False
        return seen.items() <= self._corpus.walk.statuses.items()

    def _load_known(self) -> dict[str, _Known]:
        """The indexed articles, by path."""
        return {
            source.path: _Known(place, source)
            for place, part in enumerate(self._parts)
            for source in load_rows(self._folder, part).sources(part.deleted)
        }

    def _pending(self) -> list[File]:
        """The files to look into; articles whose files are not there any more are deleted."""
        seen = self._statuses.files
        if self._only_grows:
            return self._corpus.only(
                path for path in self._corpus.walk.statuses if path not in seen
            )
        pending = []
        there = set()
        for file in self._corpus.files:
            known = self._known.get(file.path)
            if known is None or known.source.id != file.id:
                pending.append(file)
                continue
            there.add(file.path)
            if seen.get(file.path) != file.status:
                pending.append(file)
        self._delete([path for path in self._known if path not in there])
        return pending

    def _delete(self, paths: Iterable[str]) -> None:
        """Mark the articles of these files as deleted."""
        numbers: dict[int, set[int]] = {}
        for path in paths:
            known = self._known.pop(path, None)
            if known:
                numbers.setdefault(known.part, set()).add(known.source.number)
        for place, deleted in numbers.items():
            part = self._parts[place]
            self._parts[place] = part._replace(deleted=part.deleted | deleted)

    def _batches(self, pending: Sequence[File]) -> Iterator[_Batch]:
        """The files in groups that take about as long, as many for each processor."""
        size = sum(file.size for file in pending)
        most = processors() if size > _SMALL else 1
        share = max(size / (most * ceil(max(size / _BATCH, 1) / most)), 1)
        before = list(accumulate((file.size for file in pending), initial=0))
        for _, group in groupby(
            zip(pending, before, strict=False), lambda pair: int(pair[1] / share)
        ):
            files = tuple(file for file, _ in group)
            known = ((file.path, self._known.get(file.path)) for file in files)
            digests = {path: article.source.digest for path, article in known if article}
            name = f"{INDEX_NAME}_{WhooshSegment._random_id()}"
            yield _Batch(self._corpus.root, self._folder, name, files, digests)

    def _built(self, batches: Sequence[_Batch], tell: Tell) -> Iterator[_Built]:
        """Index the batches, with all processors if there are several."""
        if len(batches) == 1:
            return map(partial(_build, tell=tell), batches)
        without = () if self._lock is None else (self._lock,)
        return in_processes(_build, batches, tell, processors(), without)

    def _add(self, built: _Built) -> None:
        """Take over what became of a batch."""
        self._delete(built.replaced)
        self._refusals += built.refusals
        if built.part.articles:
            self._parts.append(built.part)
            for path in _files_of(self._folder, built.part.segment):
                path.rename(path.with_name(path.name.removeprefix(_HALF)))

    def _commit(self, complete: bool) -> None:
        """Make all this visible, at one instant: that of the table of contents' renaming."""
        self._merge()
        self._generation += 1
        if complete:
            save_statuses(self._folder, self._generation, self._corpus)
        refusals = tuple(sorted(self._refusals)) if complete else ()
        usable = self._usable or complete
        segments = [Segment(part) for part in self._parts]
        toc = _toc(segments, self._generation)
        manifest = Manifest(
            VERSION,
            self._corpus.root,
            tuple(self._parts),
            refusals,
            complete,
            usable,
            zlib.crc32(toc),
        )
        save_manifest(self._folder, self._generation, manifest)
        write_whole(toc_path(self._folder, self._generation), toc)
        clean_files(FileStorage(str(self._folder)), INDEX_NAME, self._generation, segments)
        remove_others(self._folder, self._generation)

    def _merge(self) -> None:
        """Merge segments where many are of a size, and drop what is mostly deleted."""
        while places := self._to_merge():
            parts = [self._parts[place] for place in places]
            merged = merge_parts(self._folder, parts)
            kept = [part for place, part in enumerate(self._parts) if place not in places]
            self._parts = [*kept, merged] if merged.articles else kept
            if self._known:  # where they are now
                moved = self._load_known()
                self._known = {path: moved[path] for path in self._known}

    def _to_merge(self) -> list[int]:
        """The numbers of segments to merge into one; none if all is well."""
        sizes: dict[int, list[int]] = {}
        for place, part in enumerate(self._parts):
            live = part.articles - len(part.deleted)
            if 2 * live < part.articles:
                return [place]
            sizes.setdefault(int(log(live, _MANY)), []).append(place)
        return next((places for places in sizes.values() if len(places) >= _MANY), [])


def _toc(segments: Sequence[Segment], generation: int) -> bytes:
    """Whoosh's table of contents, which does not check itself when it is read."""
    storage = RamStorage()
    TOC(SCHEMA, list(segments), generation).write(storage, INDEX_NAME)
    content: bytes = storage.files[TOC._filename(INDEX_NAME, generation)]
    return content


def _build(batch: _Batch, tell: Tell) -> _Built:
    """Read the files of a batch and write the segment of those that are new or have changed."""
    if len(batch.files) > _FEW:
        gc.enable()  # the command starts without
    builder = SegmentBuilder(FIELDS)
    rows: list[ArticleRow] = []
    replaced = dict(batch.digests)
    refusals: list[Refusal] = []
    corpus = Folder(Path(batch.root))
    told = 0
    for number, file in enumerate(batch.files, start=1):
        if number - told == _TELL_AFTER:
            tell(number - told)
            told = number
        try:
            content = corpus.content(file.path)
            digest = hashlib.blake2b(content, digest_size=16).digest()
            if batch.digests.get(file.path) == digest:
                del replaced[file.path]
                continue
            article = parse(content, file.id, Path(file.path).suffix)
        except UnreadableFile as error:
            refusals.append(Refusal(file.path, str(error)))
            continue
        _add_article(builder, article)
        rows.append(ArticleRow(file.path, digest, text_digest(article), summarize(article)))
    part = SegmentInfo(batch.segment, builder.articles, builder.paragraphs)
    if rows:
        with _half_written(batch.folder, batch.segment) as (segment_path, articles_path):
            with segment_path.open("wb") as out:
                builder.write(out)
            save_rows(articles_path, rows)
    tell(len(batch.files) - told)
    return _Built(tuple(replaced), tuple(refusals), part)


# Articles that can be indexed without collecting garbage, which takes longer the more is known.
_FEW = 1000
# Articles after which a process tells how far it is.
_TELL_AFTER = 100


def _add_article(builder: SegmentBuilder, article: Article) -> None:
    """Add an article's paragraphs, with what is said in them and by whom."""
    said: dict[int, list[Quotation]] = {}
    for quote in quotes.find(article):
        _add_quotation(builder, article, quote)
        if quote.kind == "speech":
            for place in range(len(quote.parts)):
                said.setdefault(quote.paragraph + place, []).append(quote)
    for field in ("title", "source", "section", "author"):
        _add_values(builder, field, [getattr(article, field) or ""])
    _add_values(builder, "tag", article.tags)
    for paragraph in article.paragraphs:
        _add_values(builder, "text", [paragraph.text])
        here = said.get(paragraph.number, ())
        _add_values(builder, "quote", (q.parts[paragraph.number - q.paragraph] for q in here))
        _add_values(builder, "speaker", dict.fromkeys(q.speaker for q in here if q.speaker))
        builder.add_paragraph(paragraph.text)
    builder.add_article(article.id, day_number(article.date))


def _add_values(builder: SegmentBuilder, field: str, values: Iterable[str]) -> None:
    first = 0
    for value in values:
        if alternatives := compounds(value):
            builder.add_alternatives(field, ((first + number, w) for number, w in alternatives))
        first = builder.add_words(field, forms(value), first) + GAP


def _add_quotation(builder: SegmentBuilder, article: Article, quote: Quotation) -> None:
    kind = SPEECH if quote.kind == "speech" else TERM
    start = quote.start
    for number, part in enumerate(quote.parts, start=quote.paragraph - 1):
        if number >= quote.paragraph:
            kind = CONTINUED
            start = article.paragraphs[number].text.index(part)
        known = quote.speaker or "", quote.attribution or "", quote.cue or ""
        builder.add_quotation(QuotationRecord(number, start, start + len(part), kind, *known))


def merge_parts(folder: Path, parts: Sequence[SegmentInfo]) -> SegmentInfo:
    """Write one segment with the articles of several, without those deleted. Raises Damaged."""
    name = f"{INDEX_NAME}_{WhooshSegment._random_id()}"
    storage = FileStorage(str(folder))
    files = [open_segment(storage, Segment(part)) for part in parts]
    rows = [row for part in parts for _, row in live_rows(folder, part)]
    with _half_written(folder, name) as (segment_path, articles_path):
        with segment_path.open("wb") as out:
            deleted = (part.deleted for part in parts)
            merge(FIELDS, list(zip(files, deleted, strict=True)), out)
        save_rows(articles_path, rows)
    paragraphs = sum(row.summary.paragraphs for row in rows)
    for path in _files_of(folder, name):
        path.rename(path.with_name(path.name.removeprefix(_HALF)))
    for file in files:
        file.close()
    return SegmentInfo(name, len(rows), paragraphs)


# What is not yet part of the index begins so; Whoosh's cleaning leaves such files alone.
_HALF = ".half-"


@contextmanager
def _half_written(folder: Path, segment: str) -> Iterator[tuple[Path, Path]]:
    """The paths to write a segment's two files to; what is there is removed if that fails."""
    paths = _files_of(folder, segment)
    try:
        yield paths
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise


def _files_of(folder: Path, segment: str) -> tuple[Path, Path]:
    rows = rows_path(folder, segment)
    return folder / f"{_HALF}{segment}{SUFFIX}", rows.with_name(_HALF + rows.name)
