"""Paragraphs and blocks without some of them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import Block, Paragraph


def without(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], dropped: Container[int]
) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The paragraphs but those of some numbers, numbered from 1, and the blocks between them."""
    kept: list[Paragraph] = []
    # New numbers of the paragraphs, also of those that are dropped: what stands before them.
    numbers = {}
    for paragraph in paragraphs:
        numbers[paragraph.number] = len(kept) + 1
        if paragraph.number not in dropped:
            kept.append(replace(paragraph, number=len(kept) + 1))
    end = len(kept) + 1
    moved = tuple(replace(block, before=numbers.get(block.before, end)) for block in blocks)
    return tuple(kept), moved


def without_title(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """The blocks but a heading before the first paragraph that repeats the title."""
    folded = title.casefold()
    return tuple(
        block
        for block in blocks
        if (block.kind, block.before) != ("heading", 1) or block.text.casefold() != folded
    )
