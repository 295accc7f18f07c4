"""XML: which kind of it a file is, by its first element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.article import Article

# Bytes at the beginning in which the first element is looked for.
_WITHIN = 64 * 1024
# What may stand before it: declarations, comments, and a document type with what it declares.
_BEFORE = re.compile(
    r"\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")


def parse_xml(content: bytes, file_id: str) -> Sequence[Article]:
    """The articles in XML of a kind that is read. Raises UnreadableFile for other XML."""
    name = first_element(content)
    if name in ("rss", "feed", "rdf", "channel"):
        from reader.formats.feeds.feed import parse_feed

        return parse_feed(content, file_id)
    if name == "html":
        from reader.formats.html import parse_html

        return [parse_html(content, file_id)]
    raise UnreadableFile(f"XML of a kind that is not read: <{name}>" if name else "not XML")


def first_element(content: bytes) -> str:
    """The name of XML's first element in lower case, without its prefix; "" without one."""
    text = decode(content[:_WITHIN]).lstrip("\ufeff")
    end = 0
    while match := _BEFORE.match(text, end):
        end = match.end()
    element = _ELEMENT.match(text, end)
    return element["name"].lower() if element else ""
