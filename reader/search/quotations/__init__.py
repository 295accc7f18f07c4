"""The quotations of an index: filtered, sorted, and counted by speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.index.segment import CONTINUED, SPEECH, QuotationRecord
from reader.language.clean import fold
from reader.model.arguments import check_choice, check_count
from reader.model.article import Paragraph
from reader.model.choices import Period, QuotationSort, SpeakerSort
from reader.model.dates import day_number
from reader.model.quotation import Quotation
from reader.model.quotation_hit import QuotationHit, Speaker
from reader.query.tree import And, Query
from reader.search.people import People
from reader.search.quotations.disputed import disputed
from reader.search.quotations.match import QuotationMatcher, text_of
from reader.search.quotations.tally import Tally
from reader.search.recovery import RecoveringReader
from reader.search.results import UNDATED_DAY

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.model.locator import Locator
    from reader.model.summary import Summary
    from reader.search.engine import Index

_EVERYTHING = And(())


class QuotationFilter(NamedTuple):
    """Filters of quotations.

    `query`: the quotation's own words, and its article, match this. `by`: any part of the speaker's
    name. `all`: terms too, not only speech. `locators`: in these articles, named by their ids, or
    paragraphs; without any, everywhere. `disputed`: another article gives the same words to
    somebody else, or to nobody.
    """

    query: Query = _EVERYTHING
    by: str | None = None
    all: bool = False
    locators: tuple[Locator, ...] = ()
    disputed: bool = False


class _Selected(NamedTuple):
    """A quotation: the index of its segment, its article's id there, its parts by paragraph, and
    the index of the locator that selected it.
    """

    segment: int
    article: int
    parts: tuple[QuotationRecord, ...]
    locator: int = 0


# The paragraphs of locators, each with its index, by the index of a segment and an article's id.
_RangesByArticle: TypeAlias = dict[tuple[int, int], list[tuple[int, range]]]


class Quotations:
    """The quotations of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def hits(
        self, filter: QuotationFilter, sort: QuotationSort = "article", context: int = 0
    ) -> Iterator[QuotationHit]:
        """The quotations in the order of the locators or by date, then by article id and offset.
        Each has `context` paragraphs on each side of its own.

        Raises ValueError, Damaged; as they are read, IndexUnavailable if the index is damaged and
        cannot be made again, and ValueError once it is closed.
        """
        check_choice("sort", sort, QuotationSort)
        check_count("context", context)

        def selected(quotations: Quotations) -> tuple[Quotations, list[_Selected]]:
            ordered = sorted(quotations._select(filter), key=partial(quotations._key, sort))
            return quotations, ordered

        source = RecoveringReader(
            selected(self), lambda damaged: selected(Quotations(damaged[0]._index.remade()))
        )
        return source.each(
            lambda chosen: chosen[0]._hits(chosen[1], context),
            lambda hit: f"{hit.locator} {hit.quotation.start}",
        )

    def speakers(
        self, filter: QuotationFilter, sort: SpeakerSort = "quotes", period: Period | None = None
    ) -> list[Speaker]:
        """The speakers, by the number of quotations, words or articles, largest first, or by name,
        first or last day; None, for no attribution, is last. With `period`, each has the counts of
        its periods.

        Raises ValueError, Damaged.
        """
        check_choice("sort", sort, SpeakerSort)
        if period is not None:
            check_choice("period", period, Period)
        tallies: defaultdict[str | None, Tally] = defaultdict(Tally)
        for selected in self._select(filter):
            name = selected.parts[0].speaker
            person = self._person(selected)
            words = len(text_of(self._index, selected.segment, selected.parts).split())
            tallies[person].add(name, (selected.segment, selected.article), words)
        speakers = [
            tally.speaker(person, lambda article: self._summary(*article).date, period)
            for person, tally in tallies.items()
        ]
        return sorted(speakers, key=partial(_speaker_key, sort))

    def _hits(self, selected: Sequence[_Selected], context: int) -> Iterator[QuotationHit]:
        self._index.check_open()
        for quotation in selected:
            yield self._hit(quotation, context)
            self._index.check_open()

    def _select(self, filter: QuotationFilter) -> list[_Selected]:
        """The quotations that match a filter, in the order of the index."""
        matching = self._matching(filter)
        if not filter.disputed:
            return matching
        chosen = disputed(
            self._matching(QuotationFilter()),
            lambda quotation: text_of(self._index, quotation.segment, quotation.parts),
            lambda quotation: (quotation.segment, quotation.article),
            self._person,
        )
        return [quotation for quotation in matching if quotation._replace(locator=0) in chosen]

    def _person(self, quotation: _Selected) -> str | None:
        name = quotation.parts[0].speaker
        return self._people.person(name) if name else None

    def _matching(self, filter: QuotationFilter) -> list[_Selected]:
        """The quotations that match a filter, disputed or not."""
        speakers = None if filter.by is None else self._people.names_of(filter.by)
        ranges = self._ranges(filter.locators)
        candidates = [
            [
                quotation
                for quotation in self._located(segment, ranges, bool(filter.locators))
                if (filter.all or quotation.parts[0].kind == SPEECH)
                and (speakers is None or quotation.parts[0].speaker in speakers)
            ]
            for segment in range(len(self._index.segments))
        ]
        if filter.query == _EVERYTHING:
            return [quotation for quotations in candidates for quotation in quotations]
        parts = [[quotation.parts for quotation in quotations] for quotations in candidates]
        matches = QuotationMatcher(self._index, parts).evaluate(filter.query)
        return [
            quotations[id]
            for quotations, ids in zip(candidates, matches, strict=True)
            for id in sorted(ids)
        ]

    def _located(
        self, segment: int, located: _RangesByArticle, restricted: bool
    ) -> Iterator[_Selected]:
        """The quotations of a segment that are at one of the locators; all without locators."""
        article_of = self._index.segments[segment].file.article_of
        for parts in _quotations_of(self._index.segments[segment]):
            article = article_of[parts[0].paragraph]
            at = _first_with(parts, located.get((segment, article), ())) if restricted else 0
            if at is not None:
                yield _Selected(segment, article, parts, at)

    def _ranges(self, locators: Sequence[Locator]) -> _RangesByArticle:
        """The paragraphs of each locator, by the index of the segment and the article there."""
        ranges: _RangesByArticle = {}
        ids = (locator.article for locator in locators)
        places = zip(locators, self._index.matcher.articles(ids), strict=True)
        for index, (locator, place) in enumerate(places):
            if place is None:
                continue
            starts = self._index.segments[place[0]].file.starts
            start, end = starts[place[1]], starts[place[1] + 1]
            if locator.first is not None and locator.last is not None:
                start, end = start + locator.first - 1, min(end, start + locator.last)
            ranges.setdefault(place, []).append((index, range(start, end)))
        return ranges

    @cached_property
    def _people(self) -> People:
        return People(self._index.segments)

    def _key(
        self, sort: QuotationSort, quotation: _Selected
    ) -> tuple[int, tuple[str, int], int, int]:
        """The sort key of a quotation."""
        day = self._index.segments[quotation.segment].file.days[quotation.article]
        key = {"article": quotation.locator, "date": -day, "oldest": day or UNDATED_DAY}[sort]
        first = quotation.parts[0]
        order = self._index.order(quotation.segment, quotation.article)
        return key, order, first.paragraph, first.start

    def _hit(self, quotation: _Selected, context: int) -> QuotationHit:
        file = self._index.segments[quotation.segment].file
        start, end = file.starts[quotation.article], file.starts[quotation.article + 1]
        first, last = quotation.parts[0], quotation.parts[-1]
        around = range(
            max(start, first.paragraph - context), min(end, last.paragraph + context + 1)
        )
        return QuotationHit(
            self._summary(quotation.segment, quotation.article),
            Quotation(
                first.paragraph - start + 1,
                first.start,
                first.end,
                tuple(file.text(part.paragraph)[part.start : part.end] for part in quotation.parts),
                "speech" if first.kind == SPEECH else "term",
                first.speaker or None,
                first.cue or None,
                first.attribution or None,
            ),
            tuple(Paragraph(id - start + 1, file.text(id)) for id in around),
        )

    def _summary(self, segment: int, article: int) -> Summary:
        return self._index.summary(segment, article)


