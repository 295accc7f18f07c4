"""XML: which kind of it a file is, by its first element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    if (parse := _agency(name, content)) is not None:
        return parse(content, file_id)
    if name == "html":
        from reader.formats.html import parse_html

        return [parse_html(content, file_id)]
    raise UnreadableFile(f"XML of a kind that is not read: <{name}>" if name else "not XML")


def _agency(name: str, content: bytes) -> Callable[[bytes, str], Sequence[Article]] | None:
    """The reader of an agency's format, by the first element; None for other XML."""
    if name == "nitf":
        from reader.formats.agency.nitf import parse_nitf

        return parse_nitf
    if name == "newsml" or name == "newsmessage" or (name == "newsitem" and b"itemMeta" in content):
        from reader.formats.agency import newsml

        return newsml.parse_newsml_1 if name == "newsml" else newsml.parse_newsml_g2
    if name in ("newsitem", "ppsresponse", "ppsarticleresponse", "ppsarticleresultset"):
        from reader.formats.agency import archives

        return archives.parse_rcv1 if name == "newsitem" else archives.parse_factiva
    if name in ("reuters", "lewis"):
        from reader.formats.agency.archives import parse_sgml

        return parse_sgml
    return None


def first_element(content: bytes) -> str:
    """The name of XML's first element in lower case, without its prefix; "" without one."""
    text = decode(content[:_WITHIN]).lstrip("\ufeff")
    end = 0
    while match := _BEFORE.match(text, end):
        end = match.end()
    element = _ELEMENT.match(text, end)
    return element["name"].lower() if element else ""
