"""Citations of articles, passages and quotations, and the styles that they are written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.arguments import check_choice
from reader.model.choices import CSL_SUFFIX, CitationStyle

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate
    from reader.model.summary import Summary


@dataclass(frozen=True)
class Passage:
    """The paragraphs of an article that are cited, by the numbers of the first and the last.

    For a quotation, `words` are its words and `speaker` is its speaker, None if unknown. `text` is
    the text of the paragraphs, joined by newlines. `pages` are the numbers of the pages that the
    first and the last paragraph begin on, in a file that has pages. `fragment` is the directive
    with which the article's address leads to the words (`:~:text=…`).
    """

    first: int
    last: int
    words: str | None = None
    speaker: str | None = None
    text: str = ""
    pages: tuple[int, int] | None = None
    fragment: str | None = None

    @property
    def mark(self) -> str:
        """The pages and paragraphs in the form used in citations: ¶6; ¶¶6–7; p. 3, ¶6."""
        mark = f"¶{self.first}" if self.first == self.last else f"¶¶{self.first}–{self.last}"
        if self.pages is None:
            return mark
        first, last = self.pages
        return f"p. {first}, {mark}" if first == last else f"pp. {first}–{last}, {mark}"


@dataclass(frozen=True)
class Citation:
    """An article with the passages cited; without any, the whole article is cited.

    `accessed` is the day on which its page was read and `language` the code of its language, if its
    file says so.
    """

    summary: Summary
    passages: tuple[Passage, ...] = ()
    accessed: ArticleDate | None = None
    language: str | None = None

    @property
    def article(self) -> str:
        """The article's id."""
        return self.summary.id

    @property
    def locator(self) -> str:
        """The locator of the article."""
        return self.summary.id


def format_citations(citations: Iterable[Citation], style: CitationStyle | str) -> Iterator[str]:
    """The citations in a style, as pieces of text with their line ends.

    `text` is a line for each passage; `markdown` a block quotation or a line for each passage;
    `footnotes` and `pandoc` are a line for each passage with a reference to a numbered footnote,
    which follow, or to the key that `bibtex` gives the article; the other styles have an entry for
    each article, with the passages in a note. A `style` may also be the path of a file of the
    Citation Style Language, with the suffix .csl. Raises ValueError, StyleUnavailable.
    """
    if not style.lower().endswith(CSL_SUFFIX):
        check_choice("style", style, CitationStyle)
    if style in ("text", "markdown", "footnotes", "pandoc"):
        from reader.citing import notes

        return notes.FORMATTERS[style](citations)
    if style in ("bibtex", "ris", "csl-json"):
        from reader.citing import references

        return references.FORMATTERS[style](citations)
    from reader.citing.csl_styles import format_bibliography

    return format_bibliography(citations, style)
