"""What the readers of agencies' formats share: safe parsing, texts of elements, bodies."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats.documents.xml import descendants, name_of, parse_xml
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.formats.exports.fields import Fields
    from reader.model.article import Article

# Elements of NITF, and those of HTML that stand for them.
_RENAMED = {
    "block": "div",
    "body.content": "div",
    "bq": "blockquote",
    "datacontent": "div",
    "hl1": "h2",
    "hl2": "h2",
    "media": "figure",
    "media-caption": "figcaption",
    "nitf-table": "div",
    "note": "div",
}
_KEPT = frozenset(
    "a article b blockquote body br caption cite dd div dl dt em figcaption figure h1 h2 h3 h4 h5 "
    "h6 hr html i li ol p pre q section strong sub sup table tbody td th thead tr u ul".split()
)
_LEFT_OUT = frozenset(
    "media-reference media-metadata media-producer media-object head script style img "
    "ednote".split()
)
# Beginnings of tags; to look for the fields takes up to 5 µs for each.
_MOST_TAGS = 500_000
_NAMED_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,10});")
_ENCODING = re.compile(rb"""\A((?:\xef\xbb\xbf)?\s*<\?xml[^>]*?)\sencoding=["'][\w.-]+["']""")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:1[6-9]|20)\d\d)(\d\d)(\d\d)(?=T|\D|$)")


def parse(content: bytes, kind: str) -> Any:
    """The root element of XML of an agency, with the entities of HTML as characters.

    Raises UnreadableFile.
    """
    if content.count(b"<") > _MOST_TAGS:
        raise UnreadableFile(f"{kind} of more than {_MOST_TAGS:,} tags")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Files that were saved anew in UTF-8 may still name another encoding.
        content = _ENCODING.sub(rb"\1", content, count=1)
    return parse_xml(_NAMED_ENTITY.sub(_numbered, content), kind)


def _numbered(match: re.Match[bytes]) -> bytes:
    code = name2codepoint.get(match[1].decode())
    return b"&#%d;" % code if code else match[0]


def first(element: Any, *names: str) -> Any:
    """The first element below one that has one of the names; None without any."""
    return next(descendants(element, *names), None) if element is not None else None


def text_of(element: Any) -> str:
    """The text in an element, on one line; empty for None."""
    return normalize("".join(element.itertext())) if element is not None else ""


def date_text(text: str | None) -> str:
    """A date as `find_date` reads it: 20260514T101500Z is 2026-05-14T101500Z."""
    return _COMPACT_DATE.sub(r"\1-\2-\3", text or "", count=1)


def read_body(fields: Fields, element: Any) -> None:
    """Read the text of an article in an element: NITF, HTML, or characters only."""
    from reader.formats.body import read_body as read_text
    from reader.formats.fragment import read_fragment

    if any(isinstance(child.tag, str) for child in element):
        fields.body = read_fragment(_html(element))
    elif (article := read_text(element.text or "", "")) is not None:
        fields.body = (article.paragraphs, article.blocks)


def _html(element: Any) -> str:
    """An element as HTML. It is changed."""
    from lxml import etree

    for part in list(element.iter()):
        name = name_of(part).lower()
        if not name:
            continue
        if name in _LEFT_OUT:
            for inner in list(part):
                part.remove(inner)
            part.text = None
        part.tag = _RENAMED.get(name, name if name in _KEPT else "span")
        address = part.get("href")
        part.attrib.clear()
        if address and name == "a":
            part.set("href", address)
    tail, element.tail = element.tail, None
    html: str = etree.tostring(element, encoding="unicode", method="html")
    element.tail = tail
    return html


def finished(fields: Fields, file_id: str) -> Article | None:
    """The article; None without a text or a summary."""
    if not fields.body[0] and not fields.paragraphs:
        return None
    fields.deck = [
        text
        for text in dict.fromkeys(fields.deck)
        if text and text != fields.title and not fields.begins_with(text)
    ]
    # Pages begin with their title as a heading.
    fields.body = (
        fields.body[0],
        tuple(block for block in fields.body[1] if block.before > 1 or block.text != fields.title),
    )
    return fields.article(file_id)
