"""Results as records: the names and values that JSON, CSV and `--format` have in common."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any, TypeAlias

from reader.errors import ReaderError
from reader.language.clean import printable

if TYPE_CHECKING:
    from reader.citing.claims import CheckedClaim
    from reader.model.article import Article
    from reader.model.hit import ArticleHit, Hit
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary

Record: TypeAlias = dict[str, Any]

# The data of an article, in every record of one.
ARTICLE_KEYS = ("title", "date", "source", "section", "author", "url", "path", "language")
_STORED_KEYS = ("title", "source", "section", "author", "url", "path", "language")
HIT_KEYS = ("locator", "article", "paragraph", *ARTICLE_KEYS, "text", "score")
# What `--format` knows besides.
_FIELDS = (*HIT_KEYS, "snippet")
_CLAIM_KEYS = ("verdict", "claim", "claimed_speaker", "draft_paragraph", "file", "line", "column")
CLAIM_FIELDS = (*HIT_KEYS[:-1], "speaker", *_CLAIM_KEYS, "notes", "diff")

# Characters of a snippet: three or four lines of eighty.
SNIPPET = 280

# A cell that a spreadsheet would run as a formula, in half or full width, or one that looks like
# such a cell made harmless.
_FORMULA = re.compile("'*[=+@\\-\uff0b\uff0d\uff1d\uff20]")

# What is between the tabs and line ends of a form.
_PRINTED = re.compile("[^\t\n]+")
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}


def article_record(
    article: Article | Summary | Hit | ArticleHit | SimilarArticle | None,
    id: str | None,
    paragraph: int | None = None,
    locator: str | None = None,
) -> Record:
    """The keys that every record of an article begins with; all None without an article.

    `paragraph` is the number of its paragraph, if the record is of one; `locator` is only needed
    for a range of paragraphs.
    """
    if locator is None and id is not None:
        locator = id if paragraph is None else f"{id}:{paragraph}"
    values = dict.fromkeys(ARTICLE_KEYS)
    if article is not None:
        day = article.date.isoformat() if article.date else None
        values |= {key: getattr(article, key) for key in _STORED_KEYS} | {"date": day}
    return {"locator": locator, "article": id, "paragraph": paragraph, **values}


def hit_record(hit: Hit) -> Record:
    """A hit without its highlights and context."""
    record = article_record(hit, hit.article, hit.paragraph)
    return {**record, "text": hit.text, "score": hit.score}


def csv_of(hits: Iterable[Hit]) -> Iterator[str]:
    """The hits as comma-separated values (RFC 4180, but for line ends), a line of names first.

    A cell that begins as formulas of spreadsheets do (=, +, -, @) gets an apostrophe before it; so
    does one that begins with apostrophes and then so: to read them back, take one away from both.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HIT_KEYS)
    for hit in hits:
        yield _taken(buffer)
        cells = _cells(hit_record(hit)).values()
        writer.writerow("'" + cell if _FORMULA.match(cell) else cell for cell in cells)
    yield _taken(buffer)


def formatted(template: str) -> Callable[[Iterable[Hit]], Iterator[str]]:
    """A function that writes each hit as a line in a form such as `{locator} {text}`.

    See `_pieces` for the form. Missing values are empty. Raises ReaderError.
    """
    pieces = _pieces(template, _FIELDS)
    has_snippet = any(field == "snippet" for _, field in pieces)

    def lines(hits: Iterable[Hit]) -> Iterator[str]:
        for hit in hits:
            record = hit_record(hit)
            if has_snippet:
                record["snippet"] = hit.text[slice(*hit.snippet(SNIPPET))]
            yield _filled(pieces, record)

    return lines


def claim_record(result: CheckedClaim) -> Record:
    """A checked claim without its changes and notes."""
    claim = result.claim
    return {
        **article_record(result.summary, result.article, result.paragraph),
        "text": result.text,
        "speaker": result.speaker,
        "verdict": result.verdict,
        "claim": claim.words,
        "claimed_speaker": claim.speaker,
        "draft_paragraph": claim.paragraph,
        "file": claim.file,
        "line": claim.line,
        "column": claim.column,
    }


def formatted_claims(template: str) -> Callable[[Iterable[CheckedClaim]], Iterator[str]]:
    """A function that writes each checked claim as a line in a form, as `formatted`."""
    pieces = _pieces(template, CLAIM_FIELDS)

    def lines(results: Iterable[CheckedClaim]) -> Iterator[str]:
        for result in results:
            rest = {"notes": "; ".join(result.notes) or None, "diff": difference(result)}
            yield _filled(pieces, {**claim_record(result), **rest})

    return lines


def difference(result: CheckedClaim) -> str:
    """The words of a claim with what to change: `[-the draft's words-]{+the article's+}`."""
    words = []
    for change in result.changes:
        if change.same:
            words.append(change.claimed)
            continue
        drafted = f"[-{change.claimed}-]" if change.claimed else ""
        words.append(drafted + (f"{{+{change.original}+}}" if change.original else ""))
    return " ".join(words) or result.claim.words


def _pieces(template: str, fields: Sequence[str]) -> list[tuple[str, str | None]]:
    """The parts of a form: text, and the field after it.

    The form may have tabs and line ends, written with a backslash or not; other control characters
    are replaced. Raises ReaderError for an unknown field or a lone brace.
    """
    unescaped = re.sub(r"\\[tn\\]", lambda match: _ESCAPES[match[0]], template)
    pieces: list[tuple[str, str | None]] = []
    try:
        for text, field, specification, conversion in Formatter().parse(unescaped):
            if field is not None and (field not in fields or specification or conversion):
                shown = field + (f"!{conversion}" if conversion else "")
                shown += f":{specification}" if specification else ""
                raise ReaderError(f"no field {shown} in --format: there are {', '.join(fields)}")
            pieces.append((_PRINTED.sub(lambda match: printable(match[0]), text), field))
    except ValueError as error:
        raise ReaderError(
            f"bad --format: {error}; a brace itself is written {{{{ or }}}}"
        ) from error
    return pieces


def _filled(pieces: Iterable[tuple[str, str | None]], record: Record) -> str:
    values = _cells(record)
    return "".join(text + (values[field] if field else "") for text, field in pieces) + "\n"


def _cells(record: Record) -> dict[str, str]:
    """The values as text that can be printed, empty for None."""
    return {key: "" if value is None else printable(str(value)) for key, value in record.items()}


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
