"""Dates as news sites print them."""

import datetime

import pytest

from reader.formats.dates import find_date
from reader.model.partial_date import PartialDate


@pytest.mark.parametrize(
    "text",
    [
        "2021-05-20",
        "2021/05/20",
        "2021-05-20T10:00:00Z",
        "May 20, 2021",
        "May 20 2021",
        "20 May 2021",
        "20th of May 2021",
        "Thu, 20 May 2021 14:30",
        "20.05.2021",
        "5/20/2021",
        "20/5/2021",
        "20-May-2021",
        "MAY 20, 2021",
    ],
)
def test_common_forms(text):
    found = find_date(text)
    assert found is not None
    assert found[0] == datetime.date(2021, 5, 20)


@pytest.mark.parametrize(
    ("text", "date"),
    [("2021", PartialDate(2021)), ("2021-05", PartialDate(2021, 5)), (" 2021 ", PartialDate(2021))],
)
def test_a_year_or_a_month_is_one(text, date):
    found = find_date(text)
    assert found is not None
    assert found.date == date
    assert text[found.start : found.end] == text.strip()


def test_which_is_the_month_is_not_guessed():
    assert find_date("05/06/2021") == (None, 0, 10)


@pytest.mark.parametrize(
    "text", ["", "May", "2021-02-30", "700000", "31.31.2021", "2021-13", "0000", "Expo 2021"]
)
def test_what_is_no_date(text):
    assert find_date(text) is None


def test_the_first_of_two():
    found = find_date("Updated 21 May 2021, first published 2021-05-20")
    assert found is not None
    assert found[0] == datetime.date(2021, 5, 21)
