"""What queries find, held against a plain reading of the texts, and in which order."""

import re
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import Corpus
from reader.errors import QueryError
from reader.language.sentences import sentences
from reader.language.tokens import forms, stem
from reader.query.tree import And, Not, Or, Phrase, Wildcard, Within


def write(folder, articles):
    """Articles as Markdown files: a title, front matter, paragraphs."""
    folder.mkdir(exist_ok=True)
    for name, (front, *paragraphs) in articles.items():
        front = f"title: {name}\n{front}"
        (folder / f"{name}.md").write_text(
            f"---\n{front}\n---\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8"
        )


@pytest.fixture
def make(tmp_path):
    def opened(articles, **options):
        write(tmp_path / "articles", articles)
        return Corpus(tmp_path / "articles", cache=tmp_path / "cache", **options)

    return opened


def found(results):
    return [(hit.article, hit.paragraph) for hit in results]


NAMES = {
    "road": (
        "date: 2021-05-03\nsource: Danube Courier\ntags: [lachin, roads]",
        "The Zangezur road was opened. Mr. Aliev spoke of co-operation.",
        "Nobody spoke of the treaty. A café sold tea.",
    ),
    "talks": (
        "date: 2021-05-20\nsource: Rhine Post\ntags: peace, lachin",
        "In Zəngəzur the talks went on about peace, and about a new treaty.",
        "Cooperation was the word of the day, Əliyev’s aides said, and peace its end.",
    ),
    "undated": ("source: Rhine Post", "一つの道が開かれた。", "A treaty of peace about nothing."),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cooperation", [("road", 1), ("talks", 2)]),
        ("co-operation", [("road", 1), ("talks", 2)]),
        ('"co operation"', [("road", 1)]),
        ("zangazur", [("talks", 1)]),
        ("aliyev", [("talks", 2)]),
        ("aliy?v OR ali?v", [("road", 1), ("talks", 2)]),
        ("z*zur", [("road", 1), ("talks", 1)]),
        ("*gezur", [("road", 1)]),
        ('"peace treaty"', []),
        ('"peace treaty"~4', [("talks", 1), ("undated", 2)]),
        ('"peace treaty"~3', [("undated", 2)]),
        ("road /s aliev", []),
        ("spoke /s aliev", [("road", 1)]),
        ("spoke /s (aliev OR treaty)", [("road", 1), ("road", 2)]),
        ("road /p aliev", [("road", 1)]),
        ("road /p café", []),
        ("tag:lachin treaty", [("road", 2), ("talks", 1)]),
        ("tag:roads tea", [("road", 2)]),
        ("道", [("undated", 1)]),
        ("道が開", [("undated", 1)]),
        ("開道", []),
        ("date:2021 treaty", [("road", 2), ("talks", 1)]),
    ],
)
def test_matches(make, query, expected):
    assert sorted(found(make(NAMES).search(query))) == expected


def test_the_very_words(make):
    corpus = make(NAMES)
    assert found(corpus.search("Zangezur", exact=True)) == [("road", 1)]
    assert found(corpus.search("zəngəzur", exact=True)) == [("talks", 1)]
    assert found(corpus.search("zangazur", exact=True)) == []
    assert found(corpus.search("cafe", exact=True)) == []
    assert found(corpus.search("café", exact=True)) == [("road", 2)]
    assert found(corpus.search("road", exact=True)) == [("road", 1)]
    assert found(corpus.search("roads", exact=True)) == []
    assert found(corpus.search('"a treaty of peace"', exact=True)) == [("undated", 2)]
    assert found(corpus.search("title:ROAD tea", exact=True)) == [("road", 2)]
    hit = next(iter(corpus.search("café", exact=True)))
    assert [hit.text[a:b] for a, b in hit.highlights] == ["café"]


def test_near_spellings(make):
    corpus = make(NAMES)
    assert corpus.search("Zangizur").suggestion in ("Zangezur", "Zəngəzur")
    hits = list(corpus.search("Zangizur", fuzzy=True))
    assert sorted((hit.article, hit.other_names) for hit in hits) == [
        ("road", ("Zangezur",)),
        ("talks", ("Zəngəzur",)),
    ]
    assert found(corpus.search("tea", fuzzy=True)) == [("road", 2)]  # too short to be misspelt


