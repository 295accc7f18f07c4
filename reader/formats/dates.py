"""Dates as news sites and files print them, in many languages: the printed day, month or year.

A date is that of publication: one that the text calls that of an update, a download or a copyright
is none.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.language.calendar import day_is_first, is_weekday, month_of
from reader.model.partial_date import PartialDate

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# The name of a month or another word, also of scripts whose vowels are marks. A limit, as it may
# stand anywhere.
_WORD = r"(?P<name>[^\W\d_][^\s\d_.,;:/()-]{1,24})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[ºª.]|-?го)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:(?:of|de|del|di|da|do|den|the)\s+|d['’])?"
_NUMBERS = r"(?P<month>\d{1,2})"

_FORMS = (
    r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)",
    # 20240827T233000Z, 20240827233000; in the address of an archived page it is the day of saving.
    r"(?<![\d/])(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T\d{4}|\d{6}(?!\d))",
    rf"(?<!\w){_WORD}\s+{_DAY},?\s+{_OF}{_YEAR}",
    rf"(?<![\d.,/]){_DAY}[\s-]*{_OF}{_WORD}[\s,-]*{_OF}{_YEAR}",
    # Hungarian, Lithuanian, Mongolian; Latvian.
    rf"(?<!\d){_YEAR}\.?,?\s+(?:(?:m\.|оны)\s+)?{_WORD}\s+(?P<day>\d{{1,2}})(?!\d)",
    rf"(?<!\d){_YEAR}\.\s*(?:gada\s+)?{_DAY}\s*{_WORD}",
    rf"(?<!\d)(?P<year>\d{{4}})\s?[年년]\s?{_NUMBERS}\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日号號일]?",
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+tháng\s+{_NUMBERS}(?:,|\s+năm)?\s+{_YEAR}",
    # Day and month in figures, in either order: a number over 12 tells which is the day, or the
    # language of the article.
    rf"(?<![\d./-])(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<second>\d{{1,2}})(?P=mark)\s?{_YEAR}",
)
# Dates that are all of a text.
_WHOLE_FORMS = (
    r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2}))?\.?",
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
    rf"{_WORD}[\s,-]*{_OF}{_YEAR}",
    rf"{_YEAR}\.?\s+{_WORD}",
    rf"(?P<year>\d{{4}})\s?[年년](?:\s?{_NUMBERS}\s?[月월])?",
    rf"tháng\s+{_NUMBERS}(?:,|\s+năm)?\s+{_YEAR}",
)
_ERA = r"\s*(?:г\.?|р\.?|гг\.?|года|року|m\.|d\.|yil)?\s*"
# Words before a date that say of what it is. After these it is that of publication.
_PUBLISHED = (
    r"(?:(?:first\s+)?(?:published|posted|issued|publication\s+date|date\s+published|date|dated)|"
    r"veröffentlicht|erschienen|erstellt|datum|publiée?|paru|publicado|fecha|pubblicato|data|"
    r"опубликовано|дата|опубліковано|opublikowano|publicerad|publisert|gepubliceerd|yayın\w*|tarih)"
    r"(?:\s+(?:on|at|am|den|le|el|il|em|op))?\s*[:：]?\s*"
)
# After these it is not.
_NOT_PUBLISHED = (
    r"(?:updated?|modified|edited|revised|saved|clipped|accessed|retrieved|downloaded|printed|"
    r"archived|copyright|©|\(c\)|aktualisiert|aktualisierung|geändert|abgerufen|stand|"
    r"mise?s?\s+à\s+jour|modifiée?|consultée?|actualizad[oa]|actualización|modificad[oa]|"
    r"aggiornat[oa]|aggiornamento|atualizad[oa]|обновлено|изменено|оновлено|zaktualizowano|"
    r"aktualizacja|aktualizováno|güncelle\w*|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|"
    r"päivitetty|frissítve|更新日?|最終更新日?|最后更新)"
    r"(?:\s+(?:on|at|am|den|le|el|il|em|op|time|date|der))?\s*[:：]?\s*\(?\s*(?:[^\W\d_]+,?\s+)?"
)
# Thai years are of the Buddhist era, which began 543 years earlier.
_BUDDHIST, _FIRST_BUDDHIST = 543, 2400
_THAI = re.compile("[\u0e00-\u0e7f]")
_MOST_SHOWN = 60
_UNREAD = "the date “"


class PrintedDate(NamedTuple):
    """A date in a line, and its span in characters.

    `date` is None where the figures leave open which is the month (05/06/2021), and where the date
    is said to be of something else than publication (Updated 21 May 2021).
    """

    date: ArticleDate | None
    start: int
    end: int


def find_date(text: str, language: str | None = None) -> PrintedDate | None:
    """The first date of publication printed in a text; None without a date.

    A month or a year counts where it is all of the text, but for words such as `Published:`. The
    text is in the language (BCP 47), if one is given, else in any: it tells what `05/06/2021` is.
    """
    # Most lines of most articles end here.
    years = len(re.findall(r"\d{4}", text))
    if not years:
        return None
    others = None
    for printed in sorted(
        islice(_printed(text, language), 1 if years == 1 else None), key=attrgetter("start")
    ):
        if not _not_published().search(text[: printed.start]):
            return printed
        others = others or printed._replace(date=None)
    return others or _whole(text, language) or _parsed(text, language)


def unread_date(text: str, language: str | None = None) -> str | None:
    """The warning that a date is not understood, for a text that should be one, such as a field's
    value; None for one that is understood, also as that of a change, and for a text without a
    figure.
    """
    if not any(map(str.isdigit, text)):
        return None
    printed = find_date(text, language)
    if printed and (printed.date or _not_published().search(text[: printed.start])):
        return None
    return not_understood(text)


def not_understood(text: str) -> str:
    """The warning that the date in a text is not understood."""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 1]}…"
    return f"{_UNREAD}{shown}” is not understood"


def is_of_date(warning: str) -> bool:
    """Whether a warning is one that a date is not understood."""
    return warning.startswith(_UNREAD)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """The forms, compiled at the first use: that takes longer than reading most articles."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


