"""JSON and lines of JSON: the records in them, wherever in the structure they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reader.errors import UnreadableFile
from reader.formats import decode
from reader.formats.records.article import refuse_many
from reader.formats.records.articles import articles_of
from reader.formats.records.keys import Record, fold_key, is_record

if TYPE_CHECKING:
    from reader.model.article import Article

# Levels of lists and mappings at which records may be: {"response": {"docs": [...]}} has two.
_DEEPEST = 5
# Elements of a list that are looked at to see whether it is one of records.
_TRIED = 20
_WHITE_SPACE = re.compile(r"\s*")


def parse_json(content: bytes, file_id: str) -> list[Article]:
    """The articles in JSON, in lines of it, or in a JSON Feed. Raises UnreadableFile."""
    text = decode(content).lstrip("\ufeff")
    values, damaged = _values(text)
    if len(values) == 1 and isinstance(values[0], Mapping) and _is_feed(values[0]):
        from reader.formats.feeds.json_feed import parse_json_feed

        return parse_json_feed(values[0], file_id)
    records = _records(values[0] if len(values) == 1 else values)
    if records is None:
        raise UnreadableFile("JSON with no article in it: no text under a key that is known")
    warnings = (f"{damaged:,} of its lines are no JSON",) if damaged else ()
    return articles_of(records, file_id, "JSON", warnings)


def _is_feed(value: Mapping[str, object]) -> bool:
    return "jsonfeed.org/version" in str(value.get("version", ""))


def _values(text: str) -> tuple[list[Any], int]:
    """The values that a text is, and the number of lines that are none.

    One value; or one on each line; or some in a row, as jq prints them. Raises UnreadableFile.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _is_value(lines[0]):
        # Before they are read, which takes 6 µs for each.
        refuse_many(len(lines), "a file")
        return _by_lines(lines)
    try:
        return [json.loads(text)], 0
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise UnreadableFile(f"JSON with an error in line {error.lineno}") from error
    return list(_in_a_row(text)), 0


def _is_value(line: str) -> bool:
    try:
        return isinstance(json.loads(line), (dict, list))
    except ValueError:
        return False


def _by_lines(lines: list[str]) -> tuple[list[Any], int]:
    values, damaged = [], 0
    for line in lines:
        try:
            values.append(json.loads(line))
        except (ValueError, RecursionError):
            damaged += 1
    return values, damaged


def _in_a_row(text: str) -> Iterator[Any]:
    """The values that follow each other in a text. Raises UnreadableFile."""
    decoder = json.JSONDecoder()
    end = 0
    while end < len(text.rstrip()):
        start = _WHITE_SPACE.match(text, end).end()  # type: ignore[union-attr]
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise UnreadableFile(f"JSON with an error in line {error.lineno}") from error
        yield value


def _records(value: object) -> list[Record] | None:
    """The records in a value: the first list of them, or the value itself; None without any."""
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        for each in level:
            if records := _list_of_records(each):
                return records
        for each in level:
            if isinstance(each, Mapping) and is_record(each):
                return [each]
        level = [inner for each in level for inner in _inside(each)]
    return None


def _list_of_records(value: object) -> list[Record] | None:
    """A list of records, a mapping of ids to them, or a table by columns; None for others."""
    if isinstance(value, Mapping):
        rows = _by_columns(value)
        if rows is None and value and all(isinstance(each, Mapping) for each in value.values()):
            rows = list(value.values())
    else:
        rows = value if isinstance(value, list) else None
    records = [each for each in rows or () if isinstance(each, Mapping)]
    return records if any(map(is_record, records[:_TRIED])) else None


def _by_columns(value: Mapping[str, object]) -> list[Any] | None:
    """The rows of a table that is kept by columns, as pandas writes it; None if it is none."""
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data if _is_list(row)]
    names = {fold_key(str(name)) for name in value}
    if not names & {"title", "text", "content", "headline", "url", "maintext"}:
        return None
    lists = {
        name: list(column.values()) if isinstance(column, Mapping) else column
        for name, column in value.items()
    }
    lengths = {len(column) for column in lists.values() if isinstance(column, list)}
    if len(lengths) != 1 or not all(map(_is_list, lists.values())):
        return None
    rows = zip(*(column for column in lists.values() if isinstance(column, list)), strict=True)
    return [dict(zip(lists, row, strict=True)) for row in rows]


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _inside(value: object) -> Iterator[object]:
    """The lists and mappings in a value."""
    inner = value.values() if isinstance(value, Mapping) else value
    if isinstance(value, (Mapping, list)):
        yield from (each for each in inner if isinstance(each, (Mapping, list)))  # type: ignore[attr-defined]
