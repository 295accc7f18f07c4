"""What read-later programs and note apps write into the text itself: Readwise, Joplin, Omnivore."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.formats.front_matter import FIELD_KEYS, FrontMatter, fields_of, normal_key
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.formats.markdown.blocks import BodyPart

# Keys that say something about the file, not the article; like unknown keys of front matter.
_ADMINISTRATIVE = frozenset(
    "id type category status created createdat createdtime updated updatedat updatedtime "
    "modified saved savedat savedon datesaved dateadded added clipped clippedon archived "
    "highlights notebook where latitude longitude altitude words wordcount readingtime progress "
    "rating".split()
)
# "Author: Jane Doe", "Author:: Jane Doe" (Dataview); in bold as well, which is no part of the text.
_FIELD = re.compile(r"(?P<key>\w[\w /-]{0,30}?)\s*::?\s+(?P<value>\S.*)")
_METADATA = re.compile(r"metadata|meta|details|info", re.IGNORECASE)
# Links to the place in the program: the words of Readwise, Omnivore's sign.
_EXPORT_LINK = re.compile(
    r"\s*(?:\((?:View Highlight|Location \d+|Time [\d:]+|Page \d+)\)|\[?⤴️?\]?)\s*\Z"
)
_JOPLIN_ID = re.compile(r"id: [0-9a-f]{32}")


def read_metadata(parts: list[BodyPart]) -> tuple[FrontMatter, list[BodyPart]]:
    """The fields of a list of metadata above the text, and the parts without it.

    It stands below a heading "Metadata", or there are at least two items or lines in it, and one of
    them is of a field that is known. Items with other keys are text and stay.
    """
    start = next((index for index, part in enumerate(parts) if part.is_paragraph), len(parts))
    end = start
    items: list[tuple[str, str] | None] = []
    while end < len(parts) and parts[end].is_paragraph:
        fields = [_field(line, parts[end]) for line in _lines(parts[end])]
        if not all(fields):
            break
        items += fields
        end += 1
    heading = start - 1
    is_titled = (
        start > 0
        and parts[heading].kind == "heading"
        and bool(_METADATA.fullmatch(parts[heading].text))
    )
    values = {key: value for item in items if item for key, value in [item]}
    keys = {normal_key(key) for key in values}
    if not keys & FIELD_KEYS or not (is_titled or len(items) > 1):
        return FrontMatter(), parts
    kept = [
        part
        for part in parts[start:end]
        if not all(
            item and normal_key(item[0]) in FIELD_KEYS | _ADMINISTRATIVE
            for item in (_field(line, part) for line in _lines(part))
        )
    ]
    own = {key: value for key, value in values.items() if normal_key(key) != "category"}
    above = parts[: heading if is_titled else start]
    above = [part for part in above if (part.kind, part.text) != ("caption", "rw-book-cover")]
    return fields_of(own, "the list above its text"), [*above, *kept, *parts[end:]]


def split_joplin(text: str) -> tuple[FrontMatter, str] | None:
    """The fields of the lines at the end of a note that Joplin exported raw, and the note."""
    note, _, block = text.rstrip().rpartition("\n\n")
    lines = block.split("\n")
    if not _JOPLIN_ID.match(block) or not lines[-1].startswith("type_:") or len(lines) > 100:
        return None
    values = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    # The first line is the title, whatever it looks like.
    title, _, body = note.lstrip("\n").partition("\n")
    values.pop("title", None)
    fields = {"title": title, **{key: value for key, value in values.items() if value}}
    return fields_of(fields, "Joplin's lines below its text"), body


def without_export_links(part: BodyPart) -> BodyPart:
    """A paragraph without the link at its end that leads into the program it was exported from."""
    if not part.is_paragraph or not part.spans or part.spans[-1].style != "link":
        return part
    match = _EXPORT_LINK.search(part.text, max(0, part.spans[-1].start - 3))
    if not match or match.start() > part.spans[-1].start:
        return part
    end = match.start()
    spans = tuple(span for span in part.spans if span.end <= end)
    return part._replace(text=part.text[:end], spans=spans, lines=part.text[:end])


def _lines(part: BodyPart) -> list[str]:
    return [line for line in map(normalize, part.lines.split("\n")) if line]


def _field(line: str, part: BodyPart) -> tuple[str, str] | None:
    """A line's key and value; the value of a link is its address, if the text is not another."""
    match = _FIELD.fullmatch(line)
    if not match:
        return None
    value = match["value"]
    targets = [span.target for span in part.spans if span.style == "link" and span.target]
    if normal_key(match["key"]) in ("url", "source", "link", "sourceurl") and len(targets) == 1:
        value = f"[{value}]({targets[0]})"
    return match["key"], value
