"""Articles, paragraphs and quotations: plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reader.model.dates import ArticleDate

# Silent reading of English non-fiction, words a minute: Brysbaert (2019), "How many words do we
# read per minute?", Journal of Memory and Language 109.
READING_SPEED = 238


class StyledSpan(NamedTuple):
    """A part of a text that is set off, from character `start` to before `end`.

    `target` is the address of a link.
    """

    start: int
    end: int
    style: Literal["emphasis", "strong", "strike", "code", "link", "mark"]
    target: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of an article's body.

    `number` counts from 1 within the article. `text` has no control characters, no line breaks
    and single spaces only; character offsets anywhere in `reader` are offsets into it. `role` is
    "quoted" in a block quotation, "item" in a list. `page` is the number of the page that it begins
    on, in a file that has pages. `spans` are ordered by their start.
    """

    number: int
    text: str
    role: Literal["text", "quoted", "item"] = "text"
    page: int | None = None
    spans: tuple[StyledSpan, ...] = ()


@dataclass(frozen=True)
class Block:
    """A part of an article's body that is no paragraph: it is shown, not numbered or searched.

    `before` is the number of the paragraph that it stands before; one more than the last at the
    end. `text` of code and of tables has line breaks; a table's cells are separated by tabs.
    `level` is that of a heading, 1 being that of the title.
    """

    before: int
    kind: Literal["heading", "caption", "code", "table", "rule", "footnote"]
    text: str = ""
    level: int = 0
    spans: tuple[StyledSpan, ...] = ()


class Origin(NamedTuple):
    """The place that a field of an article was read from, worded for the user."""

    field: str
    place: str


@dataclass(frozen=True)
class Article:
    """An article as read from a file; None for data that the file does not have.

    `date` is that of publication; a PartialDate where only its year or month is known. `path` is
    the absolute path of the file, if it is in a folder of articles. `language` is the code (BCP 47)
    that the file declares. `origins` tell where the fields were read from; `warnings`
    what in the file was not understood, such as a date. `accessed` is the day on which the page was
    read that the article was saved from, if the file says so.
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    source: str | None = None
    section: str | None = None
    author: str | None = None
    date: ArticleDate | None = None
    url: str | None = None
    credit: str | None = None
    tags: tuple[str, ...] = ()
    path: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    accessed: ArticleDate | None = field(default=None, compare=False)

    @property
    def parts(self) -> Iterator[Paragraph | Block]:
        """The paragraphs and blocks in the order of the article."""
        blocks = iter(self.blocks)
        block = next(blocks, None)
        for paragraph in self.paragraphs:
            while block and block.before <= paragraph.number:
                yield block
                block = next(blocks, None)
            yield paragraph
        if block:
            yield block
        yield from blocks

    @property
    def words(self) -> int:
        """The number of words in the body, as white space divides them."""
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)

    @property
    def minutes(self) -> int:
        """The time that reading the body takes, in whole minutes, at least 1."""
        return max(1, round(self.words / READING_SPEED))
