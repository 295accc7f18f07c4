"""How a query and its options become one query. Compared by `repr`, as in test_tree."""

import datetime

import pytest

from reader.errors import QueryError
from reader.query.grammar import parse_query
from reader.query.interpret import QueryRequest, interpret, match_any, with_filters
from reader.query.tree import And, DateRange, Fuzzy, InArticle, Not, Or, Phrase, Synonyms, Wildcard

A, B, C, D = map(Phrase, "abcd")


def interpreted(text, aliases=(), **options):
    query, notes = interpret(QueryRequest(text, **options), aliases)
    assert notes == ()
    return query


def test_without_options_it_is_the_query_as_parsed():
    for text in ("a", "a b", '"a b"~2 OR -c', "title:a /p b"):
        assert repr(interpreted(text)) == repr(parse_query(text))
    assert repr(interpreted(None)) == "And(parts=())"
    assert repr(interpreted("a title:b", quotes=True)) == repr(
        And((Phrase("a", "quote"), Phrase("b", "title")))
    )


def test_filters():
    request = QueryRequest(
        "a",
        by="Lee",
        since="2021",
        until="2021-05",
        source="Post",
        title="peace talks",
        article="x",
    )
    filters = (
        Phrase("Lee", "speaker"),
        Phrase("Post", "source"),
        Phrase("peace talks", "title"),
        DateRange(datetime.date(2021, 1, 1), None),
        DateRange(None, datetime.date(2021, 5, 31)),
        InArticle("x"),
    )
    assert repr(with_filters(A, request)) == repr(And((A, *filters)))
    assert repr(with_filters(And((A, B)), request)) == repr(And((A, B, *filters)))
    assert repr(with_filters(Or((A, B)), request)) == repr(And((Or((A, B)), *filters)))
    assert with_filters(A, QueryRequest("b")) is A
    assert repr(interpreted(None, by="Lee")) == repr(And((Phrase("Lee", "speaker"),)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": " "}, "--by needs a name"),
        ({"source": "-"}, "--source needs a name"),
        ({"title": ""}, "--title needs a name"),
        ({"since": "Mab"}, "--since Mab: a day is written"),
        ({"until": "2021-13"}, "--until 2021-13: no such day"),
    ],
)
def test_filters_that_are_refused(options, message):
    with pytest.raises(QueryError) as error:
        interpreted("a", **options)
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("a b", Or((A, B))),
        ("a (b c)", Or((A, B, C))),
        ("(a OR (b c)) d", Or((A, B, C, D))),
        ("a -b", And((A, Not(B)))),
        ("a b -c", And((Or((A, B)), Not(C)))),
        ("-a", Not(A)),
        ("-a -b", And((Not(A), Not(B)))),
        ("title:a", Phrase("a", "title")),
        ("a title:b", And((A, Phrase("b", "title")))),
        ("a (b -c)", Or((A, And((B, Not(C)))))),
        ("a (b title:c)", Or((A, And((B, Phrase("c", "title")))))),
    ],
)
def test_any_of_the_words(text, expected):
    assert repr(match_any(parse_query(text))) == repr(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the treaty of peace", Or((Phrase("treaty"), Phrase("peace")))),
        ("the of", Or((Phrase("the"), Phrase("of")))),
        ("the", Phrase("the")),
        ("peace", Phrase("peace")),
        ("the cease-fire", Or((Phrase("cease"), Phrase("fire")))),
        ('peace "to the end"', Or((Phrase("peace"), Phrase("to the end")))),
        ('peace "to the"', Or((Phrase("peace"),))),
        ('peace "cease"~2', Or((Phrase("peace"), Phrase("cease", slop=2)))),
        ("the peac* war~", Or((Wildcard("peac*"), Fuzzy("war", 1)))),
        ("the war -peace", And((Or((Phrase("war"),)), Not(Phrase("peace"))))),
        ("WAR AND NOT PEACE", Or((Phrase("war"), Phrase("peace")))),
        ("WAR OR NOT", Or((Phrase("war"),))),
    ],
)
def test_questions(text, expected):
    assert repr(interpreted(text, any=True)) == repr(expected)


def test_a_question_that_breaks_the_grammar_is_plain_words():
    query, notes = interpret(QueryRequest('who sold "tea', any=True, quotes=True))
    assert repr(query) == repr(Or((Phrase("sold", "quote"), Phrase("tea", "quote"))))
    [note] = notes
    assert note.startswith("read as plain words: bad query: a phrase without its closing")
    with pytest.raises(QueryError):
        interpret(QueryRequest("( —", any=True))
    with pytest.raises(QueryError):
        interpret(QueryRequest('who sold "tea'))


def test_exact_terms_have_neither_aliases_nor_similar_spellings():
    query = interpreted("a title:b -c d*", [["a", "x"]], exact=True, fuzzy=True)
    assert repr(query) == repr(
        And(
            (
                Phrase("a", exact=True),
                Phrase("b", "title", exact=True),
                Not(Phrase("c", exact=True)),
                Wildcard("d*"),
            )
        )
    )


ALIASES = [["Trump", "Donald Trump", "the Donald"], ["x", "Trump", "TRUMP"], ["y", "—"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", ["x", "Trump"]),
        ("trump", ["trump", "Donald Trump", "the Donald", "x"]),
        ('"donald trump"', ["donald trump", "Trump", "the Donald"]),
        ("other", None),
        ('"donald trump"~1', None),
        ("trump*", None),
        ("trump~", None),
        ("y", None),
    ],
)
def test_aliases(text, expected):
    term = parse_query(text, "quote")
    query = interpreted(text, ALIASES, quotes=True)
    if expected is None:
        assert repr(query) == repr(term)
    else:
        assert repr(query) == repr(Synonyms(tuple(Phrase(name, "quote") for name in expected)))


def test_aliases_are_put_everywhere():
    names = Synonyms((Phrase("x"), Phrase("Trump")))
    assert repr(interpreted("a (b OR -x)", ALIASES)) == repr(And((A, Or((B, Not(names))))))


@pytest.mark.parametrize(
    ("text", "edits"), [("abc", 0), ("abcd", 1), ("abcdefg", 1), ("abcdefgh", 2), ("ab-cdefg", 0)]
)
def test_similar_spellings(text, edits):
    expected = Synonyms((Phrase(text), Fuzzy(text, edits))) if edits else Phrase(text)
    assert repr(interpreted(text, fuzzy=True)) == repr(expected)


def test_similar_spellings_of_each_name():
    query = interpreted("title:Zangazur", [["Zangazur", "Corridor", "Mr X"]], fuzzy=True)
    names = [Phrase(name, "title") for name in ("Zangazur", "Corridor", "Mr X")]
    fuzzy = [Fuzzy(name, 2, "title") for name in ("Zangazur", "Corridor")]
    assert repr(query) == repr(Synonyms((*names, *fuzzy)))
    assert repr(interpreted("peac* war~", fuzzy=True)) == repr(parse_query("peac* war~"))
