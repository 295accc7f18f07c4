"""Claims to quote the corpus, and the verdicts on them: plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from reader.model.summary import Summary

# Verbatim in the corpus; reworded; verbatim, but by another speaker; not in the corpus.
Verdict: TypeAlias = Literal["verbatim", "altered", "misattributed", "missing"]


class Claim(NamedTuple):
    """A claim to quote words, and their speaker.

    `words` are without the quotation marks; `speaker` is None if the claim does not name one.
    `paragraph` is the number of its paragraph in the draft, counted from 1; None outside a draft.
    """

    words: str
    speaker: str | None = None
    paragraph: int | None = None


class Change(NamedTuple):
    """A run of words in which a claim and the original agree, or differ.

    `claimed` are the claim's words, `original` those of the corpus. One of them is empty where
    words were added or left out.
    """

    claimed: str
    original: str
    same: bool


class CheckedClaim(NamedTuple):
    """A claim and the verdict on it.

    `article`, `paragraph` (its number, counted from 1) and `text` (the paragraph's) have the
    claim's words, or the most similar ones; `speaker` is the speaker there, None if not named.
    `changes` are the runs of words, if any differ. For the title of an article
    there is an article but no paragraph; for a missing claim there is neither.
    """

    claim: Claim
    verdict: Verdict
    article: Summary | None = None
    paragraph: int | None = None
    text: str | None = None
    speaker: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def locator(self) -> str | None:
        """The locator of the paragraph, or of the article whose title is quoted."""
        if self.article is None:
            return None
        return self.article.id + (f":{self.paragraph}" if self.paragraph else "")
