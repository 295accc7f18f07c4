"""The paragraphs of a draft in HTML: a page, or a fragment of one."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

_HIDDEN = frozenset({"head", "script", "style", "template", "code", "pre", "noscript"})
_LINES = frozenset(
    "address article aside blockquote body br caption dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p section summary table td th tr "
    "ul".split()
)
# In or below a block quotation they name its author.
_SOURCES = frozenset({"footer", "figcaption"})
_Q = (("“", "”"), ("‘", "’"))


class DraftParagraph(NamedTuple):
    """A paragraph of a draft, and whether it is in a block quotation."""

    text: str
    is_block_quotation: bool = False


def paragraphs_in_html(text: str) -> list[DraftParagraph]:
    """The paragraphs of a page or a fragment in their order; any text has some or none."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    return reader.paragraphs


class _Reader(HTMLParser):
    """Collects paragraphs: the text between tags of blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[DraftParagraph] = []
        self._text: list[str] = []
        self._hidden: list[str] = []
        self._quotes = self._marks = 0

    def end_paragraph(self) -> None:
        """End a paragraph, if it has words."""
        text = " ".join("".join(self._text).split())
        if text:
            self.paragraphs.append(DraftParagraph(text, self._quotes > 0))
        self._text = []

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag == "q":
            self._text.append(_Q[self._marks % 2][0])
            self._marks += 1
        elif tag in _LINES:
            self.end_paragraph()
            self._marks = 0
            self._quotes += tag == "blockquote"
            if tag in _SOURCES and (self._quotes or self._follows_block_quotation()):
                self._text.append("— ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag == "q" and self._marks:
            self._marks -= 1
            self._text.append(_Q[self._marks % 2][1])
        elif tag in _LINES:
            self.end_paragraph()
            self._quotes = max(self._quotes - (tag == "blockquote"), 0)

    def _follows_block_quotation(self) -> bool:
        return bool(self.paragraphs) and self.paragraphs[-1].is_block_quotation
