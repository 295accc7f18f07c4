"""Citations for reference managers: BibTeX, RIS and CSL-JSON, an entry for each article."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from reader.citing.authors import Author, authors_of
from reader.citing.keys import citation_key

if TYPE_CHECKING:
    from reader.citing.citations import Citation, Passage
    from reader.model.dates import ArticleDate


def _bibtex(citations: Iterable[Citation]) -> Iterator[str]:
    """Entries of BibTeX, with the fields of biblatex that it ignores (date, urldate)."""
    gap = ""
    for citation in citations:
        article, passages = citation.summary, citation.passages
        fields = {
            "title": f"{{{_tex(article.title)}}}",
            "author": " and ".join(map(_tex_name, authors_of(article.author, article.source))),
            "journal": _tex(article.source or ""),
        }
        if article.date:
            fields["date"] = article.date.isoformat()
            fields["year"] = f"{article.date.year:04}"
            fields["month"] = str(article.date.month or "")
        fields["pages"] = ", ".join(_ranges(passages, "--"))
        fields["url"] = re.sub(r"[{}\\\s]", _percent, article.url or "")
        if citation.accessed and article.url:
            fields["urldate"] = citation.accessed.isoformat()
        fields["note"] = _tex(note_of(passages))
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        kind = "article" if article.source else "misc"
        yield f"{gap}@{kind}{{{citation_key(article.id)},\n{''.join(lines)}}}\n"
        gap = "\n"


_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}&%$#_"},
}
# BibTeX counts braces, escaped ones as well: what has no partner needs a name. Pandoc drops those
# of text (`\textbraceleft`) and reads those of formulas.
_LONE_BRACES = {"{": r"$\lbrace$", "}": r"$\rbrace$"}


def _tex(text: str) -> str:
    """A text as the value of a field, without braces around it."""
    lone = _lone_braces(text)
    return "".join(
        (_LONE_BRACES if index in lone else _TEX).get(char, char)
        for index, char in enumerate(" ".join(text.split()) if "\n" in text else text)
    )


def _lone_braces(text: str) -> set[int]:
    """The offsets of braces that have no partner."""
    lone: set[int] = set()
    opened: list[int] = []
    for match in re.finditer(r"[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lone.add(match.start())
    return lone.union(opened)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _tex_name(author: Author) -> str:
    """An author: `de Oliveira, Jr., António`, or `{Bank of England}`, which is not divided."""
    if author.literal:
        return f"{{{_tex(author.literal)}}}"
    family = _tex(author.family)
    # In "Ortega y Gasset" BibTeX takes "Ortega y" for what stands before the family name.
    if any(word[0].islower() for word in author.family.split()):
        family = f"{{{family}}}"
    surname = f"{_tex(author.particle)} {family}".strip()
    return ", ".join(filter(None, (surname, _tex(author.suffix), _tex(author.given))))


def _ris(citations: Iterable[Citation]) -> Iterator[str]:
    """Tags as in Research Information Systems' specification (2001, revised 2011)."""
    for citation in citations:
        article, passages = citation.summary, citation.passages
        fields = [("TY", "NEWS"), ("TI", article.title)]
        for author in authors_of(article.author, article.source):
            parts = (author.surname, author.given, author.suffix)
            fields.append(("AU", author.literal or ", ".join(filter(None, parts))))
        if article.source:
            fields.append(("T2", article.source))
        if article.date:
            fields += [("PY", f"{article.date.year:04}"), ("DA", _ris_date(article.date))]
        if article.url:
            fields.append(("UR", article.url))
        if citation.accessed and article.url:
            fields.append(("Y2", _ris_date(citation.accessed)))
        if pages := [page for passage in passages for page in passage.pages or ()]:
            fields += [("SP", str(min(pages))), ("EP", str(max(pages)))]
        fields += [("N1", _passage_note(passage)) for passage in passages]
        yield "".join(f"{tag}  - {value}\n" for tag, value in [*fields, ("ER", "")])


def _ris_date(date: ArticleDate) -> str:
    """YYYY/MM/DD/other, where parts that are not known are left empty."""
    return "/".join([*date.isoformat().split("-"), "", ""][:3]) + "/"


def _csl_json(citations: Iterable[Citation]) -> Iterator[str]:
    """An array of items of the Citation Style Language (schema 1.0.2)."""
    yield json.dumps(list(map(csl_item, citations)), ensure_ascii=False, indent=2) + "\n"


def csl_item(citation: Citation) -> dict[str, Any]:
    """A citation as an item of the Citation Style Language."""
    article, passages = citation.summary, citation.passages
    item: dict[str, Any] = {
        "id": citation_key(article.id),
        "type": "article-newspaper",
        "title": article.title,
        "author": list(map(_csl_name, authors_of(article.author, article.source))),
        "container-title": article.source,
        "section": article.section,
        "page": ", ".join(_ranges(passages, "-")),
        "URL": article.url,
        "note": note_of(passages),
        # By it processors know that a title is not to have the capitals of English ones.
        "language": citation.language,
    }
    if article.date:
        item["issued"] = _csl_date(article.date)
    if citation.accessed and article.url:
        item["accessed"] = _csl_date(citation.accessed)
    return {name: value for name, value in item.items() if value}


def _csl_date(date: ArticleDate) -> dict[str, list[list[int]]]:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _csl_name(author: Author) -> dict[str, str]:
    if author.literal:
        return {"literal": author.literal}
    # The particle stays with the family name, from which processors divide it where a style
    # demands it: all print it then, those that know no particles, too.
    parts = {"given": author.given, "family": author.surname, "suffix": author.suffix}
    return {name: value for name, value in parts.items() if value}


FORMATTERS: dict[str, Callable[[Iterable[Citation]], Iterator[str]]] = {
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


def note_of(passages: Iterable[Passage]) -> str:
    """The passages on one line: ¶6: “words” (speaker); ¶8."""
    return "; ".join(map(_passage_note, passages))


def _passage_note(passage: Passage) -> str:
    if passage.words is None:
        return passage.mark
    speaker = f" ({passage.speaker})" if passage.speaker else ""
    return f"{passage.mark}: “{passage.words}”{speaker}"
