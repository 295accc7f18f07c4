"""A terminal reader and search tool for news articles; `Corpus` is the same for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.corpus import Corpus as Corpus

__version__ = "0.1.0"
__all__ = ["Corpus", "__version__"]


def __getattr__(name: str) -> Any:
    """Loads the library when it is asked for: `reader --version` does without."""
    if name != "Corpus":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from reader.corpus import Corpus

    return Corpus
