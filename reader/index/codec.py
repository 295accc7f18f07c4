"""Whoosh's view of a segment: its codec interface over `segment.py`'s files.

With it the index is Whoosh's: its table of contents, its segments, its locks, and its searchers
and queries too. (Our own search does not use those: it takes whole posting lists at a time, where a
matcher makes several calls a posting.)
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from whoosh.codec.base import Codec, PerDocumentReader, TermsReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.filedb.filestore import Storage
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from reader.index.damage import Damaged
from reader.index.manifest import SegmentInfo
from reader.index.schema import FIELDS
from reader.index.segment import SegmentFile

INDEX_NAME = "MAIN"
SUFFIX = ".paragraphs"


class Segment(WhooshSegment):  # type: ignore[misc, unused-ignore]
    """A segment in Whoosh's table of contents; its documents are paragraphs."""

    def __init__(self, part: SegmentInfo) -> None:
        self.indexname, _, self.segid = part.segment.partition("_")
        self.compound = False
        self.part = part

    def codec(self) -> ArticleCodec:
        return ArticleCodec()

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self.part.paragraphs

    # What is deleted is known by article; which paragraphs those are is in the file.
    def deleted_count(self) -> int:
        return len(self.part.deleted)

    def has_deletions(self) -> bool:
        return bool(self.part.deleted)

    def set_doc_count(self, doccount: int) -> None:
        raise NotImplementedError("a segment is written once")

    def deleted_docs(self) -> Any:
        raise NotImplementedError("the reader of the segment knows")

    is_deleted = delete_document = set_doc_count


class ArticleCodec(Codec):  # type: ignore[misc, unused-ignore]
    """Reads segments that `SegmentBuilder` wrote. It has no writers: `index.build` writes."""

    def new_segment(self, storage: Storage, indexname: str) -> Segment:  # noqa: ARG002
        name = f"{indexname}_{WhooshSegment._random_id()}"
        return Segment(SegmentInfo(name, 0, 0))

    def terms_reader(self, storage: Storage, segment: Segment) -> Terms:
        return Terms(open_segment(storage, segment))

    def per_document_reader(self, storage: Storage, segment: Segment) -> Documents:
        return Documents(open_segment(storage, segment), segment.part.deleted)

    def per_document_writer(self, storage: Storage, segment: Segment) -> Any:
        raise NotImplementedError("index.build writes")

    field_writer = postings_writer = postings_reader = per_document_writer


def open_segment(storage: Storage, segment: Segment) -> SegmentFile:
    """The file of a segment, mapped. Raises Damaged, OSError."""
    with storage.open_file(segment.make_filename(SUFFIX)) as file:
        try:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # an empty file cannot be mapped
            raise Damaged from error
    return SegmentFile(content)


class Terms(TermsReader):  # type: ignore[misc, unused-ignore]
    """The terms of a segment: stems where a field is stemmed, else words.

    A term of an article's field stands in each of the article's paragraphs.
    """

    def __init__(self, file: SegmentFile) -> None:
        self._file = file

    def close(self) -> None:
        self._file.close()

    def indexed_field_names(self) -> list[str]:
        return list(FIELDS)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._words(*term))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return chain.from_iterable(self.terms_from(field, b"") for field in sorted(FIELDS))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        listed = self._file.stems if FIELDS[fieldname].stemmed else self._file.words
        terms = (text.encode() for text in listed(fieldname))
        return ((fieldname, term) for term in terms if term >= prefix)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        found = self._positions(fieldname, text)
        if not found:
            raise KeyError((fieldname, text))
        lengths = Documents(self._file, frozenset()).doc_field_length_reader(fieldname)
        weights = list(map(len, found.values()))
        counts = list(map(lengths, found))
        documents = list(found)
        return TermInfo(
            weight=float(sum(weights)),
            df=len(found),
            minlength=min(counts),
            maxlength=max(counts),
            maxweight=float(max(weights)),
            minid=documents[0],
            maxid=documents[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._positions(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        found = self._positions(fieldname, text)
        return ListMatcher(
            list(found),
            [float(len(positions)) for positions in found.values()],
            [format_.encode(positions) for positions in found.values()],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        raise NotImplementedError("spelling has its own way")

    def _words(self, field: str, term: bytes) -> Sequence[int]:
        if FIELDS[field].stemmed:
            return self._file.having_stem(field, term.decode())
        word = self._file.find(field, term.decode())
        return () if word < 0 else (word,)

    def _positions(self, field: str, term: bytes) -> dict[int, list[int]]:
        """At which words of each paragraph the term stands."""
        found: dict[int, list[int]] = {}
        for word in self._words(field, term):
            ids, frequencies, positions = self._file.postings(field, word)
            start = 0
            for id, frequency in zip(ids, frequencies or [1] * len(ids), strict=True):
                found.setdefault(id, []).extend(positions[start : start + frequency])
                start += frequency
        starts = self._file.starts if FIELDS[field].of_article else None
        return {
            document: sorted(found[id])
            for id in sorted(found)
            for document in (range(starts[id], starts[id + 1]) if starts else (id,))
        }


class Documents(PerDocumentReader):  # type: ignore[misc, unused-ignore]
    """The paragraphs of a segment, as Whoosh's documents."""

    def __init__(self, file: SegmentFile, deleted: frozenset[int]) -> None:
        self._file = file
        self._deleted_articles = deleted

    def close(self) -> None:
        self._file.close()

    @cached_property
    def _deleted(self) -> frozenset[int]:
        starts = self._file.starts
        return frozenset(
            chain.from_iterable(range(starts[n], starts[n + 1]) for n in self._deleted_articles)
        )

    def doc_count(self) -> int:
        return self.doc_count_all() - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._file.paragraphs

    def has_deletions(self) -> bool:
        return bool(self._deleted_articles)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def supports_columns(self) -> bool:
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:  # noqa: ARG002
        place = self._file.article_of[docnum] if FIELDS[fieldname].of_article else docnum
        length: int = self._file.lengths(fieldname)[place]
        return length

    def field_length(self, fieldname: str) -> int:
        return sum(self._lengths(fieldname))

    def min_field_length(self, fieldname: str) -> int:
        return min(self._lengths(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._lengths(fieldname), default=0)

    def _lengths(self, field: str) -> Iterator[int]:
        return (self.doc_field_length(n, field) for n in range(self.doc_count_all()))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {"text": self._file.text(docnum)}
