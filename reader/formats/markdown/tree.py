"""From the tokens of Markdown's blocks to the parts of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.formats.markdown.blocks import MARKDOWN, BodyPart, PartKind
from reader.formats.markdown.inline import InlineText, TextBuilder, inline_text
from reader.formats.markdown.syntax import parse_blocks, parse_inline
from reader.formats.markdown.tags import pieces_of
from reader.formats.text import reads_as_prose
from reader.language.clean import normalize, printable_lines

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from reader.model.article import StyledSpan

# The first line of a callout: > [!quote] Title
_CALLOUT = re.compile(r"\[!([\w -]{1,40})\][+-]?[ \t]*([^\n]*)(?:\n|\Z)")
_CALLOUT_LEVEL = 6


def parts_of(text: str, indented_code: bool) -> list[BodyPart]:
    """The parts of a Markdown text. Raises TooCostly."""
    tokens, env = parse_blocks(text, indented_code)
    return _Reader(env, tokens).parts


class _Reader:
    """Reads the parts from the tokens of blocks."""

    def __init__(self, env: EnvType, tokens: Sequence[Token]) -> None:
        labels = (token.meta["label"] for token in tokens if token.type == "footnote_open")
        self._footnotes = {label: number for number, label in enumerate(dict.fromkeys(labels), 1)}
        self._env = env
        env["footnotes"] = self._footnotes
        self.parts: list[BodyPart] = []
        self._quotes = self._items = 0
        self._number = ""  # of an item, where the text would lose it
        self._callout = False  # a quotation has just begun
        self._outer: list[list[BodyPart]] = []  # around a footnote
        self._cells: list[list[InlineText]] = []
        self._read(tokens)

    @property
    def _role(self) -> PartKind:
        return "quoted" if self._quotes else "item" if self._items else "text"

    def _read(self, tokens: Sequence[Token]) -> None:
        numbers = _numbers_to_keep(tokens)
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self._add_inline(tokens[index - 1], token.content)
            elif token.type.endswith(("_open", "_close")):
                self._nest(token)
                self._number = numbers.get(index, "" if token.nesting < 0 else self._number)
            else:
                self._add_leaf(token)

    def _nest(self, token: Token) -> None:
        """Begin or end what has parts in it."""
        kind = token.type
        if kind.startswith("blockquote"):
            self._quotes += token.nesting
            self._callout = token.nesting > 0
        elif kind.startswith("list_item"):
            self._items += token.nesting
        elif kind == "footnote_open":
            self._outer.append(self.parts)
            self.parts = []
        elif kind == "footnote_close":
            text = _joined(self.parts)
            self.parts = self._outer.pop()
            self.parts.append(BodyPart("footnote", text.text, text.spans))
        elif kind == "tr_open":
            self._cells.append([])
        elif kind == "table_close":
            self._add_table()

    def _add_leaf(self, token: Token) -> None:
        if token.type in ("fence", "code_block"):
            self.parts.append(BodyPart("code", _code(token.content)))
        elif token.type == "hr":
            self.parts.append(BodyPart("rule"))
        elif token.type == "html_block":
            self._add_html(token.content)

    def _add_inline(self, parent: Token, content: str) -> None:
        """Add the content of a paragraph, a heading or a cell."""
        if parent.type in ("th_open", "td_open"):
            self._cells[-1].append(self._inline(content))
            return
        if self._callout and (match := _CALLOUT.match(content)):
            self._add_callout(match[2], content[match.end() :])
        elif parent.type == "heading_open":
            self._add_heading(self._inline(content), parent)
        else:
            self._add_paragraph(self._inline(content))
        self._callout = False

    def _inline(self, content: str) -> InlineText:
        number, self._number = self._number, ""
        content = number + content
        if not MARKDOWN.search(content):
            return InlineText(normalize(content), lines=content)
        return inline_text(parse_inline(content, self._env), self._footnotes)

    def _add_callout(self, title: str, content: str) -> None:
        """Add a callout's title and first paragraph; a title alone is the paragraph."""
        shown = self._inline(title)
        if content.strip():
            if shown.text:
                self.parts.append(BodyPart("heading", shown.text, shown.spans, _CALLOUT_LEVEL))
            self._add_paragraph(self._inline(content))
        else:
            self._add_paragraph(shown)

    def _add_heading(self, shown: InlineText, token: Token) -> None:
        is_underlined = token.markup in ("-", "=")
        if is_underlined and reads_as_prose(shown.text):  # a rule right below a paragraph
            self._add_paragraph(shown)
            self.parts.append(BodyPart("rule"))
            return
        self._add_captions(shown)
        if shown.text:
            level = int(token.tag[1])
            self.parts.append(BodyPart("heading", shown.text, shown.spans, level))

    def _add_paragraph(self, shown: InlineText) -> None:
        self._add_captions(shown)
        if not shown.text:
            return
        first = shown.spans[0] if shown.spans else None
        if shown.captions and first and first[:3] == (0, len(shown.text), "emphasis"):
            self.parts.append(BodyPart("caption", shown.text, shown.spans[1:]))  # below its image
        else:
            self.parts.append(BodyPart(self._role, shown.text, shown.spans, lines=shown.lines))

    def _add_captions(self, shown: InlineText) -> None:
        self.parts += [BodyPart("caption", text, spans) for text, spans, *_ in shown.captions]

    def _add_table(self) -> None:
        text = ""
        spans: list[StyledSpan] = []
        captions: list[InlineText] = []
        for row in self._cells:
            for index, cell in enumerate(row):
                text += "\t" if index else "\n" if text else ""
                spans += (
                    span._replace(start=span.start + len(text), end=span.end + len(text))
                    for span in cell.spans
                )
                text += cell.text
                captions += cell.captions
        self._cells = []
        self.parts.append(BodyPart("table", text, tuple(spans)))
        self.parts += [BodyPart("caption", text, spans) for text, spans, *_ in captions]

    def _add_html(self, markup: str) -> None:
        """Add the text in a piece of HTML: a paragraph for each of its blocks."""
        builder = TextBuilder()
        kind: PartKind | None = None
        level = 0
        for piece in pieces_of(markup):
            if isinstance(piece, str):
                builder.add(piece)
                continue
            if not piece.is_block:
                builder.tag(piece)
                continue
            self._add_built(builder.build(), kind or self._role, level)
            builder, kind = TextBuilder(), None
            if piece.name == "blockquote":
                self._quotes = max(0, self._quotes + (-1 if piece.is_end else 1))
            elif piece.name == "hr":
                self.parts.append(BodyPart("rule"))
            elif not piece.is_end:
                kind, level = _html_kind(piece.name)
        self._add_built(builder.build(), kind or self._role, level)

    def _add_built(self, shown: InlineText, kind: PartKind, level: int) -> None:
        self._add_captions(shown)
        if shown.text:
            is_paragraph = kind in ("text", "quoted", "item")
            lines = shown.text if is_paragraph else ""
            self.parts.append(BodyPart(kind, shown.text, shown.spans, level, lines))


