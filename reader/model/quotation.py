"""Quotations of an article.

A module of its own: a dataclass costs 0.4 ms to make, and reading an article does without this one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quotation:
    """A quotation: text between quotation marks, without the marks.

    `paragraph` is the number of its first paragraph; `start` and `end` are offsets in the text of
    that paragraph. `parts` are its words in each paragraph that it spans, in order. `kind` is
    "speech" for spoken or written statements, "term" for names, titles and scare quotes. `speaker`
    and `cue` are None where the article gives none (always, for a term); `attribution` is the
    article's own words for the speaker, such as "the senator" or "she".
    """

    paragraph: int
    start: int
    end: int
    parts: tuple[str, ...]
    kind: str
    speaker: str | None = None
    cue: str | None = None
    attribution: str | None = None

    @property
    def text(self) -> str:
        """The words; those of several paragraphs are joined by a newline."""
        return "\n".join(self.parts)
