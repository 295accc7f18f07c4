"""Says of each quotation whether somebody said it, who, and by which word the text gives it.

A model weighs who may be the source: a mention around the quotation, the speaker of the one before,
or nobody. Its choice is resolved to the fullest name that the article has. A speaker that the text
does not name stays None, and so does one that is not probable enough: a wrong name is worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.article import Article, Quote
from reader.quotes import features, model
from reader.quotes.cues import ACCORDING, CUE
from reader.quotes.features import Before, Place
from reader.quotes.mentions import QUOTED, Mention
from reader.quotes.names import Names
from reader.quotes.reading import Candidate, Reading

if TYPE_CHECKING:
    from reader.quotes.spans import Span

# Below these probabilities nothing is said: of the annotated articles half the names given below
# the second are wrong.
_SPEECH = 0.5
_SURE = 0.4
# Characters of a paragraph that are searched for a cue on the far side of its subject.
_FAR = 120


class _Source(NamedTuple):
    """Where a quotation's words come from, as far as the text tells."""

    speaker: str | None = None
    words: str | None = None
    cue: str | None = None
    explicit: bool = False


def attribute(article: Article, spans: Sequence[tuple[Span, ...]]) -> tuple[Quote, ...]:
    """The quotations at the spans, each with its kind, its speaker and its cue."""
    if not spans:
        return ()
    return tuple(_Attribution(article, spans).quotes())


class _Attribution:
    """Reads an article from its beginning, and remembers who spoke last."""

    def __init__(self, article: Article, spans: Sequence[tuple[Span, ...]]) -> None:
        self._spans = spans
        self._texts = {paragraph.number: paragraph.text for paragraph in article.paragraphs}
        self._reading = Reading(article, spans)
        self._names = Names(self._texts.values())
        self._weights = model.weights()
        self._before: Before | None = None

    def quotes(self) -> Sequence[Quote]:
        return [self._quote(parts) for parts in self._spans]

    def _quote(self, parts: tuple[Span, ...]) -> Quote:
        place = self._reading.place(parts)
        paragraph = self._reading.paragraph(place.paragraph)
        told = features.of_speech(place, paragraph, self._reading.is_alone(place))
        is_speech = model.probability(model.score(told, self._weights)) > _SPEECH
        source = self._source(place) if is_speech else _Source()
        if is_speech:
            last = parts[-1]
            self._before = Before(last.paragraph, last.end, source.explicit, source.speaker)
        return Quote(
            place.paragraph,
            place.start,
            place.end,
            tuple(part.text for part in parts),
            "speech" if is_speech else "term",
            source.speaker,
            source.cue,
            source.words,
        )

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
        if mention.kind == "description":
            return mention.name
        if mention.kind in ("he", "she"):
            return self._meant(mention.kind, chosen.paragraph, mention.start)
        if mention.kind == "who":
            inside = self._reading.paragraph(chosen.paragraph).mentions
            earlier = [m for m in inside if m.end <= mention.start and m.kind == "name"]
            return names.fullest(earlier[-1].name) if earlier else None
        return None

    def _meant(self, pronoun: str, number: int, place: int) -> str | None:
        """Whom "he" or "she" means: the last who fits of those that the text spoke of as somebody
        does something, and who spoke.
        """
        paragraph = self._reading.paragraph(number)
        start = max((b for b in paragraph.bounds if b <= place), default=0)
        own = [m for m in paragraph.mentions if m.start < place]
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
            for mention in self._reading.paragraph(earlier).mentions:
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
        lead = masked[max(0, mention.start - 20) : mention.start]
        if according := list(ACCORDING.finditer(lead)):
            return according[-1][0]
        if chosen.paragraph != place.paragraph:
            areas = [masked[mention.end :]]
        elif mention.start >= place.end:
            areas = [masked[place.end + 1 : mention.start], masked[mention.end :][:_FAR]]
        else:
            areas = [masked[mention.end : place.start - 1], masked[place.end + 1 :][:_FAR]]
        for area in areas:
            match = CUE.search(area.split(QUOTED)[0])
            if match:
                return match[0]
        return None
