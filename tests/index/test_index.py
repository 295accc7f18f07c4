"""The index on real folders: what is found, in which order, and that it follows the files."""

import os
import shutil
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from reader.errors import IndexUnavailable
from reader.files import statuses
from reader.files.folder import Folder
from reader.index import schema, update
from reader.index.current import ask, open_index, rebuild_index
from reader.index.manifest import index_folder
from reader.language.tokens import tokenize
from reader.query.grammar import parse_query
from reader.search.engine import Index
from reader.session.index_state import describe


class Told(list):
    """Collects what the user would be told."""

    def __call__(self, message):
        self.append(message)


def opened(corpus, cache, warn=None, note=None, make=open_index):
    warn = Told() if warn is None else warn
    note = Told() if note is None else note
    return make(Folder(corpus), cache, warn, note, lambda done, total: None)


def search(corpus, cache, text, **told):
    told = {"warn": Told(), "note": Told(), **told}
    query = parse_query(text)
    results = ask(
        Folder(corpus),
        cache,
        lambda opened: Index(opened).search(query),
        progress=lambda done, total: None,
        **told,
    )
    hits = list(results.hits)
    assert len(hits) == results.total
    return [(hit.article, hit.paragraph) for hit in hits], results, hits


def places(corpus, cache, text):
    return sorted(search(corpus, cache, text)[0])


@pytest.fixture
def corpus(own_corpus):
    """The tests here change files."""
    return own_corpus


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("treaty", [("harbour", 2), ("vienna-talks", 1), ("vienna-talks", 2)]),
        ("TREATIES", [("harbour", 2), ("vienna-talks", 1), ("vienna-talks", 2)]),
        ("treaty road", [("vienna-talks", 1)]),
        ('"peace treaty"', [("vienna-talks", 1)]),
        ('"treaty peace"', []),
        ("nobodys", [("notes/ships", 1), ("vienna-talks", 3)]),
        ("patience’s", [("vienna-talks", 3)]),
        ("cafe", [("vienna-talks", 4)]),
        ("photo*", [("vienna-talks", 2)]),
        ("photograph*", [("vienna-talks", 2)]),
        ("photographers*", []),
        ("zangazur~", [("vienna-talks", 4)]),
        ("zengezir~2", [("vienna-talks", 4)]),
        ("zengezir~", []),
        ("treaty -peace", [("harbour", 2), ("vienna-talks", 2)]),
        ("repairs OR café", [("harbour", 1), ("vienna-talks", 4)]),
        ("speaker:aagaard", [("vienna-talks", 2), ("vienna-talks", 3)]),
        ('speaker:"lena aagaard"', [("vienna-talks", 2), ("vienna-talks", 3)]),
        ("speaker:aag*", [("vienna-talks", 2), ("vienna-talks", 3)]),
        ("quote:treaty", [("vienna-talks", 2)]),
        ("quote:photo*", [("vienna-talks", 2)]),
        ("title:ships", [("harbour", 1), ("harbour", 2), ("notes/ships", 1)]),
        ("title:return*", [("harbour", 1), ("harbour", 2)]),
        ("source:danube treaty", [("vienna-talks", 1), ("vienna-talks", 2)]),
        ("author:kovac treaty", [("vienna-talks", 1), ("vienna-talks", 2)]),
        ("section:world patience", [("vienna-talks", 3)]),
        ("date:2022 treaty", [("harbour", 2)]),
        ("date:..2021 treaty", [("vienna-talks", 1), ("vienna-talks", 2)]),
        ("date:2021-05-20..2021-06 patience", [("vienna-talks", 3)]),
        ("-the", [("notes/ships", 1)]),
        # No paragraph has both words, but an article does.
        ("photographs patience", [("vienna-talks", 2), ("vienna-talks", 3)]),
        ("photographs patience -nobody", [("vienna-talks", 2)]),
        ("photographs patience date:2022", []),
        # The words are in the title only.
        ("lachin month resume", [("vienna-talks", 1)]),
        ("returns reopens", [("harbour", 1)]),
        ("qqzzxx", []),
        ("qqzz*", []),
    ],
)
def test_matches(corpus, cache, query, found):
    assert places(corpus, cache, query) == found


