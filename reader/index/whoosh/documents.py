"""The documents of a segment, which are paragraphs, as Whoosh reads them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import PerDocumentReader

from reader.index.segment import TERM, SegmentFile
from reader.query.fields import FIELDS
from reader.query.whoosh_dates import stored_date

if TYPE_CHECKING:
    from reader.index.manifest import ArticleRows


class SegmentDocuments(PerDocumentReader):  # type: ignore[misc, unused-ignore]
    """The paragraphs of a segment, as Whoosh's documents."""

    def __init__(self, file: SegmentFile, rows: ArticleRows, deleted: frozenset[int]) -> None:
        self._file = file
        self._rows = rows
        self._deleted = deleted
        self._lengths = FieldLengths(file)

    def close(self) -> None:
        self._file.close()

    def doc_count(self) -> int:
        return self.doc_count_all() - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._file.paragraphs

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def list_columns(self) -> tuple[str, ...]:
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths.of(fieldname)
        return lengths[docnum] if lengths else default

    def field_length(self, fieldname: str) -> int:
        return sum(self._lengths.of(fieldname))

    def min_field_length(self, fieldname: str) -> int:
        return min(self._lengths.of(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._lengths.of(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a paragraph; None for missing values."""
        article = self._file.article_of[docnum]
        summary = self._rows[article].summary
        return {
            "article": summary.id,
            "paragraph": docnum - self._file.starts[article] + 1,
            "text": self._file.text(docnum),
            "title": summary.title,
            "date": stored_date(summary.date),
            "source": summary.source,
            "section": summary.section,
            "author": summary.author,
            "url": summary.url,
            "speaker": "; ".join(self._speakers.get(docnum, ())) or None,
        }

    @cached_property
    def _speakers(self) -> dict[int, dict[str, None]]:
        """The speakers quoted in each paragraph."""
        speakers: dict[int, dict[str, None]] = {}
        for quotation in self._file.quotations():
            if quotation.speaker and quotation.kind != TERM:
                speakers.setdefault(quotation.paragraph, {})[quotation.speaker] = None
        return speakers


class FieldLengths:
    """The number of words of each field in each document of a segment."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file
        self._lengths: dict[str, list[int]] = {}

    def of(self, field: str) -> list[int]:
        """The lengths of a field, by document; empty for a field that has none."""
        if field not in FIELDS:
            return []
        if field not in self._lengths:
            lengths = self._file.lengths(field).tolist()
            if FIELDS[field].of_article:
                lengths = [lengths[article] for article in self._file.article_of]
            self._lengths[field] = lengths
        return self._lengths[field]
