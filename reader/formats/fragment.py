"""HTML that is an article already: the body of a feed's entry, a mail, a chapter of a book.

Nothing of it is left out as decoration of a site; what no reader sees is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from reader.errors import UnreadableFile
from reader.formats import decode
from reader.formats.elements import DROPPED, HEADINGS, INLINE, preformatted, table_of_data
from reader.formats.markup import refuse_oversized
from reader.formats.styled import ELEMENT_STYLES, Style, StyledLine
from reader.formats.text import blocks_of, reads_as_prose
from reader.model.article import Block, Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Beginnings of tags. A walk takes 5 µs for each.
_MOST_TAGS = 400_000
# Characters of a link's address. Trackers' have hundreds.
_LONGEST_ADDRESS = 2000

_STYLES: Mapping[str, Style] = {**ELEMENT_STYLES, "var": "emphasis"}
# What an element's parts are, by the words in its attributes (EPUB 3 Structural Semantics,
# DPUB-ARIA; WordPress, Substack and Ghost for captions).
_FOOTNOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote "
    "doc-endnotes".split()
)
_REFERENCES = frozenset(("noteref", "doc-noteref", "footnote-ref", "footnote-anchor"))
_CAPTION = re.compile(
    r"(?:(?:wp|image|img|photo|picture|media|figure|fig|video)[-_])?caption(?:[-_]text)?"
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all)")
# How newsletters hide the text that mailboxes show beside the subject.
_NO_HEIGHT = re.compile(r"(?:^|;)(?:max-)?height:0(?:px)?(?=;|!|$)")
_WEB = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_XHTML = re.compile(r"\s*<\?xml|<html[^<>]*\sxmlns", re.IGNORECASE)
_SELF_CLOSED = re.compile(r"<(?!br|hr|img)([a-zA-Z][\w:-]*)((?:\s[^<>]*?)?)/>")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Bytes at the beginning in which HTML names its encoding (WHATWG), and some that do it late.
_CHARSET_WITHIN = 4096
_RULE = re.compile(r"[\s*_=~#·•◦⁂–—+-]+")
_INVISIBLE = re.compile("[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060\ufeff]*")

Kind = Literal["text", "quoted", "item", "heading", "caption", "footnote"]


def read_fragment(
    html: str | bytes, first: int = 1, unread: frozenset[str] = frozenset()
) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The paragraphs of HTML, numbered from `first`, and what stands between them.

    Two line breaks end a paragraph, one is a space. Left out is what a browser does not show:
    hidden elements, scripts, forms; also elements of the classes `unread`, in lower case. Tables
    that lay out a page are its text; tables of data are blocks. Raises UnreadableFile for HTML that
    is too large or nested too deeply.
    """
    root = parse_fragment(html)
    reader = _Fragment(first)
    if root is not None:
        _walk(root, reader, _hidden_classes(root) | unread)
    return tuple(reader.paragraphs), tuple(reader.blocks)


def parse_fragment(html: str | bytes) -> Element | None:
    """The tree of HTML, without comments; None if there is nothing. Raises UnreadableFile."""
    from lxml import etree

    page = html if isinstance(html, str) else _decoded(html)
    refuse_oversized(page, _MOST_TAGS)
    # libxml2 ends the text at a null character.
    page = page.replace("\0", "")
    if _XHTML.search(page, 0, _CHARSET_WITHIN):
        # XHTML may write empty elements short; read as HTML, these would have no end.
        page = _SELF_CLOSED.sub(r"<\1\2></\1>", page)
    # In UTF-8, so that no encoding that the page names counts; it is decoded already.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root: Element | None = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError as error:
        if not page.strip():
            return None
        raise UnreadableFile("a web page that cannot be understood") from error
    if any("Excessive depth" in error.message for error in parser.error_log):
        raise UnreadableFile("a web page of elements nested too deeply")
    return root


def _decoded(html: bytes) -> str:
    """The text of HTML in the encoding that it names, else as `decode` guesses."""
    named = _CHARSET.search(html[:_CHARSET_WITHIN])
    if named and not html.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return html.decode(named[1].decode("ascii"))
        except (LookupError, ValueError):  # ValueError: the bytes are not in it
            pass
    return decode(html)


class _Fragment:
    """What has been read: paragraphs, blocks, and the paragraph that is being read."""

    def __init__(self, first: int) -> None:
        self.paragraphs: list[Paragraph] = []
        self.blocks: list[Block] = []
        self.line = StyledLine()
        self.kinds: list[tuple[Kind, int]] = [("text", 0)]
        self.breaks = 0
        self._first = first

    def text(self, text: str | None) -> None:
        """Add text as it stands in the source."""
        if not text:
            return
        if text.isspace():
            self.line.space()
            return
        if self.breaks > 1:
            self.end()
        self.breaks = 0
        self.line.add(text)

    def end(self) -> None:
        """End the paragraph."""
        self.breaks = 0
        text, spans = self.line.take()
        if _INVISIBLE.fullmatch(text):
            return
        kind, level = self.kinds[-1]
        if _RULE.fullmatch(text):
            self.block("rule")
        elif kind == "text" or kind == "quoted" or kind == "item":
            number = self._next()
            self.paragraphs.append(Paragraph(number, text, kind, spans=spans))
        else:
            self.blocks.append(Block(self._next(), kind, text, level, spans))

    def block(self, kind: Literal["code", "table", "rule"], text: str = "") -> None:
        """Add a block that has lines or nothing; two rules in a row are one."""
        rule = Block(self._next(), "rule")
        if kind != "rule" or (self.paragraphs and self.blocks[-1:] != [rule]):
            self.blocks.append(Block(self._next(), kind, text))

    def _next(self) -> int:
        return self._first + len(self.paragraphs)


