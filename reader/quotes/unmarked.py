"""Speech without quotation marks: block quotations below a lead, and transcripts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.model.article import Article, Paragraph

# The line below a block quotation that names its speaker.
_SIGNATURE = re.compile(r"[—–-]{1,2}\s*(?P<name>[^\W\d_a-z][^.;:]{1,80})")
# The speaker's label in a transcript: "Q:", "WALLACE:", "Ann Lee:".
_WORD = r"[^\W\d_a-z][\w.’'-]*"
_LABEL = re.compile(rf"(?P<label>{_WORD}(?: {_WORD}){{0,3}}):\s+(?=\S)")
# Of a transcript: turns in all, and those of each of two speakers.
_LEAST_TURNS = 4
_LEAST_OF_ONE = 2
_LONGEST_LABEL = 100
# Labels of questions and answers, which name nobody.
_NO_NAMES = frozenset({"Q", "A", "Question", "Answer", "QUESTION", "ANSWER"})


class BlockQuotation(NamedTuple):
    """Paragraphs that are quoted as a block; `lead` is the number of the paragraph before, if that
    leads to it. `signature` is the name below it.
    """

    paragraphs: tuple[Paragraph, ...]
    lead: int | None
    signature: str | None


class Turn(NamedTuple):
    """What one speaker of a transcript says: its paragraph, the offset of the words, the label, and
    the label as a name, None if it is none.
    """

    paragraph: Paragraph
    start: int
    label: str
    name: str | None


def block_quotations(article: Article, marked: Collection[int]) -> Iterator[BlockQuotation]:
    """The block quotations that a lead or a signature shows to be speech, without those in
    `marked` paragraphs, which have quotation marks.
    """
    if all(paragraph.role != "quoted" for paragraph in article.paragraphs):
        return
    before: Paragraph | None = None
    for is_quoted, group in groupby(article.paragraphs, lambda p: p.role == "quoted"):
        paragraphs = list(group)
        if is_quoted and not any(p.number in marked for p in paragraphs):
            signature = _SIGNATURE.fullmatch(paragraphs[-1].text) if len(paragraphs) > 1 else None
            if signature:
                paragraphs.pop()
            leads = before is not None and before.text.rstrip().endswith(":")
            if signature or leads:
                lead = before.number if before and leads else None
                name = signature["name"].split(",")[0] if signature else None
                yield BlockQuotation(tuple(paragraphs), lead, name)
        before = paragraphs[-1]


def turns(article: Article, marked: Collection[int]) -> list[Turn]:
    """The turns of a transcript, without those in `marked` paragraphs; none in other articles."""
    matches = [
        (p, match)
        for p in article.paragraphs
        if ": " in p.text[:_LONGEST_LABEL] and (match := _LABEL.match(p.text))
    ]
    counts = Counter(match["label"] for _, match in matches)
    speakers = [label for label, count in counts.items() if count >= _LEAST_OF_ONE]
    if len(matches) < _LEAST_TURNS or len(speakers) < 2:
        return []
    return [
        Turn(paragraph, match.end(), match["label"], _name_of(match["label"]))
        for paragraph, match in matches
        if paragraph.number not in marked and match["label"] in speakers
    ]


def _name_of(label: str) -> str | None:
    if label in _NO_NAMES:
        return None
    return label.title() if label.isupper() else label
