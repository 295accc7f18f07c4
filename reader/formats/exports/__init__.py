"""Exports of newspaper databases: one file, mostly with many articles, recognised by its marks.

`articles` takes the blocks of any document; `articles_in_text` and `articles_in_page` those of a
text and of a web page. All give None where there are no marks, which costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats.exports.marks import may_be_export

if TYPE_CHECKING:
    from reader.formats.exports.fields import Blocks
    from reader.model.article import Article

# What the pages of exports have in their source.
_PAGE_MARKS = (
    b"DOCFULL",
    b" DOCUMENT",
    b"End of Document",
    b"articleParagraph",
    b"DocPublicationName",
    b"ProQuest document",
)


def articles_in_text(text: str, file_id: str) -> list[Article] | None:
    """The articles in a plain text that is an export; None if it is none."""
    if not may_be_export(text):
        return None
    from reader.formats.exports.read import blocks_of_export, read_blocks

    return read_blocks(blocks_of_export(text), file_id)


def articles_in_page(content: bytes, file_id: str) -> list[Article] | None:
    """The articles in a web page that is an export; None if it is none."""
    if not any(mark in content for mark in _PAGE_MARKS):
        return None
    from reader.formats.exports.pages import read_page

    return read_page(content, file_id)


def articles(blocks: Blocks, file_id: str) -> list[Article] | None:
    """The articles in a document that is an export; None if it is none.

    `blocks` are the document's paragraphs, each as the list of its lines.
    """
    if not may_be_export("\n".join(line for block in blocks for line in block)):
        return None
    from reader.formats.exports.read import read_blocks

    return read_blocks(blocks, file_id)
