"""Hits as rows of fields: comma-separated values, and lines of the user's own form."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from string import Formatter
from typing import TYPE_CHECKING

from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.model.hit import Hit

# What a hit has, by the name that `--format` knows it by; "" for what is not known.
FIELDS: dict[str, Callable[[Hit], str]] = {
    "locator": lambda hit: hit.locator,
    "article": lambda hit: hit.article,
    "paragraph": lambda hit: str(hit.paragraph),
    "title": lambda hit: hit.title,
    "date": lambda hit: hit.date.isoformat() if hit.date else "",
    "source": lambda hit: hit.source or "",
    "section": lambda hit: hit.section or "",
    "author": lambda hit: hit.author or "",
    "url": lambda hit: hit.url or "",
    "text": lambda hit: hit.text,
    "snippet": lambda hit: hit.text[slice(*hit.snippet(SNIPPET))],
    "score": lambda hit: str(hit.score),
}
_COLUMNS = ("article", "paragraph", "title", "date", "source", "text", "score")
# Characters of a snippet: three or four lines of eighty.
SNIPPET = 280

_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def csv_of(hits: Iterable[Hit]) -> Iterator[str]:
    """The hits as comma-separated values (RFC 4180, but for line ends), a line of names first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in hits:
        yield _taken(buffer)
        writer.writerow(FIELDS[name](hit) for name in _COLUMNS)
    yield _taken(buffer)


def formatted(template: str) -> Callable[[Iterable[Hit]], Iterator[str]]:
    """What writes each hit as a line of a form such as `{locator} {text}`, which may have tabs and
    line ends written with a backslash.

    Raises ReaderError for a field that there is not, or a lone brace.
    """
    unescaped = re.sub(r"\\[tn\\]", lambda match: _ESCAPES[match[0]], template)
    pieces: list[tuple[str, Callable[[Hit], str] | None]] = []
    try:
        for text, field, specification, conversion in Formatter().parse(unescaped):
            if field is not None and (field not in FIELDS or specification or conversion):
                shown = field + (f"!{conversion}" if conversion else "")
                shown += f":{specification}" if specification else ""
                raise ReaderError(f"no field {shown} in --format: there are {', '.join(FIELDS)}")
            pieces.append((text, None if field is None else FIELDS[field]))
    except ValueError as error:
        raise ReaderError(
            f"bad --format: {error}; a brace itself is written {{{{ or }}}}"
        ) from error

    def lines(hits: Iterable[Hit]) -> Iterator[str]:
        for hit in hits:
            yield "".join(text + (field(hit) if field else "") for text, field in pieces) + "\n"

    return lines


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
