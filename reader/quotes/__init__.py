"""Who said what: the quotations of an article, with their speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.text import fold

if TYPE_CHECKING:
    from reader.article import Article, Quote

# Raised when the rules change, so that indexes made by the old ones are made again.
VERSION = 1


def find(article: Article) -> tuple[Quote, ...]:
    """The article's quotations in the order they stand, each with its kind, speaker and cue."""
    # Loads the rules: a search has no use for them, only for their version.
    from reader.quotes.spans import find_spans
    from reader.quotes.speakers import attribute

    return attribute(article, find_spans(article.paragraphs))


def chosen(
    quotes: Iterable[Quote],
    first: int | None = None,
    last: int | None = None,
    by: str | None = None,
    about: str | None = None,
    every: bool = False,
) -> Iterator[Quote]:
    """The quotations that a reader asked for.

    Those that stand in paragraphs `first` to `last`, whose speaker has `by` in the name, whose
    words have all the words of `about` (case and accents aside, whatever their endings); terms
    only with `every`.
    """
    wanted = _spaced(by or "")
    for quote in quotes:
        end = quote.paragraph + len(quote.parts) - 1
        if (
            first is not None
            and last is not None
            and not (first <= end and quote.paragraph <= last)
        ):
            continue
        if quote.kind != "speech" and not every:
            continue
        if by is not None and (wanted == " " or wanted not in _spaced(quote.speaker or "")):
            continue
        if about is None or _is_about(quote, about):
            yield quote


def _spaced(name: str) -> str:
    """The name folded, a space before each word: "pence" is in no "Spencer"."""
    return " " + " ".join(fold(name).replace("-", " ").split())


def _is_about(quote: Quote, words: str) -> bool:
    # Loads Whoosh's stemmer: only when asked for.
    from reader.index.analysis import tokenize

    wanted = {token.stem for token in tokenize(words)}
    return bool(wanted) and wanted <= {token.stem for token in tokenize(quote.text)}
