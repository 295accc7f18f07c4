"""Who said what: the quotations of an article, with their speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.model.quotation import Quotation

# Increased when the rules change: indexes are then rebuilt.
VERSION = 11


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
    from dataclasses import replace

    from reader.quotes.attribution import attribute
    from reader.quotes.marks import with_common_marks
    from reader.quotes.spans import find_spans

    texts = [paragraph.text for paragraph in article.paragraphs]
    common = list(map(with_common_marks, texts))
    if common == texts:
        return attribute(article, find_spans(article.paragraphs))
    paragraphs = zip(article.paragraphs, common, strict=True)
    read = replace(article, paragraphs=tuple(replace(p, text=text) for p, text in paragraphs))
    quotations = attribute(read, find_spans(read.paragraphs))
    return tuple(_in_words_of(article, read, quotation) for quotation in quotations)


def _in_words_of(article: Article, read: Article, quotation: Quotation) -> Quotation:
    """A quotation of an article that was read with other marks, in the article's own."""
    from dataclasses import replace

    first = quotation.paragraph - 1
    parts: list[str] = []
    for number, part in enumerate(quotation.parts, first):
        start = read.paragraphs[number].text.index(part, 0 if parts else quotation.start)
        parts.append(article.paragraphs[number].text[start : start + len(part)])
    return replace(quotation, parts=tuple(parts))
