"""Days and ranges of days as a query gives them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.days import parse_days
from reader.query.tree import DateRange

TODAY = datetime.date(2021, 5, 20)  # a Thursday


def day(text):
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2021-05-20..2021-06", "2021-05-20", "2021-06-30"),
        ("..2020", None, "2020-12-31"),
        ("2020-02..", "2020-02-01", None),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-2-3", "2020-02-03", "2020-02-03"),
        ("2021-05-20..2021-05-20", "2021-05-20", "2021-05-20"),
        ("0001..9999", "0001-01-01", "9999-12-31"),
        ("today", "2021-05-20", "2021-05-20"),
        ("yesterday", "2021-05-19", "2021-05-19"),
        ("2 weeks ago", "2021-05-06", "2021-05-06"),
        ("two weeks ago..", "2021-05-06", None),
        ("1 month ago", "2021-04-20", "2021-04-20"),
        ("last week", "2021-05-10", "2021-05-16"),
        ("last month", "2021-04-01", "2021-04-30"),
        ("last year", "2020-01-01", "2020-12-31"),
        ("May 2020", "2020-05-01", "2020-05-31"),
        ("12 May 2020", "2020-05-12", "2020-05-12"),
        ("April", "2021-04-01", "2021-04-30"),
        ("last month..yesterday", "2021-04-01", "2021-05-19"),
    ],
)
def test_days(text, since, until):
    assert parse_days(text, TODAY) == DateRange(day(since), day(until))


@pytest.mark.parametrize("text", ["", "..", " .. ", "5", "12345", "x", "2021-13", "2022..2021"])
def test_what_is_no_day(text):
    with pytest.raises(ValueError, match=r"day|year|range"):
        parse_days(text, TODAY)


@given(st.text(max_size=50) | st.text("0123456789-. agolstwekyr", max_size=30))
def test_any_text_is_days_or_a_clear_refusal(text):
    try:
        days = parse_days(text, TODAY)
    except ValueError as error:
        assert str(error).isprintable()
    else:
        assert days.since or days.until
        assert not days.since or not days.until or days.since <= days.until