ALIASES = [["Zangazur", "Zangezur"], ["Ilham Aliyev", "Aliev"]]


def test_names_for_one_thing(make):
    corpus = make(NAMES, aliases=ALIASES)
    hits = {hit.article: hit for hit in corpus.search("Zangezur")}
    assert set(hits) == {"road", "talks"}
    assert hits["road"].other_names == ()
    assert hits["talks"].other_names == ("Zəngəzur",)
    assert [hits["talks"].text[a:b] for a, b in hits["talks"].highlights] == ["Zəngəzur"]
    assert found(corpus.search('"Ilham Aliyev"')) == [("road", 1)]
    assert found(corpus.search("Zangezur", exact=True)) == [("road", 1)]


def test_a_hyphen_is_marked_as_one_word(make):
    hit = next(h for h in make(NAMES).search("cooperation") if h.article == "road")
    assert [hit.text[a:b] for a, b in hit.highlights] == ["co-operation"]


def test_a_question(make):
    corpus = make(NAMES)
    results = corpus.search("What was the treaty of peace about?", any=True)
    assert sorted(found(results)) == [("road", 2), ("talks", 1), ("talks", 2), ("undated", 2)]
    assert found(corpus.search("the of", any=True))  # all that was asked for
    assert found(corpus.search("PEACE OR WAR AND NOT TEA", any=True))
    assert sorted(found(corpus.search("tea peace -zangazur", any=True))) == [
        ("road", 2),
        ("talks", 2),
        ("undated", 2),
    ]
    only = corpus.search("tea peace source:danube", any=True)
    assert found(only) == [("road", 2)]


def test_a_question_that_is_no_query_is_read_as_words(make):
    told = []
    corpus = make(NAMES, warn=told.append)
    assert found(corpus.search('who sold "tea', any=True)) == [("road", 2)]
    assert told[0].startswith("read as plain words: bad query: a phrase without")
    with pytest.raises(QueryError):
        corpus.search('who sold "tea')
    with pytest.raises(QueryError):
        corpus.search("—", any=True)


def test_narrowing(make):
    corpus = make(NAMES)
    assert found(corpus.search("treaty", source="rhine", since="2021")) == [("talks", 1)]
    assert found(corpus.search("treaty", until="2021-05-19")) == [("road", 2)]
    assert found(corpus.search("treaty", article="undat")) == [("undated", 2)]
    assert found(corpus.search("treaty", title="talk")) == [("talks", 1)]


def test_order(make):
    corpus = make(NAMES)
    by_date = [("talks", 1), ("road", 2), ("undated", 2)]
    assert found(corpus.search("treaty", sort="date")) == by_date
    assert found(corpus.search("treaty", sort="oldest")) == [by_date[1], by_date[0], by_date[2]]
    for sort in ("relevance", "date", "oldest"):
        every = found(corpus.search("the OR a", sort=sort))
        for limit in range(1, 4):
            assert found(corpus.search("the OR a", sort=sort, limit=limit)) == every[:limit]


def test_words_near_each_other_and_in_order_come_first(make):
    filler = "and many others stood by as the long day went on without any word of it"
    corpus = make(
        {
            "a": ("", f"A treaty was made, {filler}, said the envoy of peace, if ever."),
            "b": ("", f"A treaty for peace was made, {filler}, said the envoy, if ever."),
            "c": ("", f"A peace treaty was ever made, {filler}, said the envoy, if so."),
        }
    )
    assert [id for id, _ in found(corpus.search("peace treaty"))] == ["c", "b", "a"]


def test_context(make):
    [hit] = corpus_hits = list(make(NAMES).search("tea", context=1))
    assert [(p.number, p.text[:12]) for p in hit.context] == [(1, "The Zangezur")]
    assert corpus_hits[0].paragraph == 2


