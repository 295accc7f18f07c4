"""A document with marks of an export to its articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reader.formats.exports import factiva, nexis, proquest
from reader.formats.exports.fields import Blocks, Fields, is_empty, texts
from reader.formats.text import blocks_of, numbered
from reader.model.article import Article, Paragraph

# Characters. Lines of text that was broken to a width are shorter; a longer one is a paragraph.
_LONGEST_BROKEN_LINE = 130
_CODED = re.compile(r"^[^\S\n]{0,4}([A-Z]{2,3})(?:[^\S\n]{2,}|\t)(?=\S)", re.MULTILINE)
# Where ProQuest has lost the breaks of paragraphs.
_GAP = re.compile(r"(?<=\S)[ \xa0]{8,}(?=\S)")
# Numbers of documents of databases that are read as pages only.
_CERTIFICATE = re.compile(r"Num[ée]ro de document\s?: ?news.\d{8}.\w.*")
# Of the parts of a bundle, those that may not be understood, as a share.
_MOST_UNKNOWN = 0.1


def blocks_of_export(text: str) -> Blocks:
    """The blocks of a plain text, with what databases mean by their breaks and gaps."""
    text = _CODED.sub(r"\1 | ", text)
    if "ProQuest" in text or "Full text:" in text:
        text = _GAP.sub("\n\n", text)
    blocks: Blocks = []
    for block in blocks_of(text):
        if any(len(line) > _LONGEST_BROKEN_LINE for line in block):
            blocks += [[line] for line in block]
        else:
            blocks.append(block)
    return blocks


def read_blocks(blocks: Blocks, file_id: str) -> list[Article] | None:
    """The articles in blocks with marks of an export; None if they are none after all."""
    for parts, read in _readings(blocks):
        parts = [part for part in parts if not is_empty(part)]
        if not parts:
            continue
        fields = [read(part) for part in parts]
        unknown = sum(one is None for one in fields)
        if unknown > _MOST_UNKNOWN * len(parts) and len(parts) > 1:
            continue
        if unknown and len(parts) == 1:
            continue
        return [
            _unknown(part, file_id) if one is None else one.article(file_id)
            for part, one in zip(parts, fields, strict=True)
        ]
    return _many(blocks, file_id)


def _readings(
    blocks: Blocks,
) -> list[tuple[Sequence[Blocks], Callable[[Blocks], Fields | None]]]:
    """The parts of a document by each kind of export that it may be, and the kind's reader."""
    if proquest.is_proquest(blocks):
        return [(proquest.split(blocks), proquest.read)]
    found: list[tuple[Sequence[Blocks], Callable[[Blocks], Fields | None]]] = [
        (factiva.split(blocks), factiva.read),
        (nexis.split(blocks), nexis.read),
    ]
    if not any(parts for parts, _ in found) and nexis.is_single(blocks):
        found.append(([blocks], nexis.read))
    return found


def _unknown(part: Blocks, file_id: str) -> Article:
    """A part that is not understood, in a file whose others are: its text, without fields."""
    name = file_id.rpartition("/")[2]
    return Article(
        file_id, name, _paragraphs(part), warnings=("the header of an article is not understood",)
    )


def _many(blocks: Blocks, file_id: str) -> list[Article] | None:
    """The whole as one article without fields, if its marks say that there are several."""
    lines = [line for block in blocks for line in block if len(line) <= 120]
    count = max(
        sum(1 for line in lines if mark.fullmatch(line))
        for mark in (nexis.SEPARATOR, nexis.END, factiva.DOCUMENT, _CERTIFICATE)
    )
    if count < 2:
        return None
    name = file_id.rpartition("/")[2]
    return [Article(file_id, name, _paragraphs(blocks), warnings=(f"looks like {count} articles",))]


def _paragraphs(blocks: Blocks) -> tuple[Paragraph, ...]:
    return numbered([[text] for text in texts(blocks)])
