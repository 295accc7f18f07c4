"""Summaries of a folder's articles as they are now, read from the index as far as that is true."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.files.listing import FileStatus, SkippedFile
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
    from reader.files.folder import Folder
    from reader.index.manifest import ArticleRow
    from reader.model.summary import Summary


def summaries(
    corpus: Folder, cache: Path, refused: list[SkippedFile], warnings: list[str] | None = None
) -> Iterator[Summary]:
    """The summary of each article of the corpus, ordered by id; those of a file are in its order.

    Files that are as they were indexed are not read; the others are. Those that cannot be read are
    added to `refused`, and what was not understood in the others to `warnings`.
    """
    understood = [] if warnings is None else warnings
    indexed, statuses = _indexed(index_folder(cache, corpus.root), corpus.encoding)
    refused += corpus.skipped
    for file in corpus.files:
        rows = indexed.get(file.path, [])
        if rows and rows[0].file_id == file.id and statuses.get(file.path) == file.status:
            path = os.path.join(corpus.root, file.path)
            for row in sorted(rows, key=attrgetter("number")):
                understood += row.warnings
                yield row.summary._replace(path=path)
            continue
        try:
            articles = corpus.read(file)
        except UnreadableFile as error:
            refused.append(SkippedFile(file.path, str(error)))
            continue
        for article in articles:
            understood += article.warnings
            yield summarize(article)


def _indexed(
    folder: Path, encoding: str | None
) -> tuple[dict[str, list[ArticleRow]], Mapping[str, FileStatus]]:
    """The rows of the index, by path, and the statuses of their files."""
    generation = latest_generation(folder)
    rows: dict[str, list[ArticleRow]] = {}
    try:
        manifest = load_manifest(folder, generation)
        # The version ends with the encoding of text without a mark, if one was set.
        set_encoding = manifest.version.partition(" encoding ")[2] or None
        if not manifest.complete or set_encoding != encoding:
            return {}, {}
        statuses = load_statuses(folder, generation).files
        for segment in manifest.segments:
            for _, row in open_rows(folder, segment).live():
                rows.setdefault(row.path, []).append(row)
    except Damaged:
        return {}, {}
    return rows, statuses
