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
        ("a\0b", And((A, B))),
        ("a AND b AND c", And((A, B, C))),
        ("a OR b OR c", Or((A, B, C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a AND — b", And((A, B))),
        ("NOT NOT a", Not(Not(A))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ("a -—", A),
        ("- a", A),
        ("a /p b /p c", Within((A, B, C), unit="paragraph")),
        ("a /p b /s c", Within((Within((A, B), unit="paragraph"), C), unit="sentence")),
        ("a /s b OR c", Or((Within((A, B), unit="sentence"), C))),
        ("(a)/s(b)", Within((A, B), unit="sentence")),
        ("a /sb", And((A, Phrase("/sb")))),
        ("quote:a /s b", Within((Phrase("a", "quote"), B), unit="sentence")),
        ('“a" b “c”', And((A, B, C))),
        ("“a“ b", And((A, B))),
        ("”a” b", And((A, B))),
        ('”a" b', And((A, B))),
        ("„a“ b „c”", And((A, B, C))),
        ("„a” b „c“", And((A, B, C))),
        ("«a” b»", Phrase("a” b")),
        ('"a”b"', Phrase("a”b")),
        ('"a b"~123', Phrase("a b", slop=123)),
        ('title:"a b"~2', Phrase("a b", "title", 2)),
        ("title:speech", Phrase("speech", "title")),
        ("title:(a OR quote:b)", Or((Phrase("a", "title"), Phrase("b", "quote")))),
        ("title:a b", And((Phrase("a", "title"), B))),
        ("title:neg~2", Fuzzy("neg", 2, "title")),
        ("title:neg*", Wildcard("neg*", "title")),
        ("neg*?", Wildcard("neg*")),
        ("?neg*", Wildcard("neg*")),
        ("a?", Phrase("a?")),
        ("neg~1", Fuzzy("neg", 1)),
        ("NOTE", Phrase("NOTE")),
        ("ORB ANDY", And((Phrase("ORB"), Phrase("ANDY")))),
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
    # By `repr`: named tuples of two classes may be equal.
    assert repr(parse_query(text)) == repr(query)


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
        ("date:2021-00", "no such day", 6),
        ("date:2021-05-00", "no such day", 6),
        ('date:"x y z"', "date:x y z: a day is written", 6),
        ("a -OR", "nothing follows -", 3),
        ("a -)", "nothing follows -", 3),
        ("a NOT AND b", "nothing follows NOT", 3),
        ("a AND OR b", "nothing follows AND", 11),
        ('"a b"~5x', "a ~ ends a word", 6),
        ('"a b"~1234', "a ~ ends a word", 6),
        ("a (OR b)", "nothing stands before OR", 4),
        ("a (AND b)", "nothing stands before AND", 4),
        ("— OR a", "nothing stands before OR", 1),
        ("— /s a", "nothing stands before /s", 3),
        ("a /P", "nothing follows /p", 3),
        ("a /p )", "nothing follows /p", 3),
        ("a /p AND b", "nothing follows /p", 3),
        ("a /p —", "nothing follows /p", 3),
        ("a (/p b)", "nothing stands before /p", 4),
        ("a /s (b c)", "/s stands between words", 3),
        ("(a b) /s c", "/s stands between words", 7),
        ("a /s date:2021", "/s stands between words", 3),
        ("a /s (b OR title:c)", "/s stands between words", 3),
        ("a /p b /s title:c", "/s stands between words", 8),
        ("title:-a", "nothing follows title:", 1),
        ("title:quote:a", "nothing follows title:", 1),
        ("title:/s", "nothing follows title:", 1),
        ("Foo:a", "no field Foo: there are title, text, speaker, quote, source", 1),
        ("a~0", "a ~ ends a word, with 1 to 2 behind it", 1),
        ("a~3", "a ~ ends a word", 1),
        ("a~b", "a ~ ends a word", 1),
        ("a~1~2", "a ~ ends a word", 1),
        ("x -a~9", "a ~ ends a word", 4),
        ("(a OR b", "a ( without its )", 1),
        ("a (b", "a ( without its )", 3),
        ("(a) b) c", "a ) without its (", 6),
        ("“a", "without its closing quotation mark", 1),
        ("«a”", "without its closing quotation mark", 1),
        ("(" * 200 + "a" + ")" * 200, "nested too deeply", 51),
    ],
)
def test_errors_have_offsets(text, said, place):
    with pytest.raises(QueryError) as error:
        parse_query(text)
    assert said in str(error.value)
    assert f"(character {place} of: " in str(error.value)
    assert "\n" not in str(error.value)


def test_options_narrow_the_query():
    request = QueryRequest("a", by="Lee", since="2021", until="2021-05", source="Post", article="x")
    query = with_filters(A, request)
    assert isinstance(query, And)
    assert query.parts[0] == A
    assert query.parts[-1] == InArticle("x")
    assert len(query.parts) == 6
    assert with_filters(A, QueryRequest("a")) is A
    for wrong in ({"by": " "}, {"since": "Mab"}, {"until": "x"}, {"source": "-"}):
        with pytest.raises(QueryError):
            with_filters(A, QueryRequest("a", **wrong))  # type: ignore[arg-type]


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


def test_brackets_nest_fifty_deep():
    assert repr(parse_query("(" * 50 + "a" + ")" * 50)) == repr(A)
    with pytest.raises(QueryError, match="nested too deeply"):
        parse_query("(" * 51 + "a" + ")" * 51)
    with pytest.raises(QueryError, match="nested too deeply"):
        parse_query("(a) " * 60 + "(" * 51 + "a" + ")" * 51)
    assert repr(parse_query("(a) " * 60)) == repr(And((A,) * 60))
    assert parse_query("NOT " * 50 + "a")
    with pytest.raises(QueryError, match="nested too deeply"):
        parse_query("NOT " * 51 + "a")


def test_words_without_a_field_are_of_the_one_given():
    assert repr(parse_query("a title:b", "quote")) == repr(
        And((Phrase("a", "quote"), Phrase("b", "title")))
    )


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


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("peace || war", 6),
        ("peace && war", 6),
        ("peace !war", 6),
        ("!(peace war)", 0),
        ("+peace", 0),
        ("peace /3 war", 6),
        ("peace^2", 5),
        ('"peace tr*"', 9),
        ("title: peace", 0),
        ("a date:", 2),
    ],
)
def test_what_other_languages_have_is_refused_with_its_place(text, offset):
    with pytest.raises(QueryError, match=r"not understood|nothing follows") as caught:
        parse_query(text)
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "text", ["https://a.org/b?c=1", "std::vector", "C++", "AT&T", "Wow!", "a/3", "e:", "1:2"]
)
def test_words_with_signs_are_words(text):
    assert parse_query(text) == Phrase(text, "text")
