"""An article as the model reads it: its quotations in their places, each with its candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.language.sentences import sentences
from reader.quotes import features
from reader.quotes.cues import VERBS
from reader.quotes.features import Before, Paragraph, Place
from reader.quotes.mentions import QUOTED, Mention, find_mentions, words_known

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.quotes.names import Names
    from reader.quotes.spans import Span

# What may begin a sentence besides a capital letter: quoted words, also behind a loose mark.
_BEGINNINGS = f'{QUOTED}“"'
_CUE_WORD = re.compile(r"[^\W\d_]{3,}")
_NEW_SENTENCE = re.compile(r"\s+[\"“A-Z]")
_CLAUSE_AFTER = re.compile(r"\s+[^.!?\ue000]{0,60}")
# Words of a clause that gives a quotation which ends with a stop, at most.
_SHORT_CLAUSE = 4
# Mentions on each side of a quotation that are weighed, the nearest.
_MOST = 8


class Candidate(NamedTuple):
    """Who may be the source of a quotation: a mention, the speaker of the quotation before, or,
    with neither, nobody.
    """

    features: tuple[str, ...]
    mention: Mention | None = None
    paragraph: int = 0
    is_before: bool = False


class Reading:
    """The quotations of an article, each as its parts in paragraphs, in order."""

    def __init__(self, article: Article, spans: Sequence[tuple[Span, ...]], names: Names) -> None:
        self._names = names
        self._texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
        self._inside: dict[int, list[Span]] = {}
        for parts in spans:
            for span in parts:
                self._inside.setdefault(span.paragraph, []).append(span)
        self._known = words_known(list(self._texts.values()))
        self._paragraphs: dict[int, Paragraph] = {}

    def place(self, parts: Sequence[Span]) -> Place:
        """Where a quotation begins, with its words."""
        span = parts[0]
        paragraph, offset = self.paragraph(span.paragraph).around(span.start, span.end)
        return Place(
            paragraph,
            span.paragraph,
            offset,
            span.text,
            span.start - offset,
            span.end - offset,
            sum(len(part.text.split()) for part in parts),
            paragraph.sentence(span.start - offset),
        )

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph with its sentences and mentions."""
        known = self._paragraphs.get(number)
        if known is None:
            spans = self._inside.get(number, [])
            masked = _mask(self._texts[number], spans)
            bounds = _sentences(masked, spans)
            mentions = find_mentions(masked, self._known)
            cues = [m.span() for m in _CUE_WORD.finditer(masked) if m[0].lower() in VERBS]
            known = self._paragraphs[number] = Paragraph(masked, bounds, mentions, cues)
        return known

    def is_alone(self, place: Place) -> bool:
        """Whether the quotation's sentence has no words but quoted ones."""
        return not any(map(str.isalpha, features.own_sentence(place)))

    def candidates(self, place: Place, before: Before | None) -> Iterator[Candidate]:
        """Who may have said it: the mentions around it, those before a colon that it stands behind,
        the speaker of the quotation before, nobody.
        """
        paragraph, number, offset = place.paragraph, place.number, place.offset
        alone = self.is_alone(place)
        quoted = set(features.words_of(place.text))
        earlier = [m for m in paragraph.mentions if m.end < place.start][-_MOST:]
        later = [m for m in paragraph.mentions if m.start >= place.end][:_MOST]
        for side in (earlier[::-1], later):
            others = 0
            for mention in side:
                known = self._known_of(mention, quoted, before)
                made = features.of_mention(place, mention, others, known)
                start, end = mention.start + offset, mention.end + offset
                yield Candidate(tuple(made), mention._replace(start=start, end=end), number)
                others += mention.kind != "nominal"
        starts = place.start + offset <= 2
        if starts and number - 1 in self._texts:
            lead = self.paragraph(number - 1)
            if lead.masked.rstrip().endswith(":"):
                begin = lead.bounds[-1] if lead.bounds else 0
                inside = [mention for mention in lead.mentions if mention.start >= begin]
                for others, mention in enumerate(inside[::-1][:_MOST]):
                    made = features.of_colon(lead, mention, others)
                    yield Candidate(tuple(made), mention, number - 1)
        yield Candidate(tuple(features.of_before(place, before, starts, alone)), is_before=True)
        yield Candidate(tuple(features.of_nobody(place, alone)))

    def _known_of(self, mention: Mention, quoted: set[str], before: Before | None) -> list[str]:
        """What is known of whom a mention names."""
        if not mention.name:
            return []
        last = features.words_of(mention.name)[-1:]
        known = []
        if last and last[0] in quoted:
            known.append("in")
        if last and before and last[0] in features.words_of(before.speaker or ""):
            known.append("same")
        if mention.kind == "name":
            full = self._names.fullest(mention.name)
            known.append(f"full={' ' in full:d}{self._names.pronoun(full) is not None:d}")
            known.append(f"often={self._names.often(full)}")
        return known


def _mask(text: str, spans: Sequence[Span]) -> str:
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], QUOTED * (span.end - span.start)]
        place = span.end
    return "".join(pieces) + text[place:]


def _sentences(masked: str, spans: Sequence[Span]) -> list[int]:
    """Where the sentences of a paragraph begin, but for the first; a quotation is never divided.

    A quotation that ends as a sentence ends the sentence around it too, unless a cue follows:
    “Why?” Pence asked.
    """
    ends = [end for _, end in sentences(masked, capitals=_BEGINNINGS)[:-1]]
    for span in spans:
        after = span.end + 1
        if span.text[-1] in ".!?" and _NEW_SENTENCE.match(masked, after):
            follows = _CLAUSE_AFTER.match(masked, after)
            words = features.words_of(follows[0]) if follows else []
            cued = any(word in VERBS for word in words)
            if span.text[-1] == ".":  # as few write it: “It is over.” Pence said.
                cued = cued and len(words) <= _SHORT_CLAUSE and words[-1] in VERBS
            if not cued:
                ends.append(span.end + 1)
    return sorted(set(ends))
