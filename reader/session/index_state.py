"""The state of an index on disk: whether it is whole, and whether it is up to date."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import UnreadableFile
from reader.index.damage import Damaged
from reader.index.generation import Generation
from reader.index.manifest import (
    index_folder,
    is_unchanged,
    latest_generation,
    manifest_path,
    why_not_used,
)
from reader.index.schema import version_for
from reader.model.index_state import IndexState

if TYPE_CHECKING:
    from reader.files.folder import Folder


def describe(corpus: Folder, cache: Path, thorough: bool) -> IndexState:
    """The state of a corpus's index, which is not changed.

    Every byte of the index is checked for damage; if `thorough`, the content of every file of the
    corpus is compared too.
    """
    folder = index_folder(cache, corpus.root)
    generation = latest_generation(folder)
    made = manifest_path(folder, generation)
    files = [path for path in folder.glob("*") if path.is_file()]
    described = IndexState(
        corpus.root,
        str(folder),
        size=sum(path.stat().st_size for path in files) if files else None,
        age=max(int(time.time() - made.stat().st_mtime), 0) if made.exists() else None,
        state="damaged",
    )
    if generation < 0:
        return replace(described, state="untrusted" if why_not_used(folder) else "absent")
    try:
        index = Generation(folder, generation)
        try:
            return replace(
                described,
                articles=index.articles,
                paragraphs=index.paragraphs,
                skipped=len(index.manifest.refusals),
                segments=len(index.manifest.segments),
                state=_state(corpus, folder, generation, index, thorough),
                warnings=tuple(f"{id}: {warning}" for id, warning in index.warnings()),
            )
        finally:
            index.close()
    except Damaged:
        return described


def _state(
    corpus: Folder, folder: Path, generation: int, index: Generation, thorough: bool
) -> Literal["current", "stale"]:
    """The state of an index that can be opened. Raises Damaged."""
    index.verify()
    if index.manifest.version != version_for(corpus.encoding) or not index.manifest.complete:
        return "stale"
    if not thorough and is_unchanged(folder, generation, corpus.root):
        return "current"
    return "current" if _same_content(corpus, index) else "stale"


def _same_content(corpus: Folder, index: Generation) -> bool:
    """Whether the corpus has the articles of the index, by their content. Raises Damaged."""
    held = {row.path: (row.file_id, row.digest) for row in index.rows()}
    refused = {refusal.path for refusal in index.manifest.refusals}
    ids = {file.path: file.id for file in corpus.files if file.path not in refused}
    if ids != {path: id for path, (id, _) in held.items()}:
        return False
    try:
        return all(
            digest == hashlib.blake2b(corpus.content(path), digest_size=16).digest()
            for path, (_, digest) in held.items()
        )
    except UnreadableFile:
        return False
