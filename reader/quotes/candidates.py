"""The candidates for the speaker of each quotation of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reader.language.sentences import sentences
from reader.language.tokens import Mode, words
from reader.quotes import features
from reader.quotes.context import (
    ParagraphContext,
    PreviousSpeech,
    QuotationContext,
    quotation_context,
)
from reader.quotes.mentions import QUOTED, Mention, find_mentions
from reader.quotes.persons.proper_names import words_inside_sentences
from reader.quotes.vocabulary import VERBS

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.quotes.persons.names import PersonNames
    from reader.quotes.spans import Span

# Beginnings of a sentence besides capital letters: quoted words, also after a loose mark.
_BEGINNINGS = f'{QUOTED}“"'
_NEW_SENTENCE = re.compile(r"\s+[\"“A-Z]")
_CLAUSE_AFTER = re.compile(r"\s+[^.!?\ue000]{0,60}")
# Words of a clause that attributes a quotation ending with a full stop, at most.
_SHORT_CLAUSE = 4
# Characters of a paragraph that is read for speakers. Longer ones are no prose, and where they are
# single letters and marks, reading takes 3 µs a character.
_LONGEST = 50_000
# Mentions on each side of a quotation that are candidates, the nearest.
_MOST = 8
# Sentences from the quotation's to a candidate's, at most. Of PolNeAR's 5,203 training quotations
# none has a speaker named only beyond the neighbouring sentences.
_FARTHEST = 1


class Candidate(NamedTuple):
    """A candidate: a mention in a paragraph, the speaker of the previous speech, or no speaker."""

    features: tuple[str, ...]
    mention: Mention | None = None
    paragraph: int = 0
    is_previous: bool = False


class ArticleContext:
    """The paragraphs of an article with its quotations, each read on demand."""

    def __init__(
        self, article: Article, quotations: Sequence[tuple[Span, ...]], names: PersonNames
    ) -> None:
        self._names = names
        self.texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
        self._spans: dict[int, list[Span]] = {}
        for spans in quotations:
            for span in spans:
                self._spans.setdefault(span.paragraph, []).append(span)
        self._masked: dict[int, str] = {}
        self._mentions: dict[int, list[Mention]] = {}
        self._paragraphs: dict[int, ParagraphContext] = {}
        self._facts: dict[str, list[str]] = {}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return words_inside_sentences(self.texts.values())

    def is_read(self, number: int) -> bool:
        """Whether a paragraph is read for speakers: it is not too long."""
        return len(self.texts[number]) <= _LONGEST

    def masked(self, number: int) -> str:
        """A paragraph's text with the quoted words masked."""
        if number not in self._masked:
            self._masked[number] = _mask(self.texts[number], self._spans.get(number, ()))
        return self._masked[number]

    def mentions(self, number: int) -> Sequence[Mention]:
        """A paragraph's mentions in order; none if the paragraph is not read."""
        if number not in self._mentions:
            masked = self.masked(number) if self.is_read(number) else ""
            self._mentions[number] = find_mentions(masked, self._vocabulary)
        return self._mentions[number]

    def paragraph(self, number: int) -> ParagraphContext:
        """A paragraph with its sentences, mentions and cues."""
        if number not in self._paragraphs:
            masked = self.masked(number)
            ends = _sentence_ends(masked, self._spans.get(number, ()))
            self._paragraphs[number] = ParagraphContext(masked, ends, self.mentions(number))
        return self._paragraphs[number]

    def quotation(self, spans: Sequence[Span]) -> QuotationContext:
        """A quotation in the paragraph that it begins in."""
        return quotation_context(self.paragraph(spans[0].paragraph), spans)

    def candidates(
        self, quotation: QuotationContext, previous: PreviousSpeech | None
    ) -> Iterator[Candidate]:
        """The candidates for the speaker of a quotation: mentions around it, those before a colon
        that it follows, the speaker of the previous speech, no speaker.
        """
        yield from self._around(quotation, previous)
        begins_paragraph = quotation.start <= 2
        if begins_paragraph and quotation.number - 1 in self.texts:
            yield from self._before_colon(quotation.number - 1)
        of_previous = features.of_previous_speaker(quotation, previous, begins_paragraph)
        yield Candidate(tuple(of_previous), is_previous=True)
        yield Candidate(tuple(features.of_no_speaker(quotation)))

    def _around(
        self, quotation: QuotationContext, previous: PreviousSpeech | None
    ) -> Iterator[Candidate]:
        """The nearest mentions on each side, those before the quotation first."""
        paragraph = quotation.paragraph
        low, high = quotation.window
        start = paragraph.sentence_span(max(quotation.sentence - _FARTHEST, 0))[0]
        end = paragraph.sentence_span(quotation.sentence + _FARTHEST)[1]
        earlier = paragraph.mention_range(max(low, start), quotation.start)
        later = paragraph.mention_range(quotation.end, min(high, end))
        quoted = set(words(quotation.text, Mode.CONTEXT))
        for side in (reversed(earlier[-_MOST:]), later[:_MOST]):
            nearer = 0
            for index in side:
                context = paragraph.mention_context(index)
                mention = context.mention
                facts = self._facts_of(mention, quoted, previous)
                texts = features.of_mention(quotation, context, nearer, facts)
                yield Candidate(tuple(texts), mention, quotation.number)
                nearer += mention.kind != "nominal"

    def _before_colon(self, number: int) -> Iterator[Candidate]:
        """The mentions in the last sentence of a paragraph, if it ends with a colon."""
        if not self.is_read(number) or not self.masked(number).rstrip().endswith(":"):
            return
        paragraph = self.paragraph(number)
        end = len(paragraph.masked)
        start = paragraph.sentence_span(paragraph.sentence(end))[0]
        last = paragraph.mention_range(start, end)[-_MOST:]
        for nearer, index in enumerate(reversed(last)):
            mention = paragraph.mentions[index]
            texts = features.of_colon(paragraph, mention, nearer)
            yield Candidate(tuple(texts), mention, number)

    def _facts_of(
        self, mention: Mention, quoted: set[str], previous: PreviousSpeech | None
    ) -> list[str]:
        """The features of a mention's referent."""
        if not mention.name:
            return []
        last = words(mention.name, Mode.CONTEXT)[-1:]
        facts = []
        if last and last[0] in quoted:
            facts.append("in")
        if last and previous and last[0] in words(previous.speaker or "", Mode.CONTEXT):
            facts.append("same")
        if mention.kind == "name":
            facts += self._facts_of_name(mention.name)
        return facts

    def _facts_of_name(self, name: str) -> list[str]:
        if name not in self._facts:
            full = self._names.fullest(name)
            has_pronoun = self._names.pronoun(full) is not None
            self._facts[name] = [
                f"full={' ' in full:d}{has_pronoun:d}",
                f"often={self._names.frequency(full)}",
            ]
        return self._facts[name]


