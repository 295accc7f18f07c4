"""Who said what: the quotations of an article, with their speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.quotation import Quotation

# Increased when the rules change: indexes are then rebuilt.
VERSION = 8


def find(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations in order, each with its kind, speaker and cue.

    >>> from reader.model.article import Article, Paragraph
    >>> text = "“The road is open,” Ann Lee said. She called it “historic.”"
    >>> for quotation in find(Article("a", "A road", (Paragraph(1, text),))):
    ...     print(quotation.kind, quotation.speaker, quotation.cue, quotation.text, sep=" | ")
    speech | Ann Lee | said | The road is open,
    speech | Ann Lee | called | historic.
    """
    # Imported here: a search needs only the version.
    from reader.quotes.attribution import attribute
    from reader.quotes.spans import find_spans

    return attribute(article, find_spans(article.paragraphs))
