"""NewsML-G2 and NewsML 1, the envelopes of news agencies: https://iptc.org/standards/newsml-g2/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.formats.agency.common import date_text, finished, first, parse, read_body, text_of
from reader.formats.agency.nitf import read_nitf
from reader.formats.documents.xml import attribute, child, descendants
from reader.formats.exports.fields import Fields

if TYPE_CHECKING:
    from reader.model.article import Article

KIND = "a NewsML file"


def parse_newsml_g2(content: bytes, file_id: str) -> list[Article]:
    """The articles in NewsML-G2: the news items with a text, of a message or alone. Pictures,
    packages and the like have none. Raises UnreadableFile.
    """
    root = parse(content, KIND)
    found = (finished(_read_item(item), file_id) for item in descendants(root, "newsItem"))
    return [article for article in found if article is not None]


def parse_newsml_1(content: bytes, file_id: str) -> list[Article]:
    """The articles in NewsML 1.x: its news items with a text. Raises UnreadableFile."""
    root = parse(content, KIND)
    found = (finished(_read_item_1(item), file_id) for item in descendants(root, "NewsItem"))
    return [article for article in found if article is not None]


def _read_item(item: Any) -> Fields:
    fields = Fields("NewsML-G2")
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    for line in descendants(content, "headline") if content is not None else ():
        if "sub" in (line.get("role") or "").lower():
            fields.deck.append(text_of(line))
        else:
            fields.put("title", text_of(line), "headline")
    fields.put("author", text_of(first(content, "by")), "by")
    creator = _name(first(content, "creator"), names_only=True)
    # Others are initials, or agencies.
    fields.put("author", creator if " " in creator else "", "creator")
    _read_dates(fields, item, meta, content)
    fields.put("source", _name(first(meta, "provider"), names_only=True), "provider")
    fields.put("source", _name(first(content, "infoSource"), names_only=True), "infoSource")
    fields.put("source", _name(first(item, "copyrightHolder")), "copyrightHolder")
    fields.put("source", _name(first(meta, "provider")), "provider")
    language = first(content, "language")
    fields.put("language", language.get("tag") or "" if language is not None else "", "language")
    fields.put("language", attribute(item, "lang") or "", "newsItem")
    if content is not None:
        keywords = (text_of(keyword) for keyword in descendants(content, "keyword"))
        fields.tags = tuple(dict.fromkeys(filter(None, keywords)))
    for part in descendants(item, "inlineXML", "inlineData"):
        nitf = first(part, "nitf")
        if nitf is not None:
            read_nitf(nitf, fields)
        else:
            html = first(part, "body")
            read_body(fields, part if html is None else html)
        if fields.body[0]:
            break
    return fields


def _read_dates(fields: Fields, item: Any, meta: Any, content: Any) -> None:
    """Read the day of the first version. That of a later one is the day of a change."""
    fields.put("date_text", text_of(first(meta, "firstCreated")), "firstCreated")
    fields.put("date_text", text_of(first(content, "contentCreated")), "contentCreated")
    if item.get("version") in (None, "1"):
        fields.put("date_text", text_of(first(meta, "versionCreated")), "versionCreated")


def _name(element: Any, names_only: bool = False) -> str:
    """The name of a provider or creator; else, unless only names count, its literal or code."""
    if element is None:
        return ""
    name = text_of(child(element, "name"))
    literal = element.get("literal") or ""
    if name or (literal and "." not in literal):
        return name or literal
    if names_only:
        return ""
    return literal or (element.get("qcode") or "").rpartition(":")[2]


def _read_item_1(item: Any) -> Fields:
    fields = Fields("NewsML")
    fields.put("title", text_of(first(item, "HeadLine")), "HeadLine")
    fields.deck += [text_of(line) for line in descendants(item, "SubHeadLine")]
    fields.put("author", text_of(first(item, "ByLine")), "ByLine")
    for name in ("FirstPublished", "FirstCreated", "DateId"):
        fields.put("date_text", date_text(text_of(first(item, name))), name)
    provider = first(first(item, "Provider"), "Party")
    fields.put(
        "source", provider.get("FormalName") or "" if provider is not None else "", "Provider"
    )
    fields.put("source", text_of(first(item, "CreditLine")), "CreditLine")
    fields.put("source", text_of(first(item, "ProviderId")), "ProviderId")
    language = first(item, "Language")
    fields.put(
        "language", language.get("FormalName") or "" if language is not None else "", "Language"
    )
    fields.put("language", attribute(item, "lang") or "", "NewsItem")
    for part in descendants(item, "ContentItem"):
        _read_content(fields, part)
        if fields.body[0]:
            break
    return fields


def _formal_name(element: Any) -> str:
    return (element.get("FormalName") or "") if element is not None else ""


def _read_content(fields: Fields, part: Any) -> None:
    """Read the text of a content item, unless it is a picture, or the caption of one."""
    media = first(part, "MediaType")
    if media is not None and (media.get("FormalName") or "").lower() not in (
        "",
        "text",
        "complextext",
    ):
        return
    role = next((each for each in part.getparent() if each.tag == "Role"), None)
    if role is not None and "caption" in (role.get("FormalName") or "").lower():
        return
    data = first(part, "DataContent")
    if data is None:
        return
    nitf = first(data, "nitf")
    if nitf is not None:
        read_nitf(nitf, fields)
        return
    content = first(data, "body.content", "body")
    read_body(fields, data if content is None else content)
