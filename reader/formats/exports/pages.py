"""Exports of databases as web pages: Factiva's and Europresse's own, and those of other kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.formats.exports import europresse, factiva
from reader.formats.exports.fields import ExportLine, Fields, texts
from reader.formats.exports.marks import may_be_export
from reader.formats.exports.page_text import blocks_of_element, has_class
from reader.formats.exports.read import read_blocks
from reader.formats.fragment import parse_fragment

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reader.model.article import Article


def read_page(content: bytes, file_id: str) -> list[Article] | None:
    """The articles in a page with marks of an export; None if it is none after all."""
    root = parse_fragment(_decoded(content))
    if root is None:
        return None
    fields = list(_factiva(root)) or europresse.read(root)
    if fields:
        return [one.article(file_id) for one in fields]
    blocks = blocks_of_element(root)
    if not may_be_export("\n".join(line for block in blocks for line in block)):
        return None
    return read_blocks(blocks, file_id)


def _decoded(content: bytes) -> str | bytes:
    """The page as text if it is UTF-8: pages that were saved anew may still name another."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content


def _factiva(root: Element) -> Iterator[Fields]:
    """The articles of Factiva in a page: in tables of codes, or in lines."""
    for element in root.iter("div"):
        if not has_class(element, "article") or any(
            has_class(outer, "article") for outer in element.iterancestors("div")
        ):
            continue
        blocks = blocks_of_element(element)
        codes = {line.partition(" |")[0] for block in blocks for line in block[:1]}
        if "HD" in codes and codes & {"SN", "PD", "AN"}:
            fields: Fields | None = factiva.read_coded(blocks)
        else:
            fields = _factiva_lines(element)
        if fields is not None:
            yield fields


def _factiva_lines(element: Element) -> Fields | None:
    """An article of Factiva in lines, of which the page says which is the title, which the text."""
    lines: list[ExportLine] = []
    title = author = ""
    paragraphs: list[str] = []
    for part in element.iter("div", "p", "span", "b"):
        classes = (part.get("class") or "").lower()
        is_leaf = next(part.iterdescendants("div", "p"), None) is None
        text = " ".join(texts(blocks_of_element(part))) if is_leaf else ""
        if "articleparagraph" in classes:
            paragraphs.append(text)
        elif "headline" in classes:
            title = title or text
        elif classes == "author":
            author = author or text
        elif part.tag == "div" and text and part.get("id") != "hd" and not paragraphs:
            lines.append(ExportLine(text, len(lines)))
    fields = factiva.read_plain(lines, title, author) if title else None
    if fields is not None:
        fields.paragraphs = list(filter(None, paragraphs))
    return fields
