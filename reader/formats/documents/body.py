"""The parts of a document as its format tells them apart, and the article that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from reader.errors import UnreadableFile
from reader.formats.dates import find_date, unread_date
from reader.formats.text import parse_text, reads_as_prose
from reader.language.clean import normalize
from reader.model.article import Article, Block, Origin, Paragraph, StyledSpan

if TYPE_CHECKING:
    from reader.formats.styled import Style

Kind: TypeAlias = Literal[
    "paragraph",
    "title",
    "author",
    "date",
    "heading",
    "caption",
    "table",
    "footnote",
    "code",
    "rule",
]
Role: TypeAlias = Literal["text", "quoted", "item"]

# Parts at the beginning among which the title and other data of the article are looked for.
_LEADING = 12
# Characters. A heading that is longer is prose with the wrong style.
_LONGEST_HEADING = 300
# Characters. A table with a longer cell is there for the layout: its cells are parts of the text.
_LONGEST_CELL = 400
# Titles in a document's properties that programs write of themselves, or are names of files.
_NO_TITLE = re.compile(
    r"microsoft (?:office )?word\b.*|(?:document|dokument|page|slide|untitled|unbenannt|sans titre"
    r"|sin título|title|titel|template|vorlage|normal|powerpoint[- ]\w+)[\s\d.-]*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|qxp|pages|html?|txt|pptx?|xlsx?|tmp|ps|eps|dvi|tex)"
    r"|[\W\d_]*|\S{1,3}",
    re.IGNORECASE,
)
# Those of Word's symbol fonts are in the private use area.
_BULLET = re.compile("[•◦▪▫‣⁃●○■□·\uf0b7\uf0a7\uf0d8\uf02d]\\s+(?=\\S)")
# Where a line with the source goes on with the credit of a picture that stood below it.
_CREDIT = re.compile(r" (?=(?:image|photo|picture)s?(?: by| credit)?: )", re.IGNORECASE)
# The link at a note's end that leads back to the text.
_BACK = re.compile("\\s*[↩⏎↑^]\ufe0e?$")
# Ends of a short line that is a sentence and, without a byline, rather the first than a title.
_NO_TITLE_ENDS = (".", ":", ";", ",", "…", ".”", ".»", ".“", '."')
# Words in the names of newspapers and the like; those of persons have none.
_PUBLICATION = re.compile(
    r"^(?:the|der|die|das|le|la|les|el|il)\b|\.\w{2,}$|^\S+$|\b(?:post|times|news|press|courier|gazette|"
    r"herald|tribune|daily|weekly|journal|agency|reuters|radio|tv|today|review|magazine|chronicle|"
    r"telegraph|guardian|observer|sun|mail|mirror|standard|independent|bulletin|online|report|"
    r"presse|monde|libération|figaro|\w*(?:zeitung|blatt|anzeiger|rundschau|nachrichten))\b",
    re.IGNORECASE,
)


class Run(NamedTuple):
    """A part of a text in one style; `target` is the address of a link."""

    text: str
    styles: tuple[Style, ...] = ()
    target: str | None = None


@dataclass(frozen=True)
class DocumentPart:
    """A part of a document: a paragraph, or what stands between paragraphs.

    "author" and "date" are paragraphs in a style of this name. `level` is that of a heading.
    `lines` are those of a paragraph that line breaks divide. `origin` says how a title is known.
    """

    kind: Kind
    text: str = ""
    spans: tuple[StyledSpan, ...] = ()
    role: Role = "text"
    level: int = 0
    page: int | None = None
    lines: tuple[str, ...] = ()
    origin: str = "the paragraph in the style Title"


def without_bullet(part: DocumentPart) -> DocumentPart:
    """A paragraph that begins with a printed bullet as an item of a list."""
    match = _BULLET.match(part.text)
    if match is None or part.kind != "paragraph" or part.spans:
        return part
    return replace(part, text=part.text[match.end() :], role="item", lines=())


def lines_of(runs: Iterable[Run]) -> tuple[str, ...]:
    """The lines of a paragraph's runs, cleaned, if line breaks divide it; else none."""
    lines = "".join(run.text for run in runs).split("\n")
    return tuple(filter(None, map(normalize, lines))) if len(lines) > 1 else ()


