"""Citations: an article, a passage of it or a quotation in it, as footnotes and reference managers
take them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.language.clean import fold
from reader.language.word_lists import LANGUAGE, months

if TYPE_CHECKING:
    import datetime

    from reader.model.article import Article
    from reader.model.choices import CitationStyle

# What a name has in it that is no person's.
_NO_PERSON = re.compile(
    r"\b(?:the|press|news|agency|staff|desk|team|times|post|reuters|editors?|bureau|service)\b",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """Some paragraphs of an article, the first and the last; with `words`, what is quoted there,
    and the speaker, if it is known.
    """

    first: int
    last: int
    words: str | None = None
    speaker: str | None = None

    @property
    def mark(self) -> str:
        """The paragraphs as a citation has them: ¶6, ¶¶6–7."""
        return f"¶{self.first}" if self.first == self.last else f"¶¶{self.first}–{self.last}"


class Citation(NamedTuple):
    """An article with the passages of it that are cited; none cites the article as a whole."""

    article: Article
    passages: tuple[Passage, ...] = ()


def written(citations: Iterable[Citation], style: CitationStyle) -> Iterator[str]:
    """The citations in a style, each piece of text with its line end.

    `text` is a line for each passage; `markdown` a block quotation or a line for each; the others
    an entry for each article, in which a note tells the passages.
    """
    return _WRITERS[style](citations)


def footnote(article: Article, passage: Passage | None) -> str:
    """A citation as a footnote has it, on one line."""
    said = ""
    if passage and passage.words is not None:
        said = f"“{passage.words}”" + (f" ({passage.speaker})" if passage.speaker else "") + ", in "
    known = (
        article.author,
        f"“{article.title}”",
        article.source,
        _day(article.date),
        passage and passage.mark,
        article.url,
    )
    return said + ", ".join(filter(None, known)) + "."


def _text(citations: Iterable[Citation]) -> Iterator[str]:
    for article, passages in citations:
        for passage in passages or (None,):
            yield footnote(article, passage) + "\n"


def _markdown(citations: Iterable[Citation]) -> Iterator[str]:
    gap = ""
    for article, passages in citations:
        for passage in passages or (None,):
            title = _plain_markdown(article.title)
            known = (
                article.author and _plain_markdown(article.author),
                f"[{title}](<{article.url}>)" if article.url else f"“{title}”",
                article.source and f"*{_plain_markdown(article.source)}*",
                _day(article.date),
                passage and passage.mark,
            )
            reference = ", ".join(filter(None, known))
            if passage and passage.words is not None:
                speaker = f"{_plain_markdown(passage.speaker)}, in " if passage.speaker else ""
                words = _plain_markdown(passage.words)
                yield f"{gap}> “{words}”\n>\n> — {speaker}{reference}\n"
            else:
                yield f"{gap}{reference}\n"
            gap = "\n"


def _plain_markdown(text: str) -> str:
    """The text as Markdown that reads so, whatever marks it has."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)


def _bibtex(citations: Iterable[Citation]) -> Iterator[str]:
    gap = ""
    for article, passages in citations:
        fields = {
            "title": f"{{{_tex(article.title)}}}",
            "author": " and ".join(map(_tex_name, _authors(article.author))),
            "journal": _tex(article.source or ""),
        }
        if article.date:
            fields["date"] = article.date.isoformat()
            fields["year"] = str(article.date.year)
            fields["month"] = str(article.date.month)
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
    """The name for an author field, where what is no person's must not be taken apart."""
    return _tex(name) if _divided(name) else f"{{{_tex(name)}}}"


def _key(article: Article) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(article.id)).strip("-") or "article"


def _ris(citations: Iterable[Citation]) -> Iterator[str]:
    """Tags as in Research Information Systems' specification (2001, revised 2011)."""
    for article, passages in citations:
        fields = [("TY", "NEWS"), ("TI", article.title)]
        for author in _authors(article.author):
            divided = _divided(author)
            fields.append(("AU", f"{divided[1]}, {divided[0]}" if divided else author))
        if article.source:
            fields.append(("T2", article.source))
        if article.date:
            fields += [("PY", str(article.date.year)), ("DA", f"{article.date:%Y/%m/%d}/")]
        if article.url:
            fields.append(("UR", article.url))
        fields += [("N1", _noted(passage)) for passage in passages]
        yield "".join(f"{tag}  - {value}\n" for tag, value in [*fields, ("ER", "")])


def _csl_json(citations: Iterable[Citation]) -> Iterator[str]:
    """An array of items of the Citation Style Language (schema 1.0.2)."""
    items = []
    for article, passages in citations:
        item: dict[str, Any] = {
            "id": _key(article),
            "type": "article-newspaper",
            "title": article.title,
            "author": [_csl_name(author) for author in _authors(article.author)],
            "container-title": article.source,
            "section": article.section,
            "URL": article.url,
            "note": _note(passages),
        }
        if article.date:
            day = article.date
            item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
        items.append({name: value for name, value in item.items() if value})
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    divided = _divided(name)
    return {"given": divided[0], "family": divided[1]} if divided else {"literal": name}


_WRITERS: dict[CitationStyle, Callable[[Iterable[Citation]], Iterator[str]]] = {
    "text": _text,
    "markdown": _markdown,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": _csl_json,
}


def _note(passages: Iterable[Passage]) -> str:
    return "; ".join(map(_noted, passages))


def _noted(passage: Passage) -> str:
    if passage.words is None:
        return passage.mark
    speaker = f" ({passage.speaker})" if passage.speaker else ""
    return f"{passage.mark}: “{passage.words}”{speaker}"


def _authors(names: str | None) -> list[str]:
    """The names that an author line has: "Ana Kovač, Tom Ash and Mary Quill"."""
    parts = re.split(r"\s*(?:;|,(?:\s*and\b)?|\band\b|&)\s+", names or "")
    # One word alone is a part of a name: "Ash, Tom".
    if any(" " not in part for part in parts):
        return [names] if names else []
    return parts


def _divided(name: str) -> tuple[str, str] | None:
    """The given and the family name; None if it is no person's, or has but one word."""
    words = name.split()
    if len(words) < 2 or "," in name or _NO_PERSON.search(name):
        return None
    particles = LANGUAGE.words("particles", "surname")
    first = len(words) - 1
    while first > 1 and words[first - 1] in particles:
        first -= 1
    return " ".join(words[:first]), " ".join(words[first:])


def _day(date: datetime.date | None) -> str | None:
    """The day as citations in English have it, whatever the locale: 20 May 2021."""
    return f"{date.day} {months()[date.month - 1][0]} {date.year}" if date else None
