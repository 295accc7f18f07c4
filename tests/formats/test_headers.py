"""Where the header of a text ends, and the roles of its lines: each rule at its limit."""

import pytest
from articles import parse

PROSE = "The delegates arrived on Monday and began to talk at once, as nobody had expected."
TITLE = "Talks Begin in Vienna After a Month of Waiting for the Envoys of Both"
DATED = {"title": "Talks Begin", "date": "2021-05-20"}


def words(length, end=""):
    """A headline, or a name, of so many characters."""
    return ("Talks in the New Palace " * 10)[: length - len(end) - 1] + "s" + end


def read(header, body):
    """The fields that a text of these blocks has, and its paragraphs."""
    article = parse("\n\n".join([*header, *body]).encode(), "folder/name")
    names = ("title", "section", "source", "author", "credit", "date")
    fields = {name: str(getattr(article, name)) for name in names if getattr(article, name)}
    return fields, [paragraph.text for paragraph in article.paragraphs]


@pytest.mark.parametrize(
    ("header", "fields", "body"),
    [
        ([words(200)], {"title": words(200)}, [PROSE]),
        ([], {"title": "name"}, [words(201), PROSE]),
        ([words(59, ".")], {"title": words(59, ".")}, [PROSE]),
        ([], {"title": "name"}, [words(60, "."), PROSE]),
        ([words(99, "?")], {"title": words(99, "?")}, [PROSE]),
        ([words(99, "!”")], {"title": words(99, "!”")}, [PROSE]),
        ([], {"title": "name"}, [words(100, "?"), PROSE]),
        ([], {"title": "name"}, ["It rained. Nobody came.", PROSE]),
    ],
)
def test_a_block_is_prose_if_it_is_long_or_ends_as_a_sentence(header, fields, body):
    assert read(header, body) == (fields, body)


@pytest.mark.parametrize("lines", [9, 10])
def test_a_header_has_ten_lines_at_the_most(lines):
    header = ["Talks Begin", *["Image: A/B"] * 9]
    body = ["Image: A/B", PROSE][10 - lines :]
    assert read(header, body) == ({"title": "Talks Begin", "credit": "A/B"}, body)


@pytest.mark.parametrize(
    ("header", "fields", "body"),
    [
        ([TITLE, words(60)], {"title": TITLE, "source": words(60)}, [PROSE]),
        ([TITLE], {"title": TITLE}, [words(61), PROSE]),
        (
            ["Talks Begin", f"By {words(60)}"],
            {"title": "Talks Begin", "author": words(60)},
            [PROSE],
        ),
        (
            ["Talks Begin", f"By {words(61)}"],
            {"section": "Talks Begin", "title": f"By {words(61)}"},
            [PROSE],
        ),
        (["Talks Begin", f"{words(60)}, 2021-05-20"], {**DATED, "source": words(60)}, [PROSE]),
        (
            ["Talks Begin", f"{words(61)}, 2021-05-20"],
            {"section": "Talks Begin", "title": f"{words(61)}, 2021-05-20"},
            [PROSE],
        ),
        (["Expo 2020 Daily", TITLE], {"section": "Expo 2020 Daily", "title": TITLE}, [PROSE]),
        (["Expo 20201 Daily"], {"title": "Expo 20201 Daily"}, [TITLE, PROSE]),
        ([TITLE, "The Weekly No 42"], {"title": TITLE, "source": "The Weekly No 42"}, [PROSE]),
        ([TITLE], {"title": TITLE}, ["The Weekly 4 2 1", PROSE]),
        ([TITLE], {"title": TITLE}, ["some weekly", PROSE]),
    ],
)
def test_names_are_short_with_a_capital_and_few_figures(header, fields, body):
    assert read(header, body) == (fields, body)


