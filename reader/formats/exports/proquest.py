"""Exports of ProQuest as text: "Document 1 of 2", a title, fields, "Full text:"."""

from __future__ import annotations

import re

from reader.formats.dates import find_date
from reader.formats.exports.fields import Blocks, Fields, texts
from reader.formats.exports.labels import PROQUEST
from reader.language.clean import fold, normalize

SEPARATOR = re.compile(
    r"do[ck]ument[eo]? [\d.,]+ (?:of|sur|von|de|van|di) [\d.,]+|[_=*–—-]{15,}", re.IGNORECASE
)
_LABEL = re.compile(r"(?P<label>[^\W\d_][^\d:;,.!?\"]{1,40}?)\s?:\s*(?P<value>.*)")
_NOTHING = re.compile(
    r"none available|not available|aucune? disponible|keine verfügbar|no disponible|"
    r"full text (?:is )?not available.*",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:lien vers |link zum )?(?:le )?(?:proquest )?do[ck]ument(?:o)?(?: proquest)?[ -]?(?:link)?|https?://\S+",
    re.IGNORECASE,
)
# "Example News ; City [City]14 May 2026: A.3."
_INFO_SOURCE = re.compile(r"\s*[;,\[]")


def is_proquest(blocks: Blocks) -> bool:
    """Whether blocks with a mark of an export are one of ProQuest."""
    lines = [line for block in blocks for line in block]
    kinds = {kind for line in lines if len(line) < 40 or ":" in line[:40] for kind in [_kind(line)]}
    has_mark = any(
        "ProQuest" in line or (len(line) < 90 and SEPARATOR.fullmatch(line)) for line in lines
    )
    return has_mark and "text" in kinds and bool(kinds & {"source", "date_text", "info", "author"})


def split(blocks: Blocks) -> list[Blocks]:
    """The parts of a file, cut at "Document 1 of 2" and at rules; those with no field left out."""
    parts: list[Blocks] = [[]]
    for block in blocks:
        lines: list[str] = []
        for line in block:
            if len(line) < 200 and SEPARATOR.fullmatch(line):
                if lines:
                    parts[-1].append(lines)
                lines = []
                parts.append([])
            else:
                lines.append(line)
        if lines:
            parts[-1].append(lines)
    return [part for part in parts if _is_article(part)]


def _kind(line: str) -> str:
    """What a line with a label is; empty for others."""
    match = _LABEL.match(line)
    return PROQUEST.get(fold(match["label"]), "") if match else ""


def _is_article(part: Blocks) -> bool:
    kinds = {_kind(line) for block in part for line in block}
    return "text" in kinds or len(kinds & {"source", "date_text", "info", "abstract"}) >= 2


def read(part: Blocks) -> Fields | None:
    """The article in a part of a file."""
    fields = Fields("ProQuest")
    values: dict[str, str] = {}
    first = ""
    text: Blocks = []
    abstract: Blocks = []
    target: Blocks | None = None
    is_in_text = False
    for block in part:
        lines: list[str] = []
        for line in block:
            kind = _kind(line)
            # In the text, a line "Location: …" may be one of it; what ends it stands alone.
            if kind and not (is_in_text and kind in {"section", "abstract"}):
                if lines and target is not None:
                    target.append(lines)
                lines = []
                match = _LABEL.match(line)
                value = match["value"] if match else ""
                is_in_text = kind == "text"
                target = text if kind == "text" else abstract if kind == "abstract" else None
                if target is not None:
                    lines = [value] if value else []
                elif kind != "other":
                    values.setdefault(kind, value)
            elif target is not None:
                lines.append(line)
            elif not first and not _LINK.fullmatch(line) and not values:
                first = line
        if lines and target is not None:
            target.append(lines)
    return _filled(fields, values, first, text, abstract)


def _filled(
    fields: Fields, values: dict[str, str], first: str, text: Blocks, abstract: Blocks
) -> Fields:
    fields.put("title", values.get("title", "") or first, "Title" if "title" in values else "title")
    source = re.split(r"\s*;\s*", values.get("source", ""))[0]
    fields.put("source", source, "Publication title")
    info = values.get("info", "")
    fields.put("source", _INFO_SOURCE.split(info)[0], "Publication info")
    for kind, place in (
        ("author", "Author"),
        ("section", "Section"),
        ("language", "Language of publication"),
        ("url", "Document URL"),
        ("date_text", "Publication date"),
    ):
        fields.put(kind, values.get(kind, ""), place)
    if not fields.date_text and find_date(info, fields.language):
        fields.put("date_text", info, "Publication info")
    fields.paragraphs = [line for line in texts(text) if not _NOTHING.fullmatch(line.strip(" ."))]
    if not fields.paragraphs:
        fields.paragraphs = [
            line for line in texts(abstract) if not _NOTHING.fullmatch(line.strip(" ."))
        ]
        if fields.paragraphs:
            fields.warnings.append(f"only the abstract of {normalize(fields.title)!r} is in it")
    return fields
