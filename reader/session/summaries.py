"""Summaries of a folder's articles as they are now, read from the index as far as that is true."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.files.folder import FileStatus, Folder, SkippedFile
from reader.index.damage import Damaged
from reader.index.manifest import (
    index_folder,
    latest_generation,
    load_manifest,
    load_statuses,
    open_rows,
)
from reader.model.summary import summarize

if TYPE_CHECKING:
    from reader.model.summary import Summary


def summaries(corpus: Folder, cache: Path, refused: list[SkippedFile]) -> Iterator[Summary]:
    """The summary of each article of the corpus, ordered by id.

    Files that are as they were indexed are not read; the others are. Those that cannot be read are
    added to `refused`.
    """
    indexed, statuses = _indexed(index_folder(cache, corpus.root))
    refused += corpus.skipped
    for file in corpus.files:
        summary = indexed.get(file.path)
        unchanged = statuses.get(file.path) == file.status
        if summary is None or summary.id != file.id or not unchanged:
            try:
                summary = summarize(corpus.read(file))
            except UnreadableFile as error:
                refused.append(SkippedFile(file.path, str(error)))
                continue
        yield summary._replace(path=os.path.join(corpus.root, file.path))


def _indexed(folder: Path) -> tuple[dict[str, Summary], Mapping[str, FileStatus]]:
    """The summaries in the index, by path, and the statuses of their files."""
    generation = latest_generation(folder)
    try:
        manifest = load_manifest(folder, generation)
        if not manifest.complete:
            return {}, {}
        statuses = load_statuses(folder, generation).files
        rows = chain.from_iterable(
            open_rows(folder, segment).live() for segment in manifest.segments
        )
        return {row.path: row.summary for _, row in rows}, statuses
    except Damaged:
        return {}, {}
