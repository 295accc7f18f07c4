"""The traversals of query trees. Nodes are compared by `repr`: named tuples of two classes may be
equal.
"""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.fields import FIELDS
from reader.query.grammar import parse_query
from reader.query.tree import (
    And,
    DateRange,
    Fuzzy,
    InArticle,
    Not,
    Or,
    Phrase,
    Synonyms,
    Wildcard,
    Within,
    assert_never,
    children,
    describe,
    is_article_level,
    is_term,
    map_terms,
    positive_leaves,
    positive_terms,
)

A, B, C = Phrase("a"), Wildcard("b*"), Fuzzy("c", 2)
NAMES = Synonyms((A, Phrase("x y")))
DATES = DateRange(datetime.date(2021, 5, 1), None)
TITLE = Phrase("t", "title")
HERE = InArticle("id")
TERMS = [A, B, C, NAMES, TITLE]
LEAVES = [*TERMS, DATES, HERE]


def upper(term):
    """The term in capitals, which tells whether it was replaced."""
    if isinstance(term, Synonyms):
        return Synonyms(tuple(part._replace(text=part.text.upper()) for part in term.parts))
    return term._replace(text=term.text.upper())


@pytest.mark.parametrize("leaf", LEAVES, ids=repr)
def test_leaves(leaf):
    assert children(leaf) == ()
    assert list(positive_leaves(leaf)) == [leaf]
    assert is_term(leaf) is (leaf in TERMS)
    assert list(positive_terms(leaf)) == ([leaf] if leaf in TERMS else [])


def test_nodes_with_parts():
    assert children(And((A, B))) == (A, B)
    assert children(Or((B, A))) == (B, A)
    assert children(Within((A, C), "sentence")) == (A, C)
    assert children(Not(A)) == (A,)
    assert not any(map(is_term, [And((A,)), Or((A,)), Within((A, B), "paragraph"), Not(A)]))  # type: ignore[arg-type]


def test_what_a_hit_can_have_is_outside_negations():
    query = And((Or((A, Not(B))), Within((C, NAMES), "sentence"), Not(TITLE), DATES, HERE))
    assert list(positive_leaves(query)) == [A, C, NAMES, DATES, HERE]
    assert list(positive_terms(query)) == [A, C, NAMES]
    assert list(positive_leaves(Not(Not(A)))) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (A, "Phrase(text='A', field='text', slop=0, exact=False)"),
        (B, "Wildcard(text='B*', field='text')"),
        (C, "Fuzzy(text='C', edits=2, field='text')"),
        (DATES, repr(DATES)),
        (HERE, repr(HERE)),
    ],
    ids=repr,
)
def test_each_leaf_is_replaced_or_kept(query, expected):
    assert repr(map_terms(query, upper)) == expected


def test_terms_are_replaced_below_every_node_which_keeps_its_class():
    for node in (
        lambda *parts: And(parts),
        lambda *parts: Or(parts),
        lambda *parts: Within(parts, "sentence"),
        lambda *parts: Within(parts, "paragraph"),
        lambda first, *_: Not(first),
        lambda *parts: And((Not(Or(parts)), DATES)),
    ):
        assert repr(map_terms(node(A, B, NAMES), upper)) == repr(
            node(upper(A), upper(B), upper(NAMES))
        )


OF_ARTICLES = {"title", "source", "section", "author", "tag"}


def test_which_queries_select_articles():
    for query in (DATES, HERE, TITLE, Not(TITLE), And((TITLE, DATES)), Or((HERE, TITLE)), And(())):
        assert is_article_level(query)
        assert not is_article_level(And((query, A)))
        assert not is_article_level(Or((A, query)))
        assert not is_article_level(Not(And((query, A))))
    assert is_article_level(Within((TITLE, Phrase("s", "source")), "paragraph"))
    for field in FIELDS:
        assert is_article_level(Phrase("a", field)) is (field in OF_ARTICLES)
        assert is_article_level(Synonyms((Phrase("a", field), A))) is (field in OF_ARTICLES)


def test_synonyms_have_the_text_of_the_query():
    names = Synonyms((Phrase("first", "quote"), Phrase("second", "quote")))
    assert (names.text, names.field) == ("first", "quote")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (A, "a"),
        (Phrase("a b"), '"a b"'),
        (Phrase("a", slop=2), '"a"~2'),
        (Phrase("a b", slop=3), '"a b"~3'),
        (Phrase("a(b"), '"a(b"'),
        (Phrase("a", exact=True), "=a"),
        (Phrase("a b", "title", 1, True), 'title:="a b"~1'),
        (Wildcard("a*", "title"), "title:a*"),
        (B, "b*"),
        (C, "c~2"),
        (Fuzzy("c", 1, "speaker"), "speaker:c~1"),
        (NAMES, 'a = "x y"'),
        (Not(NAMES), 'NOT (a = "x y")'),
        (DATES, "date:2021-05-01.."),
        (DateRange(None, datetime.date(2020, 1, 2)), "date:..2020-01-02"),
        (DateRange(datetime.date(2020, 1, 2), datetime.date(2020, 1, 2)), "date:2020-01-02"),
        (HERE, "in id"),
        (Not(A), "NOT a"),
        (And((A, B)), "a b*"),
        (Or((A, B)), "a OR b*"),
        (Within((A, B), "sentence"), "a /s b*"),
        (Within((A, B), "paragraph"), "a /p b*"),
        (And((Or((A, B)), C)), "(a OR b*) c~2"),
        (Or((And((A, B)), C)), "(a b*) OR c~2"),
        (Not(And((A, B))), "NOT (a b*)"),
        (And((Within((A, B), "sentence"), C)), "(a /s b*) c~2"),
    ],
    ids=repr,
)
def test_descriptions(query, text):
    assert describe(query) == text


TREES = st.recursive(
    st.sampled_from([A, B, C, Phrase("a b"), Phrase("a b", slop=4), TITLE, DATES]),
    lambda parts: st.one_of(
        st.builds(lambda *p: And(p), parts, parts),
        st.builds(lambda *p: Or(p), parts, parts, parts),
        st.builds(Not, parts),
        st.builds(lambda *p: Within(p, "paragraph"), parts, parts),
    ),
    max_leaves=6,
)


@given(TREES)
def test_a_description_means_the_same_when_it_is_typed(query):
    # (a /p b) /p c is read as a /p b /p c: once read it stays as it is.
    read = parse_query(describe(query))
    assert repr(parse_query(describe(read))) == repr(read)
    assert sorted(map(repr, positive_leaves(read))) == sorted(map(repr, positive_leaves(query)))


def test_an_unknown_node_is_an_error():
    for function in (children, is_article_level, describe, is_term):
        with pytest.raises(AssertionError, match="unexpected node: 'x'"):
            function("x")  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="unexpected node"):
        map_terms("x", upper)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="unexpected node"):
        list(positive_leaves("x"))  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="unexpected node: 1"):
        assert_never(1)  # type: ignore[arg-type]
