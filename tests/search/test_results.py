"""Results: checked when they are asked for, counted without being read, plain data when read."""

import copy
import os
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, fields, replace

import pytest

from reader import Corpus
from reader.errors import IndexUnavailable
from reader.index.damage import Damaged
from reader.index.segment import SegmentFile
from reader.model.hit import Hit
from reader.model.result_options import ResultOptions

ARTICLES = {
    "road": (
        "date: 2021-05-03\nsource: Courier",
        "“The road is open. A treaty was signed, and a long road it was,” said Olaf Berg.",
        "“No treaty,” said Ida Holm. The road through Zəngəzur is long.",
    ),
    "talks": (
        "date: 2021-05-20\nsource: Post",
        "“The talks went on about a treaty,” said Ida Holm.",
        "The road is a long one.",
    ),
}


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (front, *paragraphs) in ARTICLES.items():
        text = f"---\ntitle: {name}\n{front}\n---\n" + "\n\n".join(paragraphs) + "\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Corpus(
        folder, cache=tmp_path / "cache", aliases=[["Zangazur", "corridor"]], warn=print
    ) as corpus:
        yield corpus


def of_each_kind(corpus):
    """A list of each kind of thing that a corpus gives."""
    return [
        list(corpus.search("road", context=1)),
        list(corpus.search("corridor")),
        list(corpus.search("road").articles),
        list(corpus.quotes(context=1)),
        corpus.speakers(),
        corpus.explain("road -(treaty OR talks)"),
        corpus.similar("road"),
    ]


def test_hits_and_quotations_are_data(corpus):
    for things, again in zip(of_each_kind(corpus), of_each_kind(corpus), strict=True):
        assert things
        assert things == again
        assert hash(things[0]) == hash(again[0])
        assert pickle.loads(pickle.dumps(things)) == things
        assert copy.deepcopy(things) == things
        for thing in things:
            assert list(asdict(thing)) == [field.name for field in fields(thing)]
            assert thing != replace(thing, **{fields(thing)[0].name: "other"})
            with pytest.raises(FrozenInstanceError):
                setattr(thing, fields(thing)[0].name, "other")


def test_hits_outlive_their_corpus(corpus):
    [hit] = corpus.search("corridor")
    [first, *_] = corpus.quotes()
    corpus.close()
    assert [hit.text[start:end] for start, end in hit.highlights] == ["Zəngəzur"]
    assert hit.other_names == ("Zəngəzur",)
    assert hit.text[slice(*hit.snippet(20))] == "The road through Zəngəzur is long."
    assert asdict(hit)["highlights"] == hit.highlights
    assert first.parts == {1: (1, len(first.quotation.text) + 1)}


def test_highlights_are_optional(corpus):
    marked = list(corpus.search("road OR corridor"))
    assert all(hit.highlights for hit in marked)
    bare = list(corpus.search("road OR corridor", highlights=False))
    assert bare == [replace(hit, highlights=(), other_names=()) for hit in marked]
    assert any(hit.other_names for hit in marked)


def test_results_have_a_length(corpus):
    for query, total in (("road", 3), ("treaty", 3), ("neverword", 0)):
        for limit in range(5):
            results = corpus.search(query, limit=limit)
            assert len(results) == len(list(results)) == (min(limit, total) if limit else total)
            assert bool(results) is bool(total)
            assert results.total == total
    results = corpus.search("road", limit=1)
    assert (len(results), results.total, results.articles_total) == (1, 3, 2)
    assert len(list(results.articles)) == 1


def test_results_can_be_read_again(corpus):
    results = corpus.search("road")
    assert list(results) == list(results) == list(results.hits)
    assert list(results.articles) == list(results.articles)
    assert results.periods("day") == results.periods("day")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sort": "bogus"}, "sort must be 'relevance', 'date' or 'oldest', not 'bogus'"),
        ({"sort": None}, "sort must be .* not None"),
        ({"limit": -1}, "limit must be 0 or more, not -1"),
        ({"context": -1}, "context must be 0 or more, not -1"),
    ],
)
def test_options_are_checked_at_the_door(corpus, options, message):
    with pytest.raises(ValueError, match=message):
        corpus.search("road", **options)
    with pytest.raises(ValueError, match=message):
        ResultOptions(**options)


def test_arguments_of_results_are_checked(corpus):
    results = corpus.search("road")
    with pytest.raises(ValueError, match="by must be 'day', 'week', 'month' or 'year'"):
        results.periods("decade")
    with pytest.raises(ValueError, match=r"facet must be 'source', 'speaker', .* not 'bogus'"):
        results.facet("bogus")
    with pytest.raises(ValueError, match="sort must be 'article', 'date' or 'oldest'"):
        corpus.quotes(sort="bogus")
    with pytest.raises(ValueError, match="context must be 0 or more"):
        corpus.quotes(context=-1)
    with pytest.raises(ValueError, match="sort must be 'quotes', 'words'"):
        corpus.speakers(sort="bogus")
    with pytest.raises(TypeError, match="limit must be an integer"):
        corpus.search("road", limit="5")


