"""What can go wrong, worded for the person at the terminal, each with its exit status."""

from __future__ import annotations

from collections.abc import Iterable


class ReaderError(Exception):
    """A failure that the user can understand and act on.

    The message is one line: what is wrong, where, and what to do next.
    """

    status = 2


class NoSuchArticle(ReaderError):
    """No article has the name asked for."""


class AmbiguousArticle(ReaderError):
    """Several articles have the name asked for."""


class NoSuchParagraph(ReaderError):
    """The article has fewer paragraphs than the number asked for."""


class CorpusError(ReaderError):
    """The folder of articles is missing, is no folder, or cannot be read."""


class UnreadableFile(ReaderError):
    """A file in the corpus cannot be read as an article."""


class FetchError(ReaderError):
    """A page cannot be had from the web."""


class SettingsError(ReaderError):
    """The config file is wrong."""


class QueryError(ReaderError):
    """The query breaks the grammar."""


class IndexUnavailable(ReaderError):
    """The index can neither be read nor made."""


def some_of(names: Iterable[str], most: int = 5) -> str:
    """A comma-separated list of the first `most` names, with "…" when there are more."""
    listed = list(names)
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")
