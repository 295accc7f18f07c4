"""Long use: memory and open files stay flat, and are given back by the call, not the collector."""

import gc
import os
import tempfile
import time
import tracemalloc
from pathlib import Path

import pytest

from reader import Corpus
from reader.errors import CorpusError
from reader.files import listing as files_listing
from reader.files import statuses
from reader.files.folder import Folder
from reader.index.current import open_index

QUERIES = ("treaty", '"peace treaty"', "photo*", "treaty -peace", "tretay~", "source:danube", "qqx")


@pytest.fixture
def corpus(own_corpus):
    return own_corpus


@pytest.fixture
def opened(corpus, tmp_path, monkeypatch):
    """A corpus that stays open, without the collector."""
    monkeypatch.setattr(statuses, "_RACY", 0)  # as if the files were old
    gc.collect()
    gc.disable()
    with Corpus(corpus, cache=tmp_path / "cache", warn=pytest.fail) as corpus:
        yield corpus
    gc.enable()


def open_files():
    return sorted(os.listdir("/proc/self/fd"))


def use(corpus, number):
    """Ask something of each kind; what is asked for last is not read to its end."""
    query = QUERIES[number % len(QUERIES)]
    found = corpus.search(query, context=1)
    assert len(list(found.hits)) == found.total
    list(found.articles)
    found.facet("source")
    corpus.explain(query)
    next(corpus.quotes())
    next(corpus.search("the").hits)
    if number % 10 == 0:
        corpus.similar("harbour")
        corpus.speakers()


linux = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts them in /proc")


@linux
def test_searches_leave_no_memory_and_no_file_open(opened):
    for number in range(20):
        use(opened, number)
    before = open_files()
    tracemalloc.start()
    try:
        use(opened, 0)
        memory = tracemalloc.get_traced_memory()[0]
        for number in range(60):
            use(opened, number)
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] - memory < 64 * 1024
    finally:
        tracemalloc.stop()
    assert open_files() == before


@linux
def test_updates_leave_no_file_open_and_few_segments(opened, corpus):
    sizes = []
    counts = []
    for number in range(40):
        (corpus / "new.txt").write_text(f"A new treaty, for the {number}th time, said its keeper.")
        assert opened.search("treaty").total == 4
        (corpus / "new.txt").unlink()
        assert opened.search("treaty").total == 3
        index = opened.describe_index()
        sizes.append(index.size)
        counts.append(len(open_files()))
    assert index.segments <= 3
    assert max(sizes[20:]) <= max(sizes[:20])
    assert max(counts[20:]) <= max(counts[:20])


@linux
def test_an_open_corpus_closes_what_it_opened(corpus, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    before = open_files()
    gc.disable()
    try:
        with Corpus(corpus, cache=tmp_path / "cache", warn=print) as opened:
            results = opened.search("treaty")
            assert len(open_files()) > len(before)
            (corpus / "new.txt").write_text("A new treaty.")
            assert opened.search("treaty").total == 4
            assert len(list(results)) == 3  # the index as it was asked
        assert open_files() == before
        (tmp_path / "file").touch()
        with Corpus(corpus, cache=tmp_path / "file", warn=lambda _: None) as in_memory:
            for _ in range(3):
                assert in_memory.search("treaty").total == 4
            left = list(Path(tempfile.gettempdir()).glob("reader-*"))
            assert len(left) == 1
        assert open_files() == before
        assert not left[0].exists()
    finally:
        gc.enable()


def test_an_index_in_memory_serves_as_long_as_the_corpus_is_open(corpus, tmp_path):
    (tmp_path / "file").touch()
    warnings = []
    with Corpus(corpus, cache=tmp_path / "file", warn=warnings.append) as opened:
        old = time.time() - 60
        for path in corpus.rglob("*.*"):
            os.utime(path, (old, old))
        for _ in range(3):
            assert opened.search("treaty").total == 3
        assert len(warnings) >= 1
        (corpus / "new.txt").write_text("A new treaty.")
        assert opened.search("treaty").total == 4


YEAR = 365 * 86_400 * 1_000_000_000


@pytest.mark.parametrize("shift", [-YEAR, -3600 * 1_000_000_000, 3600 * 1_000_000_000, YEAR])
def test_a_clock_that_is_set_and_another_time_zone(corpus, tmp_path, monkeypatch, shift):
    """What is indexed while the clock is wrong is right, and when it is right again."""
    clock = time.time_ns
    with Corpus(corpus, cache=tmp_path / "cache", warn=pytest.fail) as opened:
        for number, (moved, zone) in enumerate(
            [(0, "UTC"), (shift, "Asia/Baku"), (0, "America/Lima"), (shift, "UTC"), (0, "UTC")]
        ):
            monkeypatch.setattr(files_listing.time, "time_ns", lambda moved=moved: clock() + moved)  # type: ignore[attr-defined]
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            (corpus / "new.txt").write_text(f"The number{number} is here.")
            for again in range(2):
                assert opened.search(f"number{number}").total == 1, again
            if number:
                assert opened.search(f"number{number - 1}").total == 0
            assert [hit.article for hit in opened.search("date:2022 treaty")] == ["harbour"]
            assert opened.describe_index().age >= 0
    monkeypatch.undo()
    time.tzset()


def test_a_folder_that_is_renamed_while_it_is_indexed(tmp_path):
    corpus, cache = tmp_path / "corpus", tmp_path / "cache"
    corpus.mkdir()
    for number in range(250):
        (corpus / f"article-{number}.txt").write_text(f"The lighthouse number {number} is here.")

    def rename(done, _total):
        if done == 100:
            corpus.rename(tmp_path / "renamed")

    with pytest.raises(CorpusError, match="does not exist"):
        open_index(Folder(corpus), cache, pytest.fail, print, rename)
    (tmp_path / "renamed").rename(corpus)
    with Corpus(corpus, cache=cache, warn=pytest.fail) as opened:
        assert opened.search("lighthouse").total == 250
    corpus.rename(tmp_path / "renamed")
    with Corpus(tmp_path / "renamed", cache=cache, warn=pytest.fail) as opened:
        assert opened.search("lighthouse").total == 250
