"""Word lists: plain text files, read once, when a list is first needed.

A file has an entry on each line. `#` begins a comment, which at the top of the file states the
list's origin; a line in brackets begins a section.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


class WordLists:
    """The word lists in a folder, each by its file's name without `.txt`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def entries(self, name: str, *sections: str) -> tuple[str, ...]:
        """The entries of the sections of a list, in order; without sections, of the whole list.

        Raises FileNotFoundError and KeyError for a list or section that does not exist.
        """
        read = _read(self._folder / f"{name}.txt")
        return tuple(entry for section in sections or read for entry in read[section])

    def words(self, name: str, *sections: str) -> frozenset[str]:
        """The entries as a set."""
        return frozenset(self.entries(name, *sections))


@cache
def _read(path: Path) -> dict[str, list[str]]:
    """The entries of a file by section; those before the first section are under ""."""
    sections: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            sections.setdefault(section, []).append(line)
    return sections


LANGUAGE = WordLists(Path(__file__).with_name("data"))


@cache
def months() -> tuple[tuple[str, ...], ...]:
    """The names of each month, January first: the full one, then its abbreviations."""
    return tuple(tuple(entry.split()) for entry in LANGUAGE.entries("months"))


@cache
def stop_words() -> frozenset[str]:
    """English stop words: words too frequent to say what a text is about."""
    from whoosh.lang.stopwords import stoplists

    return frozenset(stoplists["en"])
