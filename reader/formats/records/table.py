"""Tables of separated values: CSV and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats import decode
from reader.formats.records.articles import articles_of
from reader.formats.records.keys import is_record

if TYPE_CHECKING:
    from reader.model.article import Article

_SEPARATORS = ",;\t|"
# Characters. The standard library's own limit is smaller than some articles.
_LONGEST_CELL = 16 * 1024 * 1024


def parse_table(content: bytes, file_id: str) -> list[Article]:
    """The articles in a table whose first line names its columns. Raises UnreadableFile."""
    text = decode(content).replace("\0", "").lstrip("\ufeff")
    rows = list(_rows(text))
    if not rows or not is_record(dict.fromkeys(rows[0], "x")):
        raise UnreadableFile("a table whose first line names no columns with a title and a text")
    return articles_of(rows, file_id, "column")


def _rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of a table, by the names in its first line."""
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    if first.casefold().startswith("sep="):  # a line for Excel
        separator, text = first[4:5] or separator, text.lstrip().partition("\n")[2]
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names: list[str] | None = None
        for row in reader:
            if names is None:
                names = row
            elif row:
                yield dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise UnreadableFile(f"a table with an error in line {reader.line_num}") from error
