"""Attributes quotations: speech or not, the speaker, and the cue.

A model weighs the candidates for the speaker: a mention around the quotation, the speaker of the
previous speech, or no speaker. Its choice is resolved to the fullest name that the article has. The
speaker is None where the text does not name one, and where no candidate is probable enough: a wrong
name is worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.model.quotation import Quotation
from reader.quotes import model
from reader.quotes.candidates import ArticleContext, Candidate
from reader.quotes.clauses import Nobody, decided, is_place_of_publication
from reader.quotes.context import PreviousQuotation, PreviousSpeech, QuotationContext
from reader.quotes.foreign import is_foreign, sure_name
from reader.quotes.mentions import QUOTED
from reader.quotes.persons.antecedents import Antecedents
from reader.quotes.persons.names import PersonNames
from reader.quotes.persons.proper_names import OPENERS, proper_name
from reader.quotes.spans import LABEL
from reader.quotes.speech import is_name, is_urged, looks_like_name, of_speech
from reader.quotes.unmarked import block_quotations, turns
from reader.quotes.vocabulary import QUOTATIONS, VERBS

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.quotes.mentions import Mention
    from reader.quotes.spans import Span
    from reader.quotes.unmarked import BlockQuotation, Turn

# The least probability of speech and of a speaker: in the annotated articles half the names below
# the second are wrong.
_SPEECH = 0.5
_SURE = 0.35
# Quotations of at most this many words must be more probable: without an attribution, and in a
# sentence without a verb of saying, the more so if they look like names.
_SHORT = 3
_SHORT_UNATTRIBUTED = 0.8
_SHORT_WITHOUT_CUE = 0.7
_SHORT_LIKE_NAME = 0.85
# Quotations of an article that are attributed, the first; a long novel has as many. The others have
# no speaker, and are speech if they are not short: attributing one takes 0.2 to 0.5 ms.
_MOST = 3000
# Characters that are searched for a cue on the far side of its subject, and for "according to"
# before it.
_FAR = 120
_LEAD = 20

_PHRASES = QUOTATIONS.entries("cues", "phrases")
_BEFORE_SPEAKER = QUOTATIONS.entries("cues", "according")
# Of two verbs that begin alike the longer.
_CUE = re.compile(rf"\b(?:{'|'.join([*_PHRASES, *sorted(VERBS, key=lambda v: (-len(v), v))])})\b")
_ACCORDING = re.compile(
    "|".join(rf"\b{form}\b" for entry in _BEFORE_SPEAKER for form in (entry, entry.capitalize()))
)

_NAME = r"[^\W\d_a-z][\w.’'-]*"
_NAME_BEHIND_DASH = re.compile(
    rf"[”\"»’]\s*[―—–-]\s*({_NAME}(?:\s+(?:[a-z]{{2,3}}\s+)?{_NAME}){{1,3}}?)\s*(?=$|[“\"«]|[.,](?:\s|$))"
)


class _Attribution(NamedTuple):
    """The speaker, the text's words for the speaker, and the cue; None where the text has none.

    `explicit` is False where the speaker is that of the previous speech.
    """

    speaker: str | None = None
    words: str | None = None
    cue: str | None = None
    explicit: bool = False


_NONE = _Attribution()


def attribute(article: Article, quotations: Sequence[tuple[Span, ...]]) -> tuple[Quotation, ...]:
    """The quotations at the spans, each with its kind, its speaker and its cue."""
    marked = {span.paragraph for spans in quotations for span in spans}
    blocks, spoken = list(block_quotations(article, marked)), turns(article, marked)
    if not quotations and not blocks and not spoken:
        return ()
    attributor = _Attributor(article, quotations)
    found = [*attributor.attributed(), *attributor.of_blocks(blocks), *attributor.of_turns(spoken)]
    return tuple(sorted(found, key=lambda quotation: (quotation.paragraph, quotation.start)))


class _Attributor:
    """Attributes an article's quotations in order, keeping the previous speech."""

    def __init__(self, article: Article, quotations: Sequence[tuple[Span, ...]]) -> None:
        self._quotations = quotations
        self._names = PersonNames((p.text for p in article.paragraphs), article.title)
        self._context = ArticleContext(article, quotations, self._names)
        self._antecedents = Antecedents(self._context, self._names)
        self._weights = model.weights()
        self._is_foreign = is_foreign(paragraph.text for paragraph in article.paragraphs)
        self._previous_speech: PreviousSpeech | None = None
        self._previous: PreviousQuotation | None = None

    def attributed(self) -> Iterator[Quotation]:
        """The quotations in order."""
        for count, spans in enumerate(self._quotations):
            if count < _MOST and self._context.is_read(spans[0].paragraph):
                context = self._context.quotation(spans)
                attribution = self._attribution(context, spans[-1])
                self._remember(spans[-1], attribution)
            else:
                length = sum(len(span.text.split()) for span in spans)
                attribution = _NONE if length > _SHORT else None
            speaker, words, cue, _ = attribution or _NONE
            if self._is_foreign and speaker is not None:
                # Its verbs of saying are unknown, and what it capitalises.
                speaker = sure_name(speaker)
            yield Quotation(
                spans[0].paragraph,
                spans[0].start,
                spans[0].end,
                tuple(span.text for span in spans),
                "term" if attribution is None else "speech",
                speaker,
                cue,
                words,
            )

    def of_blocks(self, blocks: Sequence[BlockQuotation]) -> Iterator[Quotation]:
        """Block quotations, which have the speaker of the clause that leads to them."""
        for paragraphs, lead, signature in blocks:
            attribution = _NONE
            if signature and (name := proper_name(signature)):
                attribution = _Attribution(self._names.fullest(name), signature)
            elif lead is not None and self._context.is_read(lead):
                attribution = self._by_lead(lead)
            texts = tuple(paragraph.text for paragraph in paragraphs)
            speaker, words, cue, _ = attribution
            number, end = paragraphs[0].number, len(texts[0])
            yield Quotation(number, 0, end, texts, "speech", speaker, cue, words)

    def _by_lead(self, number: int) -> _Attribution:
        """The attribution by the last sentence of a paragraph: the first mention with a cue."""
        paragraph = self._context.paragraph(number)
        end = len(paragraph.masked)
        start = paragraph.sentence_span(paragraph.sentence(end))[0]
        for index in paragraph.mention_range(start, end):
            context = paragraph.mention_context(index)
            if context.verb in VERBS or context.according:
                speaker = self._antecedents.name_of(context.mention, number, None)
                words = self._context.texts[number][context.mention.start : context.mention.end]
                return _Attribution(speaker, words, context.verb)
        return _NONE

    def of_turns(self, spoken: Sequence[Turn]) -> Iterator[Quotation]:
        """The turns of a transcript, each of the speaker that its label names."""
        for paragraph, start, label, name in spoken:
            full = self._names.fullest(name) if name else ""
            speaker = full if " " in full else name
            end, words = len(paragraph.text), (paragraph.text[start:],)
            number = paragraph.number
            yield Quotation(number, start, end, words, "speech", speaker, None, label)

    def _remember(self, last: Span, attribution: _Attribution | None) -> None:
        is_speech = attribution is not None
        self._previous = PreviousQuotation(last.paragraph, last.end, is_speech)
        if attribution is not None:
            self._previous_speech = PreviousSpeech(
                last.paragraph, last.end, attribution.explicit, attribution.speaker
            )

    def _attribution(self, quotation: QuotationContext, last: Span) -> _Attribution | None:
        """A quotation's attribution; None if it is not speech."""
        by_form = self._by_form(quotation, last)
        if by_form is not None:
            return by_form
        features = of_speech(quotation, self._previous)
        probability = model.probability(model.score(features, self._weights))
        if is_name(quotation):
            return None
        if is_urged(quotation):
            return self._by_model(quotation)
        if probability <= _SPEECH:
            return None
        attribution = self._by_model(quotation)
        return attribution if probability > _threshold(quotation, attribution) else None

    def _by_form(self, quotation: QuotationContext, last: Span) -> _Attribution | None:
        """The attribution by a special form: the label of a transcript inside the marks, or a name
        after a dash, as below a pull quotation.
        """
        label = LABEL.match(quotation.text)
        if label and label[1].lower() not in OPENERS:
            name = self._names.fullest(label[1].title())
            return _Attribution(name if " " in name else label[1], label[1], explicit=True)
        behind = _NAME_BEHIND_DASH.match(self._context.texts[last.paragraph], last.end)
        if behind and self._names.is_person(behind[1]):
            name = proper_name(behind[1])
            speaker = self._names.fullest(name) if name else None
            return _Attribution(speaker, behind[1], explicit=True)
        return None

    def _by_model(self, quotation: QuotationContext) -> _Attribution:
        """The attribution to the most probable candidate."""
        previous = self._previous_speech
        mentions = self._context.mentions(quotation.number)
        decision = decided(quotation, mentions, self._previous)
        if isinstance(decision, Nobody):
            return _NONE
        if decision is not None:
            candidate = Candidate((), decision, quotation.number)
            return self._to(candidate, decision, quotation, previous)
        candidates = list(self._context.candidates(quotation, previous))
        scores = [model.score(candidate.features, self._weights) for candidate in candidates]
        shares = model.shares(scores)
        best = max(range(len(shares)), key=shares.__getitem__)
        chosen, is_sure = candidates[best], shares[best] >= _SURE
        if chosen.is_previous:
            return _Attribution(previous.speaker if previous and is_sure else None)
        if chosen.mention is None:
            return _NONE
        return self._to(chosen, chosen.mention, quotation, previous, is_sure)

    def _to(
        self,
        chosen: Candidate,
        mention: Mention,
        quotation: QuotationContext,
        previous: PreviousSpeech | None,
        is_sure: bool = True,
    ) -> _Attribution:
        """The attribution to a candidate's mention; without a name unless it `is_sure`."""
        number = chosen.paragraph
        if is_place_of_publication(self._context.masked(number), mention):
            return _NONE
        speaker = self._antecedents.name_of(mention, number, previous) if is_sure else None
        words = self._context.texts[number][mention.start : mention.end]
        return _Attribution(speaker, words, self._cue(quotation, chosen, mention), explicit=True)

    def _cue(self, quotation: QuotationContext, chosen: Candidate, mention: Mention) -> str | None:
        """The text's cue for the attribution."""
        masked = self._context.masked(chosen.paragraph)
        lead = masked[max(0, mention.start - _LEAD) : mention.start]
        if according := list(_ACCORDING.finditer(lead)):
            return according[-1][0]
        behind = masked[mention.end : mention.end + _FAR]
        if chosen.paragraph != quotation.number:
            areas = [masked[mention.end :]]
        elif mention.start >= quotation.end:
            areas = [masked[quotation.end + 1 : mention.start], behind]
        else:
            after = quotation.end + 1
            areas = [masked[mention.end : quotation.start - 1], masked[after : after + _FAR]]
        for area in areas:
            match = _CUE.search(area.split(QUOTED)[0])
            if match:
                return match[0]
        return None


def _threshold(quotation: QuotationContext, attribution: _Attribution) -> float:
    """The probability above which a quotation is speech."""
    if quotation.word_count > _SHORT:
        return _SPEECH
    threshold = _SHORT_UNATTRIBUTED if attribution == _NONE else _SPEECH
    if not quotation.has_cue:
        like_name = looks_like_name(quotation.text)
        threshold = max(threshold, _SHORT_LIKE_NAME if like_name else _SHORT_WITHOUT_CUE)
    return threshold
