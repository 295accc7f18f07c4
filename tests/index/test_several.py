"""The index of files with several articles: what is updated, deleted and merged with a file."""

import json
import time

import pytest
from whoosh.index import open_dir

from reader import Corpus
from reader.index import build, update
from reader.index.schema import FIELDS
from reader.index.writer import SegmentBuilder
from reader.query.tree import InArticle
from reader.query.whoosh import as_whoosh

WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def write(path, words):
    stories = [
        {"title": f"Story {word}", "text": f"“The {word} rises,” said Anna Quist.\n\nAnd {word}."}
        for word in words
    ]
    path.write_text("".join(json.dumps(story) + "\n" for story in stories))


@pytest.fixture
def corpus(own_corpus, tmp_path):
    write(own_corpus / "box.jsonl", WORDS[:4])
    with Corpus(own_corpus, cache=tmp_path / "cache", warn=pytest.fail) as corpus:
        yield corpus


def articles(corpus, query):
    return [hit.article for hit in corpus.search(query)]


def state(corpus):
    """The articles of the index as a new one has them, and those of its own."""
    corpus.update_index()
    described = corpus.describe_index(thorough=True)
    assert described.state == "current"
    with Corpus(corpus.root, cache=corpus.cache / "new", warn=pytest.fail) as new:
        for query in WORDS:
            assert articles(new, query) == articles(corpus, query)
        assert [hit.locator for hit in new.quotes()] == [hit.locator for hit in corpus.quotes()]
        new.update_index(rebuild=True)
        rebuilt = new.describe_index()
    assert (rebuilt.articles, rebuilt.paragraphs) == (described.articles, described.paragraphs)
    return described.articles


def test_a_file_is_replaced_and_deleted_as_a_whole(corpus):
    assert articles(corpus, "four") == ["box/4", "box/4"]
    assert state(corpus) == 7
    write(corpus.root / "box.jsonl", WORDS[1:6])
    assert articles(corpus, "four") == ["box/3", "box/3"]
    assert articles(corpus, "one") == []
    assert state(corpus) == 8
    write(corpus.root / "box.jsonl", WORDS[:1])  # one article has no number
    assert articles(corpus, "one") == ["box", "box"]
    assert state(corpus) == 4
    write(corpus.root / "other.jsonl", WORDS[4:9])
    write(corpus.root / "box.jsonl", WORDS[:2])
    assert state(corpus) == 10
    (corpus.root / "box.jsonl").rename(corpus.root / "chest.jsonl")
    assert articles(corpus, "two") == ["chest/2", "chest/2"]
    (corpus.root / "other.jsonl").unlink()
    assert articles(corpus, "six") == []
    assert state(corpus) == 5


def test_a_file_may_be_larger_than_a_segment(corpus, monkeypatch):
    monkeypatch.setattr(build, "_FULL", 60)
    monkeypatch.setattr(update, "_MANY", 100)
    write(corpus.root / "box.jsonl", WORDS)
    assert articles(corpus, "twelve") == ["box/12", "box/12"]
    assert corpus.describe_index().segments > 4
    assert len(articles(corpus, "rises")) == 12
    assert len(list(corpus.search("and", article="box"))) == 12
    assert [summary.id for summary in corpus.articles()][:12] == [f"box/{n}" for n in range(1, 13)]
    assert state(corpus) == 15
    write(corpus.root / "box.jsonl", WORDS[::-1])
    assert articles(corpus, "twelve") == ["box/1", "box/1"]
    assert state(corpus) == 15
    monkeypatch.setattr(update, "_MANY", 2)
    write(corpus.root / "other.jsonl", WORDS[:2])
    assert articles(corpus, "twelve") == ["box/1", "box/1"]
    assert state(corpus) == 17
    (corpus.root / "box.jsonl").unlink()
    assert state(corpus) == 5


@pytest.mark.parametrize("full", [10**9, 60])
@pytest.mark.parametrize("failing", [1, 3, 8, 12])
def test_a_file_for_which_memory_is_short_is_skipped(corpus, monkeypatch, full, failing):
    monkeypatch.setattr(build, "_FULL", full)
    write(corpus.root / "box.jsonl", WORDS[:2])
    write(corpus.root / "large.jsonl", WORDS)
    add = build._add_quotation

    def add_quotation(builder, article, quotation):
        if article.id == f"large/{failing}":
            raise MemoryError
        add(builder, article, quotation)

    warnings = []
    with monkeypatch.context() as patch:
        patch.setattr(build, "_add_quotation", add_quotation)
        with Corpus(corpus.root, cache=corpus.cache, warn=warnings.append) as opened:
            assert articles(opened, "two") == ["box/2", "box/2"]
            assert articles(opened, "three") == []
            assert opened.search("harbour").total
    assert set(warnings) == {"large.jsonl: there is not enough memory for it: skipped"}
    assert articles(corpus, "three") == ["large/3", "large/3"]
    assert state(corpus) == 17