def styled(runs: Iterable[Run]) -> tuple[str, tuple[StyledSpan, ...]]:
    """The text of runs on one line, as `normalize` gives it, and its spans by their start."""
    pieces: list[str] = []
    length = 0
    ends_with_space = True
    spans: list[StyledSpan] = []
    for run in runs:
        text = unicodedata.normalize("NFC", run.text.replace("\xad", ""))
        piece = normalize(text)
        begins = text[:1].isspace() and not ends_with_space
        if not piece:
            piece = " " if begins else ""
        else:
            piece = " " * begins + piece + " " * text[-1:].isspace()
        if not piece:
            continue
        start = length + (len(piece) - len(piece.lstrip()))
        end = length + len(piece.rstrip())
        pieces.append(piece)
        length += len(piece)
        ends_with_space = piece.endswith(" ")
        if start < end:
            for style in (*run.styles, *(("link",) if run.target else ())):
                target = run.target if style == "link" else None
                spans = _joined(spans, StyledSpan(start, end, style, target))
    text = "".join(pieces).rstrip()
    clean = normalize(text)
    if clean != text:  # characters of two runs that belong together
        return clean, ()
    return text, tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _joined(spans: list[StyledSpan], added: StyledSpan) -> list[StyledSpan]:
    """The spans with another, as one with the last of its style that it follows directly."""
    for index in range(len(spans) - 1, max(-1, len(spans) - 7), -1):
        last = spans[index]
        is_next = last.end in (added.start, added.start - 1)
        if is_next and (last.style, last.target) == (added.style, added.target):
            spans[index] = last._replace(end=added.end)
            return spans
    spans.append(added)
    return spans