def test_articles(make):
    results = make(NAMES).search("peace OR treaty")
    assert (results.total, results.articles_total) == (4, 3)
    listed = list(results.articles)
    assert {article.article: article.hits for article in listed} == {
        "talks": 2,
        "road": 1,
        "undated": 1,
    }
    assert [article.score for article in listed] == sorted(
        (article.score for article in listed), reverse=True
    )
    assert [a.article for a in make(NAMES).search("treaty", sort="date").articles] == [
        "talks",
        "road",
        "undated",
    ]


def test_periods_have_their_gaps(make):
    articles = {
        name: (f"date: {date}" if date else "", "A lighthouse stands here, they say.")
        for name, date in (
            ("a", "2020-11-30"),
            ("b", "2021-02-01"),
            ("c", "2021-02-28"),
            ("d", None),
        )
    }
    results = make(articles).search("lighthouse")
    assert results.periods("month") == [
        ("2020-11", 1),
        ("2020-12", 0),
        ("2021-01", 0),
        ("2021-02", 2),
        (None, 1),
    ]
    assert results.periods("year") == [("2020", 1), ("2021", 2), (None, 1)]
    weeks = results.periods("week")
    assert weeks[0] == ("2020-W49", 1)
    assert weeks[-2:] == [("2021-W08", 1), (None, 1)]
    assert len(results.periods("day")) == 92
    for by in ("day", "week", "month", "year"):
        assert sum(hits for _, hits in results.periods(by)) == results.total


def test_facets(make):
    said = {
        "a": (
            "source: Post\nauthor: Quill\ndate: 2020-01-01",
            "“We have a lighthouse,” said Olaf Berg.",
            "“The lighthouse is old,” said Berg. “No lighthouse is new,” said Ida Holm.",
        ),
        "b": (
            "source: Mail\nsection: Sea\ndate: 2020-02-02",
            "A lighthouse is a “light” and a house.",
        ),
    }
    results = make(said).search("lighthouse")
    assert results.facet("source") == [("Post", 2), ("Mail", 1)]
    assert results.facet("author") == [("Quill", 2)]
    assert results.facet("section") == [("Sea", 1)]
    assert results.facet("year") == [("2020", 3)]
    assert results.facet("speaker") == [("Olaf Berg", 2), ("Ida Holm", 1)]


def test_explained(make):
    parts = make(NAMES).explain("(peace OR treaty) -tea date:2021")
    assert [astuple(part) for part in parts] == [
        (0, 2, "(peace OR treaty) NOT tea date:2021-01-01..2021-12-31"),
        (1, 4, "peace OR treaty"),
        (2, 3, "peace"),
        (2, 3, "treaty"),
        (1, 5, "NOT tea"),
        (2, 1, "tea"),
        (1, 4, "date:2021-01-01..2021-12-31"),
    ]


def test_alike(make):
    corpus = make(
        {
            "cocoa": ("", "Cocoa buyers met cocoa growers about the cocoa price in Bahia."),
            "growers": ("", "The growers of Bahia want another price for what they grow."),
            "ships": ("", "Ships came to the harbour, and the price of a berth rose."),
        }
    )
    one, other = corpus.similar("cocoa")
    assert (one.article, other.article) == ("growers", "ships")
    assert one.score > other.score
    assert {"growers", "Bahia"} <= set(one.terms)
    assert other.terms == ("price",)
    assert [found.article for found in corpus.similar("cocoa", limit=1)] == ["growers"]
    assert {found.article for found in corpus.similar("ships:1")} == {"growers", "cocoa"}


