"""Pages that Europresse saves: each article with its publication, a line with the date, a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.formats.exports.fields import Fields, texts
from reader.formats.exports.page_text import blocks_of_element, has_class
from reader.language.clean import normalize

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WEEKDAY = (
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
)
# "Politique, mardi 14 mars 2006, p. 12"
_HEADER = re.compile(
    rf"(?P<section>.*?)(?:^|,\s*|\s+)(?:(?:{_WEEKDAY}),?\s+)?"
    r"(?P<date>\d{1,2}(?:er)?\.?\s+[^\W\d_]+\.?\s+\d{4}|[^\W\d_]+\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}-\d\d-\d\d)(?!\d).*",
    re.IGNORECASE,
)
# The issue behind a publication's name.
_ISSUE = re.compile(r",?\s+(?:no|n°|nr|vol)\.?\s*\d.*$", re.IGNORECASE)
_IMPRINT = re.compile(
    r"©.*|(?:num[ée]ro de document|document number|dokumentnummer)\s?:.*|news.\d{8}.\w.*",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?P<kind>illustration|note|légende|encadré)(?:\(s\)|s)?\s?:\s*", re.IGNORECASE
)
# Characters. Longer lines below a title are no author.
_LONGEST_AUTHOR = 100
# Stands for the title among the lines around it.
_TITLE = "\ue000"


def read(root: Element) -> list[Fields]:
    """The articles in a page; none if it is not one of Europresse."""
    names = [
        element for element in root.iter("span", "div") if has_class(element, "DocPublicationName")
    ]
    holders: dict[Element, Element] = {}
    for name in names:
        holder = next(name.iterancestors("article"), None)
        if holder is None:
            holder = next(name.iterancestors("td", "body"), None)
        if holder is not None:
            holders.setdefault(holder, name)
    return [_article(holder, name) for holder, name in holders.items()]


def _article(holder: Element, name: Element) -> Fields:
    """The article in an element, of which `name` has the publication's name."""
    fields = Fields("Europresse")
    fields.put("source", _ISSUE.sub("", _text(name)), "publication")
    header = normalize(" ".join(_text(part) for part in _of_class(holder, "DocHeader")))
    if match := _HEADER.match(header):
        fields.put("date_text", match["date"], "line below the publication")
        fields.put("section", match["section"].strip(" ,"), "line below the publication")
    elif header:
        fields.put("date_text", header, "line below the publication")
    titles = _of_class(holder, "titreArticleVisu")
    fields.put("title", " ".join(map(_text, titles)), "title")
    for part in (name, *_of_class(holder, "DocHeader"), *titles[1:]):
        _empty(part)
    if titles:
        _empty(titles[0])
        titles[0].text = _TITLE
        # A block of its own, also where only a line break is around it.
        titles[0].tag = "div"
    sections = list(holder.iter("section"))
    if sections:
        fields.paragraphs = texts(block for part in sections for block in blocks_of_element(part))
        for part in sections:
            _empty(part)
        for aside in holder.iter("aside"):
            _read_aside(fields, aside)
        for part in holder.iter("aside", "footer"):
            _empty(part)
    else:
        for table in list(holder.iterdescendants("table")):
            _empty(table)
    _read_lines(fields, texts(blocks_of_element(holder)), bool(sections))
    return fields


def _read_lines(fields: Fields, lines: list[str], has_text: bool) -> None:
    """Read the lines around the title: a kicker above, below it the author, and the text if it is
    not in an element of its own.
    """
    end = next((i for i, line in enumerate(lines) if _IMPRINT.match(line)), len(lines))
    lines = lines[:end]
    title = next((i for i, line in enumerate(lines) if _TITLE in line), None)
    above, below = (lines[:title], lines[title + 1 :]) if title is not None else ([], lines)
    fields.deck += above
    if below and len(below[0]) <= _LONGEST_AUTHOR and (has_text or _is_author(below)):
        fields.put("author", below[0], "line below the title")
        below = below[1:]
    if has_text:
        fields.deck += below
    else:
        fields.paragraphs = below


def _is_author(lines: list[str]) -> bool:
    """Whether the first of the lines below a title is a name, and text follows."""
    words = lines[0].split()
    has_capitals = sum(word[0].isupper() for word in words) * 2 > len(words)
    return len(lines) > 1 and 1 < len(words) <= 8 and has_capitals and lines[0][-1] not in ".!?…:"


def _read_aside(fields: Fields, aside: Element) -> None:
    """Read the captions and notes beside a text."""
    is_note = False
    for text in texts(blocks_of_element(aside)):
        match = _NOTES.match(text)
        if match:
            is_note = match["kind"].lower() == "note"
            text = text[match.end() :]
        if text:
            (fields.notes if is_note else fields.captions).append(text)


def _of_class(holder: Element, name: str) -> list[Element]:
    return [part for part in holder.iter("span", "p", "div") if has_class(part, name)]


def _text(element: Element) -> str:
    return normalize(" ".join(line for block in blocks_of_element(element) for line in block))


def _empty(element: Element) -> None:
    """Take what is in an element out of it; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
