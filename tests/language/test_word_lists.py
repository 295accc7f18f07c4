"""The word lists: well-formed files, each telling its source, that the wheel carries."""

import re
from pathlib import Path

import pytest

import reader
from reader.language.word_lists import LANGUAGE, WordLists, months

FILES = sorted(Path(reader.__file__).parent.glob("*/data/*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_tells_its_source_and_repeats_no_entry(path):
    text = path.read_text(encoding="utf-8")
    comment = text.partition("\n\n")[0].splitlines()
    assert all(line.startswith("# ") for line in comment)
    assert re.search("MIT|Unicode [Ll]icen[cs]e|Apache|BSD|CC BY", " ".join(comment))
    sections = [line for line in text.splitlines() if line.startswith("[") and line[-1] == "]"]
    for section in sections or [""]:
        lists = WordLists(path.parent)
        entries = lists.entries(path.stem, *filter(None, [section.strip("[]")]))
        assert entries
        assert len(set(entries)) == len(entries)
        assert [entry.strip(" ") for entry in entries] == list(entries)


def test_sections_have_the_order_of_the_arguments(tmp_path):
    (tmp_path / "a.txt").write_text("# Made up.\n\n[one]\nb\na\n\n[two]\n# why\nc d\n")
    lists = WordLists(tmp_path)
    assert lists.entries("a") == ("b", "a", "c d")
    assert lists.entries("a", "two", "one") == ("c d", "b", "a")
    assert lists.words("a", "one") == {"a", "b"}
    with pytest.raises(KeyError):
        lists.entries("a", "three")
    with pytest.raises(FileNotFoundError):
        lists.entries("b")


def test_the_months_are_in_order():
    assert [names[0][:3] for names in months()] == (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    )
    assert months()[8] == ("September", "Sept", "Sep")


def test_only_particles_that_begin_a_surname_do():
    assert "van" in LANGUAGE.words("particles", "surname")
    assert "y" in LANGUAGE.words("particles") - LANGUAGE.words("particles", "surname")
