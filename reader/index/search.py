"""Reads the index: a query to hits, best first."""

from __future__ import annotations

import datetime
import pickle
import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import query as whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import FileIndex
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, IndexReader, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from reader.errors import IndexUnavailable
from reader.hit import Hit
from reader.index import query as language
from reader.index.analysis import Token, stem, tokenize
from reader.index.query import And, Days, InArticle, Near, Not, Or, Prefix, Query, Words
from reader.index.schema import SCHEMA, STEMMED, day_number, day_of

# What reading a damaged index raises: Whoosh checks little, so nearly anything.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CorruptIndexError,
    EOFError,
    FileFormatError,
    ImportError,
    LookupError,
    MemoryError,
    OSError,
    TermNotFound,
    TypeError,
    ValueError,
    WhooshIndexError,
    pickle.PickleError,
    struct.error,
    zlib.error,
)

# A word in the title adds a part of what it would in the paragraph: it tells what the article is
# about, but is the same for all the article's paragraphs.
_TITLE_WEIGHT = 0.5

Matcher = Callable[[Sequence[Token]], Iterator[tuple[int, int]]]


class Results(NamedTuple):
    """What a search found.

    `total` is the number of hits, `hits` gives them best first, each read when it is asked for.
    `suggestion` is the query with the nearest known spelling of its unknown words, when there are
    no hits and there is one.
    """

    total: int
    hits: Iterable[Hit]
    suggestion: str | None = None


