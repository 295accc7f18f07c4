"""Opens the index, and asks it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from reader.catalogue import (
    Damaged,
    Manifest,
    Row,
    Rows,
    live_rows,
    load_manifest,
    load_rows,
    toc_path,
)
from reader.hit import Part
from reader.index.analysis import stem, tokenize, tokens_asked_for
from reader.index.codec import INDEX_NAME, Segment, open_segment
from reader.index.match import Matching
from reader.index.query import (
    And,
    Not,
    Or,
    Query,
    Same,
    Within,
    Words,
    describe,
    positive,
)
from reader.index.rank import Ranking
from reader.index.results import Options, Results, Searched
from reader.index.schema import SCHEMA
from reader.index.terms import Leaf, Terms

if TYPE_CHECKING:
    from reader.hit import Alike
    from reader.index.check import Checker
    from reader.index.quotations import Quotations


class Index:
    """An open generation of the index. Raises one of DAMAGE if it cannot be read.

    `keep` is what must live as long as it does.
    """

    def __init__(self, folder: Path, generation: int, keep: object = None) -> None:
        self.manifest: Manifest = load_manifest(folder, generation)
        if zlib.crc32(toc_path(folder, generation).read_bytes()) != self.manifest.toc_checksum:
            raise Damaged
        storage = FileStorage(str(folder), readonly=True)
        toc = TOC.read(storage, INDEX_NAME, gen=generation, schema=SCHEMA)
        segments: list[Segment] = toc.segments
        if tuple(segment.part for segment in segments) != self.manifest.parts:
            raise Damaged
        self._keep = keep
        self._folder = folder
        self._rows: dict[int, Rows] = {}
        # An article is asked for by its hits and their ties one after the other.
        self._known_rows: dict[tuple[int, int], Row] = {}
        self._leaves = [
            self._leaf(number, storage, segment) for number, segment in enumerate(segments)
        ]
        self._terms = Terms(self._leaves)
        self._matching = Matching(self._leaves, self._terms)

    def _leaf(self, number: int, storage: FileStorage, segment: Segment) -> Leaf:
        file, part = open_segment(storage, segment), segment.part
        gone: frozenset[int] = frozenset()
        if part.deleted:
            starts = file.starts
            spans = (range(starts[n], starts[n + 1]) for n in part.deleted)
            gone = frozenset(chain.from_iterable(spans))
        return Leaf(file, part.deleted, gone, lambda n: self.row(number, n).summary.id)

    @property
    def articles(self) -> int:
        """The number of articles in the index."""
        return sum(part.articles - len(part.deleted) for part in self.manifest.parts)

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs in the index."""
        return sum(leaf.file.paragraphs - len(leaf.gone) for leaf in self._leaves)

    def close(self) -> None:
        for leaf in self._leaves:
            leaf.file.close()

    def row(self, number: int, article: int) -> Row:
        """What is known of an article, by its number in a segment. Raises Damaged."""
        known = self._known_rows.get((number, article))
        if known is None:
            rows = self._rows.get(number)
            if rows is None:
                rows = self._rows[number] = load_rows(self._folder, self.manifest.parts[number])
            if len(self._known_rows) >= _MOST_KNOWN:
                self._known_rows.clear()
            known = self._known_rows[number, article] = rows[article]
        return known

    def rows(self) -> list[Row]:
        """What is known of each article in the index. Raises Damaged."""
        parts = self.manifest.parts
        return [row for part in parts for _, row in live_rows(self._folder, part)]

    def verify(self) -> None:
        """Read every byte of the index once; raises one of DAMAGE."""
        for leaf, part in zip(self._leaves, self.manifest.parts, strict=True):
            leaf.file.verify()
            if (leaf.file.articles, leaf.file.paragraphs) != (part.articles, part.paragraphs):
                raise Damaged
            rows = load_rows(self._folder, part)
            for number in range(len(rows)):
                rows[number]

    def search(self, query: Query, options: Options = Options()) -> Results:  # noqa: B008
        """The paragraphs that match the query; where no single one does, the paragraphs with
        something of it in the articles that match it as wholes. Raises one of DAMAGE.
        """
        searched = self._searched()
        found = searched.matching.find(query)
        suggestion = None if any(found) else self._suggestion(query)
        return Results(searched, query, found, options, suggestion)

    def _searched(self) -> Searched:
        terms = Terms(self._leaves)
        return Searched(
            self._leaves,
            Matching(self._leaves, terms),
            Ranking(self._leaves, terms),
            terms,
            lambda number, article: self.row(number, article).summary,
        )

    def alike(self, article: str, paragraph: int | None = None, most: int = 0) -> list[Alike]:
        """The articles most like an article, given by its id, or like one of its paragraphs, the
        most alike first; `most` is how many, 0 for all. Raises NoSuchArticle, one of DAMAGE.
        """
        # Loads lists of stop words.
        from reader.index.similar import alike

        return alike(self._searched(), article, paragraph, most)

    def quotations(self) -> Quotations:
        """What is quoted in the articles. Raises one of DAMAGE."""
        # Loads lists of names.
        from reader.index.quotations import Quotations

        return Quotations(self._searched())

    def checker(self) -> Checker:
        """What checks quotations against the articles."""
        # Loads lists of names.
        from reader.index.check import Checker

        return Checker(self._searched())

    def explain(self, query: Query) -> Iterator[Part]:
        """The query as it was understood, part by part, each before its own parts. Raises one of
        DAMAGE.
        """
        return self._explain(query, 0)

    def _explain(self, query: Query, depth: int) -> Iterator[Part]:
        yield Part(depth, sum(map(len, self._matching.paragraphs(query))), describe(query))
        parts: tuple[Query, ...] = ()
        if isinstance(query, (And, Or, Within, Same)):
            parts = query.parts
        elif isinstance(query, Not):
            parts = (query.part,)
        for part in parts:
            yield from self._explain(part, depth + 1)

    def nearest_words(self, word: str, most: int = 1) -> list[str]:
        """The words of the corpus that are spelt nearest to one that may be misspelt, as some
        paragraph spells each: by the number of edits, then by how frequent they are.
        """
        # Loads what a search that finds something does without.
        from reader.index.suggest import nearest

        tokens = tokenize(word)
        return nearest(tokens[0].form, self._leaves, self._terms, most) if tokens else []

    def _suggestion(self, query: Query) -> str | None:
        """The words of the query with each unknown one in its nearest known spelling."""
        known = []
        changed = False
        for part in positive(query):
            if not isinstance(part, (Words, Same)) or part.field not in ("text", "quote", "title"):
                continue
            for token in tokens_asked_for(part.text):
                typed = part.text[token.start : token.end]
                near = [] if self._knows(token.form) else self.nearest_words(typed)
                changed = changed or bool(near)
                known.append(near[0] if near else typed)
        return " ".join(known) if changed else None

    def _knows(self, form: str) -> bool:
        """Whether any paragraph has a word with this form or its stem."""
        return any(leaf.file.having_stem("text", stem(form)) for leaf in self._leaves)


_MOST_KNOWN = 10_000