@cache
def _whole_forms() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"\s*(?:{_PUBLISHED})?(?P<date>{form}){_ERA}", re.IGNORECASE)
        for form in _WHOLE_FORMS
    )


@cache
def _not_published() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_NOT_PUBLISHED}$", re.IGNORECASE)


def _whole(text: str, language: str | None) -> PrintedDate | None:
    """The date that is all of a text."""
    if len(text) > 2 * _MOST_SHOWN:
        return None
    for form in _whole_forms():
        match = form.fullmatch(text)
        if match:
            with suppress(ValueError):
                return PrintedDate(_date_of(match, language), *match.span("date"))
    return None


def _printed(text: str, language: str | None) -> Iterator[PrintedDate]:
    """The dates printed in full in a text."""
    for form in _forms():
        for match in form.finditer(text):
            with suppress(ValueError):  # no such day: 2021-02-30, 31.31.2021
                yield PrintedDate(_date_of(match, language), *_span(text, *match.span()))


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a date with the day of the week before it."""
    before = re.search(r"(?<!\S)([^\s\d]{3,20}?)[,.]?\s+$", text[max(0, start - 30) : start])
    if before and is_weekday(before[1]):
        start -= len(before[0])
    return start, end


def _date_of(match: re.Match[str], language: str | None) -> ArticleDate | None:
    """The date of a match; None if its month is left open.

    Raises ValueError for no real day, and for a word that names no month.
    """
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        return _of_figures(year, int(parts["first"]), int(parts["second"]), parts["mark"], language)
    if parts.get("mark") == "/" and year < 1600:
        raise ValueError("a year of another calendar")
    month = int(parts["month"]) if parts.get("month") else None
    if name := parts.get("name"):
        month = month_of(name, language)
        if month is None:
            raise ValueError("no month")
        if year >= _FIRST_BUDDHIST and _THAI.search(name):
            year -= _BUDDHIST
    if parts.get("day") is None:
        return PartialDate(year, month)
    return datetime.date(year, month or 0, int(parts["day"]))


def _of_figures(
    year: int, first: int, second: int, mark: str, language: str | None
) -> datetime.date | None:
    # Dots: day.month, as in Europe.
    if mark == "." or first > 12 or first == second:
        return datetime.date(year, second, first)
    if second > 12:
        return datetime.date(year, first, second)
    is_day_first = day_is_first(language)
    if is_day_first is None:
        return None
    return datetime.date(year, *((second, first) if is_day_first else (first, second)))


def _parsed(text: str, language: str | None) -> PrintedDate | None:
    """The date that dateparser reads in a short text of a language, if it is there in figures."""
    numbers = {int(number) for number in re.findall(r"\d+", text[: _MOST_SHOWN + 1])}
    if language is None or len(text) > _MOST_SHOWN or len(numbers) < 2:
        return None
    # Imported here: it takes half a second, and few dates need it.
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    try:
        parser = DateDataParser(
            languages=[re.split("[-_]", language)[0].lower()], settings=settings
        )
        parsed = parser.get_date_data(text)
    except (ValueError, OverflowError, RecursionError):
        return None
    if parsed is None or parsed.date_obj is None or parsed.period != "day":
        return None
    day = parsed.date_obj.date()
    return PrintedDate(day, 0, len(text)) if {day.year, day.day} <= numbers else None
