"""Builds segments from files, and merges segments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whoosh.codec.base import Segment as WhooshSegment

from reader import quotes
from reader.errors import UnreadableFile
from reader.files.folder import File, Folder
from reader.files.listing import SkippedFile
from reader.files.private import create_private
from reader.index.generation import open_segment
from reader.index.manifest import (
    INDEX_NAME,
    ArticleRow,
    SegmentInfo,
    open_rows,
    rows_path,
    save_rows,
)
from reader.index.merge import merge
from reader.index.schema import FIELDS, GAP
from reader.index.segment import CONTINUED, SPEECH, SUFFIX, TERM, QuotationRecord
from reader.index.writer import SegmentBuilder
from reader.language.tokens import compounds, forms
from reader.model.dates import day_number
from reader.model.summary import summarize, text_digest

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.quotation import Quotation

# Articles between two progress reports.
_REPORT_AFTER = 100
# Characters of text in a segment after which another is begun, even within a file.
_FULL = 16 * 1024 * 1024
# Prefix of unpublished segment files, which Whoosh's cleaning ignores.
_UNPUBLISHED = ".half-"


class Batch(NamedTuple):
    """Files of a corpus to index as a single segment in a folder; `digests` are those of indexed
    files, by path; `encoding` is that of text without a mark, None to guess it.
    """

    root: str
    folder: Path
    segment: str
    files: tuple[File, ...]
    digests: dict[str, bytes]
    encoding: str | None = None


class Built(NamedTuple):
    """The result of a batch: the paths whose indexed version is replaced, the files that cannot be
    read, and the new segments: one, unless there is nothing new or very much.
    """

    replaced: tuple[str, ...]
    refusals: tuple[SkippedFile, ...]
    segments: tuple[SegmentInfo, ...]


def new_segment_name() -> str:
    """A name that no segment has."""
    return f"{INDEX_NAME}_{WhooshSegment._random_id()}"


def build(batch: Batch, report: Callable[[int], None]) -> Built:
    """Read the files of a batch and write the segment of those that are new or have changed;
    `report` is called with the number of files done since the last call.
    """
    corpus = Folder(Path(batch.root), batch.encoding)
    segments = _SegmentWriter(batch)
    replaced = dict(batch.digests)
    refusals: list[SkippedFile] = []
    reported = 0
    for count, file in enumerate(batch.files, start=1):
        if count - reported == _REPORT_AFTER:
            report(count - reported)
            reported = count
        try:
            content = corpus.content(file.path)
            digest = hashlib.blake2b(content, digest_size=16).digest()
            if batch.digests.get(file.path) == digest:
                del replaced[file.path]
                continue
            segments.add(file, digest, corpus.articles_in(file, content))
        except UnreadableFile as error:
            refusals.append(SkippedFile(file.path, str(error)))
    segments.flush()
    report(len(batch.files) - reported)
    return Built(tuple(replaced), tuple(refusals), tuple(segments.written))


class _SegmentWriter:
    """Writes the articles of a batch, in segments of a limited size."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.written: list[SegmentInfo] = []
        self._begin()

    def add(self, file: File, digest: bytes, articles: Sequence[Article]) -> None:
        """Add the articles of a file, all or none. Raises UnreadableFile."""
        before = len(self.written), len(self._rows)
        is_one = len(articles) == 1
        try:
            for number, article in enumerate(articles, 0 if is_one else 1):
                if self._size >= _FULL:
                    self.flush()
                _add_article(self._builder, article)
                # The path of a summary depends on where the corpus is.
                summary = summarize(article)._replace(path=None)
                row = file.path, digest, text_digest(article), number, article.warnings, summary
                self._rows.append(ArticleRow(*row))
                self._size += sum(len(paragraph.text) for paragraph in article.paragraphs)
        except MemoryError as error:
            self._take_back(*before)
            raise UnreadableFile("there is not enough memory for it") from error

    def _take_back(self, segments: int, rows: int) -> None:
        """Forget a file that was added in part, given the numbers of segments and rows before."""
        if len(self.written) == segments:
            self._builder.truncate(rows)
            del self._rows[rows:]
            return
        first, *others = self.written[segments:]
        deleted = frozenset(range(rows, first.articles))
        self.written[segments:] = [first._replace(deleted=deleted)]
        for segment in others:
            discard(self._batch.folder, segment.name)
        self._begin()

    def _begin(self) -> None:
        """Begin another segment."""
        self._builder = SegmentBuilder(FIELDS)
        self._rows: list[ArticleRow] = []
        self._size = 0

    def flush(self) -> None:
        """Write a segment of what was added since the last one."""
        if not self._rows:
            return
        name = self._batch.segment + (str(len(self.written) + 1) if self.written else "")
        builder = self._builder
        with _unpublished(self._batch.folder, name) as (segment_path, rows_path):
            with create_private(segment_path) as out:
                builder.write(out)
            save_rows(rows_path, self._rows)
        self.written.append(SegmentInfo(name, builder.articles, builder.paragraphs))
        self._begin()