class Index:
    """An open index. `reader` is Whoosh's."""

    def __init__(self, reader: IndexReader) -> None:
        self._searcher = Searcher(reader, weighting=BM25F())
        self._leaves: list[tuple[Searcher, int]] = list(self._searcher.leaf_searchers())
        self._offsets = [offset for _, offset in self._leaves]
        self._columns: dict[tuple[str, int], Any] = {}

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs in the index."""
        return int(self._searcher.doc_count())

    def close(self) -> None:
        self._searcher.close()

    def search(self, query: Query) -> Results:
        """The paragraphs that match the query; where no single one does, the best paragraphs of
        the articles that match it as wholes.

        Equal scores are ordered by date, newest first, then by article id and paragraph.
        """
        compiler = _Compiler(self._searcher.reader())
        found = self._scored(compiler.scoring(query))
        if not found:
            found = self._in_articles(query, compiler)
        if not found:
            return Results(0, (), self._suggestion(query))
        matchers = compiler.matchers(query)
        return Results(len(found), self._hits(found, matchers))

    def _scored(self, query: whoosh.Query) -> list[tuple[float, int]]:
        """The documents that match, each with its score negated, best first."""
        found = []
        context = self._searcher.context()
        for leaf, offset in self._leaves:
            matcher = query.matcher(leaf, context)
            while matcher.is_active():
                found.append((-round(matcher.score(), 6), offset + matcher.id()))
                matcher.next()
        found.sort()
        return found

    def _documents(self, query: whoosh.Query) -> Iterator[int]:
        context = self._searcher.boolean_context()
        for leaf, offset in self._leaves:
            for document in query.matcher(leaf, context).all_ids():
                yield offset + document

    def _in_articles(self, query: Query, compiler: _Compiler) -> list[tuple[float, int]]:
        """The best paragraphs of the articles that have every part of the query somewhere."""
        parts = query.parts if isinstance(query, And) else (query,)
        filters = [part for part in parts if not _is_wanted(part)]
        wanted = [part for part in parts if _is_wanted(part)]
        if not wanted:
            return []
        articles: set[bytes] | None = None
        for part in wanted:
            either = whoosh.Or([compiler.plain(part), compiler.plain(part, "title")])
            having = {self._column("article", document) for document in self._documents(either)}
            articles = having if articles is None else articles & having
            if not articles:
                return []
        kept = [compiler.plain(part) for part in filters]
        anywhere = whoosh.Or([compiler.plain(part) for part in wanted])
        scored = self._scored(whoosh.And([anywhere, *kept]) if kept else anywhere)
        found = [pair for pair in scored if self._column("article", pair[1]) in (articles or ())]
        if found:
            return found
        # The words are in titles only: an article's first paragraph stands for it.
        titles = whoosh.Or([compiler.plain(part, "title") for part in wanted])
        for pair in self._scored(whoosh.And([titles, *kept]) if kept else titles):
            if self._stored(pair[1])["paragraph"] == 1:
                found.append(pair)
        return found

    def _hits(self, found: list[tuple[float, int]], matchers: Sequence[Matcher]) -> Iterator[Hit]:
        try:
            for score, group in groupby(found, key=lambda pair: pair[0]):
                documents = [document for _, document in group]
                if len(documents) > 1:
                    documents.sort(key=self._tie)
                for document in documents:
                    yield self._hit(document, -score, matchers)
        except DAMAGE as error:
            raise IndexUnavailable(
                "the index is damaged; `reader index --rebuild` makes it again"
            ) from error

    def _tie(self, document: int) -> tuple[int, bytes, int]:
        day = self._column("date", document)
        return -day, self._column("article", document), document

    def _hit(self, document: int, score: float, matchers: Sequence[Matcher]) -> Hit:
        stored = self._stored(document)
        text = stored["text"]
        return Hit(
            article=self._column("article", document).decode(),
            paragraph=stored["paragraph"],
            title=stored["title"],
            date=day_of(self._column("date", document)),
            source=stored.get("source"),
            text=text,
            score=round(score, 4),
            highlights=_highlights(text, matchers),
        )

    def _stored(self, document: int) -> dict[str, Any]:
        stored: dict[str, Any] = self._searcher.stored_fields(document)
        return stored

    def _column(self, field: str, document: int) -> Any:
        """The value of a column: bytes for `article`, an integer for `date`."""
        place = bisect_right(self._offsets, document) - 1
        column = self._columns.get((field, place))
        if column is None:
            column = self._leaves[place][0].reader().column_reader(field, translate=False)
            self._columns[field, place] = column
        return column[document - self._offsets[place]]

    def _suggestion(self, query: Query) -> str | None:
        """The words of the query with each unknown one in its nearest known spelling."""
        known = []
        changed = False
        for part in _positive(query):
            if not isinstance(part, Words) or part.field not in ("text", "quote", "title"):
                continue
            for token in tokenize(part.text):
                typed = part.text[token.start : token.end]
                near = None if self._is_known(token) else self._nearest(token.form)
                changed = changed or near is not None
                known.append(near or typed)
        return " ".join(known) if changed else None

    def _is_known(self, token: Token) -> bool:
        reader = self._searcher.reader()
        return ("form", token.form.encode()) in reader or ("text", token.stem.encode()) in reader

    def _nearest(self, form: str) -> str | None:
        """The most frequent of the nearest known words, as some paragraph spells it."""
        reader = self._searcher.reader()
        edits = 1 if len(form) < 5 else MOST_SUGGESTED_EDITS
        near = _near_forms(reader, form, edits)
        if not near:
            return None
        best = min(
            near,
            key=lambda known: (near[known], -reader.doc_frequency("form", known.encode()), known),
        )
        document = next(self._documents(whoosh.Term("form", best.encode())), None)
        if document is None:
            return best
        text: str = self._stored(document)["text"]
        token = next(token for token in tokenize(text) if token.form == best)
        spelt = text[token.start : token.end]
        return spelt if len(tokenize(spelt)[0].form) == len(spelt) else spelt.rstrip("sS'’ʼ")


MOST_SUGGESTED_EDITS = 2


def open_generation(folder: Path) -> Index:
    """The index in a cache folder. Raises one of DAMAGE if it cannot be read."""
    return Index(FileIndex(FileStorage(str(folder), readonly=True), schema=SCHEMA).reader())


class _Compiler:
    """Turns a query into Whoosh's and into matchers that find its words in a text."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    def scoring(self, query: Query) -> whoosh.Query:
        """The query for paragraphs, to which matches in the title add."""
        plain = self.plain(query)
        titles = [
            self.plain(part, "title")
            for part in _positive(query)
            if not isinstance(part, (Days, InArticle)) and part.field == "text"
        ]
        if not titles:
            return plain
        return whoosh.AndMaybe(plain, _boosted(whoosh.Or(titles), _TITLE_WEIGHT))

    def plain(self, query: Query, field: str | None = None) -> whoosh.Query:
        """The query in Whoosh's terms; `field` is where words with no field are looked for."""
        if isinstance(query, And):
            parts = [self.plain(part, field) for part in query.parts if not isinstance(part, Not)]
            without = [
                self.plain(part.part, field) for part in query.parts if isinstance(part, Not)
            ]
            wanted = whoosh.And(parts) if parts else whoosh.Every()
            return whoosh.AndNot(wanted, whoosh.Or(without)) if without else wanted
        if isinstance(query, Or):
            return whoosh.Or([self.plain(part, field) for part in query.parts])
        if isinstance(query, Not):
            return whoosh.AndNot(whoosh.Every(), self.plain(query.part, field))
        if isinstance(query, Days):
            return whoosh.NumericRange(
                "date",
                _bound(query.since, datetime.date.min),
                _bound(query.until, datetime.date.max),
            )
        if isinstance(query, InArticle):
            return whoosh.Term("article", query.id)
        name = field if field and query.field == "text" else query.field
        return self._words(query, name)

    def _words(self, query: Words | Prefix | Near, field: str) -> whoosh.Query:
        if isinstance(query, Words):
            terms = [token.stem if STEMMED[field] else token.form for token in tokenize(query.text)]
            if len(terms) == 1:
                return whoosh.Term(field, terms[0])
            return whoosh.Phrase(field, terms)
        if field == "text":
            # Of the stems nothing can be told about beginnings and spellings.
            return _any_of("form", sorted(self._forms(query)))
        if STEMMED[field]:
            return _any_of(field, sorted({stem(form) for form in self._forms(query)}))
        return _any_of(field, sorted(self._forms(query, field)))

    def _forms(self, query: Prefix | Near, field: str = "form") -> set[str]:
        """The words of the corpus that begin so, or are spelt nearly so."""
        tokens = tokenize(query.text)
        form = "".join(token.form for token in tokens)
        if isinstance(query, Near):
            return set(_near_forms(self._reader, form, query.edits, field))
        prefix = form.encode()
        return {term.decode() for term in self._reader.expand_prefix(field, prefix)}

    def matchers(self, query: Query) -> list[Matcher]:
        """What finds the query's words in a paragraph's tokens, to mark them."""
        found: list[Matcher] = []
        for part in _positive(query):
            if isinstance(part, (Days, InArticle)) or part.field not in ("text", "quote"):
                continue
            if isinstance(part, Words):
                stems = [token.stem for token in tokenize(part.text)]
                found.append(lambda tokens, stems=stems: _runs(tokens, stems))  # type: ignore[misc]
            else:
                known = self._forms(part)
                found.append(lambda tokens, known=known: _known(tokens, known))  # type: ignore[misc]
        return found


