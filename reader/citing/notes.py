"""Citations to read: footnotes as text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from reader.citing.authors import without_by
from reader.citing.keys import citation_key
from reader.citing.text_fragments import with_fragment
from reader.language.word_lists import months

if TYPE_CHECKING:
    from reader.citing.citations import Citation, Passage
    from reader.model.dates import ArticleDate


def footnote(citation: Citation, passage: Passage | None) -> str:
    """A citation as a footnote on one line; of the whole article without a passage."""
    article = citation.summary
    said = ""
    if passage and passage.words is not None:
        said = f"“{passage.words}”" + (f" ({passage.speaker})" if passage.speaker else "") + ", in "
    parts = (
        article.author and without_by(article.author),
        f"“{article.title}”",
        article.source,
        _in_words(article.date),
        passage.mark if passage else None,
        _address(citation, passage),
        _access(citation),
    )
    return said + ", ".join(filter(None, parts)) + "."


def _text(citations: Iterable[Citation]) -> Iterator[str]:
    for citation, passage in _each(citations):
        yield footnote(citation, passage) + "\n"


def _markdown(citations: Iterable[Citation]) -> Iterator[str]:
    gap = ""
    for citation, passage in _each(citations):
        reference = _reference(citation, passage)
        if passage and passage.words is not None:
            speaker = f"{escaped_markdown(passage.speaker)}, in " if passage.speaker else ""
            words = escaped_markdown(passage.words)
            yield f"{gap}> “{words}”\n>\n> — {speaker}{reference}\n"
        else:
            yield f"{gap}{reference}\n"
        gap = "\n"


def _footnotes(citations: Iterable[Citation]) -> Iterator[str]:
    """Paragraphs with numbered references, then the footnotes (pandoc's and GitHub's Markdown)."""
    cited = list(_each(citations))
    for number, (_, passage) in enumerate(cited, 1):
        yield f"{_quoted(passage)}[^{number}]\n\n"
    for number, (citation, passage) in enumerate(cited, 1):
        speaker = passage.speaker if passage and passage.words is not None else None
        said = f"{escaped_markdown(speaker)}, in " if speaker else ""
        yield f"[^{number}]: {said}{_reference(citation, passage)}.\n"


def _pandoc(citations: Iterable[Citation]) -> Iterator[str]:
    """Paragraphs that cite a key, for `pandoc --citeproc --bibliography`."""
    gap = ""
    for citation, passage in _each(citations):
        words = _quoted(passage)
        mark = f", {passage.mark}" if passage else ""
        yield f"{gap}{words}{' ' if words else ''}[@{citation_key(citation.article)}{mark}]\n"
        gap = "\n"


FORMATTERS: dict[str, Callable[[Iterable[Citation]], Iterator[str]]] = {
    "text": _text,
    "markdown": _markdown,
    "footnotes": _footnotes,
    "pandoc": _pandoc,
}


def _each(citations: Iterable[Citation]) -> Iterator[tuple[Citation, Passage | None]]:
    """Each passage with its citation; None for an article that is cited as a whole."""
    for citation in citations:
        for passage in citation.passages or (None,):
            yield citation, passage


def _reference(citation: Citation, passage: Passage | None) -> str:
    """The article and the passage in Markdown."""
    article = citation.summary
    title = escaped_markdown(article.title)
    address = _address(citation, passage)
    parts = (
        article.author and escaped_markdown(without_by(article.author)),
        f"[{title}](<{address}>)" if address else f"“{title}”",
        article.source and f"*{escaped_markdown(article.source)}*",
        _in_words(article.date),
        passage.mark if passage else None,
        _access(citation),
    )
    return ", ".join(filter(None, parts))


def _quoted(passage: Passage | None) -> str:
    """The words of a quotation in Markdown, in quotation marks; nothing for any other passage."""
    if passage is None or passage.words is None:
        return ""
    return f"“{escaped_markdown(passage.words)}”"


def _address(citation: Citation, passage: Passage | None) -> str | None:
    """The article's address, leading to the words of a quotation."""
    url = citation.summary.url
    return with_fragment(url, passage.fragment) if url and passage and passage.fragment else url


def _access(citation: Citation) -> str | None:
    """The day of access of an article that has an address."""
    accessed = _in_words(citation.accessed)
    return f"accessed {accessed}" if accessed and citation.summary.url else None


def escaped_markdown(text: str) -> str:
    """The text with Markdown's marks escaped."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _in_words(date: ArticleDate | None) -> str | None:
    """The date in English, whatever the locale: 20 May 2021, May 2021, 2021."""
    if date is None:
        return None
    month = months()[date.month - 1][0] if date.month else ""
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))
