"""The headline of a page, without the name of the site at its ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from reader.formats.page.data import PageData, text_of
from reader.formats.page.names import letters

# A bar separates also without space, dashes, arrows and colons only with it.
_SEPARATOR = re.compile(r"\s*[|¦]\s*|\s+[-–—•·:~/⋆*<>»«›‹]+\s+|:\s+")
_LONGEST = 300
_FEWEST_LETTERS = 2
# Headings of a page among which the main one is.
_MOST_HEADINGS = 100
_MOST_WORDS_OF_SITE = 4
# Characters of a title that is the end of a heading.
_SHORTEST_ALONE = 15


def title_of(
    data: PageData, tree: Any, sites: Iterable[str], sections: Iterable[str]
) -> tuple[str, str, Any] | None:
    """The headline, where it was read from, and its element in the page's body if it is there.

    The one heading in the page that agrees with the title that the page's data give; else that.
    """
    names = {letters(site) for site in sites} - {""}
    small = {letters(section) for section in sections} - {""}
    declared = [
        (shortened(text, names, small), place)
        for text, place in _declared(data, tree)
        if len(text) <= _LONGEST
    ]
    declared = [(text, place) for text, place in declared if letters(text) not in names]
    declared = [(text, place) for text, place in declared if text]
    heading = _heading(tree, [text for text, _ in declared], names)
    if heading is not None:
        text = shortened(_text(heading), names, small)
        # Some headings begin with the name of the subject or the section.
        for title, place in declared:
            if (
                len(title) > _SHORTEST_ALONE
                and letters(text).endswith(letters(title))
                and text != title
            ):
                return title, place, heading
        return text, "the page: its main heading", heading
    if declared:
        text, place = declared[0]
        return (_before_bar(text) if place == "the page: title" else text), place, None
    return None


def _before_bar(title: str) -> str:
    """A page's title without a few words behind its only bar, as sites write their names."""
    text, _, name = title.partition(" | ")
    short = (
        0 < len(name.split()) <= _MOST_WORDS_OF_SITE and len(name) < len(text) and "|" not in name
    )
    return text if short else title


def shortened(title: str, sites: set[str], sections: set[str]) -> str:
    """A title without names of the site at its ends, and sections beside these."""
    title = title.strip(" |-–—»")
    pieces = _pieces(title)
    if len(pieces) < 2:
        return title
    texts = [letters(text) for text, _ in pieces]
    start, end = 0, len(pieces)
    # "Title | Site | Slogan"
    for index in range(1, end):
        if texts[index] in sites and pieces[index - 1][1].strip() == "|":
            end = index + 1
            break
    while end - start > 1 and _is_site(texts[end - 1], sites):
        end -= 1
        arrow = pieces[end - 1][1].strip() in ("»", "›", "|")
        while end - start > 1 and (
            texts[end - 1] in sections or (arrow and pieces[end - 1][1].strip() in ("»", "›"))
        ):
            end -= 1
    while end - start > 1 and _is_site(texts[start], sites):
        start += 1
    if sum(map(len, texts[start:end])) < _FEWEST_LETTERS:
        return title
    kept = "".join(text + separator for text, separator in pieces[start:end])
    return kept[: len(kept) - len(pieces[end - 1][1])].strip()


def _pieces(title: str) -> list[tuple[str, str]]:
    """The pieces of a title, each with the separator behind it."""
    pieces, start = [], 0
    for match in _SEPARATOR.finditer(title):
        pieces.append((title[start : match.start()], match[0]))
        start = match.end()
    return [*pieces, (title[start:], "")]


def _is_site(text: str, sites: set[str]) -> bool:
    """Whether a piece of a title is a name of the site, or one with a small word to it."""
    if not text:
        return True
    if text in sites:
        return True
    return any(
        len(site) >= 4
        and (text.startswith(site) or text.endswith(site))
        and len(text) - len(site) <= 6
        for site in sites
    )


def _declared(data: PageData, tree: Any) -> list[tuple[str, str]]:
    """The titles that the page's head gives."""
    found: list[tuple[str, str]] = []
    headline = data.article.get("headline")
    if isinstance(headline, str):
        found.append((text_of(headline), "JSON-LD: headline"))
    found += [(text, "Open Graph: og:title") for text in data.meta.get("og:title", [])[:1]]
    for name in ("headline", "dc.title", "citation_title", "parsely-title", "sailthru.title"):
        found += [(text, f"meta: {name}") for text in data.meta.get(name, [])[:1]]
    title = tree.find(".//head/title")
    title = tree.find(".//title") if title is None else title
    if title is not None:
        found.append((text_of("".join(title.itertext())), "the page: title"))
    found += [(text, "meta: twitter:title") for text in data.meta.get("twitter:title", [])[:1]]
    return [(text, place) for text, place in found if text]


def _heading(tree: Any, titles: list[str], sites: set[str]) -> Any:
    """The element of the page's main heading; None if none agrees with one of its titles."""
    keys = [letters(title) for title in titles]
    candidates = [
        element
        for element in islice(tree.iter("h1", "h2"), _MOST_HEADINGS)
        if (key := letters(_text(element))) and key not in sites and len(key) <= _LONGEST
    ]
    for element in candidates:
        if letters(_text(element)) in keys:
            return element
    first = [element for element in candidates if element.tag == "h1"]
    for element in first:
        words = _words(_text(element))
        if any(_agree(words, _words(title)) for title in titles):
            return element
    inside = [
        each for each in first if next(each.iterancestors("article", "main"), None) is not None
    ]
    if len(inside) == 1:
        return inside[0]
    return first[0] if len(first) == 1 and not titles else None


def _agree(words: set[str], others: set[str]) -> bool:
    common = len(words & others)
    return len(words) > 1 and (common * 2 >= len(words) or common * 2 >= len(others) > 1)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}


def _text(element: Any) -> str:
    return text_of(" ".join(element.itertext()))