def test_hits_are_best_first_with_ties_by_date_and_id(corpus, cache):
    text = "The same words about a lighthouse stand here in every one of the three articles.\n"
    for name, date in (("b", "2020-01-01"), ("a", "2020-01-01"), ("c", "2021-01-01"), ("d", None)):
        front = f"---\ntitle: One\ndate: {date}\n---\n" if date else "---\ntitle: One\n---\n"
        (corpus / f"{name}.md").write_text(front + text, encoding="utf-8")
    (corpus / "e.md").write_text(f"---\ntitle: Lighthouse\n---\n{text}", encoding="utf-8")
    found, _, hits = search(corpus, cache, "lighthouse")
    assert [id for id, _ in found] == ["e", "c", "a", "b", "d"]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("zangezur", ["Zangezur"]),
        ('"cafe opposite" coffee', ["café opposite", "coffee"]),
        ("wait*", ["waited"]),
        ("zangazur~", ["Zangezur"]),
        ("talk hall -treaty", ["talks", "hall"]),
        ("source:danube sold", ["sold"]),
    ],
)
def test_matches_are_marked_where_they_stand(corpus, cache, query, marked):
    _, _, hits = search(corpus, cache, query)
    hit = next(hit for hit in hits if hit.paragraph == 4)
    assert [hit.text[start:end] for start, end in hit.highlights] == marked


def test_the_nearest_indexed_spelling(corpus, cache):
    assert search(corpus, cache, "Zangazur talks")[1].suggestion == "Zangezur talks"
    assert search(corpus, cache, "qqzzxx")[1].suggestion is None
    assert search(corpus, cache, "photographs repairs")[1].suggestion is None


def test_the_index_follows_the_files(corpus, cache):
    assert places(corpus, cache, "ships") == [("harbour", 1), ("notes/ships", 1)]
    (corpus / "new.txt").write_text(
        "Ships are mentioned here as well, in a sentence long enough to be prose.\n"
    )
    assert places(corpus, cache, "ships") == [("harbour", 1), ("new", 1), ("notes/ships", 1)]
    (corpus / "new.txt").write_text(
        "Boats are mentioned here as well, in a sentence long enough to be prose.\n"
    )
    assert places(corpus, cache, "boats") == [("new", 1)]
    assert places(corpus, cache, "ships") == [("harbour", 1), ("notes/ships", 1)]
    (corpus / "new.txt").rename(corpus / "renamed.txt")
    assert places(corpus, cache, "boats") == [("renamed", 1)]
    (corpus / "renamed.txt").unlink()
    assert places(corpus, cache, "boats") == []
    (corpus / "harbour.md").rename(corpus / "harbour.txt")
    assert places(corpus, cache, "ships") == [("harbour", 1), ("notes/ships", 1)]


