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


class NoSuchQuotation(ReaderError):
    """A number that no quotation has where it was looked for."""


class CorpusError(ReaderError):
    """The folder of articles is missing, is no folder, or cannot be read."""


class UnreadableFile(ReaderError):
    """A file in the corpus cannot be read as an article."""


class FetchError(ReaderError):
    """A page cannot be had from the web."""


class SettingsError(ReaderError):
    """The config file is wrong."""


class QueryError(ReaderError):
    """The query breaks the grammar; with its text, at the character `place`, counted from 0."""

    def __init__(self, message: str, text: str | None = None, place: int = 0) -> None:
        self._text, self._place = text, place
        if text is not None:
            message += f" (character {place + 1} of: {self._shown(text, _LONGEST_SHOWN)})"
        super().__init__(message)

    @property
    def pointer(self) -> str | None:
        """The part of the query with the place, and below it a caret that points there."""
        if self._text is None:
            return None
        first = max(0, self._place - _AROUND)
        before = self._shown(self._text[first : self._place] + ".", None)[:-1]
        after = self._shown("." + self._text[self._place : self._place + _AROUND], None)[1:]
        return f"{before}{after}\n{' ' * len(before)}^"

    @staticmethod
    def _shown(text: str, most: int | None) -> str:
        # Loads the cleaning of text, which most commands that fail do without.
        from reader.language.clean import normalize

        shown = normalize(text)
        return shown if most is None or len(shown) <= most else shown[:most] + "…"


# Characters of a query that a message about it repeats, and on each side of a caret.
_LONGEST_SHOWN = 100
_AROUND = 36


class IndexUnavailable(ReaderError):
    """The index can neither be read nor made."""


def some_of(names: Iterable[str], most: int = 5) -> str:
    """A comma-separated list of the first `most` names, with "…" when there are more."""
    listed = list(names)
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")
