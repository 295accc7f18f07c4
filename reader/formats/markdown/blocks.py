"""The blocks of a Markdown text in their order: paragraphs, headings, captions, code, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reader.formats.text import blocks_of

if TYPE_CHECKING:
    from reader.model.article import StyledSpan

PartKind: TypeAlias = Literal[
    "text", "quoted", "item", "heading", "caption", "code", "table", "rule", "footnote"
]

# Anything that Markdown may give a meaning to. A text without it is read without the library, which
# takes 60 ms to load.
MARKDOWN = re.compile(
    r"[*_`\[<|\\]|&[#\w]|==|~~|\^[\w-]|^(?:[ \t]*(?:[#>]|(?:[-+]|\d{1,9}[.)])[ \t])"
    r"|[ \t]*[-=]+[ \t]*$|\t| {4})",
    re.MULTILINE,
)


class BodyPart(NamedTuple):
    """A paragraph, by its role, or a block of an article; see Paragraph and Block.

    `lines` is a paragraph's text with the line breaks of the file.
    """

    kind: PartKind
    text: str = ""
    spans: tuple[StyledSpan, ...] = ()
    level: int = 0
    lines: str = ""

    @property
    def is_paragraph(self) -> bool:
        return self.kind in ("text", "quoted", "item")


class Body(NamedTuple):
    """The parts of a text; `is_plain` if it has so much Markdown that it was read without it."""

    parts: list[BodyPart]
    is_plain: bool = False


def read_body(text: str, indented_code: bool = True) -> Body:
    """The parts of a Markdown text, which has line feeds only.

    Without `indented_code`, indented lines are paragraphs.
    """
    if not MARKDOWN.search(text):
        return Body(plain_parts(text))
    from reader.formats.markdown.syntax import TooCostly
    from reader.formats.markdown.tree import parts_of

    try:
        return Body(parts_of(text, indented_code))
    except TooCostly:
        return Body(plain_parts(text), is_plain=True)


def plain_parts(text: str) -> list[BodyPart]:
    """The paragraphs of a text without Markdown, which blank lines separate."""
    return [BodyPart("text", " ".join(lines), lines="\n".join(lines)) for lines in blocks_of(text)]