def _walk(root: Element, reader: _Fragment, hidden: frozenset[str]) -> None:
    """Read a tree, without recursion."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    # Ends of elements that are to be undone, innermost last.
    ends: list[str] = []
    for event, element in walk:
        if event == "start":
            is_read, end = _start(element, reader, hidden)
            ends.append(end)
            if is_read:
                reader.text(element.text)
            else:
                walk.skip_subtree()
            continue
        _end(ends.pop(), reader)
        if element is not root:
            reader.text(element.tail)


def _start(element: Element, reader: _Fragment, hidden: frozenset[str]) -> tuple[bool, str]:
    """Begin an element: whether what is in it is to be read, and what its end is to do."""
    tag = element.tag
    if not isinstance(tag, str) or tag in DROPPED or _is_hidden(element, hidden):
        return False, ""
    if tag == "br":
        reader.breaks += 1
        reader.line.space()
        return False, ""
    if tag in INLINE:
        return _start_inline(element, reader)
    reader.end()
    if tag == "hr":
        reader.block("rule")
        return False, ""
    if tag == "pre" or tag == "table":
        text = _preformatted(element, reader) if tag == "pre" else table_of_data(element)
        if text is None:
            return tag == "table", "end"
        reader.block("code" if tag == "pre" else "table", text)
        return False, "end"
    kind = _kind(element, tag, reader.kinds[-1])
    if kind is None:
        return True, "end"
    reader.kinds.append(kind)
    return True, "kind"


def _start_inline(element: Element, reader: _Fragment) -> tuple[bool, str]:
    tag = element.tag
    if tag == "img" or tag == "rt" or tag == "rp" or _is_reference(element):
        return False, ""
    if tag == "q":
        reader.text("“")
        return True, "q"
    if tag == "a":
        address = (element.get("href") or "").strip()
        if len(address) <= _LONGEST_ADDRESS and _WEB.fullmatch(address):
            reader.line.open("link", address)
            return True, "style"
    if style := _STYLES.get(tag):
        reader.line.open(style)
        return True, "style"
    return True, ""


def _end(end: str, reader: _Fragment) -> None:
    """End an element as its start has told."""
    if end == "style":
        reader.line.close()
    elif end == "q":
        reader.text("”")
    elif end:
        reader.end()
        if end == "kind":
            reader.kinds.pop()


def _preformatted(element: Element, reader: _Fragment) -> str | None:
    """The lines of code in a <pre>; None if it is prose, which is then read."""
    lines, is_code = preformatted(element)
    blocks = blocks_of(lines)
    if is_code or 2 * sum(reads_as_prose(" ".join(block)) for block in blocks) < len(blocks):
        return lines
    for block in blocks:
        reader.text(" ".join(block))
        reader.end()
    return None


def _kind(element: Element, tag: str, around: tuple[Kind, int]) -> tuple[Kind, int] | None:
    """What the text in an element is; None if it is what the text around it is."""
    words = _words(element, "class", "role", "{http://www.idpf.org/2007/ops}type", "epub:type")
    if not words.isdisjoint(_FOOTNOTES):
        return "footnote", 0
    if around[0] in ("footnote", "caption"):
        return None
    if tag in ("figcaption", "caption") or any(map(_CAPTION.fullmatch, words)):
        return "caption", 0
    if tag in HEADINGS:
        return "heading", HEADINGS[tag]
    if tag == "blockquote":
        return "quoted", 0
    return ("item", 0) if tag in ("li", "dd", "dt") else None


def _is_reference(element: Element) -> bool:
    """Whether an element is the mark in a text that refers to a footnote."""
    words = _words(element, "class", "role", "epub:type")
    if not words.isdisjoint(_REFERENCES):
        return True
    if element.tag != "sup" or len(element) != 1 or (element.text or "").strip():
        return False
    return element[0].tag == "a" and (element[0].get("href") or "").startswith("#")


def _words(element: Element, *attributes: str) -> set[str]:
    """The words in some attributes of an element, in lower case."""
    if not element.attrib:
        return set()
    return {word for name in attributes for word in (element.get(name) or "").lower().split()}


def _is_hidden(element: Element, hidden: frozenset[str]) -> bool:
    """Whether a browser would not show an element."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or (hidden and not hidden.isdisjoint(_words(element, "class"))):
        return True
    style = attributes.get("style")
    return style is not None and _hides(style)


def _hides(style: str) -> bool:
    """Whether declarations of CSS hide what they are for."""
    compact = re.sub(r"\s+", "", style.lower())
    if _HIDDEN_STYLE.search(compact):
        return True
    return "overflow:hidden" in compact and bool(_NO_HEIGHT.search(compact))


def _hidden_classes(root: Element) -> frozenset[str]:
    """The classes that the style sheets in a page hide, other than on some screens only."""
    classes: set[str] = set()
    for sheet in root.iter("style"):
        depth, selectors = 0, ""
        rules = "".join(part.rpartition("*/")[2] for part in (sheet.text or "").split("/*"))
        parts = re.split(r"([{}])", rules.lower())
        for before, brace in zip(parts[::2], parts[1::2], strict=False):
            if brace == "{":
                selectors = before if depth == 0 else ""
                depth += 1
                continue
            if depth == 1 and _hides(before):
                classes.update(re.findall(r"(?:^|,)\s*\.([\w-]+)\s*(?=,|$)", selectors))
            depth = max(0, depth - 1)
    return frozenset(classes)
