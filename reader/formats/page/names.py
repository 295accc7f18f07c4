"""Names in pages: of authors, and of the publication."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

from reader.formats.page.archives import host_of
from reader.formats.page.data import PageData, text_of
from reader.formats.page.scope import is_elsewhere
from reader.language.word_lists import LANGUAGE

_META_AUTHORS = (
    "author",
    "article:author",
    "article:author_name",
    "og:author",
    "og:article:author",
    "authors",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "creator",
    "citation_author",
    "cXenseParse:author",
    "shareaholic:article_author_name",
    "rbauthors",
)
_BY = re.compile(
    r"^(?:(?:written|reported|posted|story|text|words|article|published|submitted)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|od|autorin|autor(?:en)?|auteur|author|text|texte|texto|"
    r"автор|yazan|przez|de notre correspondante?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;|/•·&\n]|\s(?:and|und|et|y|e|og|och|en|i|и|ve|with|mit|avec)\s)\s*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+|\([^)]*\)|\[[^\]]*\]|<[^>]*>")
_AGENCY_WORDS = re.compile(
    r"associated press|press association|agence|agency|agencia|agenzia", re.I
)
# What a byline has behind the name.
_BEHIND = re.compile(
    r"\s+(?:send (?:an )?e-?mail|follow|contact|e-?mail|view (?:all|profile)|updated|published|"
    r"posted|chefredakteur\w*|redakteur\w*|volontär\w*|special to|"
    r"(?-i:last|on|at|in|für|aus|pour|para))\b(?!-).*$",
    re.IGNORECASE,
)
_MOST_WORDS, _LONGEST = 6, 70
_MOST_AUTHORS = 12
# Pieces of text in an element that names an author.
_MOST_PIECES = 20
# Elements that are looked at for a byline.
_MOST_BYLINES = 100


def authors_of(
    data: PageData, tree: Any, heading: Any, sites: Iterable[str]
) -> tuple[str, str] | None:
    """The authors of a page, separated by commas, and where they were read from.

    Persons and agencies only: not the publication, whose names are `sites`.
    """
    known = {letters(site) for site in sites}
    named = data.names_of(data.article.get("author") or data.article.get("creator"))
    people = [name for name, kind in named if kind != "organization"]
    if found := cleaned_authors(people, known):
        return found, "JSON-LD: author"
    for name in _META_AUTHORS:
        if found := cleaned_authors(data.meta.get(name.lower(), []), known):
            return found, f"meta: {name}"
    for place, texts in _bylines(tree, heading):
        if found := cleaned_authors(texts, known):
            return found, place
    organizations = [name for name, kind in named if kind == "organization" and _is_agency(name)]
    if found := cleaned_authors(organizations, known):
        return found, "JSON-LD: author"
    return None


def cleaned_authors(texts: Iterable[str], sites: set[str]) -> str | None:
    """The names in some texts, each once; None without any."""
    names: dict[str, str] = {}
    for text in list(texts)[:_MOST_AUTHORS]:
        if len(text) > 400 or re.match(r"https?://", text):
            continue
        text = _ADDRESS.sub(" ", text)
        text = _BY.sub("", text.strip(" :,-–—"))
        for piece in _SPLIT.split(text):
            name = _cleaned(piece)
            if not _is_name(name) or letters(name) in sites:
                continue
            key = name.casefold()
            # Not in capitals where it is also printed without.
            if key not in names or names[key].isupper():
                names[key] = name
    return ", ".join(list(names.values())[:_MOST_AUTHORS]) or None


def letters(text: str) -> str:
    """The letters and figures of a text, to compare names."""
    return "".join(filter(str.isalnum, text.casefold()))


def _cleaned(piece: str) -> str:
    """A name without a word for "by" before it, and without small words behind it."""
    words = _BEHIND.sub("", _BY.sub("", piece.strip(' \t.:-–—*_"“”'))).split()
    while words and (words[-1][:1].islower() and not _is_agency(words[-1])):
        words.pop()
    name = " ".join(words).strip(" :-–—*")
    return f"{name}." if re.search(r"\b(?:Jr|Sr)$", name) else name


def _is_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST:
        return False
    if any(map(str.isdigit, name)) or any(c in name for c in '@#?!:=%$€“”"<>{}'):
        return False
    if any(word.strip(".-").casefold() in _words("placeholders") for word in words):
        return False
    if _is_agency(name):
        return True
    if not all(_may_be_word_of_name(word) for word in words):
        return False
    if len(words) == 1:
        # Only scripts without capitals write a full name as one word.
        return 2 <= len(name) <= 12 and not (name[0].isupper() or name[0].islower())
    return True


@cache
def _words(section: str) -> frozenset[str]:
    return LANGUAGE.words("bylines", section)


def _may_be_word_of_name(word: str) -> bool:
    bare = word.lstrip("'’‘-")
    return bool(bare) and (not bare[0].islower() or _is_particle(word))


def _is_particle(word: str) -> bool:
    return (
        word.casefold() in _words("particles")
        or re.match(r"(?:d|l|al|el)[’'-]\w", word) is not None
    )


def _is_agency(name: str) -> bool:
    return name.casefold() in _words("agencies") or _AGENCY_WORDS.search(name) is not None


def _bylines(tree: Any, heading: Any) -> Iterable[tuple[str, list[str]]]:
    """Texts in the page's body that may name its authors, and where they stand."""
    marked, linked, classed = [], [], []
    looked_at = 0
    for element in tree.iter(
        "meta", "a", "span", "p", "div", "address", "li", "em", "strong", "cite"
    ):
        itemprop, rel = element.get("itemprop") or "", element.get("rel") or ""
        name = (element.get("class") or "").lower()
        is_author = "author" in itemprop.split() or "author" in rel.split()
        if not is_author and not re.search(r"\b(?:by-?line|author|autor|verfasser)", name):
            continue
        looked_at += 1
        if looked_at > _MOST_BYLINES:
            break
        if is_elsewhere(element):
            continue
        text = _name_in(element)
        if not text or len(text) > 160:
            continue
        if "author" in itemprop.split():
            marked.append(text)
        elif "author" in rel.split():
            linked.append(text)
        elif _BY.match(text) or len(text) <= _LONGEST:
            classed.append(text)
    yield "the page: itemprop author", marked[:3]
    if heading is not None:
        yield "the page: rel author", linked[:2]
        yield "the page: the byline", classed[:1]