@pytest.mark.parametrize(
    ("header", "fields", "body"),
    [
        (["Talks Begin", "2021-05-20 Reuters"], {**DATED, "source": "Reuters"}, [PROSE]),
        (
            ["Talks Begin", "Seattle Gazette, 2021-05-20"],
            {**DATED, "source": "Seattle Gazette"},
            [PROSE],
        ),
        (
            ["Talks Begin", "The Sunday Times, Thu 20 May 2021"],
            {**DATED, "source": "The Sunday Times"},
            [PROSE],
        ),
        (
            ["Talks Begin", "20 May 2021 Sunday Planet"],
            {**DATED, "source": "Sunday Planet"},
            [PROSE],
        ),
        (
            ["Talks Begin", "20 May 2021, Thursday, at 10:15 ET | Wall Street Forecast"],
            {**DATED, "source": "Wall Street Forecast"},
            [PROSE],
        ),
        (
            ["Talks Begin", "Metro Atlanta | Last updated on 2021-05-20T10:15:00+02:00"],
            # The day of an update is not that of publication.
            {"title": "Talks Begin", "source": "Metro Atlanta"},
            [PROSE],
        ),
        (
            ["Talks Begin", "By Brett Forest, Thursday, May 20, 2021 10.15 p.m. EST"],
            {**DATED, "author": "Brett Forest"},
            [PROSE],
        ),
        (["Talks Begin", "2021-05-20", "The Post"], {**DATED, "source": "The Post"}, [PROSE]),
        (
            ["Talks on the 20 May 2021 Agreement", "The Post"],
            {"title": "Talks on the 20 May 2021 Agreement", "source": "The Post"},
            [PROSE],
        ),
        (
            ["Talks Begin", "2021-05-20", "The Post", "By Jane Doe"],
            {**DATED, "source": "The Post", "author": "Jane Doe"},
            [PROSE],
        ),
        (
            ["Talks Begin", "2021-05-20", "The Post"],
            {**DATED, "source": "The Post"},
            ["The Herald", "By Jane Doe", PROSE],
        ),
        (["Talks Begin", "2021-05-20"], DATED, ["Shr 34 cts vs 1.19", "By Jane Doe", PROSE]),
        (["Talks Begin", "2021-05-20"], DATED, ["it rained again", "By Jane Doe", PROSE]),
        (["Talks Begin", "2021-05-20"], DATED, ["Year ended Jan 31, 1987", "By Jane Doe", PROSE]),
        (["Talks Begin", "2021-05-20", "Jan 31, 1987"], DATED, [PROSE]),
        (
            ["Talks Begin", "By Jane Doe", "2021-05-20"],
            {**DATED, "author": "Jane Doe"},
            ["Year ended Jan 31, 1987", PROSE],
        ),
        (
            ["2021-05-20", "Talks begin at last.", "By Jane Doe"],
            {"title": "Talks begin at last.", "author": "Jane Doe", "date": "2021-05-20"},
            [PROSE],
        ),
        (
            ["Talks Begin at Last", "of all things", "By Jane Doe"],
            {"title": "Talks Begin at Last", "source": "of all things", "author": "Jane Doe"},
            [PROSE],
        ),
    ],
)
def test_marked_lines_extend_the_header(header, fields, body):
    assert read(header, body) == (fields, body)


@pytest.mark.parametrize(
    ("header", "fields", "body"),
    [
        (["World", "Talks Begin"], {"section": "World", "title": "Talks Begin"}, [PROSE]),
        (["Talks Began"], {"title": "Talks Began"}, ["talks ended", PROSE]),
        (
            ["Talks Began", "Talks Begin"],
            {"title": "Talks Began", "source": "Talks Begin"},
            [PROSE],
        ),
        (["of the world"], {"title": "of the world"}, ["talks begin in the palace", PROSE]),
        (["World"], {"title": "World"}, ["Talks begin at last.", PROSE]),
        (["World"], {"title": "World"}, ["Shr 34 cts vs 1.19", PROSE]),
        (["World\nTalks Begin"], {"title": "World", "source": "Talks Begin"}, [PROSE]),
        ([TITLE, "The Post"], {"title": TITLE, "source": "The Post"}, ["The Herald", PROSE]),
        (
            [f"{TITLE}\nThe Post\nThe Herald"],
            {"title": TITLE, "source": "The Post · The Herald"},
            [PROSE],
        ),
        (
            ["World", "Europe", TITLE, "By Jane Doe", "The Post"],
            {
                "section": "World · Europe",
                "title": TITLE,
                "author": "Jane Doe",
                "source": "The Post",
            },
            [PROSE],
        ),
    ],
)
def test_unmarked_lines_are_section_title_and_source(header, fields, body):
    assert read(header, body) == (fields, body)


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, "The Post", "the herald"],
        [TITLE, "The Post", "The Herald", "The Times"],
        ["World", "Europe", "Asia", TITLE],
    ],
)
def test_too_many_lines_without_a_mark_are_the_body(lines):
    assert read(["\n".join(lines)], [PROSE])[1] == [" ".join(lines), PROSE]


@pytest.mark.parametrize(
    ("header", "fields", "body"),
    [
        (["Talks Begin"], {"title": "Talks Begin"}, ["The Post"]),
        (["Talks Begin", "The Post"], {"title": "Talks Begin", "source": "The Post"}, ["The end"]),
        (["Talks Begin", "By Jane Doe"], {"title": "Talks Begin", "author": "Jane Doe"}, []),
        ([], {"title": "name"}, ["Talks Begin The Post"]),
        ([], {"title": "name"}, ["By Jane Doe", "2021-05-20"]),
        (["By Jane Doe"], {"title": "name", "author": "Jane Doe"}, [PROSE]),
    ],
)
def test_something_is_left_for_the_body(header, fields, body):
    assert read(header, body) == (fields, body)


def test_a_date_that_may_be_of_two_months_is_warned_of():
    text = "Tolls rise\n{}\n\nThe harbour authority said that tolls will rise soon."
    article = parse(text.format("5/6/2021").encode(), "id")
    assert (article.title, article.date) == ("Tolls rise", None)
    assert article.warnings == ("the date “5/6/2021” is not understood",)
    assert not parse(text.format("Updated 5 June 2021").encode(), "id").warnings


def test_the_last_block_is_not_divided_to_leave_a_body():
    assert read(["Talks Begin"], ["The Post\nThe Herald"]) == (
        {"title": "Talks Begin"},
        ["The Post The Herald"],
    )