def _add_article(builder: SegmentBuilder, article: Article) -> None:
    """Add an article's paragraphs, with the speech in them and its speakers."""
    speech: dict[int, list[Quotation]] = {}
    for quotation in quotes.find(article):
        _add_quotation(builder, article, quotation)
        if quotation.kind == "speech":
            for offset in range(len(quotation.parts)):
                speech.setdefault(quotation.paragraph + offset, []).append(quotation)
    for field in ("title", "source", "section", "author"):
        _add_values(builder, field, [getattr(article, field) or ""])
    _add_values(builder, "tag", article.tags)
    for paragraph in article.paragraphs:
        _add_values(builder, "text", [paragraph.text])
        if spoken := speech.get(paragraph.number):
            parts = (q.parts[paragraph.number - q.paragraph] for q in spoken)
            _add_values(builder, "quote", parts)
            _add_values(builder, "speaker", dict.fromkeys(q.speaker for q in spoken if q.speaker))
        builder.add_paragraph(paragraph.text)
    builder.add_article(article.id, day_number(article.date))


def _add_values(builder: SegmentBuilder, field: str, values: Iterable[str]) -> None:
    first = 0
    for value in values:
        if alternatives := compounds(value):
            shifted = ((first + position, word) for position, word in alternatives)
            builder.add_alternatives(field, shifted)
        first = builder.add_words(field, forms(value), first) + GAP


def _add_quotation(builder: SegmentBuilder, article: Article, quotation: Quotation) -> None:
    kind = SPEECH if quotation.kind == "speech" else TERM
    start = quotation.start
    named = quotation.speaker or "", quotation.attribution or "", quotation.cue or ""
    for paragraph, part in enumerate(quotation.parts, start=quotation.paragraph - 1):
        if paragraph >= quotation.paragraph:
            kind = CONTINUED
            start = article.paragraphs[paragraph].text.index(part)
        builder.add_quotation(QuotationRecord(paragraph, start, start + len(part), kind, *named))


def merge_segments(folder: Path, segments: Sequence[SegmentInfo]) -> SegmentInfo:
    """Write a segment with the live articles of several segments. Raises Damaged."""
    name = new_segment_name()
    files = [open_segment(folder, segment.name) for segment in segments]
    rows = [row for segment in segments for _, row in open_rows(folder, segment).live()]
    with _unpublished(folder, name) as (segment_path, rows_path):
        with create_private(segment_path) as out:
            deleted = (segment.deleted for segment in segments)
            merge(FIELDS, list(zip(files, deleted, strict=True)), out)
        save_rows(rows_path, rows)
    paragraphs = sum(row.summary.paragraphs for row in rows)
    publish(folder, name)
    for file in files:
        file.close()
    return SegmentInfo(name, len(rows), paragraphs)


def publish(folder: Path, segment: str) -> None:
    """Rename the files of a segment to their published names."""
    for path in _unpublished_paths(folder, segment):
        path.rename(path.with_name(path.name.removeprefix(_UNPUBLISHED)))


def discard(folder: Path, segment: str) -> None:
    """Remove the files of segments that are not published, whose names begin so."""
    for path in folder.glob(f"{_UNPUBLISHED}{segment}*"):
        path.unlink(missing_ok=True)


@contextmanager
def _unpublished(folder: Path, segment: str) -> Iterator[tuple[Path, Path]]:
    """The paths to write a segment's two files to; they are removed if that fails."""
    try:
        yield _unpublished_paths(folder, segment)
    except BaseException:
        discard(folder, segment)
        raise


def _unpublished_paths(folder: Path, segment: str) -> tuple[Path, Path]:
    rows = rows_path(folder, segment)
    return folder / f"{_UNPUBLISHED}{segment}{SUFFIX}", rows.with_name(_UNPUBLISHED + rows.name)
