"""Positions: the line and the column of each claim in the text of its draft."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.citing.claims import Claim

# A word of a draft, or what has letters and is none: character references, tags, the targets of
# links, footnotes.
_WORD = re.compile(
    r"&#?\w{1,32};|</?[A-Za-z][^<>]{0,500}>|\]\([^()\n]{0,500}\)|\]\[[^\]\n]{0,200}\]"
    r"|\[\^[^\]\n]{0,200}\]|([^\W_]+)"
)
# A mark that opens a quotation, right before its first word.
_OPENING = re.compile(
    r"(?:[“”„\"«»‹›‘’'‚「『｢＂]|``|,,|''|\\\"|&(?:\w{0,3}quo\w?|#\w{1,8});|<q\b[^<>]{0,100}>)"
    r"(?:[*_~=\[(]|<\w{1,10}>){0,6}\Z"
)
_LONGEST_OPENING = 120
# The words that a claim is found by: as many as it has, at most.
_MOST_WORDS = 6


def with_positions(claims: Iterable[Claim], text: str, start: int = 0) -> Iterator[Claim]:
    """The claims, which are in the order of the draft, each with its line and column.

    `text` is the draft's, with line feeds only; `start` is the offset at which its body begins. A
    claim whose words are not found there has neither.
    """
    tokens = [match for match in _WORD.finditer(text, start) if match[1]]
    words = [match[1].casefold() for match in tokens]
    indexes: defaultdict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        indexes[word].append(number)
    lines = [match.end() for match in re.finditer("\n", text)]
    next_index = 0
    for claim in claims:
        claimed = [match[0].casefold() for match in re.finditer(r"[^\W_]+", claim.words)]
        index = _find(claimed, words, indexes, next_index)
        if index is None:
            yield claim
            continue
        next_index = max(next_index, index + 1)
        offset = _with_mark(text, tokens[index].start())
        line = bisect_right(lines, offset)
        yield replace(claim, line=line + 1, column=offset - (lines[line - 1] if line else 0) + 1)


def _find(
    claimed: list[str], words: list[str], indexes: dict[str, list[int]], start: int
) -> int | None:
    """The index of the first of the claim's words: after `start` if they are there, with as many
    in a row as possible.
    """
    if not claimed:
        return None
    every = indexes.get(claimed[0], [])
    after = bisect_left(every, start)
    fewest = min(len(claimed), 2)
    for length in range(min(len(claimed), _MOST_WORDS), fewest - 1, -1):
        for index in (*every[after:], *every[:after]):
            if words[index : index + length] == claimed[:length]:
                return index
    return None


def _with_mark(text: str, offset: int) -> int:
    """The offset of the mark that opens a quotation, if one is right before an offset."""
    start = max(offset - _LONGEST_OPENING, 0)
    match = _OPENING.search(text[start:offset])
    return start + match.start() if match else offset
