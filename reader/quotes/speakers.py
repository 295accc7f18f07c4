"""Says of each quotation whether somebody said it, who, and by which word the text gives it.

A model weighs who may be the source: a mention around the quotation, the speaker of the one before,
or nobody. Its choice is resolved to the fullest name that the article has. A speaker that the text
does not name stays None, and so does one that is not probable enough: a wrong name is worse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.model.article import Article, Quotation
from reader.quotes import features, model
from reader.quotes.cues import ACCORDING, CUE
from reader.quotes.features import Before, Last, Place
from reader.quotes.mentions import QUOTED, Mention, proper_name
from reader.quotes.names import Names
from reader.quotes.reading import Candidate, Reading
from reader.quotes.spans import LABEL

if TYPE_CHECKING:
    from reader.quotes.spans import Span

# Below these probabilities nothing is said: of the annotated articles half the names given below
# the second are wrong.
_SPEECH = 0.5
_SURE = 0.35
# A few words, so many at most, without a source are speech only if the model is surer than that.
_SPEECH_OF_NOBODY = 0.8
_FEW = 3
# So are a few in a sentence without a verb of saying, the more so if they look like a name.
_SPEECH_UNCUED = 0.7
_SPEECH_NAMED = 0.85
# Characters of a paragraph that are searched for a cue on the far side of its subject.
_FAR = 120
# Mentions of a paragraph that "he" or "she" is looked for among.
_MOST = 50


_NAME = r"[^\W\d_a-z][\w.’'-]*"
_BEHIND_DASH = re.compile(
    rf"[”\"»’]\s*[―—–-]\s*({_NAME}(?:\s+(?:[a-z]{{2,3}}\s+)?{_NAME}){{1,3}}?)\s*(?=$|[“\"«]|[.,](?:\s|$))"
)


class _Source(NamedTuple):
    """Where a quotation's words come from, as far as the text tells."""

    speaker: str | None = None
    words: str | None = None
    cue: str | None = None
    explicit: bool = False


def attribute(article: Article, spans: Sequence[tuple[Span, ...]]) -> tuple[Quotation, ...]:
    """The quotations at the spans, each with its kind, its speaker and its cue."""
    if not spans:
        return ()
    return tuple(_Attribution(article, spans).quotes())


