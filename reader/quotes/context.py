"""The context of quotations: a paragraph's words, sentences, mentions and cues, read once.

Offsets are in the paragraph's text, in which quoted words are masked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reader.language.tokens import Mode, tokenize, words
from reader.quotes.mentions import QUOTED, Mention
from reader.quotes.vocabulary import ORGANISATIONS, QUOTATIONS, VERBS

if TYPE_CHECKING:
    from reader.quotes.spans import Span

AUXILIARIES = QUOTATIONS.words("function_words", "auxiliaries")
PREPOSITIONS = QUOTATIONS.words("function_words", "prepositions")
_CONJUNCTIONS = QUOTATIONS.words("function_words", "conjunctions")
_ADVERB = re.compile(r"(?:\w+ly|also|then|later|further|once|again|even|still|first|never|now)$")
_APPOSITION = re.compile(rf"\s*,(?!\s*{QUOTED})[^;:.!?“”\"{QUOTED}]{{1,160}}?,\s*")
_MASKED = re.compile(f"{QUOTED}+")
_PEOPLE = ("name", "he", "she", "description")
# Characters read on each side of a quotation, so that its cost does not grow with its paragraph.
_NEAR = 1000
# Characters read after a mention, for its verb, and before it.
_FOR_VERB = 200
_FOR_PRECEDING = 30


class MentionContext(NamedTuple):
    """A mention and the words around it."""

    mention: Mention
    # The mention's kind; "org" for a name that is not a person's.
    kind: str
    sentence: int
    opens_sentence: bool
    # The verb that follows, and whether an apposition comes between.
    verb: str
    apposed: bool
    # The word before, "#" for none, and whether it ends "according to".
    preceding: str
    according: bool


class ParagraphContext:
    """A paragraph: its masked text, the ends of its sentences except the last, and its mentions."""

    def __init__(self, masked: str, ends: Sequence[int], mentions: Sequence[Mention]) -> None:
        self.masked = masked
        self.mentions = mentions
        self._sentence_ends = ends
        self._first = len(masked) - len(masked.lstrip())
        tokens = tokenize(masked, Mode.CONTEXT)
        self._forms = [token.form for token in tokens]
        self._starts = [token.start for token in tokens]
        self._ends = [token.end for token in tokens]
        cues = [token for token in tokens if token.form in VERBS]
        self.cues = [(token.start, token.end) for token in cues]
        self._cue_forms = [token.form for token in cues]
        self._cue_starts = [token.start for token in cues]
        self._mention_starts = [mention.start for mention in mentions]
        self._quoted = [match.span() for match in _MASKED.finditer(masked)]
        self._contexts: dict[int, MentionContext] = {}

    @cached_property
    def _cues_before(self) -> list[int]:
        return _sums(form in VERBS for form in self._forms)

    @cached_property
    def _letters_before(self) -> list[int]:
        return _sums(not form.isdigit() for form in self._forms)

    @cached_property
    def _people_before(self) -> list[int]:
        return _sums(mention.kind in _PEOPLE for mention in self.mentions)

    @cached_property
    def _names_before(self) -> list[int]:
        return _sums(mention.kind != "nominal" for mention in self.mentions)

    def sentence(self, offset: int) -> int:
        """The index of the sentence at an offset."""
        return bisect_right(self._sentence_ends, offset)

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """The span of a sentence, by its index; of the last for any greater index."""
        ends = self._sentence_ends
        sentence = min(sentence, len(ends))
        start = ends[sentence - 1] if sentence else 0
        return start, ends[sentence] if sentence < len(ends) else len(self.masked)

    def words(self, start: int, end: int) -> list[str]:
        """The words between two offsets; of a word that `start` divides, the rest."""
        first, last = self._word_range(start, end)
        return self._divided(start, end) + self._forms[first:last]

    def word_count(self, start: int, end: int) -> int:
        first, last = self._word_range(start, end)
        return len(self._divided(start, end)) + last - first

    def cue_count(self, start: int, end: int) -> int:
        """The number of verbs of saying between two offsets."""
        first, last = self._word_range(start, end)
        return self._cues_before[last] - self._cues_before[first]

    def has_letters(self, start: int, end: int) -> bool:
        first, last = self._word_range(start, end)
        return self._letters_before[last] > self._letters_before[first]

    def _word_range(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_left(self._starts, start)
        return first, max(first, bisect_left(self._starts, end, first))

    def _divided(self, start: int, end: int) -> list[str]:
        before = bisect_left(self._starts, start) - 1
        if before < 0 or self._ends[before] <= start:
            return []
        return words(self.masked[start : min(end, self._ends[before])], Mode.CONTEXT)

    def cues_within(self, start: int, end: int) -> list[str]:
        """The verbs of saying between two offsets."""
        return self._cue_forms[
            bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)
        ]

    def cue_before(self, offset: int) -> tuple[int, int] | None:
        """The span of the last cue before an offset."""
        index = bisect_left(self._cue_starts, offset)
        return self.cues[index - 1] if index else None

    def cue_after(self, offset: int) -> tuple[int, int] | None:
        """The span of the first cue at or after an offset."""
        index = bisect_left(self._cue_starts, offset)
        return self.cues[index] if index < len(self.cues) else None

    def is_quoted_between(self, start: int, end: int) -> bool:
        """Whether there are quoted words between two offsets."""
        index = bisect_right(self._quoted, (start, len(self.masked))) - 1
        if end <= start:
            return False
        if index >= 0 and self._quoted[index][1] > start:
            return True
        return index + 1 < len(self._quoted) and self._quoted[index + 1][0] < end

    def mention_range(self, start: int, end: int) -> range:
        """The indexes of the mentions that begin between two offsets."""
        starts = self._mention_starts
        return range(bisect_left(starts, start), bisect_left(starts, end))

    def people_count(self, start: int, end: int) -> int:
        """The number of mentions of people, not as common nouns, between two offsets."""
        inside = self.mention_range(start, end)
        return max(0, self._people_before[inside.stop] - self._people_before[inside.start])

    def names_count(self, start: int, end: int) -> int:
        """The number of mentions other than common nouns between two offsets."""
        inside = self.mention_range(start, end)
        return max(0, self._names_before[inside.stop] - self._names_before[inside.start])

    def mention_context(self, index: int) -> MentionContext:
        """A mention, by its index, with the words around it."""
        context = self._contexts.get(index)
        if context is None:
            context = self._contexts[index] = self._read_around(self.mentions[index])
        return context

    def _read_around(self, mention: Mention) -> MentionContext:
        start = mention.start
        verb, apposed = verb_after(self.masked[mention.end : mention.end + _FOR_VERB])
        before = words(self.masked[max(0, start - _FOR_PRECEDING) : start], Mode.CONTEXT)
        sentence = self.sentence(start)
        return MentionContext(
            mention,
            "org" if mention.kind == "name" and _is_organisation(mention) else mention.kind,
            sentence,
            start <= self._first or sentence != self.sentence(max(start - 2, 0)),
            verb,
            apposed,
            before[-1] if before else "#",
            before[-2:] == ["according", "to"],
        )


class QuotationContext(NamedTuple):
    """A quotation in its first paragraph, with its span there.

    `number` is the paragraph's; `word_count` is of all paragraphs that the quotation spans.
    """

    paragraph: ParagraphContext
    number: int
    text: str
    start: int
    end: int
    word_count: int
    sentence: int
    # The span that is read for the quotation, and the part of its sentence in this span.
    window: tuple[int, int]
    sentence_span: tuple[int, int]
    # Whether the sentence has a verb of saying, and whether all its words are quoted.
    has_cue: bool
    is_alone: bool


def quotation_context(paragraph: ParagraphContext, parts: Sequence[Span]) -> QuotationContext:
    """The context of a quotation, given by its spans, in its first paragraph."""
    span = parts[0]
    sentence = paragraph.sentence(span.start)
    low, high = max(0, span.start - _NEAR), min(len(paragraph.masked), span.end + _NEAR)
    start, end = paragraph.sentence_span(sentence)
    sentence_span = max(start, low), min(end, high)
    return QuotationContext(
        paragraph,
        span.paragraph,
        span.text,
        span.start,
        span.end,
        sum(len(part.text.split()) for part in parts),
        sentence,
        (low, high),
        sentence_span,
        has_cue=paragraph.cue_count(*sentence_span) > 0,
        is_alone=not paragraph.has_letters(*sentence_span),
    )


class PreviousQuotation(NamedTuple):
    """The previous quotation: its end, and whether it is speech."""

    paragraph: int
    end: int
    is_speech: bool


class PreviousSpeech(NamedTuple):
    """The previous speech: its end, its speaker, and whether the text attributes it."""

    paragraph: int
    end: int
    explicit: bool
    speaker: str | None


def word_class(word: str) -> str:
    """The class of a word, for words too rare to have weights of their own."""
    if word in VERBS:
        return "cue"
    if word in AUXILIARIES:
        return "aux"
    if word in PREPOSITIONS:
        return "prep"
    if word in _CONJUNCTIONS:
        return word
    if word.endswith("ing"):
        return "ing"
    if word.endswith("ed"):
        return "ed"
    return "adv" if _ADVERB.match(word) else "w"


def verb_after(text: str) -> tuple[str, bool]:
    """The word after a mention, skipping adverbs and auxiliaries, and whether an apposition comes
    between. For a mention followed by punctuation, the sign; "#" at the end of the text.
    """
    apposition = _APPOSITION.match(text)
    rest = text[apposition.end() :] if apposition else text
    following = rest.lstrip()[:1]
    if not apposition and following in (",", ";", ":", ".", "(", "—", "–", "-", "”", '"'):
        return following, False
    following_words = words(rest[:80].split(QUOTED)[0], Mode.CONTEXT)
    for word in following_words[:4]:
        if word not in AUXILIARIES and not _ADVERB.match(word):
            return word, apposition is not None
    return (following_words[0] if following_words else "#"), apposition is not None


def _is_organisation(mention: Mention) -> bool:
    return mention.name.split()[-1].strip(".").lower() in ORGANISATIONS


def _sums(flags: Iterable[bool]) -> list[int]:
    """Prefix sums of the flags."""
    return list(accumulate(flags, initial=0))