def _html_kind(name: str) -> tuple[PartKind | None, int]:
    """The kind of a block of HTML, and the level of a heading; None for a paragraph."""
    if re.fullmatch("h[1-6]", name):
        return "heading", int(name[1])
    if name in ("figcaption", "caption"):
        return "caption", 0
    return ("item" if name in ("li", "dd") else None), 0


def _numbers_to_keep(tokens: Sequence[Token]) -> dict[int, str]:
    """The numbers of items that are part of the text, by the indexes of their tokens.

    What does not count from one is hardly a list: "14. Mai 2026".
    """
    kept: dict[int, str] = {}
    open_lists: list[list[int]] = []
    for index, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open" and token.info:
            open_lists[-1].append(index)
        elif token.type == "ordered_list_close":
            items = open_lists.pop()
            is_list = len(items) > 1 and tokens[items[0]].info == "1"
            for count, item in enumerate(items, 1):
                number = tokens[item].info
                if not is_list or number not in (str(count), "1"):
                    kept[item] = f"{number}\\{tokens[item].markup} "
        elif token.type == "bullet_list_close":
            open_lists.pop()
    return kept


def _joined(parts: Iterable[BodyPart]) -> InlineText:
    """The text of several parts as one."""
    text = ""
    spans: list[StyledSpan] = []
    for part in parts:
        start = len(text) + 1 if text else 0
        text += (" " if text else "") + normalize(part.text)
        if "\n" not in part.text and "\t" not in part.text:
            spans += (
                span._replace(start=span.start + start, end=span.end + start) for span in part.spans
            )
    return InlineText(text, tuple(spans))


def _code(content: str) -> str:
    """Code without what may command a terminal, its indentation in spaces."""
    lines = map(str.rstrip, printable_lines(content.expandtabs(4)).split("\n"))
    return "\n".join(lines).strip("\n")
