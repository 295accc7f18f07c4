"""Markdown as note apps write it: CommonMark, tables, strikethrough, and what Obsidian adds.

Obsidian's own syntax is described in its help ("Basic formatting syntax", "Internal links").
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

# Attempts to read a part of a line, each of which takes 5 to 15 µs, an attempt to read a block
# three times that. A megabyte of prose with four links and emphases a paragraph has all of it.
_MOST_ATTEMPTS = 120_000
_BLOCK_ATTEMPTS = 3
# Levels of quotations and lists (a list has two) inside each other. Deeper text would be left out
# by the library.
_DEEPEST = 36

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,200})\]:[ \t]*")
_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]{1,200})\]")
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]\n|]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\]")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]{4,}\s*\Z")
# A definition without an address is text in brackets: "[Note]: important".
_DEFINITION = re.compile(r"\[[^\]\n]*\]:[ \t]*(?:$|<|\S*[/.#:@])", re.MULTILINE)


class TooCostly(Exception):
    """The text would take the library too long, or is nested too deeply for it."""


def parse_blocks(text: str, indented_code: bool = True) -> tuple[list[Token], EnvType]:
    """The tokens of a text's blocks, and what `parse_inline` needs of it. Raises TooCostly.

    The text has line feeds only. The content of inline tokens is not parsed yet. Without
    `indented_code`, indented lines are paragraphs.
    """
    env: EnvType = {"attempts": 0}
    tokens: list[Token] = []
    parser = _parser(indented_code)
    parser.block.parse(text.replace("\0", "\ufffd"), parser, env, tokens)
    return tokens, env


def parse_inline(content: str, env: EnvType) -> list[Token]:
    """The tokens of a paragraph's content. Raises TooCostly."""
    parser = _parser(True)
    return parser.inline.parse(content, parser, env, [])


@cache
def _parser(indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST + 4})
    parser.enable(["table", "strikethrough"])
    # Addresses are kept as they stand; none is opened or printed unless it is one of the web.
    parser.validateLink = bool  # type: ignore[assignment, method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parents: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules = parser.block.ruler
    rules.before("table", "count", _count_block, parents)
    rules.before("reference", "footnote", _footnote, {"alt": ["paragraph", "reference"]})
    rules.at("reference", _reference)
    if not indented_code:
        parser.disable("code")
    inline = parser.inline.ruler
    inline.before("text", "count", _count_inline)
    inline.before("link", "footnote_mark", _footnote_mark)
    inline.before("link", "wiki_link", _wiki_link)
    inline.before("link", "highlight", _highlight)
    inline.before("link", "block_id", _block_id)
    return parser


def _count_block(state: StateBlock, _line: int, _end: int, _silent: bool) -> bool:
    if state.level >= _DEEPEST:
        raise TooCostly
    return _count(state.env, _BLOCK_ATTEMPTS)


def _count_inline(state: StateInline, _silent: bool) -> bool:
    return _count(state.env, 1)


def _count(env: EnvType, attempts: int) -> bool:
    env["attempts"] += attempts
    if env["attempts"] > _MOST_ATTEMPTS:
        raise TooCostly
    return False


def _reference(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    if not _DEFINITION.match(state.src, start, state.eMarks[line]):
        return False
    return reference(state, line, end, silent)


def _footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A footnote: `[^1]: ` and its text, further paragraphs of it indented."""
    start = state.bMarks[line] + state.tShift[line]
    if state.is_code_block(line):
        return False
    match = _FOOTNOTE.match(state.src, start, state.eMarks[line])
    if not match:
        return False
    if silent:
        return True
    state.push("footnote_open", "", 1).meta = {"label": match[1]}
    before = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    state.bMarks[line], state.tShift[line] = match.end(), 0
    state.blkIndent += 4
    state.sCount[line] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, line, end)
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = before
    state.blkIndent -= 4
    state.push("footnote_close", "", -1)
    if state.line <= line:  # nothing behind the colon
        state.line = line + 1
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    match = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    if not match or match[1] not in state.env.get("footnotes", ()):
        return False
    if not silent:
        state.push("footnote_mark", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:
    """`[[Page]]`, `[[Page|text]]`; `![[file]]` embeds it, and what is behind its `|` is a size or a
    caption.
    """
    match = _WIKI_LINK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        is_embedded, page, text = match.groups()
        page = page.strip().rstrip("\\")  # as in a table: [[Page\|text]]
        if is_embedded:
            state.push("embed", "", 0).meta = {"page": page, "text": text or ""}
        else:
            state.push("link_open", "a", 1).attrs = {"href": page}
            state.push("text", "", 0).content = text or page
            state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    """`==text==`."""
    start = state.pos + 2
    if not state.src.startswith("==", state.pos) or start >= state.posMax:
        return False
    end = state.src.find("==", start, state.posMax)
    if end <= start or state.src[start].isspace() or state.src[end - 1].isspace():
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        after, state.pos, state.posMax = state.posMax, start, end
        state.md.inline.tokenize(state)
        state.posMax = after
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True


def _block_id(state: StateInline, _silent: bool) -> bool:
    """`^id` at the end of a paragraph, by which notes link to it."""
    if state.src[state.pos] != "^" or (state.pos and not state.src[state.pos - 1].isspace()):
        return False
    if not _BLOCK_ID.match(state.src, state.pos, state.posMax):
        return False
    state.pos = state.posMax
    return True
