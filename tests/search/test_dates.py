"""Searches by date, where of some articles only the year or the month is known."""

import datetime
import random

import pytest
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import DateRange

from reader import Corpus, PartialDate
from reader.files.folder import Folder
from reader.index.manifest import index_folder
from reader.model.dates import ArticleDate
from reader.model.periods import by_period
from reader.query.grammar import parse_query
from reader.query.whoosh import as_whoosh

YEARS = range(2019, 2023)
DATES = [
    "",
    *map(str, YEARS),
    *(f"{year}-{month:02}" for year in YEARS for month in (1, 2, 5, 12)),
    *(f"{year}-{day}" for year in YEARS for day in ("01-01", "02-28", "05-20", "05-31", "12-31")),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A corpus with an article of each date, named by it, and Whoosh's searcher of its index."""
    root = tmp_path_factory.mktemp("dates")
    folder = root / "articles"
    folder.mkdir()
    for date in DATES:
        front = f"---\ntitle: Ships of {date or 'no date'}\ndate: {date}\n---\n"
        (folder / f"d{date}.md").write_text(f"{front}\nThe ships came in at noon, he said.\n")
    with Corpus(folder, cache=root / "cache") as corpus:
        corpus.update_index()
        index = open_dir(str(index_folder(root / "cache", Folder(folder).root)))
        with index.searcher() as searcher:
            yield corpus, searcher


def days_of(date):
    """The first and the last day that a date in figures can mean."""
    year, month, day = (*map(int, date.split("-")), None, None)[:3]
    if day:
        return datetime.date(year, month, day), datetime.date(year, month, day)
    partial = PartialDate(year, month)
    return partial.first_day, partial.last_day


def contained(since, until):
    return sorted(
        f"d{date}"
        for date in DATES
        if date
        and (not since or days_of(since)[0] <= days_of(date)[0])
        and (not until or days_of(date)[1] <= days_of(until)[1])
    )


def found(results):
    return sorted(hit.article for hit in results)


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("date:2021-05-20", ["d2021-05-20"]),
        ("date:2021-05", ["d2021-05", "d2021-05-20", "d2021-05-31"]),
        ("date:2021-05-01..2021-05-31", ["d2021-05", "d2021-05-20", "d2021-05-31"]),
        ("date:2021-05-02..2021-06", ["d2021-05-20", "d2021-05-31"]),
        ("date:2021-05..2021-05-30", ["d2021-05-20"]),
        ("date:..2019-01", ["d2019-01", "d2019-01-01"]),
        ("date:2022-12..", ["d2022-12", "d2022-12-31"]),
    ],
)
def test_a_range_finds_what_is_all_in_it(archive, query, articles):
    corpus, _ = archive
    assert found(corpus.search(query)) == articles
    assert len(corpus.search("date:2021")) == 1 + 4 + 5


def test_ranges_find_the_same_as_whoosh_and_as_counting(archive):
    corpus, searcher = archive
    parser = QueryParser("text", searcher.schema)
    chosen = random.Random(20261)
    dates = [date for date in DATES if date] + ["2020-03", "2021-05-19", "2021-06-01", "2018"]
    for _ in range(600):
        since, until = chosen.choices([*dates, "", ""], k=2)
        if not since and not until:
            continue
        if since and until and days_of(since)[0] > days_of(until)[1]:
            continue
        query = f"date:{since}..{until}"
        expected = contained(since, until)
        assert found(corpus.search(query)) == expected, query
        stored = searcher.search(as_whoosh(parse_query(query)), limit=None)
        assert sorted(hit["article"] for hit in stored) == expected, query
        whoosh = parser.parse(f"date:[{since} TO {until}]".replace("[ ", "[").replace(" ]", "]"))
        assert sorted(hit["article"] for hit in searcher.search(whoosh, limit=None)) == expected
        assert found(corpus.search("ships", since=since or None, until=until or None)) == expected


def test_whoosh_has_partial_dates(archive):
    _, searcher = archive
    parser = QueryParser("text", searcher.schema)
    (hit,) = searcher.search(parser.parse("article:d2021-05"))
    assert hit["date"] == PartialDate(2021, 5)
    ordered = [hit["article"] for hit in searcher.search(parser.parse("ships"), sortedby="date")]
    assert ordered[:4] == ["d2019", "d2019-01", "d2019-01-01", "d2019-02"]
    years = [hit["article"] for hit in searcher.search(parser.parse("date:2021 NOT date:2021-05"))]
    assert "d2021" in years
    assert "d2021-05" not in years
    # Ranges of Whoosh's own classes know days only.
    day = datetime.datetime(2021, 1, 1), datetime.datetime(2021, 1, 31)
    (hit,) = searcher.search(DateRange("date", *day))
    assert hit["article"] == "d2021-01-01"


def test_the_order_of_dates(archive):
    corpus, _ = archive
    dated = sorted((date for date in DATES if date), key=lambda date: (days_of(date)[0], len(date)))
    oldest = [hit.article for hit in corpus.search("ships", sort="oldest")]
    assert oldest == [f"d{date}" for date in [*dated, ""]]
    newest = [hit.article for hit in corpus.search("ships", sort="date")]
    assert newest == [f"d{date}" for date in [*reversed(dated), ""]]
    assert corpus.newest() == "d2022-12-31"
    dates = [hit.date for hit in corpus.search("ships date:2019..", sort="oldest")]
    assert sorted(dates) == dates
    assert [date.isoformat() for date in dates[:3]] == ["2019", "2019-01", "2019-01-01"]


def test_periods_and_years(archive):
    corpus, _ = archive
    results = corpus.search("ships")
    assert results.periods("year") == [*((str(year), 10) for year in YEARS), (None, 1)]
    assert results.facet("year") == [(str(year), 10) for year in YEARS]
    months = results.periods("month")
    assert months[:4] == [("2019", 1), ("2019-01", 2), ("2019-02", 2), ("2019-03", 0)]
    for by in ("day", "week", "month", "year"):
        assert sum(count for _, count in results.periods(by)) == results.total
    assert ("2021-05", 1) in results.periods("day")
    assert ("2021-05", 1) in results.periods("week")


def test_a_longer_date_stands_before_its_first_day():
    year, month = PartialDate(2021), PartialDate(2021, 5)
    days: dict[ArticleDate | None, int] = {
        datetime.date(2021, 4, 30): 1,
        datetime.date(2021, 5, 2): 2,
        month: 3,
        year: 4,
        None: 5,
    }
    assert by_period(days, "day") == [
        ("2021", 4),
        ("2021-04-30", 1),
        ("2021-05", 3),
        ("2021-05-01", 0),
        ("2021-05-02", 2),
        (None, 5),
    ]
    assert by_period(days, "month") == [("2021", 4), ("2021-04", 1), ("2021-05", 5), (None, 5)]
    assert by_period(days, "year") == [("2021", 10), (None, 5)]
    assert by_period({year: 1}, "month") == [("2021", 1)]
    assert by_period({}, "month") == []