VOCABULARY = ["ship", "ships", "treaty", "road", "Road’s", "café", "a-b"]
TEXTS = st.lists(
    st.lists(st.sampled_from([*VOCABULARY, "end. The"]), min_size=1, max_size=8).map(" ".join),
    min_size=1,
    max_size=4,
)
TERMS = st.one_of(
    st.sampled_from([Phrase(w) for w in ("ship", "roads", "cafe", "a", "ab", "treaties")]),
    st.sampled_from(
        [
            Phrase(words, slop=slop)
            for words in ("ship road", "road ship", "a b", "the treaty ship")
            for slop in range(4)
        ]
    ),
    st.sampled_from([Wildcard("sh*"), Wildcard("ro?d"), Wildcard("*y")]),
)
TREES = st.recursive(
    TERMS,
    lambda parts: st.one_of(
        st.builds(lambda *p: And(p), parts, parts),
        st.builds(lambda *p: Or(p), parts, parts),
        st.builds(Not, parts),
        st.builds(lambda *p: Within(p, unit="sentence"), TERMS, TERMS),
    ),
    max_leaves=5,
)


def holds(query, text):
    """Whether a query holds of a text, as one would tell who reads it."""
    if isinstance(query, And):
        return all(holds(part, text) for part in query.parts)
    if isinstance(query, Or):
        return any(holds(part, text) for part in query.parts)
    if isinstance(query, Not):
        return not holds(query.part, text)
    if isinstance(query, Within):
        inside = (text[start:end] for start, end in sentences(text))
        return any(all(holds(part, one) for part in query.parts) for one in inside)
    words = forms(text)
    joined = ["ab"] if "a-b" in text else []
    if isinstance(query, Wildcard):
        pattern = query.text.replace("*", ".*").replace("?", ".")
        return any(re.fullmatch(pattern, word) for word in [*words, *joined])
    wanted = [stem(form) for form in forms(query.text)]
    stems = [stem(word) for word in words]
    if len(wanted) == 1:
        return wanted[0] in [*stems, *joined]
    if not query.slop:
        runs = (stems[n : n + len(wanted)] for n in range(len(stems)))
        return wanted in runs
    size = len(wanted) + query.slop
    return any(set(wanted) <= set(stems[n : n + size]) for n in range(len(stems)))


@settings(max_examples=150, deadline=None)
@given(texts=TEXTS, query=TREES)
def test_queries_hold_of_what_they_find_and_of_nothing_else(tmp_path_factory, texts, query):
    folder = tmp_path_factory.mktemp("any")
    write(folder / "articles", {"x": ("", *texts)})
    corpus = Corpus(folder / "articles", cache=folder / "cache", warn=print)
    found = corpus._session.ask(lambda index: index.matcher.paragraphs(query))
    assert {id + 1 for id in found[0]} == {
        number for number, text in enumerate(texts, start=1) if holds(query, text)
    }


SPELLINGS = {
    "a": ("", "Herr Müller and Frau Müllers of Zürich paid 500,000 for 3.5mm of it."),
    "b": ("", "Mr. Mueller of the U.S. paid $500000."),
    "c": ("", "Muller told us that C++ is not C."),
    "d": ("", "Me\u0301xico and the US agreed; ภาษาไทยเป็นภาษา."),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Müller", "abc"),
        ("müller", "abc"),
        ("Mueller", "abc"),
        ("Muller", "abc"),
        ("muller", "ac"),
        ("Zuerich", "a"),
        ("500000", "ab"),
        ("500,000", "ab"),
        ("3.5", "a"),
        ("U.S.", "bd"),
        ("US", "bd"),
        ("us", "c"),
        ("C++", "c"),
        ("mexico", "d"),
        ("Me\u0301xico", "d"),
        ("M\u00e9xico", "d"),
        ("ไทย", "d"),
    ],
)
def test_words_are_found_as_they_are_written(make, query, expected):
    corpus = make(SPELLINGS)
    hits = list(corpus.search(query))
    assert {hit.article for hit in hits} == set(expected)
    assert all(hit.highlights for hit in hits)


def test_words_that_are_nowhere(make):
    corpus = make(NAMES)
    assert corpus.search("treaty frobnicate Zangizur").unknown_words == ("frobnicate", "Zangizur")
    assert corpus.search("treaty").unknown_words == ()
    assert corpus.search("treaty tea peace").unknown_words == ()
    for short in ("xea", "tre 123 c++"):  # anything is near to these
        assert corpus.search(short).suggestion is None
