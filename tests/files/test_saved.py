"""Saved searches: a file that is checked before it is believed, and hits shown once."""

from typing import NamedTuple

import pytest

from reader.errors import SettingsError
from reader.files.saved import SavedSearches


@pytest.fixture
def saved(tmp_path):
    return SavedSearches(tmp_path / "data")


def test_queries_are_kept_by_name(saved):
    assert saved.all() == {}
    saved.save("ships", "ships OR boats")
    saved.save("əliyev.2", "“Sülh”")
    saved.save("ships", "ships")
    assert list(saved.all().items()) == [("ships", "ships"), ("əliyev.2", "“Sülh”")]
    saved.delete("ships")
    assert saved.all() == {"əliyev.2": "“Sülh”"}
    with pytest.raises(SettingsError, match=r"no saved search ships: there are əliyev\.2"):
        saved.delete("ships")
    saved.delete("əliyev.2")
    assert "`reader save NAME QUERY` keeps one" in str(saved.no_such("x"))


@pytest.mark.parametrize("name", ["", "-a", "a b", "a/b", "x" * 65])
def test_names_that_are_refused(saved, name):
    with pytest.raises(SettingsError, match="64 at most"):
        saved.save(name, "ships")
    assert saved.all() == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Expecting value"),
        (b"\xff", "decode"),
        (b"[" * 100_000, ""),
        (b"[]", "an object that maps names to queries"),
        (b'{"a": ["b"]}', "the query of a must be a string"),
        (b'{"../a": "b"}', r"\.\./a is not a name"),
        (b'{"": "b"}', "'' is not a name"),
    ],
)
def test_a_damaged_file_is_an_error_and_stays_as_it_is(saved, tmp_path, content, reason):
    path = tmp_path / "data" / "searches.json"
    path.parent.mkdir()
    path.write_bytes(content)
    for use in (saved.all, lambda: saved.save("a", "b"), lambda: saved.delete("a")):
        with pytest.raises(SettingsError, match=rf"searches\.json is damaged: .*{reason}"):
            use()
    assert path.read_bytes() == content


class Shown(NamedTuple):
    """What is compared of a hit."""

    article: str
    text: str


def test_hits_are_new_once_whatever_their_order(saved, tmp_path):
    hits = [Shown("a", "One."), Shown("b", "One."), Shown("a", "Two.")]
    seen = saved.seen("ships", "/corpus")
    assert list(seen.new(hits[:2])) == hits[:2]
    assert list(saved.seen("ships", "/corpus").new(hits[:2])) == hits[:2]  # not remembered
    seen.remember()
    assert list(saved.seen("ships", "/corpus").new(reversed(hits))) == hits[2:]
    assert list(saved.seen("ships", "/other").new(hits)) == hits
    saved.save("ships", "ships")
    saved.delete("ships")
    assert list(saved.seen("ships", "/corpus").new(hits)) == hits


def test_a_record_that_cannot_be_read_is_an_error(saved, tmp_path):
    saved.seen("ships", "/corpus").remember()
    (path,) = (tmp_path / "data" / "seen").iterdir()
    path.unlink()
    path.mkdir()
    with pytest.raises(SettingsError, match="cannot read"):
        saved.seen("ships", "/corpus")
