"""Claims to quote the corpus, and the verdicts on them: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from reader.model.arguments import check_text, check_type

if TYPE_CHECKING:
    from reader.model.summary import Summary

# Verbatim in the corpus; reworded; verbatim, but by another speaker; not in the corpus.
Verdict: TypeAlias = Literal["verbatim", "altered", "misattributed", "missing"]


@dataclass(frozen=True)
class Claim:
    """A claim to quote words, and their speaker.

    `words` are without the quotation marks; `speaker` is None if the claim does not name one.
    `paragraph` is the number of its paragraph in the draft, counted from 1; None outside a draft.
    `file`, `line` and `column` (in characters, both from 1) are where the draft has it, if that is
    known; claims are equal wherever they are. Raises TypeError for words or a speaker that are no
    strings.
    """

    words: str
    speaker: str | None = None
    paragraph: int | None = None
    file: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)
    column: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        check_text("words", self.words)
        check_type("speaker", self.speaker, str | None)


@dataclass(frozen=True)
class Change:
    """A run of words in which a claim and the original agree, or differ.

    `claimed` are the claim's words, `original` those of the corpus. One of them is empty where
    words were added or left out.
    """

    claimed: str
    original: str
    same: bool


@dataclass(frozen=True)
class CheckedClaim:
    """A claim and the verdict on it.

    `summary` (the article's), `paragraph` (its number, counted from 1) and `text` (the paragraph's)
    have the claim's words, or the most similar ones; `speaker` is the speaker there, None if not
    named. `changes` are the runs of words, if any differ. For the title of an article there is a
    summary but no paragraph; for a missing claim there is neither. `notes` are sentences for the
    writer: what is left out or joined, and words right beside verbatim ones that turn the sense.
    """

    claim: Claim
    verdict: Verdict
    summary: Summary | None = None
    paragraph: int | None = None
    text: str | None = None
    speaker: str | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def article(self) -> str | None:
        """The article's id."""
        return self.summary.id if self.summary else None

    @property
    def locator(self) -> str | None:
        """The locator of the paragraph, or of the article whose title is quoted."""
        if self.summary is None:
            return None
        return self.summary.id + (f":{self.paragraph}" if self.paragraph else "")