def divided(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs of each paragraph: two line breaks in a row end one, as typists use them."""
    current: list[Run] = []
    breaks = 0
    for run in runs:
        for n, line in enumerate(run.text.split("\n")):
            if n:
                breaks += 1
            if line.strip():
                if breaks > 1 and current:
                    yield current
                    current = []
                elif breaks:
                    current.append(Run("\n"))
                breaks = 0
            if line:
                current.append(run._replace(text=line))
    yield current


def table_parts(rows: Sequence[Sequence[Sequence[DocumentPart]]]) -> Iterator[DocumentPart]:
    """A table, by the parts in its cells; these parts if it is there for the layout only."""
    is_layout = all(len(row) <= 1 for row in rows) or any(
        len(part.text) > _LONGEST_CELL or part.kind == "table"
        for row in rows
        for cell in row
        for part in cell
    )
    if is_layout:
        for row in rows:
            for cell in row:
                yield from cell
        return
    lines = (
        "\t".join(" ".join(part.text for part in cell if part.text) for cell in row) for row in rows
    )
    yield DocumentPart("table", "\n".join(line.rstrip("\t") for line in lines if line.strip()))


def parts_of(paragraphs: Iterable[Paragraph], blocks: Iterable[Block]) -> list[DocumentPart]:
    """The parts that paragraphs and the blocks between them are."""
    numbered = [
        (
            paragraph.number,
            1,
            DocumentPart("paragraph", paragraph.text, paragraph.spans, paragraph.role),
        )
        for paragraph in paragraphs
    ]
    between = [
        (
            block.before,
            0,
            DocumentPart(block.kind, _BACK.sub("", block.text), block.spans, level=block.level),
        )
        for block in blocks
    ]
    return [part for _, _, part in sorted(between + numbered, key=lambda each: each[:2])]


def articles_of(
    parts: Sequence[DocumentPart], file_id: str, kind: str, property_title: str | None = None
) -> list[Article]:
    """The articles in a document: those of an export of a newspaper database, else one."""
    from reader.formats.exports import articles

    blocks = [list(part.lines or part.text.split("\n")) for part in parts if part.text]
    exported = articles(blocks, file_id)
    return exported or [article_of(parts, file_id, kind, property_title)]


def _rows(part: DocumentPart) -> list[DocumentPart]:
    """The rows of a table as paragraphs, for a document that has nothing else; other parts as they
    are.
    """
    if part.kind != "table":
        return [part]
    return [
        DocumentPart("paragraph", normalize(row), page=part.page) for row in part.text.split("\n")
    ]


def before_prose(parts: Iterable[DocumentPart]) -> list[DocumentPart]:
    """The first parts, up to the first that reads as prose."""
    return list(takewhile(lambda part: not reads_as_prose(part.text), islice(parts, _LEADING)))


def article_of(
    parts: Sequence[DocumentPart],
    file_id: str,
    kind: str,
    property_title: str | None = None,
    title: str | None = None,
    language: str | None = None,
) -> Article:
    """The article that the parts of a document make.

    Its title is `title`, else the part that the document says is one, else the heading that it
    begins with, else what a printed header would have (`parse_text`), else `property_title`, if
    that looks like a title. Author, date and source are those of a printed header around the title.
    `language` (BCP 47) is that of its date. `kind` is for messages: "a Word document". Raises
    UnreadableFile if there is no text.
    """
    parts = [part for part in parts if part.text or part.kind == "rule"]
    if title := normalize(title or ""):
        repeated = next(
            (part for part in before_prose(parts) if part.text.casefold() == title.casefold()), None
        )
        parts = [DocumentPart("title", title), *(part for part in parts if part is not repeated)]
    if not any(part.kind == "paragraph" for part in parts):
        parts = [row for part in parts for row in _rows(part)]
    if not any(part.kind == "paragraph" for part in parts):
        raise UnreadableFile(f"{kind} with no text in it")
    article, used = _header(parts, file_id, normalize(property_title or ""), language)
    paragraphs, blocks = _body([part for n, part in enumerate(parts) if n not in used])
    return replace(article, paragraphs=paragraphs, blocks=blocks)


def _body(parts: Iterable[DocumentPart]) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """Numbered paragraphs, and the blocks between them."""
    paragraphs: list[Paragraph] = []
    blocks: list[Block] = []
    notes: list[DocumentPart] = []
    for part in parts:
        number = len(paragraphs) + 1
        if part.kind == "paragraph" or part.kind == "author" or part.kind == "date":
            paragraphs.append(Paragraph(number, part.text, part.role, part.page, part.spans))
        elif part.kind == "title":
            blocks.append(Block(number, "heading", part.text, 1, part.spans))
        elif part.kind == "heading":
            blocks.append(Block(number, "heading", part.text, max(part.level, 1), part.spans))
        elif part.kind == "footnote":
            notes.append(part)
        else:
            blocks.append(Block(number, part.kind, part.text, 0, part.spans))
    last = len(paragraphs) + 1
    blocks += (Block(last, "footnote", note.text, 0, note.spans) for note in notes)
    return tuple(paragraphs), tuple(blocks)


def _header(
    parts: list[DocumentPart], file_id: str, property_title: str, language: str | None
) -> tuple[Article, set[int]]:
    """An article without paragraphs, and the parts whose text is in its fields, by their index."""
    leading = [
        n
        for n, part in enumerate(parts[: 2 * _LEADING])
        if part.kind in ("paragraph", "title", "heading")
    ][:_LEADING]
    title, place = _marked_title(parts, leading, property_title)
    article, used = _printed_header(parts, leading, title, language)
    origins: list[Origin] = []
    fields = {name: getattr(article, name) for name in ("source", "section", "author", "credit")}
    if title is not None:
        used.add(title)
        text = parts[title].text
        origins.append(Origin("title", place))
    elif article.title:
        text = article.title
        origins.append(Origin("title", "the document's first lines"))
    elif property_title and not _NO_TITLE.fullmatch(property_title):
        text = property_title
        origins.append(Origin("title", "the document's properties: title"))
    else:
        text = file_id.rpartition("/")[2]
        origins.append(Origin("title", "the file's name"))
    names = [name for name, value in (*fields.items(), ("date", article.date)) if value]
    origins += (Origin(name, "the document's first lines") for name in names)
    header = Article(
        file_id, text, (), **fields, date=article.date, origins=tuple(origins),
        warnings=article.warnings,
    )  # fmt: skip
    return _with_styled(header, parts, used, language)


def _with_styled(
    article: Article, parts: list[DocumentPart], used: set[int], language: str | None
) -> tuple[Article, set[int]]:
    """The article with the author and the date of the paragraphs in a style of this name."""
    authors = [n for n, part in enumerate(parts[: 2 * _LEADING]) if part.kind == "author"]
    if authors and not article.author:
        names = ", ".join(parts[n].text for n in authors)
        origin = Origin("author", "the paragraph in the style Author")
        article = replace(article, author=names, origins=(*article.origins, origin))
        used.update(authors)
    days = [n for n, part in enumerate(parts[: 2 * _LEADING]) if part.kind == "date"]
    text = parts[days[0]].text if days and not article.date else ""
    if found := find_date(text, language):
        used.add(days[0])
        if found.date:
            origin = Origin("date", "the paragraph in the style Date")
            article = replace(article, date=found.date, origins=(*article.origins, origin))
    if unread := unread_date(text, language):
        article = replace(article, warnings=(*article.warnings, unread))
    return article, used


def _marked_title(
    parts: list[DocumentPart], leading: list[int], property_title: str
) -> tuple[int | None, str]:
    """The index of the part that is the title, and how that is known."""
    for n, part in enumerate(parts):
        if part.kind == "title" and len(part.text) <= _LONGEST_HEADING:
            return n, part.origin
    for n in leading:
        part = parts[n]
        if part.kind == "heading" and len(part.text) <= _LONGEST_HEADING:
            return n, "the first heading"
        if property_title and part.text.casefold() == property_title.casefold():
            return n, "the line that is the title in the document's properties"
        if reads_as_prose(part.text):
            break
    return None, ""


def _printed_header(
    parts: list[DocumentPart], leading: list[int], title: int | None, language: str | None
) -> tuple[Article, set[int]]:
    """What a printed header around the title has, and the parts that it takes up.

    Nothing if the header has another title. The article's title is empty if there is none.
    """
    starts = [0] if title is None else [0, leading.index(title) if title in leading else 0]
    for start in dict.fromkeys(starts):
        lines = leading[start:]
        text = "\n\n".join("\n".join(parts[n].lines or (parts[n].text,)) for n in lines)
        article = parse_text(_CREDIT.sub("\n", text), "", language)
        taken = len(lines) - len(article.paragraphs)
        if taken <= 0 or taken >= len(lines):
            continue
        if title is None and article.title.endswith(_NO_TITLE_ENDS) and not article.author:
            continue
        if title is None or article.title == parts[title].text:
            return _without_person(article, parts, set(lines[:taken]))
    return Article("", "", ()), set()


def _without_person(
    article: Article, parts: list[DocumentPart], used: set[int]
) -> tuple[Article, set[int]]:
    """The header without a source that may be a person, as where a draft's author stands below the
    title; the line is a paragraph then.
    """
    source = article.source or ""
    lines = {n for n in used if parts[n].text == source}
    if not lines or _PUBLICATION.search(source) or (article.date and len(source.split()) > 3):
        return article, used
    return replace(article, source=None), used - lines
