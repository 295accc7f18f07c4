"""Quotations out of the index: those asked for, in order, and who is quoted how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from reader.index.segment import CONTINUED, SPEECH, QuotationRecord
from reader.language.clean import fold
from reader.language.sentences import sentences
from reader.model.article import Paragraph, Quotation
from reader.model.hit import QuotationHit, Speaker
from reader.query.tree import TERMS, And, InArticle, Not, Or, Query, Term, Within, positive_terms
from reader.quotes.people import brought_together, naming
from reader.search.marks import finder, read
from reader.search.results import told

if TYPE_CHECKING:
    import datetime

    from reader.index.generation import OpenSegment
    from reader.model.choices import QuotationSort, SpeakerSort
    from reader.model.locator import Locator
    from reader.model.summary import Summary
    from reader.search.marks import Find
    from reader.search.match import Ids
    from reader.search.results import Searched


class QuotationFilter(NamedTuple):
    """Which quotations are wanted: what they and their articles match, whose they are (any part of
    a name), whether what is no speech is wanted too, and where they stand, by the ids of articles:
    anywhere, if nothing is named.
    """

    query: Query = And(())
    by: str | None = None
    every: bool = False
    places: tuple[Locator, ...] = ()


class _Found(NamedTuple):
    """A quotation in a segment, by its parts, and its article's number there; at which of the
    places that are wanted it stands.
    """

    segment: int
    article: int
    parts: tuple[QuotationRecord, ...]
    place: int = 0


class Quotations:
    """The quotations of an index."""

    def __init__(self, index: Searched) -> None:
        self._index = index

    def hits(
        self, wanted: QuotationFilter, order: QuotationSort = "article", context: int = 0
    ) -> Iterator[QuotationHit]:
        """The quotations that are wanted, as the places are named, by article id, as they stand;
        or by date first. Each comes with so many paragraphs on each side as `context` says.

        Raises Damaged; IndexUnavailable where damage shows only as a quotation is read.
        """
        return self._hits(self._ordered(self._wanted(wanted), order), context)

    def speakers(self, wanted: QuotationFilter, by: SpeakerSort = "quotes") -> list[Speaker]:
        """Who is quoted: those with the most quotations, words or articles first, or in the order
        of their names or of the first or last day; last what nobody is named for, under None.

        Raises Damaged.
        """
        names: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        words: Counter[str | None] = Counter()
        articles: defaultdict[str | None, set[tuple[int, int]]] = defaultdict(set)
        for found in self._wanted(wanted):
            name = found.parts[0].speaker
            person = self._people[name] if name else None
            names[person][name] += 1
            words[person] += sum(len(self._words(found, part).split()) for part in found.parts)
            articles[person].add((found.segment, found.article))
        speakers = [
            Speaker(
                person,
                sum(spelt.values()),
                words[person],
                len(articles[person]),
                *self._first_and_last(articles[person]),
                tuple(name for name, _ in spelt.most_common() if name),
            )
            for person, spelt in names.items()
        ]
        return sorted(speakers, key=partial(_key_of_speaker, by))

    def _first_and_last(
        self, articles: set[tuple[int, int]]
    ) -> tuple[datetime.date | None, datetime.date | None]:
        dates = sorted(date for article in articles if (date := self._summary(*article).date))
        return (dates[0], dates[-1]) if dates else (None, None)

    def _hits(self, every: Sequence[_Found], context: int) -> Iterator[QuotationHit]:
        with told():
            for found in every:
                yield self._hit(found, context)

    def _wanted(self, wanted: QuotationFilter) -> Iterator[_Found]:
        """The quotations that are wanted, in the order of the index."""
        speakers = None if wanted.by is None else self._meant(wanted.by)
        holds = _Condition(wanted.query, self._index) if wanted.query != And(()) else None
        for number, leaf in enumerate(self._index.leaves):
            places = self._places(number, wanted.places)
            for parts in _of_leaf(leaf):
                first = parts[0]
                place = _place_of(parts, places) if wanted.places else 0
                if place is None:
                    continue
                if not wanted.every and first.kind != SPEECH:
                    continue
                if speakers is not None and first.speaker not in speakers:
                    continue
                found = _Found(number, leaf.file.article_of[first.paragraph], parts, place)
                if holds is None or holds.of(found, partial(self._text, found)):
                    yield found

    def _places(self, segment: int, places: Sequence[Locator]) -> list[range]:
        """The paragraphs in a segment that each of the places is."""
        leaf = self._index.leaves[segment]
        ranges = []
        for place in places:
            ids = self._index.matching.articles(InArticle(place.article))[segment]
            start, end = 0, 0
            for number in ids:
                start, end = leaf.file.starts[number], leaf.file.starts[number + 1]
                if place.first is not None and place.last is not None:
                    start, end = start + place.first - 1, min(end, start + place.last)
            ranges.append(range(start, end))
        return ranges

    @cached_property
    def _people(self) -> dict[str, str]:
        """For each name the one of the same person that is used most."""
        return people(self._index.leaves)

    def _meant(self, by: str) -> set[str]:
        """The names that are meant by a part of one, with the others of the same people."""
        is_meant = naming(by)
        people = {person for name, person in self._people.items() if is_meant(name)}
        return {name for name, person in self._people.items() if person in people}

    def _ordered(self, found: Iterator[_Found], order: QuotationSort) -> list[_Found]:
        def key(one: _Found) -> tuple[int, str, int, int]:
            day = self._index.leaves[one.segment].file.days[one.article]
            when = {"article": one.place, "date": -day, "oldest": day or _LAST_DAY}[order]
            first = one.parts[0]
            return when, self._summary(one.segment, one.article).id, first.paragraph, first.start

        return sorted(found, key=key)

    def _hit(self, found: _Found, context: int) -> QuotationHit:
        file = self._index.leaves[found.segment].file
        start, end = file.starts[found.article], file.starts[found.article + 1]
        first, last = found.parts[0], found.parts[-1]
        around = range(
            max(start, first.paragraph - context), min(end, last.paragraph + context + 1)
        )
        return QuotationHit(
            self._summary(found.segment, found.article),
            Quotation(
                first.paragraph - start + 1,
                first.start,
                first.end,
                tuple(self._words(found, part) for part in found.parts),
                "speech" if first.kind == SPEECH else "term",
                first.speaker or None,
                first.cue or None,
                first.attribution or None,
            ),
            tuple(Paragraph(number - start + 1, file.text(number)) for number in around),
        )

    def _text(self, found: _Found) -> str:
        return "\n".join(self._words(found, part) for part in found.parts)

    def _words(self, found: _Found, part: QuotationRecord) -> str:
        return self._index.leaves[found.segment].file.text(part.paragraph)[part.start : part.end]

    def _summary(self, segment: int, article: int) -> Summary:
        return self._index.summary(segment, article)


def people(leaves: Sequence[OpenSegment]) -> dict[str, str]:
    """For the name of each speaker the one of the same person that is used most."""
    counts = Counter(
        quotation.speaker
        for leaf in leaves
        for quotation in leaf.file.quotations()
        if quotation.kind == SPEECH
        and quotation.speaker
        and quotation.paragraph not in leaf.deleted_paragraphs
    )
    return brought_together(counts)


# After all days.
_LAST_DAY = 99_999_999


def _key_of_speaker(by: SpeakerSort, speaker: Speaker) -> tuple[object, ...]:
    name = fold(speaker.name or "")
    rank: object
    if by == "name":
        rank = name
    elif by in ("first", "last"):
        date: datetime.date | None = getattr(speaker, by)
        rank = date.toordinal() if date else _LAST_DAY
    else:
        rank = -getattr(speaker, by)
    return speaker.name is None, rank, -speaker.quotes, name, speaker.name


def _place_of(parts: Sequence[QuotationRecord], places: Sequence[range]) -> int | None:
    """At which of the places, each some paragraphs, a quotation stands; None if at none."""
    for number, place in enumerate(places):
        if any(part.paragraph in place for part in parts):
            return number
    return None


def _of_leaf(leaf: OpenSegment) -> Iterator[tuple[QuotationRecord, ...]]:
    """The quotations of a segment, each as its parts, without those that do not count."""
    parts: list[QuotationRecord] = []
    for quotation in leaf.file.quotations():
        if parts and quotation.kind != CONTINUED:
            yield tuple(parts)
            parts = []
        if quotation.paragraph not in leaf.deleted_paragraphs:
            parts.append(quotation)
    if parts:
        yield tuple(parts)


class _Condition:
    """Whether a quotation's own words match a query; what it says of articles is asked of them."""

    def __init__(self, query: Query, index: Searched) -> None:
        self._query = query
        self._index = index
        self._finders: dict[Term, Find] = {}
        self._known: dict[Query, Ids] = {}
        # Quotations without any of the words need not be read.
        terms = list(filter(_is_said, positive_terms(query)))
        self._paragraphs: Ids | None = None
        if terms:
            found = [index.matching.paragraphs(term) for term in terms]
            self._paragraphs = [set().union(*some) for some in zip(*found, strict=True)]

    def of(self, found: _Found, text: Callable[[], str]) -> bool:
        if self._paragraphs is not None:
            here = self._paragraphs[found.segment]
            if not any(part.paragraph in here for part in found.parts):
                return False
        return self._holds(self._query, found, text)

    def _holds(self, query: Query, found: _Found, text: Callable[[], str]) -> bool:
        if isinstance(query, And):
            return all(self._holds(part, found, text) for part in query.parts)
        if isinstance(query, Or):
            return any(self._holds(part, found, text) for part in query.parts)
        if isinstance(query, Not):
            return not self._holds(query.part, found, text)
        if isinstance(query, Within):
            said = text()
            places = sentences(said) if query.unit == "sentence" else [(0, len(said))]
            inside = [partial(str, said[start:end]) for start, end in places]
            return any(all(self._holds(part, found, i) for part in query.parts) for i in inside)
        if isinstance(query, TERMS) and _is_said(query):
            if query not in self._finders:
                self._finders[query] = finder(query, self._index.terms)
            return any(True for _ in self._finders[query](read(text())))
        if query not in self._known:
            self._known[query] = self._index.matching.paragraphs(query)
        here = self._known[query][found.segment]
        return any(part.paragraph in here for part in found.parts)


def _is_said(term: Term) -> bool:
    """Whether a term is looked for in the words of a quotation."""
    return term.field in ("text", "quote")