def test_whoosh_finds_the_articles_of_a_file(corpus):
    (corpus.root / "box2").mkdir()
    write(corpus.root / "box2" / "1.jsonl", WORDS[:2])
    corpus.update_index()
    index = open_dir(corpus.describe_index().index)
    for id, articles in (("box", 4), ("box/2", 1), ("box2/1", 2), ("box2/1/1", 1), ("box2", 0)):
        with index.searcher() as searcher:
            hits = searcher.search(as_whoosh(InArticle(id)), limit=None)
            assert len({hit["article"] for hit in hits}) == articles
        assert len(
            {hit.article for hit in corpus.search("and", article=id)} if articles else ()
        ) == (articles)
    index.close()


def test_a_builder_that_is_cut_is_as_if_no_more_had_been_added():
    def filled(words):
        builder = SegmentBuilder(FIELDS)
        for word in words:
            builder.add_words("title", ["story", word])
            builder.add_words("text", ["the", word])
            builder.add_alternatives("text", [(0, f"{word}s")])
            builder.add_paragraph(f"The {word}")
            builder.add_article(word, 0)
        return builder

    for kept in range(4):
        cut = filled(WORDS[:4])
        cut.add_words("title", ["left"])
        cut.add_words("text", ["left"])
        cut.truncate(kept)
        own = filled(WORDS[:kept])
        for builder in (cut, own):
            builder.add_words("text", ["last"])
            builder.add_paragraph("Last")
            builder.add_article("last", 0)
        assert vars(cut) == vars(own)


def test_warnings_are_kept_with_the_articles_and_listed(corpus, reader, tmp_path, monkeypatch):
    stories = [
        {"title": "Tolls", "text": "The tolls rise again.", "date": "14 Floréal, Year II"},
        {"title": "Ships", "text": "The ships came in at noon.", "date": "2021-05-20"},
    ]
    path = corpus.root / "box.jsonl"
    path.write_text("".join(json.dumps(story) + "\n" for story in stories))
    corpus.update_index()
    (warning,) = corpus.describe_index().warnings
    assert warning.startswith("box/1: ")
    assert "Floréal" in warning
    write(corpus.root / "other.jsonl", WORDS[:3])
    corpus.update_index()
    assert corpus.describe_index().warnings == (warning,)
    done = reader("index", "--corpus", corpus.root)
    assert f"\nwarnings\t1\nwarning\t{warning}\n" in done.stdout
    assert json.loads(reader("index", "--json", "--corpus", corpus.root).stdout)["warnings"] == [
        warning
    ]
    listed = reader("list", "--corpus", corpus.root)
    assert listed.stderr == "reader: 1 warning on what was read: see `reader index`\n"
    assert reader("search", "tolls", "--corpus", corpus.root).stderr == ""
    assert reader("show", "box/1", "--corpus", corpus.root).stderr == f"reader: {warning}\n"
    assert reader("show", "box/2", "--corpus", corpus.root).stderr == ""
    added = reader("add", path)
    text = warning.removeprefix("box/1: ")
    assert (added.returncode, added.stderr) == (0, f"reader: {path}/1: {text}\n")
    path.unlink()
    corpus.update_index()
    assert corpus.describe_index().warnings == ()


def test_time_grows_with_the_number_of_articles(own_corpus, tmp_path):
    """The file of each hit is not read, and locators of one file are looked up together."""

    def seconds(count):
        write(own_corpus / "box.jsonl", [f"word{number}" for number in range(count)])
        with Corpus(own_corpus, cache=tmp_path / "cache") as corpus:
            corpus.update_index()
            ids = [f"box/{number}" for number in range(1, count + 1)]
            began = time.process_time()
            assert len(list(corpus.articles())) == count + 3
            assert len(list(corpus.search("rises", article="box"))) == count
            assert len(list(corpus.quotes("box"))) == count
            assert len(corpus.selections(ids)) == count
            return time.process_time() - began

    seconds(100)
    small = min(seconds(1_000) for _ in range(2))
    assert seconds(4_000) < 9 * small
