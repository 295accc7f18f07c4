"""Records to articles, and what is said about those that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats.records import keys
from reader.formats.records.article import read_record, refuse_many

if TYPE_CHECKING:
    from reader.model.article import Article

_FIGURES = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})\b")
# Unknown dates that a warning quotes.
_QUOTED = 2


def articles_of(
    records: Sequence[keys.Record],
    file_id: str,
    kind: str,
    warnings: Iterable[str] = (),
) -> list[Article]:
    """The articles in the records that have a text. Raises UnreadableFile if none has.

    `kind` names where a field stands, for its origin. The first article has the warnings about all.
    """
    refuse_many(len(records), "a file")
    months_first = _months_first(records)
    articles: list[Article] = []
    unknown_dates: list[str] = []
    cut_off = 0
    for record in records:
        read = read_record(_with_dates(record) if months_first else record, file_id, kind)
        if read.article is None:
            continue
        articles.append(read.article)
        cut_off += read.is_cut_off
        if read.unknown_date:
            unknown_dates.append(read.unknown_date)
    without = len(records) - len(articles)
    if not articles:
        its = "its" if len(records) == 1 else "their"
        raise UnreadableFile(f"{_counted(len(records), 'bookmark')} without {its} text")
    said = [*warnings]
    if without:
        said.append(f"{without:,} of {len(records):,} entries have no text")
    if cut_off:
        said.append(f"{_counted(cut_off, 'text')} cut off in it")
    if unknown_dates:
        said.append(_dates_warning(unknown_dates))
    articles[0] = replace(articles[0], warnings=(*articles[0].warnings, *said))
    return articles


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"


def _dates_warning(dates: list[str]) -> str:
    quoted = ", ".join(f"“{date[:40]}”" for date in dict.fromkeys(dates[:100]))
    shown = ", ".join(quoted.split(", ")[:_QUOTED])
    return f"{_counted(len(dates), 'date')} not understood: {shown}"


def _months_first(
    records: Iterable[keys.Record],
) -> bool:
    """Whether dates in figures have the month first, as some of them show.

    05/06/2021 alone does not. Beside 05/31/2021, and nothing like 31/05/2021, it does.
    """
    seen = {False: False, True: False}
    for record in records:
        for key, value in record.items():
            if keys.fold_key(str(key)) in keys.DATE and isinstance(value, str) and len(value) < 40:
                match = _FIGURES.match(value.strip())
                if match and int(match[1]) > 12:
                    seen[False] = True
                elif match and int(match[3]) > 12:
                    seen[True] = True
    return seen[True] and not seen[False]


def _with_dates(record: keys.Record) -> keys.Record:
    """A record with its dates in figures written as year, month, day."""
    return {
        key: _FIGURES.sub(r"\4-\1-\3", value.strip(), count=1)
        if keys.fold_key(str(key)) in keys.DATE and isinstance(value, str) and len(value) < 40
        else value
        for key, value in record.items()
    }
