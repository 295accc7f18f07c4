"""The body of an article as databases and feeds keep it: a page, part of one, or plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from reader.formats.text import blocks_of, numbered
from reader.language.clean import normalize
from reader.model.article import Article

_PAGE = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)
# Characters at the beginning in which a page shows that it is one.
_PAGE_WITHIN = 1000
_TAG = re.compile(
    r"</(?:p|div|a|span|h[1-6]|ul|ol|li|em|strong|b|i|blockquote|figure|article|section|table)>"
    r"|<(?:p|br|img|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote|td|section)[\s/>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|#\d{1,7}|#x[\da-f]{1,6});", re.I)
# Characters of a line that a program has broken, at most: mail and print have up to 80.
_LONGEST_BROKEN = 100
_ENDS_SENTENCE = re.compile(r"""[.!?…:。！？]["'”’»)\]]*$""")


def read_body(text: str, article_id: str) -> Article | None:
    """The article in a body, None if there is no text in it.

    A whole page is read as web pages are, with its fields; other HTML as it is; the paragraphs of
    plain text are told by blank lines, or are its lines where these are not broken.
    """
    if _PAGE.search(text, 0, _PAGE_WITHIN):
        from reader.formats.html import parse_html

        return parse_html(text.encode("utf-8", "replace"), article_id)
    if is_html(text):
        from reader.formats.fragment import read_fragment

        if not _BLOCK_TAG.search(text):  # tags within lines only, as WordPress keeps its texts
            text = "".join(f"<p>{' '.join(block)}</p>" for block in paragraphs_of(text))
        paragraphs, blocks = read_fragment(text)
        article = Article(article_id, "", paragraphs, blocks=blocks)
    else:
        article = Article(article_id, "", numbered(paragraphs_of(text)))
    return article if article.paragraphs else None


def is_html(text: str) -> bool:
    """Whether a text has tags of HTML in it."""
    return _TAG.search(text) is not None


def paragraphs_of(text: str) -> list[list[str]]:
    """The paragraphs of plain text, each as its lines."""
    if "\n" not in text and text.count("\\n") > 1:  # line breaks written as in a program
        text = text.replace("\\r", "").replace("\\n", "\n")
    if _ENTITY.search(text):
        text = html.unescape(text)
    blocks = blocks_of(text)
    if are_broken(blocks):
        return blocks
    return [[line] for block in blocks for line in block if normalize(line)]


def are_broken(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether lines end where they are full, not where paragraphs do."""
    lines = [line for block in blocks for line in block[:-1]]
    if not lines or max(map(len, lines)) > _LONGEST_BROKEN:
        return False
    ends = sum(1 for line in lines if _ENDS_SENTENCE.search(line))
    return 2 * ends < len(lines)
