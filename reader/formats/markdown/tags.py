"""Tags of HTML inside Markdown, and what they mean for the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Final

from reader.formats.styled import ELEMENT_STYLES, Style

_STYLES: Final[Mapping[str, Style]] = {**ELEMENT_STYLES, "a": "link"}
# Elements that begin and end a block of text (HTML Standard, section 15.3.3 "Flow content").
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe "
    "legend li link main menu menuitem nav noframes ol optgroup option p param pre search section "
    "summary table tbody td tfoot th thead title tr track ul".split()
)
_INLINE = frozenset(
    "abbr acronym audio base basefont bdi bdo big br button canvas col colgroup data datalist "
    "embed font img input ins label map meta meter noscript object output picture progress q rp rt "
    "ruby script select slot small source span style sub sup svg template textarea time u var "
    "video wbr".split()
)
_NAMES = _BLOCKS | _INLINE | _STYLES.keys()

_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
# What a viewer does not show begins with, and what it ends with: comments and the like, scripts.
_HIDDEN = re.compile(r"<(?:!--|\?|!\[CDATA\[|![A-Za-z]|(?:script|style)\b)", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>", "<script": "</script", "<style": "</style"}
_PIECE = re.compile(rf"{_TAG.pattern}|[^<]+|<", re.DOTALL)


class Tag:
    """A tag: its name in lower case, whether it closes an element, its attributes."""

    def __init__(self, name: str, attributes: str, is_end: bool) -> None:
        self.name = name.lower()
        self.is_end = is_end
        self._attributes = attributes

    @property
    def is_block(self) -> bool:
        """Whether the element is a block of text of its own."""
        return self.name in _BLOCKS

    @property
    def style(self) -> Style | None:
        """The style of the text in the element."""
        return _STYLES.get(self.name)

    def __getitem__(self, name: str) -> str:
        """An attribute's value; empty without it."""
        for match in _ATTRIBUTE.finditer(self._attributes):
            if match[1].lower() == name:
                return unescape(next(filter(None, match.groups()[1:]), ""))
        return ""


def tag_in(markup: str) -> Tag | None:
    """The tag that the markup is; None for text in angle brackets that names no element of HTML."""
    match = _TAG.fullmatch(markup)
    if not match or not (match[1].lower() in _NAMES or re.search(r"[:-]", match[1])):
        return None
    return Tag(match[1], match[2], markup.startswith("</"))


def is_hidden(markup: str) -> bool:
    """Whether the markup is a comment or the like, which is not shown."""
    return markup.startswith(("<!", "<?")) and not markup.startswith("<![CDATA[")


def pieces_of(markup: str) -> Iterator[Tag | str]:
    """The tags of a piece of HTML and the texts between them, without what is not shown."""
    for match in _PIECE.finditer(_without_hidden(markup)):
        tag = tag_in(match[0]) if match[1] else None
        yield tag or unescape(match[0])


def _without_hidden(markup: str) -> str:
    """The markup without what is not shown; what has no end is shown."""
    shown: list[str] = []
    position = 0
    endless: set[str] = set()  # looked for once
    lowered = markup.lower()
    for match in _HIDDEN.finditer(markup):
        begin = match[0].lower()
        if match.start() < position or begin in endless:
            continue
        end = lowered.find(_ENDS.get(begin, ">"), match.end())
        if end < 0:
            endless.add(begin)
            continue
        shown.append(markup[position : match.start()])
        if begin == "<![cdata[":
            shown.append(escape(markup[match.end() : end]))
        close = markup.find(">", end)
        position = close + 1 if close >= 0 else len(markup)
    return "".join(shown) + markup[position:]
