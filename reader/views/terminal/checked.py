"""Checked claims: the verdicts, the words, their locations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.views.terminal.page import (
    ADDED,
    FAINT,
    LEFT_OUT,
    MATCH,
    NUMBER,
    QUOTE,
    TITLE,
    CleanText,
    TerminalPage,
)

if TYPE_CHECKING:
    from rich.text import Text

    from reader.citing.claims import CheckedClaim

_VERDICTS = {
    "verbatim": "word for word",
    "altered": "altered",
    "misattributed": "another's words",
    "missing": "not there",
}


class CheckedPages(TerminalPage):
    """Pages of checked quotations."""

    def checked(self, results: Iterable[CheckedClaim]) -> Iterator[str]:
        """Each claim below its verdict, above its locator and the text there; then how many stand.

        Claims of several files are below the names of these.
        """
        listed = list(results)
        files = {result.claim.file for result in listed}
        file = None
        for index, result in enumerate(listed):
            gap = "\n" if index else ""
            if len(files) > 1 and result.claim.file and result.claim.file != file:
                file = result.claim.file
                yield gap + self._passage("", CleanText(file, style=TITLE))
                gap = ""
            yield gap + self._passage(_label(result), _verdict(result))
            yield self._passage("", _compared(result))
            for note in result.notes:
                yield self._passage("", CleanText(f"! {note}", style=MATCH))
            if result.locator:
                text = result.text if result.verdict != "verbatim" else None
                for line in filter(None, (result.locator, text)):
                    yield self._passage("", CleanText(line, style=FAINT))
        if listed:
            standing = sum(result.verdict == "verbatim" for result in listed)
            verb = "stands" if standing == 1 else "stand"
            yield "\n" + self._passage("", CleanText(f"{standing} of {len(listed)} {verb}"))


def _label(result: CheckedClaim) -> str:
    """The claim's line in the draft, or its paragraph."""
    claim = result.claim
    if claim.line:
        return f"{claim.line}:{claim.column}"
    return f"¶{claim.paragraph}" if claim.paragraph else ""


def _verdict(result: CheckedClaim) -> Text:
    """The verdict with its mark, and the speaker."""
    is_verbatim = result.verdict == "verbatim"
    text = CleanText("✓ " if is_verbatim else "✗ ", style=NUMBER if is_verbatim else MATCH)
    text.append(_VERDICTS[result.verdict], style=TITLE)
    claimed = result.claim.speaker
    if claimed and result.verdict == "misattributed":
        who = f"{result.speaker}, not {claimed}" if result.speaker else None
        return text.append(f": {who or f'not in the words of {claimed}'}")
    if result.speaker:
        text.append(f" · {result.speaker}", style=FAINT)
    if any(not change.same for change in result.changes):
        text.append(" · ", style=FAINT).append("[-draft-]", style=LEFT_OUT)
        text.append("{+article+}", style=ADDED)
    return text


def _compared(result: CheckedClaim) -> Text:
    """The claim's words; where they differ from the article, the draft's words, struck out, and
    those of the article to put for them.
    """
    if not result.changes:
        return CleanText(result.claim.words, style=QUOTE)
    text = CleanText()
    for change in result.changes:
        if text:
            text.append(" ")
        if change.same:
            text.append(change.claimed, style=QUOTE)
            continue
        if change.claimed:
            text.append(f"[-{change.claimed}-]", style=LEFT_OUT)
        if change.original:
            text.append(f"{{+{change.original}+}}", style=ADDED)
    return text
