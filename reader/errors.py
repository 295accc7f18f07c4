"""The errors that the package raises, worded for the person at the terminal.

Every method of the library raises these, and, for a wrong argument, Python's own TypeError and
ValueError:

    ReaderError
     ├─ CorpusError           no such folder of articles, or it cannot be read
     ├─ NoSuchArticle         no article by this name
     ├─ AmbiguousArticle      several articles by this name
     ├─ NoSuchParagraph       the article has no such paragraph
     ├─ NoSuchQuotation       the article has no such quotation
     ├─ StyleUnavailable      no such style of citations, or its library is not installed
     ├─ UnreadableFile        a file that cannot be read as an article
     ├─ FetchError            a web page that cannot be fetched
     ├─ SettingsError         the config file, the aliases or the saved searches are wrong
     ├─ QueryError            a query that breaks the grammar
     └─ IndexUnavailable      the index can neither be read nor built

`str(error)` is the message; the attributes are the data in it. Errors can be pickled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable


class ReaderError(Exception):
    """A failure that the user can understand and act on.

    The message is one line: what is wrong, where, and what to do next. `status` is the exit status
    of a command that fails with it.
    """

    status = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)


class CorpusError(ReaderError):
    """The folder of articles is missing, is not a folder, or cannot be read.

    `path` is the folder.
    """

    def __init__(self, message: str, *, path: str | os.PathLike[str] | None = None) -> None:
        super().__init__(message)
        self.path = path


class NoSuchArticle(ReaderError):
    """No article has the name.

    `name` is what was typed; `suggestions` are the ids of articles with similar names, the most
    similar first.
    """

    def __init__(self, message: str, *, name: str = "", suggestions: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.suggestions = tuple(suggestions)


class AmbiguousArticle(ReaderError):
    """The name is part of the ids or titles of several articles.

    `name` is what was typed; `candidates` are the ids of these articles.
    """

    def __init__(self, message: str, *, name: str = "", candidates: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.candidates = tuple(candidates)


class NoSuchParagraph(ReaderError):
    """A locator names a paragraph that the article does not have, or too many.

    `article` is the article's id, `count` the number of its paragraphs.
    """

    def __init__(self, message: str, *, article: str = "", count: int = 0) -> None:
        super().__init__(message)
        self.article = article
        self.count = count


class NoSuchQuotation(ReaderError):
    """The article, or the chosen paragraphs of it, have no quotation of this number.

    `article` is the article's id, `count` the number of quotations there.
    """

    def __init__(self, message: str, *, article: str = "", count: int = 0) -> None:
        super().__init__(message)
        self.article = article
        self.count = count


class StyleUnavailable(ReaderError):
    """A style of citations that cannot be read, or whose library is not installed."""


class UnreadableFile(ReaderError):
    """A file cannot be read as an article.

    `reason` says why, and is the whole message where the file is not named; `path` is the file's
    path in its corpus, None where it is not known.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | os.PathLike[str] | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(message)
        self.path = path
        self.reason = message if reason is None else reason


class FetchError(ReaderError):
    """A web page cannot be fetched. `url` is its address."""

    def __init__(self, message: str, *, url: str | None = None) -> None:
        super().__init__(message)
        self.url = url


class SettingsError(ReaderError):
    """A file of settings, aliases or saved searches is wrong.

    `path` is the file, None for settings from elsewhere.
    """

    def __init__(self, message: str, *, path: str | os.PathLike[str] | None = None) -> None:
        super().__init__(message)
        self.path = path


class QueryError(ReaderError):
    """A query breaks the grammar.

    `text` is the query, None where an option is wrong; `offset` is the character offset of the
    error in it, from 0.
    """

    def __init__(self, message: str, text: str | None = None, offset: int = 0) -> None:
        self.text = text
        self.offset = offset
        if text is not None:
            message += f" (character {offset + 1} of: {self._cleaned(text, _LONGEST_SHOWN)})"
        super().__init__(message)

    @property
    def pointer(self) -> str | None:
        """The query around the error, and a caret below it; None without a query."""
        if self.text is None:
            return None
        first = max(0, self.offset - _AROUND)
        before = self._cleaned(self.text[first : self.offset] + ".", None)[:-1]
        after = self._cleaned("." + self.text[self.offset : self.offset + _AROUND], None)[1:]
        return f"{before}{after}\n{' ' * len(before)}^"

    @staticmethod
    def _cleaned(text: str, longest: int | None) -> str:
        # Imported here: most errors have no query to clean.
        from reader.language.clean import normalize

        cleaned = normalize(text)
        return cleaned if longest is None or len(cleaned) <= longest else cleaned[:longest] + "…"


# The longest query quoted in a message, and the context on each side of a caret, in characters.
_LONGEST_SHOWN = 100
_AROUND = 36


class IndexUnavailable(ReaderError):
    """The index can neither be read nor built."""


def joined(names: Iterable[str], most: int = 5) -> str:
    """A comma-separated list of the first `most` names, with "…" when there are more."""
    listed = list(names)
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")
