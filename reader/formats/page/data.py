"""The data that a page gives about itself: meta elements, JSON-LD, and where it is from."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from reader.language.clean import normalize

# Characters of a block of JSON-LD, and values in it, that are looked at.
_LONGEST_JSON = 2_000_000
_MOST_VALUES = 20_000
_LONGEST_VALUE = 1000

# Types of schema.org, in lower case, whose data are those of the article; of a page's only if there
# are none.
_ARTICLES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "backgroundnewsarticle reviewnewsarticle askpublicnewsarticle advertisercontentarticle "
    "satiricalarticle techarticle scholarlyarticle report blogposting liveblogposting "
    "socialmediaposting".split()
)
_PAGES = frozenset(("webpage", "itempage", "webarticle"))
# What hangs on an article and is another thing: its properties are not followed.
_OTHER_THINGS = frozenset(
    "itemListElement hasPart isPartOf mentions about citation comment review video image "
    "associatedMedia liveBlogUpdate isBasedOn relatedLink suggestedAnswer breadcrumb".split()
)


class PageData(NamedTuple):
    """What a page says about itself.

    `meta` has the contents of meta elements by their name, property or itemprop in lower case;
    `article` the properties of the article in JSON-LD, and `web_page` those of the page. `nodes`
    are the JSON-LD objects with a name by their @id.
    """

    meta: Mapping[str, list[str]]
    article: Mapping[str, Any]
    web_page: Mapping[str, Any]
    nodes: Mapping[str, Mapping[str, Any]]

    def first(self, *names: str) -> tuple[str, str] | None:
        """The first of the meta elements of these names that has a content, and its name."""
        for name in names:
            for content in self.meta.get(name.lower(), ()):
                return content, name
        return None

    def names_of(self, value: Any) -> list[tuple[str, str]]:
        """The names in a property of JSON-LD, each with its type: person, organization or none."""
        names: list[tuple[str, str]] = []
        values = value if isinstance(value, list) else [value]
        for each in values[:50]:
            if isinstance(each, dict) and "name" not in each and isinstance(each.get("@id"), str):
                each = self.nodes.get(each["@id"], each)
            if isinstance(each, str):
                names.append((text_of(each), ""))
            elif isinstance(each, dict):
                inner = each.get("name")
                for name in inner if isinstance(inner, list) else [inner]:
                    if isinstance(name, str):
                        names.append((text_of(name), next(iter(_types(each)), "")))
        return [(name, kind) for name, kind in names if name]


def read_data(tree: Any) -> PageData:
    """The data of a page."""
    meta: defaultdict[str, list[str]] = defaultdict(list)
    for element in tree.iter("meta"):
        content = element.get("content")
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        if not name and next(element.iterancestors("head"), None) is not None:
            name = element.get("itemprop")  # elsewhere it may be that of another article
        if content and name and (text := text_of(content[:_LONGEST_VALUE])):
            for each in name.lower().split():
                meta[each].append(text)
    nodes: dict[str, Mapping[str, Any]] = {}
    articles: list[Mapping[str, Any]] = []
    pages: list[Mapping[str, Any]] = []
    for node in _json_nodes(tree):
        types = _types(node)
        if isinstance(node.get("@id"), str) and "name" in node:
            nodes.setdefault(node["@id"], node)
        if types & _ARTICLES:
            articles.append(node)
        elif types & _PAGES:
            pages.append(node)
    article = _best(articles, meta)
    return PageData(meta, article, pages[0] if pages else {}, nodes)


def text_of(value: str) -> str:
    """The text of a value that may have character references, also twice, and tags."""
    if "&" in value:
        value = unescape(unescape(value))
    if "<" in value:
        value = re.sub(r"<[^<>]{0,200}>", "", value)
    return normalize(value)


def _best(articles: list[Mapping[str, Any]], meta: Mapping[str, list[str]]) -> Mapping[str, Any]:
    """The article that the page is about: the one of its title, else the first."""
    titles = {_letters(title) for title in meta.get("og:title", [])}
    for article in articles:
        headline = article.get("headline") or article.get("name")
        if isinstance(headline, str) and _letters(text_of(headline)) in titles:
            return article
    dated = [article for article in articles if article.get("datePublished")]
    return (dated or articles or [{}])[0]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _types(node: Mapping[str, Any]) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {v.rpartition("/")[2].lower() for v in values if isinstance(v, str)}


def _json_nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a page's JSON-LD, outer ones first, without those of other things."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = [_loaded(script.text or "")]
        for _ in range(_MOST_VALUES):
            if not waiting:
                break
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value)
            elif isinstance(value, dict):
                yield value
                waiting += reversed(
                    [
                        inner
                        for name, inner in value.items()
                        if name not in _OTHER_THINGS and isinstance(inner, (dict, list))
                    ]
                )


def _loaded(text: str) -> Any:
    """The value of a block of JSON, mended where sites often damage it; None if it is none."""
    text = text.strip()
    text = re.sub(
        r"^(?:/\*\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/\*\s*)?(?:\]\]>|-->)(?:\s*\*/)?$",
        "",
        text,
    )
    for attempt in (text, re.sub(r",\s*([\]}])", r"\1", text.rstrip("; \n"))):
        if len(text) > _LONGEST_JSON:
            return None
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
