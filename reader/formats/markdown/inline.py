"""The text of a paragraph as a viewer shows it, and its spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.formats.markdown.spans import FOOTNOTE, nested
from reader.formats.markdown.tags import Tag, is_hidden, tag_in
from reader.language.clean import normalize
from reader.model.article import StyledSpan

if TYPE_CHECKING:
    from markdown_it.token import Token

    from reader.formats.styled import Style

_OPENING: Final[dict[str, Style]] = {
    "em_open": "emphasis",
    "strong_open": "strong",
    "s_open": "strike",
    "mark_open": "mark",
}
_CLOSING = {token.replace("open", "close"): style for token, style in _OPENING.items()}
# Sizes that Obsidian has in the place of captions: ![[a.png|300x200]], ![alt|300](a.png).
_SIZE = re.compile(r"(?:^|\s*\|)\s*\d{1,5}(?:x\d{1,5})?\s*$")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif|heic|tiff?|mp[34]|webm|mov|wav|pdf)$")


class InlineText(NamedTuple):
    """A text on one line with its spans; `lines` are as in the file, `captions` of its images."""

    text: str
    spans: tuple[StyledSpan, ...] = ()
    lines: str = ""
    captions: tuple[InlineText, ...] = ()


class TextBuilder:
    """Collects the text of a paragraph with its styles."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._spans: list[list[int]] = []  # start and end, in the order of their starts
        self._styles: list[tuple[Style, str | None]] = []  # of each span
        self._open: dict[Style, list[int]] = {}
        self.captions: list[InlineText] = []

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def open(self, style: Style, target: str | None = None) -> None:
        self._open.setdefault(style, []).append(len(self._spans))
        self._spans.append([self._length, -1])
        self._styles.append((style, target))

    def close(self, style: Style) -> None:
        """End the last span of the style, if there is one."""
        if opened := self._open.get(style):
            self._spans[opened.pop()][1] = self._length

    def mark(self, target: str) -> None:
        """Add a link without text."""
        self._spans.append([self._length, self._length])
        self._styles.append(("link", target))

    def caption(self, caption: InlineText, address: str) -> None:
        """Add the caption of an image, with a link to it."""
        text = _SIZE.sub("", caption.text)
        if text:
            spans = tuple(span for span in caption.spans if span.end <= len(text))
            link = (StyledSpan(0, len(text), "link", address),) if address else ()
            self.captions.append(InlineText(text, (*link, *spans)))

    def tag(self, tag: Tag) -> None:
        """Add what a tag means for the text."""
        if tag.style:
            if tag.is_end:
                self.close(tag.style)
            else:
                self.open(tag.style, normalize(tag["href"]) or None)
        elif tag.name == "q":
            self.add("”" if tag.is_end else "“")
        elif tag.name == "img" and not tag.is_end:
            self.caption(InlineText(normalize(tag["alt"])), normalize(tag["src"]))
        elif tag.name == "br" or tag.is_block:
            self.add("\n")

    def build(self) -> InlineText:
        raw = "".join(self._parts)
        text = normalize(raw)
        spans: tuple[StyledSpan, ...] = ()
        if self._spans:
            ends = [self._length if end < 0 else end for _, end in self._spans]
            starts = [start for start, _ in self._spans]
            offsets = _Offsets(raw, text, {*starts, *ends})
            moved = (
                StyledSpan(*offsets.span(start, end), style, target)
                for start, end, (style, target) in zip(starts, ends, self._styles, strict=True)
                if offsets.are_sure
            )
            spans = tuple(nested(moved))
        return InlineText(text, spans, raw, tuple(self.captions))


class _Offsets:
    """Offsets into a text for offsets into what it was before its white space became single."""

    def __init__(self, raw: str, text: str, offsets: Iterable[int]) -> None:
        self._before: dict[int, int] = {}
        self._after: dict[int, int] = {}
        self.are_sure = True
        if raw == text:
            self._before = self._after = {offset: offset for offset in offsets}
            return
        length = last = 0
        gap = False
        for offset in sorted({*offsets, len(raw)}):
            piece = raw[last:offset]
            last = offset
            if cleaned := normalize(piece):
                length += len(cleaned) + ((gap or piece[0].isspace()) and length > 0)
                gap = piece[-1].isspace()
            else:
                gap = gap or any(map(str.isspace, piece))
            self._before[offset] = length
            self._after[offset] = min(length + (gap and length > 0), len(text))
        # Letters and accents that a mark stood between may have become one.
        self.are_sure = length == len(text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        if start == end:
            return self._before[start], self._before[start]
        return self._after[start], self._before[end]


def inline_text(tokens: Sequence[Token], footnotes: dict[str, int]) -> InlineText:
    """The text of a paragraph's tokens. `footnotes` are the footnotes' numbers by their labels."""
    builder = TextBuilder()
    _add_tokens(builder, tokens, footnotes)
    return builder.build()


def _add_tokens(builder: TextBuilder, tokens: Sequence[Token], footnotes: dict[str, int]) -> None:
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            builder.add(token.content)
        elif kind in ("softbreak", "hardbreak"):
            builder.add("\n")
        elif kind in _OPENING:
            builder.open(_OPENING[kind])
        elif kind in _CLOSING:
            builder.close(_CLOSING[kind])
        elif kind == "link_open":
            builder.open("link", normalize(str(token.attrs.get("href", ""))) or None)
        elif kind == "link_close":
            builder.close("link")
        else:
            _add_special(builder, token, footnotes)


def _add_special(builder: TextBuilder, token: Token, footnotes: dict[str, int]) -> None:
    """Add what is neither text nor the mark of a style."""
    if token.type == "code_inline":
        builder.open("code")
        builder.add(token.content)
        builder.close("code")
    elif token.type == "image":
        caption = inline_text(token.children or (), footnotes)
        builder.captions += caption.captions
        builder.caption(caption, normalize(str(token.attrs.get("src", ""))))
    elif token.type == "embed":
        page, text = token.meta["page"], token.meta["text"]
        is_picture = _PICTURE.search(page.lower())
        builder.caption(InlineText(normalize(text or ("" if is_picture else page))), page)
    elif token.type == "footnote_mark":
        builder.mark(FOOTNOTE.format(footnotes[token.meta["label"]]))
    elif token.type == "html_inline":
        if tag := tag_in(token.content):
            builder.tag(tag)
        elif token.content.startswith("<![CDATA["):
            builder.add(token.content[9:-3])
        elif not is_hidden(token.content):
            builder.add(token.content)  # words in angle brackets, which a viewer would hide
