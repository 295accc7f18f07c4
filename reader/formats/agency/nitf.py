"""NITF, the News Industry Text Format: https://iptc.org/standards/nitf/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.formats.agency.common import date_text, finished, first, parse, read_body, text_of
from reader.formats.documents.xml import attribute, descendants, name_of
from reader.formats.exports.fields import Fields

if TYPE_CHECKING:
    from reader.model.article import Article

KIND = "a NITF file"


def parse_nitf(content: bytes, file_id: str) -> list[Article]:
    """The articles in NITF: one, or several in an element around them. Raises UnreadableFile."""
    root = parse(content, KIND)
    found = (finished(read_nitf(element), file_id) for element in descendants(root, "nitf"))
    return [article for article in found if article is not None]


def read_nitf(element: Any, fields: Fields | None = None) -> Fields:
    """The fields of a <nitf> element; those that are known already stay."""
    fields = fields or Fields("NITF")
    head = first(element, "body.head")
    _read_head(fields, element, head)
    data, published = first(element, "docdata"), first(element, "pubdata")
    issued = first(data, "date.issue")
    for date, place in (
        (published is not None and published.get("date.publication"), "date.publication"),
        (issued is not None and issued.get("norm"), "date.issue"),
        (_normed(first(data, "date.release")), "date.release"),
        (_normed(first(head, "story.date")), "story.date"),
    ):
        fields.put("date_text", date_text(date or ""), place)
    copyright = first(data, "doc.copyright")
    for source, place in (
        (published is not None and published.get("name"), "pubdata"),
        (text_of(first(head, "distributor")), "distributor"),
        (copyright is not None and copyright.get("holder"), "doc.copyright"),
        (text_of(first(head, "rights.owner")), "rights.owner"),
    ):
        fields.put("source", source or "", place)
    if published is not None:
        fields.put("url", published.get("ex-ref") or "", "pubdata")
        fields.put("section", published.get("position.section") or "", "pubdata")
    fields.put("language", element.get("baselang") or attribute(element, "lang") or "", "nitf")
    keys = (keyword.get("key") or "" for keyword in descendants(element, "keyword"))
    fields.tags = fields.tags or tuple(dict.fromkeys(filter(None, keys)))
    content = first(element, "body.content")
    if content is None:
        content = next((part for part in descendants(element, "body") if part is not element), None)
    if content is not None:
        read_body(fields, content)
    fields.notes += filter(None, (text_of(tag) for tag in descendants(element, "tagline")))
    return fields


def _read_head(fields: Fields, element: Any, head: Any) -> None:
    fields.put("title", text_of(first(head, "hl1")) or text_of(first(head, "hedline")), "hl1")
    fields.put("title", text_of(first(first(element, "head"), "title")), "title")
    if head is None:
        return
    fields.deck += [text_of(line) for line in descendants(head, "hl2")]
    fields.deck += [text_of(line) for line in descendants(head, "abstract")]
    byline = first(head, "byline")
    if byline is not None:
        # What the author is, such as "Staff Writer", is no name.
        words = [byline.text or ""]
        for part in byline:
            words += ["" if name_of(part) == "byttl" else text_of(part), part.tail or ""]
        fields.put("author", " ".join(words), "byline")
        fields.put("author", text_of(byline), "byline")


def _normed(element: Any) -> str:
    return (element.get("norm") or "") if element is not None else ""
