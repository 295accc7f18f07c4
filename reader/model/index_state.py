"""The state of an index, as `reader index` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class IndexState:
    """An index on disk as it is.

    `corpus` and `index` are the folders of the articles and of the index. `articles`, `paragraphs`
    and `segments` are their numbers, `skipped` that of the files that are not read; `size` is in
    bytes, `age` in seconds. `warnings` are what in the files was not understood, each with the id
    of its article before it. They are None where there is no index, or none that can be read.
    `state` is "current", "stale" (files have changed since), "absent", "damaged" or "untrusted"
    (others can write to it).
    """

    corpus: str
    index: str
    articles: int | None = None
    paragraphs: int | None = None
    skipped: int | None = None
    segments: int | None = None
    size: int | None = None
    age: int | None = None
    state: Literal["current", "stale", "absent", "damaged", "untrusted"] = "absent"
    warnings: tuple[str, ...] | None = None
