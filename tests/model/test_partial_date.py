"""Dates of which only the year or the month is known."""

import copy
import datetime
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import PartialDate
from reader.model.dates import ArticleDate, date_of, day_number

DAY = datetime.date(2021, 5, 20)
MONTH = PartialDate(2021, 5)
YEAR = PartialDate(2021)

DAYS = st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(1992, 12, 31))
DATES = DAYS | st.builds(
    PartialDate, st.integers(1990, 1992), st.none() | st.integers(min_value=1, max_value=12)
)


def test_it_has_what_dates_have():
    assert (YEAR.year, YEAR.month, YEAR.day) == (2021, None, None)
    assert (MONTH.year, MONTH.month, MONTH.day) == (2021, 5, None)
    assert (YEAR.isoformat(), str(MONTH), str(PartialDate(800))) == ("2021", "2021-05", "0800")
    assert (YEAR.first_day, YEAR.last_day) == (
        datetime.date(2021, 1, 1),
        datetime.date(2021, 12, 31),
    )
    assert MONTH.last_day == datetime.date(2021, 5, 31)
    assert PartialDate(2024, 2).last_day.day == 29
    assert PartialDate(9999).last_day == datetime.date.max


@pytest.mark.parametrize("parts", [(0,), (10_000,), (2021, 0), (2021, 13)])
def test_it_exists(parts):
    with pytest.raises(ValueError, match=r"must be in|out of range"):
        PartialDate(*parts)


def test_it_is_plain_data():
    assert len({MONTH, copy.copy(MONTH), PartialDate(2021, 5), YEAR}) == 2
    assert pickle.loads(pickle.dumps(MONTH)) == MONTH
    assert MONTH != "2021-05"
    with pytest.raises(TypeError):
        assert MONTH < "2021-06"  # type: ignore[operator]


def test_it_comes_before_its_first_day():
    ordered: list[ArticleDate] = [
        datetime.date(2020, 12, 31),
        YEAR,
        PartialDate(2021, 1),
        datetime.date(2021, 1, 1),
        datetime.date(2021, 4, 30),
        MONTH,
        datetime.date(2021, 5, 1),
        DAY,
        PartialDate(2022),
    ]
    assert sorted(set(ordered)) == ordered
    assert sorted(ordered, reverse=True) == ordered[::-1]
    assert min(DAY, YEAR) == YEAR
    assert DAY > MONTH
    assert DAY >= MONTH > YEAR
    assert MONTH <= DAY < PartialDate(2022)
    assert MONTH != DAY


@given(DATES, DATES)
def test_numbers_order_dates(one, other):
    assert date_of(day_number(one)) == one
    assert (one < other) == (day_number(one) < day_number(other))
    assert (one == other) == (day_number(one) == day_number(other))


def test_no_date_has_the_number_0():
    assert day_number(None) == 0
    assert date_of(0) is None