def _speaker_key(sort: SpeakerSort, speaker: Speaker) -> tuple[object, ...]:
    """The sort key of a speaker."""
    name = fold(speaker.name or "")
    key: object
    if sort == "name":
        key = name
    elif sort in ("first", "last"):
        key = day_number(getattr(speaker, sort)) or UNDATED_DAY
    else:
        counts = {"quotes": speaker.quotations, "words": speaker.words}
        key = -counts.get(sort, speaker.articles)
    return speaker.name is None, key, -speaker.quotations, name, speaker.name


def _first_with(
    parts: Sequence[QuotationRecord], ranges: Iterable[tuple[int, range]]
) -> int | None:
    """The index given with the first range with a paragraph of a quotation; None without one."""
    for index, paragraphs in ranges:
        if any(part.paragraph in paragraphs for part in parts):
            return index
    return None


def _quotations_of(segment: OpenSegment) -> Iterator[tuple[QuotationRecord, ...]]:
    """The quotations of a segment that are not deleted, each as its parts."""
    parts: list[QuotationRecord] = []
    for quotation in segment.file.quotations():
        if parts and quotation.kind != CONTINUED:
            yield tuple(parts)
            parts = []
        if quotation.paragraph not in segment.deleted_paragraphs:
            parts.append(quotation)
    if parts:
        yield tuple(parts)