def _name_in(element: Any) -> str:
    name = element.find(".//*[@itemprop='name']")
    element = element if name is None else name
    return text_of(element.get("content") or " ".join(islice(element.itertext(), _MOST_PIECES)))


def source_of(data: PageData, url: str, title: str) -> tuple[str, str] | None:
    """The name of the publication and where it was read from; by default the address's host."""
    host = host_of(url)
    candidates = [(name, "Open Graph: og:site_name") for name in data.meta.get("og:site_name", [])]
    for node, place in ((data.article, "publisher"), (data.web_page, "publisher")):
        candidates += [(n, f"JSON-LD: {place}") for n, _ in data.names_of(node.get("publisher"))]
    for name in ("dc.publisher", "dcterms.publisher", "sailthru.publisher", "application-name"):
        candidates += [(text, f"meta: {name}") for text in data.meta.get(name, [])]
    for name, place in candidates:
        name = _without_slogan(name)
        if not _is_source(name, host, title):
            continue
        return name, place
    return (host, "the address of the page") if host else None


def _without_slogan(name: str) -> str:
    name = re.sub(r"^(?:https?://)?(?:www\.)?(?=\S+$)|/$", "", name.strip())
    return re.split(r"\s+[|–—:-]\s+|\s*\|\s*", name)[0].strip() if len(name) > 30 else name


def _is_source(name: str, host: str, title: str) -> bool:
    """Whether a name can be that of a publication, not a handle or the title."""
    key = letters(name)
    if not key or len(name) > 80 or key == letters(title) or re.match(r"[@{$<%]", name):
        return False
    if re.search(r"\s", name) or "." in name:
        return True
    # Handles of social media: Handelsblatt_De, Afpbbcom.
    if "_" in name:
        return False
    return key != letters(host) or "." not in host
