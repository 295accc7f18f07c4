"""Writes citations of articles, passages and quotations, for footnotes and reference managers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.language.clean import fold
from reader.language.word_lists import LANGUAGE, months
from reader.model.arguments import check_choice
from reader.model.choices import CitationStyle

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate
    from reader.model.summary import Summary

# Words of author lines that name an organisation.
_ORGANISATION = re.compile(
    r"\b(?:the|press|news|agency|staff|desk|team|times|post|reuters|editors?|bureau|service)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """The paragraphs of an article that are cited, by the numbers of the first and the last.

    For a quotation, `words` are its words and `speaker` is its speaker, None if unknown. `text` is
    the text of the paragraphs, joined by newlines. `pages` are the numbers of the pages that the
    first and the last paragraph begin on, in a file that has pages.
    """

    first: int
    last: int
    words: str | None = None
    speaker: str | None = None
    text: str = ""
    pages: tuple[int, int] | None = None

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
    """An article with the passages cited; without any, the whole article is cited."""

    summary: Summary
    passages: tuple[Passage, ...] = ()

    @property
    def article(self) -> str:
        """The article's id."""
        return self.summary.id

    @property
    def locator(self) -> str:
        """The locator of the article."""
        return self.summary.id


def format_citations(citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:
    """The citations in a style, as pieces of text with their line ends.

    `text` is a line for each passage; `markdown` a block quotation or a line for each passage; the
    other styles have an entry for each article, with the passages in a note. Raises ValueError.
    """
    check_choice("style", style, CitationStyle)
    return _FORMATTERS[style](citations)


def footnote(article: Summary, passage: Passage | None) -> str:
    """A citation as a footnote on one line; of the whole article without a passage."""
    said = ""
    if passage and passage.words is not None:
        said = f"“{passage.words}”" + (f" ({passage.speaker})" if passage.speaker else "") + ", in "
    parts = (
        article.author,
        f"“{article.title}”",
        article.source,
        _in_words(article.date),
        passage.mark if passage else None,
        article.url,
    )
    return said + ", ".join(filter(None, parts)) + "."


def _text(citations: Iterable[Citation]) -> Iterator[str]:
    for citation in citations:
        article, passages = citation.summary, citation.passages
        for passage in passages or (None,):
            yield footnote(article, passage) + "\n"


def _markdown(citations: Iterable[Citation]) -> Iterator[str]:
    gap = ""
    for citation in citations:
        article, passages = citation.summary, citation.passages
        for passage in passages or (None,):
            title = _escaped_markdown(article.title)
            parts = (
                article.author and _escaped_markdown(article.author),
                f"[{title}](<{article.url}>)" if article.url else f"“{title}”",
                article.source and f"*{_escaped_markdown(article.source)}*",
                _in_words(article.date),
                passage.mark if passage else None,
            )
            reference = ", ".join(filter(None, parts))
            if passage and passage.words is not None:
                speaker = f"{_escaped_markdown(passage.speaker)}, in " if passage.speaker else ""
                words = _escaped_markdown(passage.words)
                yield f"{gap}> “{words}”\n>\n> — {speaker}{reference}\n"
            else:
                yield f"{gap}{reference}\n"
            gap = "\n"


def _escaped_markdown(text: str) -> str:
    """The text with Markdown's marks escaped."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _bibtex(citations: Iterable[Citation]) -> Iterator[str]:
    gap = ""
    for citation in citations:
        article, passages = citation.summary, citation.passages
        fields = {
            "title": f"{{{_tex(article.title)}}}",
            "author": " and ".join(map(_tex_name, _authors(article.author))),
            "journal": _tex(article.source or ""),
        }
        if article.date:
            fields["date"] = article.date.isoformat()
            fields["year"] = str(article.date.year)
            fields["month"] = str(article.date.month or "")
        fields["pages"] = ", ".join(_ranges(passages, "--"))
        fields["url"] = re.sub(r"[{}\\]", lambda m: f"%{ord(m[0]):02X}", article.url or "")
        fields["note"] = _tex(_note(passages))
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        kind = "article" if article.source else "misc"
        yield f"{gap}@{kind}{{{_key(article)},\n{''.join(lines)}}}\n"
        gap = "\n"


_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}&%$#_"},
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _tex_name(name: str) -> str:
    """A name in an author field, in braces if it must not be divided: {Coast Press Agency}."""
    return _tex(name) if _divide_name(name) else f"{{{_tex(name)}}}"


def _key(article: Summary) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(article.id)).strip("-") or "article"


def _ris(citations: Iterable[Citation]) -> Iterator[str]:
    """Tags as in Research Information Systems' specification (2001, revised 2011)."""
    for citation in citations:
        article, passages = citation.summary, citation.passages
        fields = [("TY", "NEWS"), ("TI", article.title)]
        for author in _authors(article.author):
            divided = _divide_name(author)
            fields.append(("AU", f"{divided[1]}, {divided[0]}" if divided else author))
        if article.source:
            fields.append(("T2", article.source))
        if article.date:
            # YYYY/MM/DD/other, where parts that are not known are left empty.
            parts = [*article.date.isoformat().split("-"), "", ""][:3]
            fields += [("PY", str(article.date.year)), ("DA", "/".join(parts) + "/")]
        if article.url:
            fields.append(("UR", article.url))
        if pages := [page for passage in passages for page in passage.pages or ()]:
            fields += [("SP", str(min(pages))), ("EP", str(max(pages)))]
        fields += [("N1", _passage_note(passage)) for passage in passages]
        yield "".join(f"{tag}  - {value}\n" for tag, value in [*fields, ("ER", "")])


def _csl_json(citations: Iterable[Citation]) -> Iterator[str]:
    """An array of items of the Citation Style Language (schema 1.0.2)."""
    items = []
    for citation in citations:
        article, passages = citation.summary, citation.passages
        item: dict[str, Any] = {
            "id": _key(article),
            "type": "article-newspaper",
            "title": article.title,
            "author": [_csl_name(author) for author in _authors(article.author)],
            "container-title": article.source,
            "section": article.section,
            "page": ", ".join(_ranges(passages, "-")),
            "URL": article.url,
            "note": _note(passages),
        }
        if article.date:
            parts = (article.date.year, article.date.month, article.date.day)
            item["issued"] = {"date-parts": [list(filter(None, parts))]}
        items.append({name: value for name, value in item.items() if value})
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    divided = _divide_name(name)
    return {"given": divided[0], "family": divided[1]} if divided else {"literal": name}


_FORMATTERS: dict[CitationStyle, Callable[[Iterable[Citation]], Iterator[str]]] = {
    "text": _text,
    "markdown": _markdown,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": _csl_json,
}


def _ranges(passages: Iterable[Passage], dash: str) -> list[str]:
    """The pages of passages, each range once: 3, 5--6."""
    ranges = [
        str(first) if first == last else f"{first}{dash}{last}"
        for first, last in (passage.pages for passage in passages if passage.pages)
    ]
    return list(dict.fromkeys(ranges))


def _note(passages: Iterable[Passage]) -> str:
    return "; ".join(map(_passage_note, passages))


def _passage_note(passage: Passage) -> str:
    if passage.words is None:
        return passage.mark
    speaker = f" ({passage.speaker})" if passage.speaker else ""
    return f"{passage.mark}: “{passage.words}”{speaker}"


def _authors(names: str | None) -> list[str]:
    """The names in an author line such as "Ana Kovač, Tom Ash and Mary Quill"."""
    parts = re.split(r"\s*(?:;|,(?:\s*and\b)?|\band\b|&)\s+", names or "")
    # A single word is a part of a name: "Ash, Tom".
    if any(" " not in part for part in parts):
        return [names] if names else []
    return parts


def _divide_name(name: str) -> tuple[str, str] | None:
    """The given and the family name; None for an organisation or a single word."""
    words = name.split()
    if len(words) < 2 or "," in name or _ORGANISATION.search(name):
        return None
    particles = LANGUAGE.words("particles", "surname")
    first = len(words) - 1
    while first > 1 and words[first - 1] in particles:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _in_words(date: ArticleDate | None) -> str | None:
    """The date in English, whatever the locale: 20 May 2021, May 2021, 2021."""
    if date is None:
        return None
    month = months()[date.month - 1][0] if date.month else ""
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))
