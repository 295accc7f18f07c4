"""Dates as news sites print them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.dates import find_date, unread_date
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
    "text",
    [
        "",
        "May",
        "2021-02-30",
        "700000",
        "31.31.2021",
        "5 page 2020",
        "1631.4",
        "2021-13",
        "0000",
        "Expo 2021",
    ],
)
def test_what_is_no_date(text):
    assert find_date(text) is None


def test_the_first_of_two():
    found = find_date("21 May 2021, then 2021-05-20")
    assert found is not None
    assert found[0] == datetime.date(2021, 5, 21)


@pytest.mark.parametrize(
    "text",
    [
        "Updated 21 May 2021, first published 2021-05-20",
        "Last modified: 21.05.2021 | Published: 20.05.2021",
        "Aktualisiert am 21. Mai 2021 - Veröffentlicht am 20. Mai 2021",
        "Mis à jour le vendredi 21 mai 2021. Publié le 20 mai 2021",
    ],
)
def test_the_day_of_an_update_is_not_that_of_publication(text):
    found = find_date(text)
    assert found is not None
    assert found.date == datetime.date(2021, 5, 20)
    assert find_date("Updated 21 May 2021") == (None, 8, 19)
    assert find_date("© 2021 The Courier") is None
    assert find_date("https://web.archive.org/web/20210521120000/https://x.example") is None


@pytest.mark.parametrize(
    "text",
    [
        "20. Mai 2021",
        "Donnerstag, 20. Mai 2021, 10 Uhr",
        "20 мая 2021 г.",
        "20 травня 2021 р.",
        "2021年5月20日",
        "2021년 5월 20일",
        "jeudi 20 mai 2021 à 10:00",
        "20 de mayo de 2021",
        "Mayo 20, 2021",
        "20 de maio de 2021",
        "20 Mayıs 2021 Perşembe",
        "2021. május 20.",
        "2021 m. gegužės 20 d.",
        "2021. gada 20. maijs",
        "20 พฤษภาคม 2564",
        "ngày 20 tháng 5 năm 2021",
        "٢٠ مايو ٢٠٢١",
        "20 मई 2021",
        "20 Μαΐου 2021",
        "2021-05-20T23:30:00-05:00",
        "Thu, 20 May 2021 23:30:00 -0500",
        "20210520T233000Z",
        "20210520233000",
        "20210520",
    ],
)
def test_the_printed_day_in_many_languages(text):
    found = find_date(text)
    assert found is not None
    assert found.date == datetime.date(2021, 5, 20)


@pytest.mark.parametrize(
    "text", ["May 2021", "Published: May 2021", "Mai 2021", "мая 2021 г.", "05/2021", "2021年5月"]
)
def test_a_month_in_words(text):
    found = find_date(text)
    assert found is not None
    assert found.date == PartialDate(2021, 5)
    assert find_date(f"The ships of {text}, and others") is None


def test_the_language_tells_what_is_open():
    def date(text, language=None):
        found = find_date(text, language)
        return found and found.date

    fifth, sixth = datetime.date(2021, 6, 5), datetime.date(2021, 5, 6)
    assert [date("05/06/2021", tag) for tag in ("fr", "en-GB", "pt_BR")] == [fifth] * 3
    assert [date("05/06/2021", tag) for tag in ("en-US", "fil")] == [sixth] * 2
    assert [date("05/06/2021", tag) for tag in (None, "en", "tlh", "en-CA")] == [None] * 4
    assert date("14 listopada 2021", "pl") == datetime.date(2021, 11, 14)
    assert date("14 listopada 2021", "hr") == datetime.date(2021, 10, 14)
    assert date("14 listopada 2021") is None
    assert date("1405/02/24") is None


def test_dateparser_reads_what_the_tables_do_not():
    found = find_date("14 wrzesien, roku 2021", "pl")
    assert found is None or found.date == datetime.date(2021, 9, 14)
    assert find_date("14 phlox 2021", "de") is None
    assert find_date("14 phlox 2021", "tlh") is None


def test_what_is_not_understood():
    assert unread_date("14 Foo 2021") == "the date “14 Foo 2021” is not understood"
    assert unread_date("05/06/2021", "fr") is unread_date("Updated 21 May 2021") is None
    assert unread_date("05/06/2021") == "the date “05/06/2021” is not understood"
    assert unread_date("05/06/2021", "de") is None
    assert unread_date("20 May 2021") is None
    assert unread_date("soon") is None
    assert len(unread_date("1" * 400) or "") < 100


@given(st.text("0123456789 .,-/年月日: TMay мая Mai Updated ©d’", max_size=80) | st.text())
def test_any_text_is_searched(text):
    found = find_date(text)
    if found:
        assert 0 <= found.start < found.end <= len(text)


@given(st.dates(min_value=datetime.date(1600, 1, 1)))
def test_days_are_read_as_they_were_written(date):
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%Y年%m月%d日"):
        found = find_date(date.strftime(form))
        assert found is not None
        assert found.date == date
