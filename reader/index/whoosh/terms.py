"""The terms and postings of a segment, as Whoosh reads them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from whoosh.codec.base import Automata, FieldCursor, TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from reader.index.whoosh.documents import FieldLengths
from reader.model.dates import date_of
from reader.query.fields import FIELDS, MARK
from reader.query.whoosh_dates import stored_date
from reader.query.whoosh_schema import SCHEMA

if TYPE_CHECKING:
    from reader.index.manifest import ArticleRows
    from reader.index.segment import SegmentFile

# Capacity of the posting cache: Whoosh reads the postings of each term several times.
_MOST_TERMS = 256
_MARK = MARK.encode()


class SegmentTerms(TermsReader):  # type: ignore[misc, unused-ignore]
    """The terms of a segment: the listed ones are forms; marked terms for inflections (see
    `reader.query.fields`) are not listed, so that prefixes and patterns expand to forms only.

    A term of an article's field is in each of the article's paragraphs.
    """

    def __init__(self, file: SegmentFile, load: Callable[[], ArticleRows]) -> None:
        self._file = file
        self._load_rows = load
        self._lengths = FieldLengths(file)
        self._postings: dict[tuple[str, bytes], dict[int, Sequence[int]]] = {}
        self._columns: dict[str, dict[bytes, list[int]]] = {}
        self._spellings: dict[tuple[str, str, int], list[str]] = {}

    def close(self) -> None:
        self._postings.clear()
        self._file.close()

    def indexed_field_names(self) -> list[str]:
        return [*FIELDS, "date", "article", "paragraph"]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        if self._is_form(*term):
            return self._file.find(term[0], term[1].decode()) >= 0
        return bool(self._positions(*term))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        names = sorted(self.indexed_field_names())
        return chain.from_iterable(self.terms_from(name, b"") for name in names)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        terms = self._listed(fieldname)
        return ((fieldname, term) for term in terms[bisect_left(terms, prefix) :])

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        positions = self._positions(fieldname, text)
        if not positions:
            raise KeyError((fieldname, text))
        lengths = self._lengths.of(fieldname)
        words = [lengths[document] for document in positions] if lengths else [1]
        frequencies = [len(each) or 1 for each in positions.values()]
        documents = list(positions)
        return TermInfo(
            weight=float(sum(frequencies)),
            df=len(documents),
            minlength=min(words),
            maxlength=max(words),
            maxweight=float(max(frequencies)),
            minid=documents[0],
            maxid=documents[-1],
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if self._is_form(fieldname, text) and not FIELDS[fieldname].of_article:
            word = self._file.find(fieldname, text.decode())
            return self._file.document_frequency(fieldname, word) if word >= 0 else 0
        return len(self._positions(fieldname, text))

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> PostingMatcher:
        positions = self._positions(fieldname, text)
        return PostingMatcher(
            list(positions),
            [float(len(each) or 1) for each in positions.values()],
            list(positions.values()),
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> FormCursor:
        return FormCursor(self, fieldname, fieldobj, self._listed(fieldname))

    def spelt_nearly(self, field: str, form: str, edits: int) -> list[str]:
        """The forms within a Damerau-Levenshtein distance of `edits`."""
        key = (field, form, edits)
        if key not in self._spellings:
            if len(self._spellings) >= _MOST_TERMS:
                self._spellings.clear()
            words = self._file.words_within(field, form, edits)
            self._spellings[key] = [word for word, _ in words]
        return self._spellings[key]

    @staticmethod
    def _is_form(field: str, term: bytes) -> bool:
        return field in FIELDS and not term.startswith(_MARK)

    def _listed(self, field: str) -> list[bytes]:
        if field in FIELDS:
            return bytes(self._file.section(f"{field}.terms")).split(b"\n")[:-1]
        return list(self._column(field))

    def _column(self, field: str) -> dict[bytes, list[int]]:
        """The documents of each term, in order, of a field that segments do not store."""
        column = self._columns.get(field)
        if column is None:
            to_bytes = SCHEMA[field].to_bytes
            documents: dict[bytes, list[int]] = {}
            for value, paragraphs in sorted(self._values(field), key=lambda pair: pair[0]):
                documents.setdefault(to_bytes(value), []).extend(paragraphs)
            column = self._columns[field] = {
                term: sorted(documents[term]) for term in sorted(documents)
            }
        return column

    def _values(self, field: str) -> Iterator[tuple[Any, Iterable[int]]]:
        """Values of a field, each with paragraphs that have it."""
        starts = self._file.starts
        if field == "article":
            for article, row in self._load_rows().live():
                yield row.summary.id, self._file.paragraphs_of((article,))
        elif field == "date":
            for article, number in enumerate(self._file.days):
                if number:
                    date = stored_date(date_of(number))
                    yield date, self._file.paragraphs_of((article,))
        elif field == "paragraph":
            for paragraph, article in enumerate(self._file.article_of):
                yield paragraph - starts[article] + 1, (paragraph,)

    def _positions(self, field: str, term: bytes) -> dict[int, Sequence[int]]:
        """The documents of a term, in order, each with the term's positions there."""
        positions = self._postings.get((field, term))
        if positions is None:
            positions = self._find(field, term)
            if len(self._postings) >= _MOST_TERMS:
                self._postings.clear()
            self._postings[field, term] = positions
        return positions

    def _find(self, field: str, term: bytes) -> dict[int, Sequence[int]]:
        if field not in FIELDS:
            return dict.fromkeys(self._column(field).get(term, ()), ())
        by_id = self._meaning(field, term.decode())
        if not FIELDS[field].of_article:
            return {id: by_id[id] for id in sorted(by_id)}
        starts = self._file.starts
        return {
            document: by_id[id]
            for id in sorted(by_id)
            for document in range(starts[id], starts[id + 1])
        }

    def _meaning(self, field: str, term: str) -> dict[int, Sequence[int]]:
        """The positions of a form or of a marked term, by id of the field."""
        if not term.startswith(MARK):
            word = self._file.find(field, term)
            return self._of_words(field, (word,) if word >= 0 else ())
        if term.endswith("*"):
            return self._of_words(field, self._file.words_with_prefix(field, term[1:-1]))
        if "-" not in term:
            return self._of_words(field, self._file.words_with_stem(field, term[1:]))
        *parts, whole = (self._of_part(field, part) for part in term[1:].split("-"))
        # A word with hyphens and the same without share a position.
        merged = {id: set(positions) for id, positions in whole.items()}
        for id in set.intersection(*map(set, parts)):
            starts = ({p - step for p in part[id]} for step, part in enumerate(parts))
            merged.setdefault(id, set()).update(set.intersection(*starts))
        return {id: sorted(positions) for id, positions in merged.items() if positions}

    def _of_part(self, field: str, part: str) -> dict[int, Sequence[int]]:
        return self._meaning(field, MARK + part if FIELDS[field].stemmed else part)

    def _of_words(self, field: str, words: Iterable[int]) -> dict[int, Sequence[int]]:
        merged: dict[int, Sequence[int]] = {}
        for word in words:
            for id, positions in self._file.postings(field, word).by_id():
                merged[id] = sorted([*merged[id], *positions]) if id in merged else positions
        return merged


