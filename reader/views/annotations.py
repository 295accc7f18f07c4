"""Checked claims as annotations of the draft's lines: for GitHub Actions, and as SARIF.

Verbatim claims have none, except the notes on them, which are warnings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reader.language.clean import printable
from reader.views.records import difference

if TYPE_CHECKING:
    from reader.citing.claims import CheckedClaim

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "altered": "The quotation is not in the words of the article.",
    "misattributed": "The words are another speaker's, or no quotation.",
    "missing": "The quotation is in no article.",
    "context": "Words right beside the quotation turn its sense.",
}


def github_annotations(results: Iterable[CheckedClaim]) -> Iterator[str]:
    """Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`."""
    for result in results:
        rule = _rule(result)
        if rule is None:
            continue
        claim = result.claim
        where = {"file": _file(claim.file), "line": claim.line, "col": claim.column, "title": rule}
        values = (f"{key}={_property(str(value))}" for key, value in where.items() if value)
        level = "warning" if rule == "context" else "error"
        yield f"::{level} {','.join(values)}::{_data(_message(result))}\n"


def sarif_log(results: Iterable[CheckedClaim]) -> Iterator[str]:
    """A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020)."""
    from reader import __version__

    rules = [{"id": id, "shortDescription": {"text": text}} for id, text in _RULES.items()]
    driver = {"name": "reader", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(rule, one) for one in results if (rule := _rule(one))],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=2) + "\n"


def _sarif_result(rule: str, result: CheckedClaim) -> dict[str, Any]:
    claim = result.claim
    record: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(rule),
        "level": "warning" if rule == "context" else "error",
        "message": {"text": _message(result)},
    }
    if file := _file(claim.file):
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
        if claim.line:
            physical["region"] = {"startLine": claim.line, "startColumn": claim.column}
        record["locations"] = [{"physicalLocation": physical}]
    return record


def _rule(result: CheckedClaim) -> str | None:
    if result.verdict != "verbatim":
        return result.verdict
    return "context" if result.notes else None


def _message(result: CheckedClaim) -> str:
    """What is wrong with a claim, on a line."""
    claimed = result.claim.speaker
    if result.verdict == "misattributed":
        said = f"said by {result.speaker}, not {claimed}" if result.speaker else f"not by {claimed}"
        message = f"{said}: “{result.claim.words}”"
    elif result.verdict == "missing":
        message = f"in no article: “{result.claim.words}”"
    else:
        message = f"{result.verdict}: “{difference(result)}”"
    where = f"see {result.locator}" if result.locator else None
    return printable("; ".join(filter(None, (message, *result.notes, where))))


def _file(file: str | None) -> str | None:
    """The name of a claim's file; None for standard input."""
    return None if file in (None, "-") else file


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
