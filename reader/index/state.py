"""Whether an index on disk is whole, and whether it holds what the files hold."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from reader.catalogue import (
    Catalogue,
    is_whole,
    latest_generation,
    load,
    load_snapshot,
    snapshot,
)
from reader.errors import UnreadableFile
from reader.index.schema import VERSION
from reader.index.search import DAMAGE, open_generation

if TYPE_CHECKING:
    from reader.corpus import Corpus


def describe_index(corpus: Corpus, folder: Path, thorough: bool) -> dict[str, str | int | None]:
    """Names and values that describe the index in the folder; see `reader.index.describe`."""
    generation = latest_generation(folder)
    known = load(folder, generation) if generation >= 0 else None
    state = _state(corpus, folder, generation, known, thorough)
    files = [path for path in folder.glob("*") if path.is_file()]
    made = (folder / f"snapshot_{generation}") if generation >= 0 else None
    return {
        "corpus": corpus.root,
        "index": str(folder),
        "articles": len(known.entries) if known else None,
        "paragraphs": known.paragraphs if known else None,
        "skipped": len(known.refusals) if known else None,
        "size": sum(path.stat().st_size for path in files) if files else None,
        "age": int(time.time() - made.stat().st_mtime) if made and made.exists() else None,
        "state": state,
    }


def _state(
    corpus: Corpus, folder: Path, generation: int, known: Catalogue | None, thorough: bool
) -> str:
    if generation < 0:
        return "absent"
    saved = load_snapshot(folder, generation)
    if known is None or saved is None or not _holds(folder, known):
        return "damaged"
    if not is_whole(folder, generation, thorough):
        return "damaged"
    if not saved.startswith(VERSION.encode() + b"\n"):
        return "stale"
    if saved == snapshot(VERSION, corpus.root, corpus.files, corpus.refusals):
        return "current" if not thorough or _same_content(corpus, known) else "stale"
    return "current" if _same_content(corpus, known) else "stale"


def _holds(folder: Path, known: Catalogue) -> bool:
    """Whether the index opens and has as many paragraphs as its catalogue."""
    try:
        index = open_generation(folder)
        try:
            return index.paragraphs == known.paragraphs
        finally:
            index.close()
    except DAMAGE:
        return False


def _same_content(corpus: Corpus, known: Catalogue) -> bool:
    """Whether the corpus has just the articles that the index holds, by their content."""
    refused = {refusal.path for refusal in known.refusals}
    if {file.path for file in corpus.files} - refused != set(known.entries):
        return False
    try:
        return all(
            entry.digest
            == hashlib.blake2b(corpus.content(entry.file.path), digest_size=16).hexdigest()
            for entry in known.entries.values()
        )
    except UnreadableFile:
        return False
