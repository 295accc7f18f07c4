"""Counts of one speaker's quotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from reader.model.periods import by_period, period_of
from reader.model.quotation_hit import Speaker, SpeakerPeriod

if TYPE_CHECKING:
    from reader.model.choices import Period
    from reader.model.dates import ArticleDate

# The index of a segment, and an article's id there.
_ArticleKey: TypeAlias = tuple[int, int]


class Tally:
    """The quotations of one speaker, counted by form of the name and by article."""

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._quotations: Counter[_ArticleKey] = Counter()
        self._words: Counter[_ArticleKey] = Counter()

    def add(self, name: str, article: _ArticleKey, words: int) -> None:
        """Count a quotation of so many words; its name is empty without an attribution."""
        if name:
            self._names[name] += 1
        self._quotations[article] += 1
        self._words[article] += words

    def speaker(
        self,
        name: str | None,
        date_of: Callable[[_ArticleKey], ArticleDate | None],
        by: Period | None,
    ) -> Speaker:
        """The speaker with the counts, and with those of each period if `by` is given."""
        dates = {article: date_of(article) for article in self._quotations}
        known = sorted(date for date in dates.values() if date)
        return Speaker(
            name,
            self._quotations.total(),
            self._words.total(),
            len(dates),
            known[0] if known else None,
            known[-1] if known else None,
            tuple(form for form, _ in self._names.most_common()),
            () if by is None else self._periods(dates, by),
        )

    def _periods(
        self, dates: dict[_ArticleKey, ArticleDate | None], by: Period
    ) -> tuple[SpeakerPeriod, ...]:
        """The counts of each period with quotations."""
        quotations: Counter[ArticleDate | None] = Counter()
        words: Counter[str | None] = Counter()
        articles: Counter[str | None] = Counter()
        for article, date in dates.items():
            period = period_of(date, by) if date else None
            quotations[date] += self._quotations[article]
            words[period] += self._words[article]
            articles[period] += 1
        return tuple(
            SpeakerPeriod(period, count, words[period], articles[period])
            for period, count in by_period(quotations, by)
            if count
        )
