"""The query language: what each form is parsed to, and what is refused."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.query.grammar import parse_query
from reader.query.interpret import QueryRequest, match_any, with_filters
from reader.query.tree import (
    And,
    DateRange,
    Fuzzy,
    InArticle,
    Not,
    Or,
    Phrase,
    Wildcard,
    Within,
    describe,
)

A, B, C = Phrase("a"), Phrase("b"), Phrase("c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a NOT b", And((A, Not(B)))),
        ("a -b", And((A, Not(B)))),
        ("-b", Not(B)),
        ("a-b", Phrase("a-b")),
        ("or not and", And((Phrase("or"), Phrase("not"), Phrase("and")))),
        ('"a b"', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("«a b» c", And((Phrase("a b"), C))),
        ("neg*", Wildcard("neg*")),
        ("neg*tion", Wildcard("neg*tion")),
        ("wom?n", Wildcard("wom?n")),
        ("who said what?", And((Phrase("who"), Phrase("said"), Phrase("what?")))),
        ("?what", Phrase("?what")),
        ("*ment", Wildcard("*ment")),
        ('"a b"~5', Phrase("a b", slop=5)),
        ('"a b"~5 c', And((Phrase("a b", slop=5), C))),
        ("a /s b", Within((A, B), unit="sentence")),
        ("a /S b /s c", Within((A, B, C), unit="sentence")),
        ("a /p b", Within((A, B), unit="paragraph")),
        ("a /s b c", And((Within((A, B), unit="sentence"), C))),
        ("(a OR b) /s c", Within((Or((A, B)), C), unit="sentence")),
        ("a /p -b", Within((A, Not(B)), unit="paragraph")),
        ("and/or", Phrase("and/or")),
        ("text:a", A),
        ("tag:a", Phrase("a", "tag")),
        ("neg~", Fuzzy("neg", 1)),
        ("neg~2", Fuzzy("neg", 2)),
        ("title:a", Phrase("a", "title")),
        ("TITLE:a", Phrase("a", "title")),
        ('speaker:"a b"', Phrase("a b", "speaker")),
        ("title:(a b)", And((Phrase("a", "title"), Phrase("b", "title")))),
        ("10:30 a", And((Phrase("10:30"), A))),
        ("a — b", And((A, B))),
        ("date:2021-05-20", DateRange(datetime.date(2021, 5, 20), datetime.date(2021, 5, 20))),
        ('date:"2021"', DateRange(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))),
    ],
)
def test_grammar(text, query):
    assert parse_query(text) == query
    assert type(parse_query(text)) is type(query)


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        ("", "nothing to search for", 1),
        ("   ", "nothing to search for", 1),
        ("—", "nothing to search for", 1),
        ('a "b', "without its closing quotation mark", 3),
        ('a ""', "empty phrase", 3),
        ("(a", "a ( without its )", 1),
        ("a)", "a ) without its (", 2),
        ("()", "nothing to search for", 2),
        ("OR a", "nothing stands before OR", 1),
        ("a OR", "nothing follows OR", 5),
        ("a AND", "nothing follows AND", 6),
        ("AND a", "nothing stands before AND", 1),
        ("a NOT", "nothing follows NOT", 3),
        ("a NOT OR b", "nothing follows NOT", 3),
        ("foo:a", "no field foo: there are title", 1),
        ("title:(", "nothing to search for", 8),
        ("/s a", "nothing stands before /s", 1),
        ("a /s", "nothing follows /s", 3),
        ("a /p OR b", "nothing follows /p", 3),
        ("a /s title:b", "/s stands between words", 3),
        ("a /s -b", "/s stands between words", 3),
        ('"a b"~x', "a ~ ends a word", 6),
        ("a *", "letters before or behind", 3),
        ("a~9", "a ~ ends a word", 1),
        ("~", "nothing to search for", 1),
        ("date:Mab", "a day is written", 6),
        ("date:2021-13", "no such day", 6),
        ("date:0000", "no such year", 6),
        ("date:2022..2021", "ends before it begins", 6),
        ("date:..", "a day at one end", 6),
        ("(" * 200 + "a" + ")" * 200, "nested too deeply", 51),
    ],
)
def test_slips_are_told_with_their_place(text, said, place):
    with pytest.raises(QueryError) as error:
        parse_query(text)
    assert said in str(error.value)
    assert f"(character {place} of: " in str(error.value)
    assert "\n" not in str(error.value)


def test_options_narrow_the_query():
    query = with_filters(
        A,
        QueryRequest("a", by="Lee", since="2021", until="2021-05", source="Post", article="x"),
    )
    assert isinstance(query, And)
    assert query.parts[0] == A
    assert query.parts[-1] == InArticle("x")
    assert len(query.parts) == 6
    assert with_filters(A, QueryRequest("a")) is A
    for wrong in ({"by": " "}, {"since": "Mab"}, {"until": "x"}, {"source": "-"}):
        with pytest.raises(QueryError):
            with_filters(A, QueryRequest("a", **wrong))


def test_a_caret_points_at_the_slip():
    with pytest.raises(QueryError) as error:
        parse_query("peace \t (treaty")
    assert error.value.pointer == "peace (treaty\n      ^"
    with pytest.raises(QueryError) as error:
        parse_query("a " * 60 + "( b")
    shown, caret = error.value.pointer.splitlines()
    assert shown[len(caret) - 1] == "("
    assert len(shown) <= 80
    assert QueryError("--by needs a name").pointer is None


@pytest.mark.parametrize(
    "text",
    [
        "a b",
        '"a b"~3 -c',
        "(a OR b) /s c",
        "title:a OR (b NOT c)",
        "neg*tion wom?n near~2",
        'speaker:"a b" date:2021-05',
        "date:..2020-12-31",
        "a /p (b -c)",
    ],
)
def test_a_query_is_described_as_it_could_be_typed(text):
    query = parse_query(text)
    assert parse_query(describe(query)) == query


def test_any_of_the_words():
    assert match_any(parse_query("a (b c) -d title:e")) == And(
        (Or((A, B, C)), Not(Phrase("d")), Phrase("e", "title"))
    )
    assert match_any(parse_query("a")) == A
    assert match_any(parse_query("title:a")) == Phrase("a", "title")


@given(st.text(max_size=60) | st.text('ab"()*~:- ORNTAD“”title date.2', max_size=40))
def test_any_text_is_a_query_or_a_clear_refusal(text):
    try:
        query = parse_query(text)
    except QueryError as error:
        assert str(error).startswith("bad query: ")
        assert "\n" not in str(error)
    else:
        assert isinstance(
            query, (Phrase, Wildcard, Fuzzy, DateRange, InArticle, Within, And, Or, Not)
        )
