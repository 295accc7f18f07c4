"""Damage is what wrong bytes raise, and nothing else is taken for it."""

import pytest

from reader.errors import IndexUnavailable
from reader.files.folder import Folder
from reader.index.current import ask, open_index, rebuild_index
from reader.index.damage import Damaged
from reader.index.generation import Generation
from reader.index.manifest import (
    index_folder,
    is_unchanged,
    latest_generation,
    load_statuses,
    open_rows,
)
from reader.index.segment import SegmentFile
from reader.query.grammar import parse_query
from reader.search import rank
from reader.search.engine import Index
from reader.session.index_state import describe


@pytest.fixture
def folder(own_corpus, tmp_path):
    """The folder of an index of two segments with a deleted article."""
    cache = tmp_path / "cache"
    for change in (
        lambda: None,
        lambda: (own_corpus / "late.txt").write_text("The treaty came too late.\n"),
        lambda: (own_corpus / "harbour.md").unlink(),
    ):
        change()
        open_index(Folder(own_corpus), cache, print, print, lambda done, total: None).close()
    return index_folder(cache, Folder(own_corpus).root)


def read_everything(folder, root):
    """Open the latest generation and read all that a search can read of it."""
    number = latest_generation(folder)
    generation = Generation(folder, number)
    index = Index(generation)
    for text in ("treaty -peace", '"peace treaty"', "quote:treat*", "tretay~", "source:danube"):
        results = index.search(parse_query(text))
        try:
            assert len(list(results.hits)) == results.total
            list(results.articles)
        except IndexUnavailable as error:  # how results, which are read later, tell of damage
            raise error.__context__ from None
    generation.rows()
    for segment, info in zip(generation.segments, generation.manifest.segments, strict=True):
        list(segment.file.quotations())
        list(open_rows(folder, info).files())
    load_statuses(folder, number)
    is_unchanged(folder, number, root)
    generation.verify()


@pytest.mark.parametrize("error", [KeyError, IndexError, TypeError, ValueError, OSError])
def test_a_bug_is_no_damage(corpus, tmp_path, monkeypatch, error):
    corpus, cache = Folder(corpus), tmp_path / "cache"
    ignore = (print, print, lambda done, total: None)
    open_index(corpus, cache, *ignore).close()
    before = {path: path.stat().st_mtime_ns for path in index_folder(cache, corpus.root).iterdir()}
    notes = []

    def broken(*_args, **_options):
        raise error("a bug")

    monkeypatch.setattr(rank.Ranking, "paragraphs", broken)
    with pytest.raises(error, match="a bug"):
        ask(
            corpus,
            cache,
            lambda generation: list(Index(generation).search(parse_query("treaty")).hits),
            notes.append,
            notes.append,
            lambda done, total: None,
        )
    assert notes == []
    assert before == {
        path: path.stat().st_mtime_ns for path in index_folder(cache, corpus.root).iterdir()
    }


def changes(content):
    """A file's content with a byte changed, in many places, and cut."""
    for place in sorted({0, *range(3, len(content), max(len(content) // 40, 1)), len(content) - 1}):
        changed = bytearray(content)
        changed[place] ^= 0x41
        yield f"byte {place}", bytes(changed)
    for length in (0, 1, 7, 8, len(content) // 2, len(content) - 1):
        yield f"cut to {length}", content[:length]


def test_wrong_bytes_raise_damage_and_nothing_else(folder):
    root = "nowhere"
    read_everything(folder, root)
    harmless = []
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if not content:
            continue  # the lock
        for name, changed in changes(content):
            if changed == content:
                continue
            path.write_bytes(changed)
            try:
                read_everything(folder, root)
            except Damaged:
                pass
            else:
                harmless.append(f"{path.suffix} {name}")
        path.write_bytes(content)
        if path.suffix != ".toc":  # without it the generation is none
            path.unlink()
            with pytest.raises(Damaged):
                read_everything(folder, root)
            path.write_bytes(content)
    # The first bytes of a segment only tell people what the file is.
    assert set(harmless) <= {".paragraphs byte 0", ".paragraphs byte 3"}


def test_a_section_that_is_missing_is_damage(folder):
    content = next(folder.glob("*.paragraphs")).read_bytes()
    with pytest.raises(Damaged, match="no section"):
        SegmentFile(content).section("no such")


def test_check_says_damaged_for_any_file(folder, own_corpus, tmp_path):
    corpus, cache = Folder(own_corpus), tmp_path / "cache"
    assert describe(corpus, cache, thorough=True).state == "current"
    for path in folder.iterdir():
        if path.name.startswith("files_") or path.suffix == ".lock" or not path.stat().st_size:
            continue  # what files looked like is looked at again; a lock is empty
        content = path.read_bytes()
        changed = bytearray(content)
        changed[len(content) // 2] ^= 1
        path.write_bytes(changed)
        assert describe(corpus, cache, thorough=True).state == "damaged", path
        path.write_bytes(content)
    rebuild_index(corpus, cache, print, print, lambda done, total: None).close()
    assert describe(corpus, cache, thorough=True).state == "current"


def test_an_index_that_cannot_be_read_is_damaged(folder):
    rows = next(folder.glob("*.articles"))
    rows.unlink()
    rows.mkdir()
    with pytest.raises(Damaged, match="articles"):
        read_everything(folder, "nowhere")
