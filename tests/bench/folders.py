"""The articles of a folder, for the scripts here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from reader.errors import UnreadableFile
from reader.files.folder import Folder
from reader.model.article import Article


def read_all(folder: Folder) -> Iterator[Article]:
    """The articles of a folder, ordered by id, without those that cannot be read."""
    for file in folder.files:
        with suppress(UnreadableFile):
            yield from folder.read(file)
