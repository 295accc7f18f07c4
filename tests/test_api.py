"""The library: the same as the commands, as calls."""

import subprocess
import sys
import warnings

import pytest

import reader
from reader import Corpus
from reader.citing.claims import Claim
from reader.errors import NoSuchArticle, NoSuchParagraph, QueryError


def test_searching(home, corpus):
    opened = Corpus(corpus)
    results = opened.search("treaty", limit=2)
    hits = list(results)
    assert results.total == 3
    assert [(hit.article, hit.paragraph, hit.locator) for hit in hits] == [
        ("harbour", 2, "harbour:2"),
        ("vienna-talks", 2, "vienna-talks:2"),
    ]
    assert [hits[0].text[start:end] for start, end in hits[0].highlights] == ["treaty"]
    assert hits[0].date.isoformat() == "2022-03-01"
    with pytest.raises(QueryError):
        opened.search("(")
    with pytest.raises(TypeError):
        opened.search("treaty", nothing=1)


def test_articles(home, corpus):
    opened = Corpus(str(corpus))
    assert [summary.id for summary in opened.articles()] == [
        "harbour",
        "notes/ships",
        "vienna-talks",
    ]
    assert opened.newest() == "harbour"
    assert len(opened.article("vienna").paragraphs) == 4
    assert [p.number for p in opened.article("vienna:2-3").paragraphs] == [2, 3]
    with pytest.raises(NoSuchArticle):
        opened.article("qqzzxx")
    with pytest.raises(NoSuchParagraph):
        opened.article("vienna:9")
    with pytest.raises(NoSuchParagraph):
        opened.alike("vienna:1-2")


def test_without_a_folder_it_is_the_bundled_article(home):
    assert [hit.paragraph for hit in Corpus().search("Zangazur")] == [6]


def test_what_cannot_be_read_is_a_warning(home, own_corpus):
    (own_corpus / "bad.txt").write_bytes(b"\0")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert Corpus(own_corpus).search("treaty").total == 3
    assert [str(warning.message) for warning in caught] == ["bad.txt: not text: skipped"]


def test_it_is_loaded_when_it_is_used():
    code = "import sys, reader; assert 'reader.corpus' not in sys.modules; reader.Corpus"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError):
        reader.nothing  # noqa: B018


def test_quotations(corpus, home):
    opened = Corpus(corpus, cache=home / "cache")
    found = list(opened.quotes(by="aagaard"))
    assert [hit.locator for hit in found] == ["vienna-talks:2", "vienna-talks:2", "vienna-talks:3"]
    assert all(hit.paragraphs[0].number == hit.quote.paragraph for hit in found)
    (context,) = opened.quotes(["vienna:3"], context=1)
    assert [paragraph.number for paragraph in context.paragraphs] == [2, 3, 4]
    assert [speaker.name for speaker in opened.speakers()] == ["Lena Aagaard", "Olaf Berg"]


def test_citations_and_checks(corpus, home):
    opened = Corpus(corpus, cache=home / "cache")
    (citation,) = opened.cite(["vienna:2", "vienna:3"])
    assert [passage.first for passage in citation.passages] == [2, 2, 3]
    verdicts = [
        one.verdict
        for one in opened.check(
            [
                Claim("That has not changed", "Aagaard"),
                Claim("That has not changed", "Olaf Berg"),
                Claim("We came to sign the treaty", "Aagaard"),
                Claim("Bananas are cheaper than ever", "Aagaard"),
            ]
        )
    ]
    assert verdicts == ["verbatim", "misattributed", "altered", "missing"]