def _is_wanted(query: Query) -> bool:
    """Whether a part asks for words in paragraphs."""
    return not isinstance(query, Not) and not _is_filter(query)


def _is_filter(query: Query) -> bool:
    """Whether a part speaks of articles, not of paragraphs."""
    if isinstance(query, (Days, InArticle)):
        return True
    if isinstance(query, (And, Or)):
        return all(map(_is_filter, query.parts))
    return not isinstance(query, Not) and query.field in language.ARTICLE_FIELDS


def _positive(query: Query) -> Iterator[Words | Prefix | Near | Days | InArticle]:
    """The leaves of a query that a hit has, rather than lacks."""
    if isinstance(query, (And, Or)):
        for part in query.parts:
            yield from _positive(part)
    elif not isinstance(query, Not):
        yield query


def _any_of(field: str, terms: Sequence[str]) -> whoosh.Query:
    return whoosh.Or([whoosh.Term(field, term) for term in terms]) if terms else whoosh.NullQuery


def _boosted(query: whoosh.Or, weight: float) -> whoosh.Query:
    for part in query.subqueries:
        if isinstance(part, (whoosh.Or, whoosh.And)):
            _boosted(part, weight)
        elif part is not whoosh.NullQuery:
            part.boost = weight
    return query


def _bound(date: datetime.date | None, otherwise: datetime.date) -> int:
    return day_number(date or otherwise)


def _near_forms(reader: IndexReader, form: str, edits: int, field: str = "form") -> dict[str, int]:
    """The words of the index at most so many edits away, each with how many."""
    from whoosh.support.levenshtein import damerau_levenshtein

    near = {}
    for term in reader.lexicon(field):
        known = term.decode()
        if abs(len(known) - len(form)) <= edits:
            distance = damerau_levenshtein(form, known, edits)
            if distance <= edits:
                near[known] = distance
    return near


def _runs(tokens: Sequence[Token], stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The characters of each place where words with these stems follow one another."""
    for place in range(len(tokens) - len(stems) + 1):
        if all(tokens[place + at].has_stem(stem) for at, stem in enumerate(stems)):
            yield tokens[place].start, tokens[place + len(stems) - 1].end


def _known(tokens: Sequence[Token], known: set[str]) -> Iterator[tuple[int, int]]:
    return ((token.start, token.end) for token in tokens if token.form in known)


def _highlights(text: str, matchers: Sequence[Matcher]) -> tuple[tuple[int, int], ...]:
    """The characters where the matches stand, in order, overlapping ones made one."""
    if not matchers:
        return ()
    tokens = tokenize(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted({span for matcher in matchers for span in matcher(tokens)}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
