import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.index.query import (
    And,
    Days,
    InArticle,
    Near,
    Not,
    Or,
    Wild,
    Within,
    Words,
    narrowed,
    parse_days,
    parse_query,
)

A, B, C = Words("a"), Words("b"), Words("c")


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
        ("a-b", Words("a-b")),
        ("or not and", And((Words("or"), Words("not"), Words("and")))),
        ('"a b"', Words("a b")),
        ("“a b”", Words("a b")),
        ("«a b» c", And((Words("a b"), C))),
        ("neg*", Wild("neg*")),
        ("neg~", Near("neg", 1)),
        ("neg~2", Near("neg", 2)),
        ("title:a", Words("a", "title")),
        ("TITLE:a", Words("a", "title")),
        ('speaker:"a b"', Words("a b", "speaker")),
        ("title:(a b)", And((Words("a", "title"), Words("b", "title")))),
        ("10:30 a", And((Words("10:30"), A))),
        ("a — b", And((A, B))),
        ("date:2021-05-20", Days(datetime.date(2021, 5, 20), datetime.date(2021, 5, 20))),
        ('date:"2021"', Days(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))),
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


def test_days():
    assert parse_days("2021-05-20..2021-06") == (
        datetime.date(2021, 5, 20),
        datetime.date(2021, 6, 30),
    )
    assert parse_days("..2020") == (None, datetime.date(2020, 12, 31))
    assert parse_days("2020-02..") == (datetime.date(2020, 2, 1), None)


def test_options_narrow_the_query():
    query = narrowed(A, by="Lee", since="2021", until="2021-05", source="Post", article="x")
    assert isinstance(query, And)
    assert query.parts[0] == A
    assert query.parts[-1] == InArticle("x")
    assert len(query.parts) == 6
    assert narrowed(A) is A
    for wrong in ({"by": " "}, {"since": "Mab"}, {"until": "x"}, {"source": "-"}):
        with pytest.raises(QueryError):
            narrowed(A, **wrong)


@given(st.text(max_size=60) | st.text('ab"()*~:- ORNTAD“”title date.2', max_size=40))
def test_any_text_is_a_query_or_a_clear_refusal(text):
    try:
        query = parse_query(text)
    except QueryError as error:
        assert str(error).startswith("bad query: ")
        assert "\n" not in str(error)
    else:
        assert isinstance(query, (Words, Wild, Near, Days, InArticle, Within, And, Or, Not))
