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
        """Each claim below its verdict, above its locator and the text there."""
        for index, result in enumerate(results):
            paragraph = result.claim.paragraph
            label = f"¶{paragraph}" if paragraph else ""
            yield ("\n" if index else "") + self._passage(label, _verdict(result))
            yield self._passage("", _compared(result))
            if result.locator:
                text = result.text if result.verdict != "verbatim" else None
                for line in filter(None, (result.locator, text)):
                    yield self._passage("", CleanText(line, style=FAINT))


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
    return text


def _compared(result: CheckedClaim) -> Text:
    """The claim's words; where they differ from the text, the words left out and those added."""
    if not result.changes:
        return CleanText(result.claim.words, style=QUOTE)
    text = CleanText()
    for change in result.changes:
        if text:
            text.append(" ")
        if change.same:
            text.append(change.claimed, style=QUOTE)
            continue
        if change.original:
            text.append(f"[-{change.original}-]", style=LEFT_OUT)
        if change.claimed:
            text.append(f"{{+{change.claimed}+}}", style=ADDED)
    return text
