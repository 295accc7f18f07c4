"""What the readers of database exports share: lines of a header to the fields of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from reader.formats.dates import find_date, not_understood
from reader.formats.exports.labels import LANGUAGES
from reader.language.clean import fold, normalize
from reader.model.article import Article, Block, Origin, Paragraph

# Blocks of lines, as blank lines or the paragraphs of a document separate them.
Blocks = list[list[str]]

_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\)|\bcop\.)|"
    r"(?:all rights reserved|tous droits r[ée]serv[ée]s|alle rechte vorbehalten)\W*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:by|von|par|por|di|door)(?:\s*:\s*|\s+)|(?:author|autor|auteur)\s*:\s*)(?=\S)",
    re.IGNORECASE,
)
# Parts of a byline that are no names.
_ROLE = re.compile(
    r".*\b(?:writer|reporter|correspondent|editor|columnist|analyst|staff|bureau|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondant)\W*|\S*@\S*|",
    re.IGNORECASE,
)
# What a byline has beside names: "(now)", the place that the author is in.
_ASIDE = re.compile(r"\s*\([^)]*\)|\s+(?:in|à|en)\s+[A-ZÀ-Þ][\w-]+(?:\s+[A-ZÀ-Þ][\w-]+)?$")
_COMMA = re.compile(r"\s*,\s*(?:(?:and|und|et|y)\s+)?")
_SENTENCE = re.compile(r"brought to you|\bspecial to\b|provided by|(?:\b[a-zà-ÿ]{3,}\b\s*){4}")
# Agencies and the like, whose letters are no initials and whose capitals are theirs.
_ACRONYMS = frozenset(
    "AAP AFP ANI ANP ANSA AP APA ATS BBC CNN DPA EFE HT IANS NTB PA PTI RFI RTE SDA SID TASS "
    "TT UPI".split()
)

_PARTICLES = frozenset(
    "da de del della der den di do dos du el la le van von y und and et zu".split()
)
# Characters. A longer "byline" is a sentence about where the text comes from.
_LONGEST_BYLINE = 150


class ExportLine(NamedTuple):
    """A line, the index of its block, and what its label says that it is, if it has one."""

    text: str
    block: int
    kind: str = ""
    label: str = ""
    value: str = ""


def in_blocks(lines: Iterable[ExportLine]) -> Blocks:
    """The texts of lines, by their blocks."""
    return [[line.text for line in group] for _, group in groupby(lines, lambda line: line.block)]


def is_copyright(line: str) -> bool:
    """Whether a line is a note of copyright and nothing else."""
    return len(line) < 300 and bool(_COPYRIGHT.match(line))


def is_empty(part: Blocks) -> bool:
    """Whether a part of a file has no lines but notes of copyright."""
    return all(is_copyright(block[0]) for block in part)


def language_code(text: str) -> str | None:
    """The code of the first language that is named in a text ("GERMAN; DEUTSCH"), or is one."""
    for word in re.findall(r"[^\W\d_]+", text):
        if code := LANGUAGES.get(fold(word)):
            return code
        if len(text) <= 5 and len(word) == 2:
            return str(word).lower()
    return None


def clean_author(text: str) -> str | None:
    """The names in a byline, separated by commas; None without any.

    "By" and roles ("Staff Writer") are left out, names in capitals are written as names are, and a
    name with the surname first is turned round: a comma would make two people of it.
    """
    if len(text) > 2 * _LONGEST_BYLINE:
        return None
    text = _ASIDE.sub("", normalize(text.replace("&softReturn;", ", ")))
    if match := _BY.match(text):
        text = text[match.end() :]
    if len(text) > _LONGEST_BYLINE or _SENTENCE.search(text) or text == text.lower():
        return None
    names = []
    for group in re.split(r"\s*;\s*", text.strip(" .;,") if text.count(".") < 2 else text):
        parts = [part for part in _COMMA.split(group) if not _is_role(part)]
        if len(parts) == 2 and " " not in parts[0] and len(parts[1].split()) <= 2:
            parts = [f"{parts[1]} {parts[0]}"]
        names += parts
    return ", ".join(dict.fromkeys(map(_cased, names))) or None


def _is_role(text: str) -> bool:
    """Whether a part of a byline is what the author is. With four words, there is a name in it."""
    return bool(_ROLE.fullmatch(text)) and len(text.split()) < 4


def _cased(name: str) -> str:
    """A name as names are written, if it is printed in capitals throughout."""
    words = name.split()
    if len(words) < 2 or not name.isupper():
        return name
    return " ".join(
        word
        if word in _ACRONYMS or (index == 0 and "." in word)
        else word.lower()
        if word.lower() in _PARTICLES and index
        else re.sub(r"\bMc(\w)", lambda match: "Mc" + match[1].upper(), word.title())
        for index, word in enumerate(words)
    )


@dataclass
class Fields:
    """The fields of an article as they are found, each with its origin.

    `database` begins the origins' places ("Nexis: BYLINE"). `code` is the language that dates are
    read in.
    """

    database: str
    title: str = ""
    source: str | None = None
    section: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    date_text: str = ""
    deck: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    # A text that was read with its headings and the like, instead of paragraphs.
    body: tuple[tuple[Paragraph, ...], tuple[Block, ...]] = ((), ())
    warnings: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: str, place: str) -> None:
        """Set a field that has no value yet from text; `place` says where it stands."""
        value = normalize(value)
        if not value or getattr(self, name):
            return
        if name == "author":
            value = clean_author(value) or ""
        elif name == "language":
            value = language_code(value) or ""
        elif name == "url":
            value = next(iter(re.findall(r"https?://\S+", value)), "")
        if value:
            setattr(self, name, value.rstrip(" ;") if name == "title" else value)
            self.places["date" if name == "date_text" else name] = place

    def begins_with(self, text: str) -> bool:
        """Whether the text of the article begins with a text, which need not be shown twice."""
        first = self.body[0][0].text if self.body[0] else "".join(self.paragraphs[:1])
        return first.startswith(text)

    def _names(self) -> str | None:
        """The author without the publication that writes for itself: "Sam Okoro, The Post"."""
        names = (self.author or "").split(", ")
        others = [name for name in names if fold(name) != fold(self.source or "")]
        return ", ".join(others or names) or None

    def article(self, file_id: str) -> Article:
        """The article, with the file's id."""
        dated = find_date(self.date_text, self.language)
        date = dated.date if dated else None
        warnings = list(self.warnings)
        if self.date_text and date is None:
            warnings.append(not_understood(self.date_text))
            self.places.pop("date", None)
        paragraphs = self.body[0] or tuple(
            Paragraph(number, text) for number, text in enumerate(self.paragraphs, 1)
        )
        last = len(paragraphs) + 1
        blocks = [Block(1, "heading", text, 2) for text in self.deck]
        blocks += self.body[1]
        blocks += [Block(last, "caption", text) for text in self.captions]
        blocks += [Block(last, "footnote", text) for text in self.notes]
        return Article(
            id=file_id,
            title=self.title or file_id.rpartition("/")[2],
            paragraphs=paragraphs,
            source=self.source,
            section=self.section,
            author=self._names(),
            date=date,
            url=self.url,
            language=self.language,
            tags=self.tags,
            blocks=tuple(blocks),
            origins=tuple(
                Origin(name, f"{self.database}: {place}") for name, place in self.places.items()
            ),
            warnings=tuple(warnings),
        )


def texts(blocks: Iterable[list[str]]) -> list[str]:
    """The blocks as paragraphs."""
    return [text for block in blocks if (text := normalize(" ".join(block)))]
