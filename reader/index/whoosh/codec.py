"""Whoosh's table of contents and its codec interface over the files of `reader.index.segment`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.base import Codec
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import FileStorage, RamStorage, ReadOnlyError
from whoosh.index import TOC

from reader.index.generation import open_segment
from reader.index.manifest import INDEX_NAME, SegmentInfo, open_rows
from reader.index.whoosh.documents import SegmentDocuments
from reader.index.whoosh.terms import SegmentTerms, SpellingAutomata
from reader.query.whoosh_schema import SCHEMA


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise ReadOnlyError("the index is made from the articles' files; change those instead")


class Segment(WhooshSegment):  # type: ignore[misc, unused-ignore]
    """A segment in Whoosh's table of contents; its documents are paragraphs."""

    def __init__(self, info: SegmentInfo, deleted: Iterable[int] = ()) -> None:
        self.indexname, _, self.segid = info.name.partition("_")
        self.compound = False
        self.info = info
        self.deleted = frozenset(deleted)

    def codec(self) -> ArticleCodec:
        return ArticleCodec()

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self.info.paragraphs

    def deleted_count(self) -> int:
        return len(self.deleted)

    def has_deletions(self) -> bool:
        return bool(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    set_doc_count = delete_document = _refuse


def table_of_contents(folder: Path, segments: Sequence[SegmentInfo], generation: int) -> bytes:
    """Whoosh's table of contents of a generation. Raises Damaged."""
    listed = []
    for info in segments:
        deleted: list[int] = []
        if info.deleted:
            file = open_segment(folder, info.name)
            deleted = list(file.paragraphs_of(info.deleted))
            file.close()
        listed.append(Segment(info, deleted))
    storage = RamStorage()
    TOC(SCHEMA, listed, generation).write(storage, INDEX_NAME)
    content: bytes = storage.files[TOC._filename(INDEX_NAME, generation)]
    return content


class ArticleCodec(Codec):  # type: ignore[misc, unused-ignore]
    """Reads segments that `SegmentBuilder` wrote. It has no writers: `update.py` writes."""

    def terms_reader(self, storage: FileStorage, segment: Segment) -> SegmentTerms:
        folder = Path(storage.folder)
        rows = partial(open_rows, folder, segment.info)
        return SegmentTerms(open_segment(folder, segment.info.name), rows)

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> SegmentDocuments:
        folder = Path(storage.folder)
        file = open_segment(folder, segment.info.name)
        return SegmentDocuments(file, open_rows(folder, segment.info), segment.deleted)

    def automata(self, storage: FileStorage, segment: Segment) -> SpellingAutomata:  # noqa: ARG002
        return SpellingAutomata()

    new_segment = per_document_writer = field_writer = postings_writer = postings_reader = _refuse
