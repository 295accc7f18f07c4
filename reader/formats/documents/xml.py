"""XML of strangers, parsed within limits; names are compared without their namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.errors import UnreadableFile

# Beginnings of tags, each of which costs 6 µs and 300 bytes. A thick book has half of it.
_MOST_TAGS = 1_000_000
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
# Elements inside elements. The layout tables of newsletters are 40 deep.
DEEPEST = 100


def parse_xml(content: bytes, kind: str, recover: bool = False) -> Any:
    """The root element; `kind` is for messages: "a Word document".

    `recover`: mend what is not well-formed. Raises UnreadableFile for what cannot be parsed, and
    for entities, which well-behaved programs do not declare.
    """
    from lxml import etree

    if content.count(b"<") > _MOST_TAGS and _CDATA.sub(b"", content).count(b"<") > _MOST_TAGS:
        raise UnreadableFile(f"{kind} of more than {_MOST_TAGS:,} tags")
    if _ENTITY.search(content):
        raise UnreadableFile(f"{kind} that declares entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"{kind} that is damaged: its XML is not well-formed") from error
    if root is None:
        raise UnreadableFile(f"{kind} that is damaged: its XML is not well-formed")
    return root


def name_of(element: Any) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """The value of the attribute with a name, in any namespace."""
    if (value := element.get(name)) is not None:
        return str(value)
    for key, value in element.items():
        if key.endswith("}" + name):
            return str(value)
    return None


def child(element: Any, *path: str) -> Any:
    """The first child with a name, its first child with the next name, and so on; None if there is
    none.
    """
    for name in path:
        element = next((each for each in element if name_of(each) == name), None)
        if element is None:
            return None
    return element


def descendants(root: Any, *names: str) -> Iterator[Any]:
    """The elements below a root that have one of the names, in the document's order."""
    return (element for element in root.iter() if name_of(element) in names)