def test_a_wrong_argument_rebuilds_nothing(tmp_path, corpus):
    noted = []
    corpus.search("road")
    again = Corpus(corpus.root, cache=corpus.cache, note=noted.append)
    for call in (
        lambda: again.quotes(sort="bogus"),  # type: ignore[arg-type]
        lambda: again.search("road", limit=-1),
        lambda: again.search("road").facet("bogus"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError):
            call()
    assert noted == []


def test_results_of_a_closed_corpus(corpus):
    results = corpus.search("road")
    assert len(results) == 3
    begun, quotes = iter(corpus.search("road")), corpus.quotes()
    assert next(begun)
    assert next(quotes)
    corpus.close()
    for read in (
        lambda: len(results),
        lambda: results.total,
        lambda: results.suggestion,
        lambda: list(results),
        lambda: list(results.articles),
        lambda: results.articles_total,
        lambda: results.periods("day"),
        lambda: results.facet("speaker"),
        lambda: next(begun),
        lambda: next(quotes),
    ):
        with pytest.raises(ValueError, match="their corpus is closed"):
            read()


def flip(cache):
    """Damage the files that are open, not others of their names."""
    for path in cache.rglob("MAIN_*"):
        content = path.read_bytes()
        with path.open("r+b") as file:
            file.write(bytes(byte ^ 0xFF for byte in content))


def cut(cache):
    """Cut off the files that are open: read where they were mapped, they would end the process."""
    for path in cache.rglob("MAIN_*"):
        os.truncate(path, 10)


def read_with(corpus, damage):
    """Everything that can be read of results, the index damaged again before each reading."""
    read = []
    for read_some in (
        lambda: list(corpus.search("road OR treaty OR talks")),
        lambda: list(corpus.search("road OR treaty OR talks", limit=2)),
        lambda: list(corpus.search("road", sort="date", context=1).articles),
        lambda: corpus.search("road").articles_total,
        lambda: corpus.search("road").periods("day"),
        lambda: corpus.search("road").facet("source"),
        lambda: corpus.search("road").facet("speaker"),
        lambda: list(corpus.quotes(context=1, sort="date")),
        lambda: corpus.speakers(),
    ):
        read.append(read_some())
        damage(corpus.cache)
    return read


@pytest.mark.parametrize("damage", [flip, cut])
def test_damage_that_shows_late_is_repaired(corpus, damage):
    whole = read_with(corpus, lambda cache: None)
    results = corpus.search("road OR treaty OR talks")
    assert len(whole[0]) == 4
    hits = results.hits
    articles = corpus.search("road", sort="date", context=1).articles
    quotes = corpus.quotes(context=1, sort="date")
    begun = [next(hits)], [next(articles)], [next(quotes)]
    damage(corpus.cache)
    assert [*begun[0], *hits] == whole[0]
    damage(corpus.cache)
    assert [*begun[1], *articles] == whole[2]
    damage(corpus.cache)
    assert [*begun[2], *quotes] == whole[7]
    assert list(results) == whole[0]
    assert read_with(corpus, damage) == whole


def test_results_that_are_read_twice_at_once_are_recovered_once(corpus):
    results = corpus.search("road OR treaty OR talks")
    whole = list(results)
    hits, again = results.hits, results.hits
    read = [next(hits)], [next(again)]
    cut(corpus.cache)
    for _ in range(3):
        read[0].append(next(hits))
        read[1].append(next(again))
    assert read == (whole, whole)


def test_repeated_damage_is_an_error(corpus, monkeypatch):
    def damaged(*_):
        raise Damaged("always")

    monkeypatch.setattr(SegmentFile, "text", damaged)
    with pytest.raises(IndexUnavailable, match="damaged again as soon as it is made"):
        list(corpus.search("road"))
    monkeypatch.setattr(SegmentFile, "postings", damaged)
    with pytest.raises(IndexUnavailable, match="damaged again as soon as it is made"):
        corpus.search("road")


def test_a_quotation_of_an_article_or_with_a_word(corpus):
    """One side of an OR is about the quotation's article: it need not have the other's word."""
    about = "title:talks OR signed"
    assert [hit.locator for hit in corpus.quotes(about=about)] == ["road:1", "talks:1"]
    assert [hit.locator for hit in corpus.quotes(about="title:talks -road")] == ["talks:1"]
    assert [hit.locator for hit in corpus.quotes(about="-treaty")] == []
    assert [hit.locator for hit in corpus.quotes(about="treaty -signed")] == ["road:2", "talks:1"]


def test_what_is_in_one_sentence_of_a_quotation(corpus):
    for about, expected in (
        ("treaty /s signed", ["road:1"]),
        ("open /s treaty", []),
        ("open /p treaty", ["road:1"]),
        ("road /s (open OR treaty)", ["road:1"]),
        ("signed /s (open /s road)", []),
        ("signed /s (treaty /p road)", ["road:1"]),
        ("open /p -signed", []),
    ):
        assert [hit.locator for hit in corpus.quotes(about=about)] == expected, about


def test_sentences_within_sentences_are_one_sentence(corpus):
    for query, expected in (
        ("signed /s (treaty /s road)", ["road:1"]),
        ("signed /s (open /s road)", []),  # open and road, but not signed, share a sentence
        ("signed /p (open /s road)", ["road:1"]),
        ("signed /s (open OR treaty)", ["road:1"]),
    ):
        assert [hit.locator for hit in corpus.search(query)] == expected, query


def test_a_question_of_a_negation_alone(corpus):
    assert {hit.locator for hit in corpus.search("-treaty", any=True)} == {"talks:2"}
    assert len(corpus.search("neverword OR (open OR -treaty)", any=True)) == 2


def test_the_snippet_has_the_most_different_matches():
    text = "One road. " * 3 + "A road to a treaty. The treaty. End."
    spans = [match.span() for match in re.finditer("road|treaty", text)]
    hit = Hit("a", 1, "t", None, None, text, 1.0, highlights=tuple(spans))
    for length, snippet in (
        (1, "A road to a treaty."),
        (25, "A road to a treaty."),
        (32, "One road. A road to a treaty."),
        (len(text) - 1, text[:-5]),
        (len(text), text),
    ):
        assert text[slice(*hit.snippet(length))] == snippet
    assert text[slice(*replace(hit, highlights=()).snippet(20))] == "One road. One road."