def test_an_edit_that_keeps_size_and_time_is_seen(corpus, cache):
    path = corpus / "notes" / "ships.txt"
    before = path.stat()
    assert places(corpus, cache, "ships headline") == [("notes/ships", 1)]
    path.write_text(path.read_text().replace("ships", "boats"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert places(corpus, cache, "boats") == [("notes/ships", 1)]


def test_an_unchanged_corpus_is_not_indexed_again(corpus, cache, monkeypatch):
    old = time.time() - 60
    for path in corpus.rglob("*.*"):
        os.utime(path, (old, old))
    opened(corpus, cache).close()
    # As if the files had aged, which they must: the inode's own time cannot be set.
    monkeypatch.setattr(statuses, "_RACY", 0)
    opened(corpus, cache).close()
    folder = index_folder(cache, Folder(corpus).root)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    opened(corpus, cache).close()
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    for path in corpus.rglob("*.*"):
        os.utime(path)  # touched, but the same
    segments = sorted(folder.glob("MAIN_*.*"))
    opened(corpus, cache).close()
    assert sorted(folder.glob("MAIN_*.*")) == segments


def test_an_index_of_another_version_is_made_again(corpus, cache, monkeypatch):
    monkeypatch.setattr(schema, "VERSION", "schema 0")
    opened(corpus, cache).close()
    monkeypatch.undo()
    note = Told()
    assert search(corpus, cache, "treaty", note=note)[1].total == 3
    assert note == ["the index was made by another version of reader: rebuilding it"]


@pytest.mark.parametrize("damage", ["empty", "cut", "noise", "gone"])
def test_damage_to_any_file_is_repaired_or_harmless(corpus, cache, damage):
    opened(corpus, cache).close()
    folder = index_folder(cache, Folder(corpus).root)
    whole = folder.parent / "whole"
    shutil.copytree(folder, whole)
    for name in sorted(path.name for path in whole.iterdir()):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        content = (folder / name).read_bytes()
        if damage == "gone":
            (folder / name).unlink()
        else:
            new = {
                "empty": b"",
                "cut": content[: len(content) // 2],
                "noise": b"\xa7" * len(content),
            }
            (folder / name).write_bytes(new[damage])
        assert places(corpus, cache, "treaty") == [
            ("harbour", 2),
            ("vienna-talks", 1),
            ("vienna-talks", 2),
        ], name


def test_check_tells_damage_that_search_would_not(corpus, cache):
    root = Folder(corpus)
    assert describe(root, cache, thorough=True).state == "absent"
    opened(corpus, cache).close()
    assert describe(root, cache, thorough=True).state == "current"
    (corpus / "more.txt").write_text("A text.")
    assert describe(Folder(corpus), cache, thorough=False).state == "stale"
    opened(corpus, cache).close()
    folder = index_folder(cache, root.root)
    paragraphs = next(folder.glob("*.paragraphs"))
    content = bytearray(paragraphs.read_bytes())
    content[len(content) // 2] ^= 1
    paragraphs.write_bytes(content)
    description = describe(Folder(corpus), cache, thorough=True)
    assert description.state == "damaged"
    opened(corpus, cache, make=rebuild_index).close()
    description = describe(Folder(corpus), cache, thorough=True)
    assert description.state == "current"
    assert (description.articles, description.paragraphs) == (4, 8)


def test_a_cache_that_cannot_be_written_means_an_index_in_memory(corpus, cache):
    cache.write_text("a file where the folder should be")
    warn = Told()
    assert search(corpus, cache, "treaty", warn=warn)[1].total == 3
    assert len(warn) == 1
    assert "made one in memory" in warn[0]


def test_while_another_process_writes_the_last_index_serves(corpus, cache, monkeypatch):
    monkeypatch.setattr(update, "_WAIT", 0.1)
    monkeypatch.setattr(update, "_FIRST_WAIT", 0.1)
    folder = index_folder(cache, Folder(corpus).root)
    folder.mkdir(parents=True)
    lock = FileStorage(str(folder)).lock("reader")
    assert lock.acquire()
    with pytest.raises(IndexUnavailable, match="another process"):
        opened(corpus, cache)
    lock.release()
    opened(corpus, cache).close()
    (corpus / "new.txt").write_text("A new treaty.")
    lock = FileStorage(str(folder)).lock("reader")
    assert lock.acquire()
    warn = Told()
    assert search(corpus, cache, "treaty", warn=warn)[1].total == 3
    assert warn == ["another process is updating the index: these are the results from before"]
    lock.release()
    assert search(corpus, cache, "treaty")[1].total == 4


def test_an_interrupted_update_leaves_the_last_index(corpus, cache, monkeypatch):
    opened(corpus, cache).close()
    (corpus / "new.txt").write_text("A new treaty.")

    def interrupt(done, total):
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_index(Folder(corpus), cache, Told(), Told(), interrupt)
    assert search(corpus, cache, "treaty")[1].total == 4


def test_unreadable_files_are_reported_every_time(corpus, cache):
    (corpus / "bad.txt").write_bytes(b"\0\1\2")
    (corpus / "empty.txt").write_bytes(b" \n")
    for _ in range(2):
        warn = Told()
        assert search(corpus, cache, "treaty", warn=warn)[1].total == 3
        assert warn == ["bad.txt: not text: skipped", "empty.txt: empty: skipped"]
    (corpus / "bad.txt").unlink()
    (corpus / "empty.txt").write_text("No longer empty.")
    warn = Told()
    assert search(corpus, cache, "longer", warn=warn)[1].total == 1
    assert warn == []
    (corpus / "empty.txt").write_text("")
    assert search(corpus, cache, "longer")[1].total == 0


WORDS = st.lists(
    st.sampled_from("ship treaty Ship’s café cafe road roads".split()), min_size=1, max_size=6
)


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(WORDS.map(" ".join), min_size=1, max_size=5), query=WORDS)
def test_a_hit_has_every_word_or_its_article_has(tmp_path_factory, texts, query):
    folder = tmp_path_factory.mktemp("any")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.md").write_text(
        "---\ntitle: x\n---\n" + "\n\n".join(texts), encoding="utf-8"
    )
    wanted = {token.stem for token in tokenize(" ".join(query))}
    stems = [{token.stem for token in tokenize(text)} for text in texts]
    expected = [n for n, words in enumerate(stems, 1) if wanted <= words]
    if not expected and wanted <= set().union(*stems):
        expected = [n for n, words in enumerate(stems, 1) if wanted & words]
    found, _, hits = search(folder / "corpus", folder / "cache", " ".join(query))
    assert sorted(paragraph for _, paragraph in found) == expected
    assert all(hit.highlights for hit in hits)
