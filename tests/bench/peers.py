"""The peers of `reader`: the same paragraphs in plain Whoosh and in SQLite FTS5."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from folders import read_all
from whoosh import fields, index
from whoosh.analysis import StandardAnalyzer, StemFilter
from whoosh.lang.porter2 import stem

from reader import quotes
from reader.files.folder import Folder
from reader.model.summary import text_digest

COLUMNS = ("article", "paragraph", "text", "title", "source", "section", "author", "date")
SAID = ("quote", "speaker")


def rows_of(folder: Path) -> list[tuple[str, ...]]:
    """A row for each paragraph of a corpus, with the fields that `reader` indexes and stores."""
    return list(_rows(Folder(folder)))


def _rows(corpus: Folder) -> Iterator[tuple[str, ...]]:
    for article in read_all(corpus):
        said: dict[int, list[tuple[str, str]]] = {}
        for quote in quotes.find(article):
            if quote.kind == "speech":
                for place, part in enumerate(quote.parts):
                    said.setdefault(quote.paragraph + place, []).append((part, quote.speaker or ""))
        text_digest(article)
        known = (article.source, article.section, article.author, article.date)
        for paragraph in article.paragraphs:
            here = said.get(paragraph.number, ())
            yield (
                article.id,
                str(paragraph.number),
                paragraph.text,
                article.title,
                *(str(value or "") for value in known),
                "\n".join(part for part, _ in here),
                "\n".join(speaker for _, speaker in here),
            )


def build_whoosh(rows: list[tuple[str, ...]], folder: Path) -> float:
    """Write the rows as a Whoosh user would, on one core; returns the seconds."""
    stemmed = StandardAnalyzer(stoplist=None, minsize=1) | StemFilter(stem, cachesize=-1)
    plain = StandardAnalyzer(stoplist=None, minsize=1)
    schema = fields.Schema(
        article=fields.ID(stored=True),
        paragraph=fields.STORED,
        text=fields.TEXT(stemmed, stored=True),
        title=fields.TEXT(stemmed, stored=True),
        source=fields.TEXT(plain, stored=True),
        section=fields.TEXT(plain, stored=True),
        author=fields.TEXT(plain, stored=True),
        date=fields.ID(stored=True),
        quote=fields.TEXT(stemmed),
        speaker=fields.TEXT(plain),
    )
    folder.mkdir()
    began = time.perf_counter()
    writer = index.create_in(str(folder), schema).writer(limitmb=512)
    for row in rows:
        writer.add_document(**dict(zip((*COLUMNS, *SAID), row, strict=True)))
    writer.commit()
    return time.perf_counter() - began


def build_fts5(rows: list[tuple[str, ...]], path: Path) -> float:
    """Write the rows to an SQLite full-text table, on one core; returns the seconds."""
    columns = ["article unindexed", "paragraph unindexed", *COLUMNS[2:], *SAID]
    began = time.perf_counter()
    database = sqlite3.connect(path)
    database.execute(
        f"create virtual table paragraphs using fts5({', '.join(columns)}, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    marks = ", ".join("?" * len(columns))
    database.executemany(f"insert into paragraphs values ({marks})", rows)
    database.commit()
    database.close()
    return time.perf_counter() - began


def fts5_of_texts(rows: list[tuple[str, ...]]) -> sqlite3.Connection:
    """A full-text table of the paragraphs' texts alone, in memory: its fastest form."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "create virtual table paragraphs using fts5(text, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    database.executemany("insert into paragraphs values (?)", ((row[2],) for row in rows))
    database.execute("insert into paragraphs(paragraphs) values ('optimize')")
    database.commit()
    return database
