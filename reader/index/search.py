"""Reads the index: a query to hits, best first."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import heapify, heappop
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.index import IndexError as WhooshIndexError

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
from reader.errors import IndexUnavailable
from reader.hit import Highlights, Hit
from reader.index.analysis import Token, tokenize
from reader.index.codec import INDEX_NAME, Segment, open_segment
from reader.index.match import Leaf, Matching, positive
from reader.index.query import Days, InArticle, Prefix, Query, Words
from reader.index.schema import SCHEMA

# What reading a damaged index raises: every file is checked, but it can also be gone, or not be
# what is said of it.
DAMAGE = (Damaged, OSError, LookupError, ValueError, EOFError, TypeError, WhooshIndexError)

# Characters where something starts and ends.
Span: TypeAlias = tuple[int, int]


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
        counts = accumulate((part.paragraphs for part in self.manifest.parts), initial=0)
        self._offsets = list(counts)
        self._matching = Matching(self._leaves)

    def _leaf(self, number: int, storage: FileStorage, segment: Segment) -> Leaf:
        file, part = open_segment(storage, segment), segment.part
        gone: frozenset[int] = frozenset()
        if part.deleted:
            starts = file.starts
            spans = (range(starts[n], starts[n + 1]) for n in part.deleted)
            gone = frozenset(chain.from_iterable(spans))
        return Leaf(file, part.deleted, gone, lambda n: self._row(number, n).summary.id)

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

    def search(self, query: Query) -> Results:
        """The paragraphs that match the query; where no single one does, the best paragraphs of
        the articles that match it as wholes.

        Equal scores are ordered by date, newest first, then by article id and paragraph.
        """
        scores = self._matching.best(query)
        found = [
            (-score, offset + paragraph)
            for offset, leaf in zip(self._offsets, scores, strict=False)
            for paragraph, score in leaf.items()
        ]
        if not found:
            return Results(0, (), self._suggestion(query))
        return Results(len(found), self._hits(found, self._matchers(query)))

    def _hits(self, found: list[tuple[float, int]], matchers: Sequence[_Matcher]) -> Iterator[Hit]:
        """The hits, best first. Mostly few are read: a heap sorts no more than is asked for."""
        try:
            heapify(found)
            while found:
                score, paragraph = heappop(found)
                tied = [paragraph]
                while found and found[0][0] == score:
                    tied.append(heappop(found)[1])
                if len(tied) > 1:
                    tied.sort(key=self._tie)
                for paragraph in tied:
                    yield self._hit(paragraph, -score, matchers)
        except DAMAGE as error:
            raise IndexUnavailable(
                "the index is damaged; `reader index --rebuild` makes it again"
            ) from error

    def _place(self, paragraph: int) -> tuple[int, int]:
        """The segment of a paragraph, and its number there."""
        number = bisect_right(self._offsets, paragraph) - 1
        return number, paragraph - self._offsets[number]

    def _tie(self, paragraph: int) -> tuple[int, str, int]:
        number, paragraph = self._place(paragraph)
        file = self._leaves[number].file
        article = file.article_of[paragraph]
        return -file.days[article], self._row(number, article).summary.id, paragraph

    def _row(self, number: int, article: int) -> Row:
        """What is known of an article of a segment."""
        known = self._known_rows.get((number, article))
        if known is None:
            rows = self._rows.get(number)
            if rows is None:
                rows = self._rows[number] = load_rows(self._folder, self.manifest.parts[number])
            if len(self._known_rows) >= _MOST_KNOWN:
                self._known_rows.clear()
            known = self._known_rows[number, article] = rows[article]
        return known

    def _hit(self, paragraph: int, score: float, matchers: Sequence[_Matcher]) -> Hit:
        number, paragraph = self._place(paragraph)
        file = self._leaves[number].file
        article = file.article_of[paragraph]
        summary = self._row(number, article).summary
        return Hit(
            article=summary.id,
            paragraph=paragraph - file.starts[article] + 1,
            title=summary.title,
            date=summary.date,
            source=summary.source,
            text=file.text(paragraph),
            score=round(score, 4),
            mark=partial(_highlights, matchers),
        )

    def _matchers(self, query: Query) -> list[_Matcher]:
        """What finds the query's words in a paragraph's tokens, to mark them."""
        found: list[_Matcher] = []
        for part in positive(query):
            if isinstance(part, (Days, InArticle)) or part.field not in ("text", "quote"):
                continue
            tokens = tokenize(part.text)
            if isinstance(part, Words):
                found.append(_Run([token.stem for token in tokens]))
            elif isinstance(part, Prefix):
                found.append(_Beginning("".join(token.form for token in tokens)))
            else:
                form = "".join(token.form for token in tokens)
                found.append(_OneOf(self._matching.near(form, part.edits, part.field)))
        return found

    def _suggestion(self, query: Query) -> str | None:
        """The words of the query with each unknown one in its nearest known spelling."""
        known = []
        changed = False
        for part in positive(query):
            if not isinstance(part, Words) or part.field not in ("text", "quote", "title"):
                continue
            for token in tokenize(part.text):
                typed = part.text[token.start : token.end]
                near = None if self._matching.knows(token.form) else self._nearest(token.form)
                changed = changed or near is not None
                known.append(near or typed)
        return " ".join(known) if changed else None

    def _nearest(self, form: str) -> str | None:
        """The most frequent of the nearest known words, as some paragraph spells it."""
        near = self._matching.near(form, 1 if len(form) < 5 else MOST_SUGGESTED_EDITS)
        if not near:
            return None
        order = sorted((near[word], -self._matching.count(word), word) for word in near)
        for _, _, best in order:
            for number, paragraph in self._matching.having(best):
                return _spelling(self._leaves[number].file.text(paragraph), best)
        return None


MOST_SUGGESTED_EDITS = 2
_MOST_KNOWN = 10_000


def _spelling(text: str, form: str) -> str:
    """How a text spells a word that it has, without a possessive ending."""
    token = next(token for token in tokenize(text) if token.form == form)
    spelt = text[token.start : token.end]
    return spelt if len(form) == len(spelt) else spelt.rstrip("sS'’ʼ")


class _Run(NamedTuple):
    """Finds the characters of each place where words with these stems follow one another."""

    stems: list[str]

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        stems = self.stems
        for place in range(len(tokens) - len(stems) + 1):
            if all(tokens[place + at].has_stem(stem) for at, stem in enumerate(stems)):
                yield tokens[place].start, tokens[place + len(stems) - 1].end


class _Beginning(NamedTuple):
    """Finds the words that begin so."""

    prefix: str

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        return ((t.start, t.end) for t in tokens if t.form.startswith(self.prefix))


class _OneOf(NamedTuple):
    """Finds these words."""

    words: dict[str, int]

    def __call__(self, tokens: Sequence[Token]) -> Iterator[Span]:
        return ((token.start, token.end) for token in tokens if token.form in self.words)


_Matcher: TypeAlias = _Run | _Beginning | _OneOf


def _highlights(matchers: Sequence[_Matcher], text: str) -> Highlights:
    """The characters where the matches stand, in order, overlapping ones made one."""
    if not matchers:
        return ()
    tokens = tokenize(text)
    merged: list[Span] = []
    for start, end in sorted({span for matcher in matchers for span in matcher(tokens)}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