class _Attribution:
    """Reads an article from its beginning, and remembers who spoke last."""

    def __init__(self, article: Article, spans: Sequence[tuple[Span, ...]]) -> None:
        self._spans = spans
        self._texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
        self._names = Names(self._texts.values(), article.title)
        self._reading = Reading(article, spans, self._names)
        self._weights = model.weights()
        self._before: Before | None = None
        self._last: Last | None = None

    def quotes(self) -> Sequence[Quotation]:
        return [self._quote(parts) for parts in self._spans]

    def _quote(self, parts: tuple[Span, ...]) -> Quotation:
        place = self._reading.place(parts)
        form = features.of_speech(place, self._reading.is_alone(place), self._last)
        probability = model.probability(model.score(form, self._weights))
        told = self._told(place, parts[-1])
        may_be = told is not None or (probability > _SPEECH and not features.is_name(place))
        source = told or (self._source(place) if may_be else _Source())
        needed = _SPEECH_OF_NOBODY if source == _Source() and place.words <= _FEW else _SPEECH
        if place.words <= _FEW and not features.has_cue(place):
            named = features.looks_like_name(place.text)
            needed = max(needed, _SPEECH_NAMED if named else _SPEECH_UNCUED)
        is_speech = told is not None or (may_be and probability > needed)
        source = source if is_speech else _Source()
        self._last = Last(parts[-1].paragraph, parts[-1].end, is_speech)
        if is_speech:
            last = parts[-1]
            self._before = Before(last.paragraph, last.end, source.explicit, source.speaker)
        return Quotation(
            parts[0].paragraph,
            parts[0].start,
            parts[0].end,
            tuple(part.text for part in parts),
            "speech" if is_speech else "term",
            source.speaker,
            source.cue,
            source.words,
        )

    def _told(self, place: Place, last: Span) -> _Source | None:
        """Who it is where that is told by form: the label of a transcript inside the marks, or a
        name behind a dash, as below a pull quotation.
        """
        label = LABEL.match(place.text)
        if label:
            name = self._names.fullest(label[1].title())
            return _Source(name if " " in name else label[1], label[1], explicit=True)
        behind = _BEHIND_DASH.match(self._texts[last.paragraph], last.end)
        if behind and self._names.is_person(behind[1]):
            name = proper_name(behind[1].split())
            return _Source(self._names.fullest(name) if name else None, behind[1], explicit=True)
        return None

    def _source(self, place: Place) -> _Source:
        candidates = list(self._reading.candidates(place, self._before))
        scores = [model.score(candidate.features, self._weights) for candidate in candidates]
        shares = model.shares(scores)
        best = max(range(len(shares)), key=shares.__getitem__)
        chosen = candidates[best]
        if chosen.is_before:
            sure = shares[best] >= _SURE and self._before is not None
            return _Source(self._before.speaker if sure and self._before else None)
        if chosen.mention is None:
            return _Source()
        mention = chosen.mention
        text = self._texts[chosen.paragraph]
        speaker = self._resolve(chosen, mention) if shares[best] >= _SURE else None
        words = text[mention.start : mention.end]
        return _Source(speaker, words, self._cue(place, chosen, mention), explicit=True)

    def _resolve(self, chosen: Candidate, mention: Mention) -> str | None:
        """The name of whom a mention means, if the article has it."""
        names = self._names
        if mention.kind == "name":
            said = self._texts[chosen.paragraph][mention.start : mention.end]
            pronoun = "he" if said.startswith("Mr.") else None
            pronoun = "she" if said.startswith(("Mrs.", "Ms.", "Miss ")) else pronoun
            return names.fullest(mention.name, pronoun)
        if mention.kind in ("description", "nominal"):
            apposed = self._apposed(chosen.paragraph, mention)
            return names.fullest(apposed.name) if apposed else mention.name or None
        if mention.kind in ("he", "she"):
            return self._meant(mention.kind, chosen.paragraph, mention.start)
        if mention.kind == "who":
            inside = self._reading.paragraph(chosen.paragraph).mentions
            last = bisect_left(inside, mention.start, key=attrgetter("start"))
            some = inside[max(0, last - _MOST) : last]
            earlier = [m for m in some if m.end <= mention.start and m.kind == "name"]
            return names.fullest(earlier[-1].name) if earlier else None
        return None

    def _apposed(self, number: int, mention: Mention) -> Mention | None:
        """The name that stands beside what somebody is: "her campaign manager, Robby Mook"."""
        paragraph = self._reading.paragraph(number)
        following = bisect_left(paragraph.mentions, mention.end, key=attrgetter("start"))
        other = next(iter(paragraph.mentions[following : following + 1]), None)
        if other is None or other.kind != "name" or not self._names.is_person(other.name):
            return None
        between = paragraph.masked[mention.end : other.start]
        return other if between in (", ", " ") else None

    def _meant(self, pronoun: str, number: int, place: int) -> str | None:
        """Whom "he" or "she" means: the last who fits of those that the text spoke of as somebody
        does something, and who spoke.
        """
        paragraph = self._reading.paragraph(number)
        sentence = paragraph.sentence(place)
        start = paragraph.bounds[sentence - 1] if sentence else 0
        last = bisect_left(paragraph.mentions, place, key=attrgetter("start"))
        own = paragraph.mentions[max(0, last - _MOST) : last]
        for mention in [m for m in own if m.start >= start] + [m for m in own if m.start < start]:
            name = self._person(mention, pronoun)
            if name:
                return name
        before = self._before
        near = before is not None and before.paragraph >= number - 1
        if before and before.speaker and near and self._names.fits(before.speaker, pronoun):
            return before.speaker
        for earlier in range(number - 1, max(number - 4, 0), -1):
            if earlier not in self._texts:
                break
            for mention in self._reading.paragraph(earlier).mentions[:_MOST]:
                name = self._person(mention, pronoun)
                if name:
                    return name
        if before and before.speaker and self._names.fits(before.speaker, pronoun):
            return before.speaker
        return None

    def _person(self, mention: Mention, pronoun: str) -> str | None:
        if mention.kind != "name" or mention.possessive or not self._names.is_person(mention.name):
            return None
        name = self._names.fullest(mention.name, pronoun)
        return name if self._names.fits(name, pronoun) else None

    def _cue(self, place: Place, chosen: Candidate, mention: Mention) -> str | None:
        """The word or words by which the text gives the quotation to its source."""
        masked = self._reading.paragraph(chosen.paragraph).masked
        first, last = place.start + place.offset, place.end + place.offset
        lead = masked[max(0, mention.start - 20) : mention.start]
        if according := list(ACCORDING.finditer(lead)):
            return according[-1][0]
        behind = mention.end
        if chosen.paragraph != place.number:
            areas = [masked[behind:]]
        elif mention.start >= last:
            areas = [masked[last + 1 : mention.start], masked[behind : behind + _FAR]]
        else:
            areas = [masked[behind : first - 1], masked[last + 1 : last + 1 + _FAR]]
        for area in areas:
            match = CUE.search(area.split(QUOTED)[0])
            if match:
                return match[0]
        return None