class PostingMatcher(ListMatcher):  # type: ignore[misc, unused-ignore]
    """The postings of a term; its values are positions, encoded on demand."""

    def value(self) -> bytes:
        encoded: bytes = self._format.encode(self._values[self._i])
        return encoded

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            return list(self._values[self._i])
        return super().value_as(astype)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        return zip(self._ids, map(self._format.encode, self._values), strict=True)

    def skip_to(self, id: int) -> None:
        self._i: int = bisect_left(self._ids, id, self._i)

    def copy(self) -> PostingMatcher:
        return PostingMatcher(
            self._ids,
            self._weights,
            self._values,
            self._format,
            self._scorer,
            self._i,
            term=self._term,
            terminfo=self._terminfo,
        )


class FormCursor(FieldCursor):  # type: ignore[misc, unused-ignore]
    """Steps through the listed terms of a field."""

    def __init__(self, reader: SegmentTerms, field: str, fieldobj: Any, terms: list[bytes]) -> None:
        self._reader, self._field, self._fieldobj = reader, field, fieldobj
        self._terms = terms
        self._index = 0

    def first(self) -> Any:
        self._index = 0
        return self.text()

    def find(self, string: Any) -> Any:
        self._index = bisect_left(self._terms, self._fieldobj.to_bytes(string))
        return self.text()

    def next(self) -> Any:
        self._index += 1
        return self.text()

    def is_valid(self) -> bool:
        return self._index < len(self._terms)

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._terms[self._index]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo:
        return self._reader.term_info(self._field, self._terms[self._index])

    def spelt_nearly(self, form: str, edits: int) -> list[str]:
        """The forms within a Damerau-Levenshtein distance of `edits`."""
        return self._reader.spelt_nearly(self._field, form, edits)


class SpellingAutomata(Automata):  # type: ignore[misc, unused-ignore]
    """Finds near spellings by the signatures of forms, as `word~` does."""

    def terms_within(
        self, fieldcur: FormCursor, uterm: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        words = fieldcur.spelt_nearly(uterm, maxdist)
        return (word for word in words if word.startswith(uterm[:prefix]))