def _mask(text: str, spans: Sequence[Span]) -> str:
    pieces = []
    end = 0
    for span in spans:
        pieces += [text[end : span.start], QUOTED * (span.end - span.start)]
        end = span.end
    return "".join(pieces) + text[end:]


def _sentence_ends(masked: str, spans: Sequence[Span]) -> list[int]:
    """The end offsets of a paragraph's sentences, except the last; quotations are never divided.

    A quotation that ends as a sentence ends the sentence around it too, unless a cue follows:
    “Why?” Pence asked.
    """
    # The model's weights were trained on sentences that begin with one mark at most.
    ends = {end for _, end in sentences(masked, _BEGINNINGS, single_mark=True)[:-1]}
    for span in spans:
        after = span.end + 1
        if span.text[-1] in ".!?" and _NEW_SENTENCE.match(masked, after):
            clause = _CLAUSE_AFTER.match(masked, after)
            following = words(clause[0], Mode.CONTEXT) if clause else []
            if not _attributes(following, span.text[-1]):
                ends.add(after)
    return sorted(ends)


def _attributes(clause: Sequence[str], ending: str) -> bool:
    """Whether the clause after a quotation with this ending attributes it."""
    has_cue = any(word in VERBS for word in clause)
    if ending == ".":  # rare: “It is over.” Pence said.
        return has_cue and len(clause) <= _SHORT_CLAUSE and clause[-1] in VERBS
    return has_cue
