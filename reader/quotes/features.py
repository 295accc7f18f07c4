"""What can be told of a quotation and of who may be its source: the features of the model.

A feature is a short text; the model has a weight for each that it met in training. Those of a
candidate begin with where it stands: A after the quotation, B before it, C before a colon that
ends the paragraph before, P for the speaker of the quotation before, N for nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.quotes.cues import VERBS
from reader.quotes.mentions import QUOTED, Mention
from reader.quotes.vocabulary import ORGANISATIONS, QUOTATIONS

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
_APPOSITION = re.compile(rf"\s*,(?!\s*{QUOTED})[^;:.!?“”\"{QUOTED}]{{1,160}}?,\s*")
_ADVERB = re.compile(r"(?:\w+ly|also|then|later|further|once|again|even|still|first|never|now)$")
_AUXILIARIES = QUOTATIONS.words("function_words", "auxiliaries")
_PREPOSITIONS = QUOTATIONS.words("function_words", "prepositions")
_CONJUNCTIONS = QUOTATIONS.words("function_words", "conjunctions")
# Characters of a paragraph that is read whole for each of its quotations; of a longer one, what is
# read on each side.
_LONG = 2500
_NEAR = 1000


class Paragraph(NamedTuple):
    """A paragraph as the features need it, its quoted words masked: where its sentences begin (but
    for the first), its mentions, and where its cues start and end.
    """

    masked: str
    bounds: Sequence[int]
    mentions: Sequence[Mention]
    cues: Sequence[tuple[int, int]]

    def sentence(self, place: int) -> int:
        """The number of the sentence that a character is in, counted from 0."""
        return bisect_right(self.bounds, place)

    def around(self, start: int, end: int) -> tuple[Paragraph, int]:
        """What is near a passage of a long paragraph, and how many characters were cut off before:
        the time that a quotation takes must not grow with its paragraph.
        """
        if len(self.masked) <= _LONG:
            return self, 0
        low, high = max(0, start - _NEAR), min(len(self.masked), end + _NEAR)
        bounds = self.bounds[bisect_right(self.bounds, low) : bisect_right(self.bounds, high)]
        first = bisect_left(self.mentions, low, key=_start_of)
        last = bisect_left(self.mentions, high, key=_start_of)
        mentions = [
            mention._replace(start=mention.start - low, end=mention.end - low)
            for mention in self.mentions[first:last]
            if mention.end <= high
        ]
        cues = self.cues[bisect_left(self.cues, (low, 0)) : bisect_left(self.cues, (high, 0))]
        return (
            Paragraph(
                self.masked[low:high],
                [bound - low for bound in bounds],
                mentions,
                [(a - low, b - low) for a, b in cues],
            ),
            low,
        )


def _start_of(mention: Mention) -> int:
    return mention.start


class Place(NamedTuple):
    """A quotation in what is near it of its paragraph: `start` and `end` are characters of that,
    `offset` is how many were cut off before. `number` is the paragraph's.
    """

    paragraph: Paragraph
    number: int
    offset: int
    text: str
    start: int
    end: int
    words: int
    sentence: int

    @property
    def masked(self) -> str:
        return self.paragraph.masked


class Before(NamedTuple):
    """The quotation before: where it ends, and how its speaker was found."""

    paragraph: int
    end: int
    explicit: bool
    speaker: str | None


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def bucket(number: int) -> str:
    for limit in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if number <= limit:
            return str(limit)
    return "more"


def _class(word: str) -> str:
    """What sort of word it is, for words that are too many to learn one by one."""
    if word in VERBS:
        return "cue"
    if word in _AUXILIARIES:
        return "aux"
    if word in _PREPOSITIONS:
        return "prep"
    if word in _CONJUNCTIONS:
        return word
    if word.endswith("ing"):
        return "ing"
    if word.endswith("ed"):
        return "ed"
    if _ADVERB.match(word):
        return "adv"
    return "w"


def verb_after(text: str) -> tuple[str, bool]:
    """The word that follows a mention, adverbs and auxiliaries aside, and whether an apposition
    stands between.
    """
    apposed = _APPOSITION.match(text)
    rest = text[apposed.end() :] if apposed else text
    if not apposed and rest.lstrip()[:1] in (",", ";", ":", ".", "(", "—", "–", "-", "”", '"'):
        return rest.lstrip()[:1], False
    words = words_of(rest[:80].split(QUOTED)[0])
    for word in words[:4]:
        if word not in _AUXILIARIES and not _ADVERB.match(word):
            return word, apposed is not None
    return (words[0] if words else "#"), apposed is not None


def of_cue(place: Place, mention: Mention) -> Iterator[str]:
    """The features of where a mention stands to the nearest cues of the quotation's sentence."""
    paragraph = place.paragraph
    cues = paragraph.cues
    middle = bisect_left(cues, (place.start, 0))
    before = cues[middle - 1 : middle] if middle else ()
    after = cues[bisect_left(cues, (place.end, 0)) :][:1]
    if before and paragraph.sentence(before[-1][0]) == place.sentence:
        yield from _to_cue("F", before[-1], place, mention)
    else:
        yield "F-"
    if after and paragraph.sentence(after[0][0]) == place.sentence:
        yield from _to_cue("G", after[0], place, mention)
    else:
        yield "G-"


def _to_cue(side: str, cue: tuple[int, int], place: Place, mention: Mention) -> Iterator[str]:
    paragraph = place.paragraph
    start, end = cue
    if mention.end <= start:
        low, high, where = mention.end, start, "<"
    else:
        low, high, where = end, mention.start, ">"
    words = len(words_of(place.masked[low:high].replace(QUOTED, " ")))
    between = sum(low <= m.start < high and m.kind != "nominal" for m in paragraph.mentions)
    quoted = QUOTED in place.masked[low:high]
    to_quote = min(abs(place.start - end), abs(start - place.end))
    near = "0" if to_quote < 4 else "1" if to_quote < 20 else "2" if to_quote < 60 else "3"
    key = f"{side}{where}"
    yield f"{key}{min(between, 2)}|{quoted:d}"
    yield f"{key}{min(between, 2)}|{quoted:d}|{bucket(words)}"
    yield f"{key}{min(between, 2)}|{quoted:d}|{near}"
    yield f"{key}{min(between, 2)}|{mention.kind}"
    verb = place.masked[start:end].lower()
    yield f"{key}{between == 0}|{verb}"
    yield f"{key}{between == 0}|{words == 0}|{near}|{mention.possessive:d}"
    stop = next((b for b in paragraph.bounds if b > start), len(place.masked))
    rest = words_of(place.masked[max(end, mention.end) : stop].replace(QUOTED, " "))
    yield f"{key}{between == 0}|{words == 0}|e{bucket(len(rest))}"


def of_mention(place: Place, mention: Mention, others: int, known: Sequence[str]) -> Iterator[str]:
    """The features of a mention in the quotation's own paragraph."""
    paragraph = place.paragraph
    yield from of_cue(place, mention)
    masked = place.masked
    after = mention.start >= place.end
    side = "A" if after else "B"
    gap = masked[place.end + 1 : mention.start] if after else masked[mention.end : place.start - 1]
    words = words_of(gap.replace(QUOTED, " "))
    sentences = abs(paragraph.sentence(mention.start) - place.sentence)
    kind = mention.kind if mention.kind != "name" or not _is_organisation(mention) else "org"
    quoted = QUOTED in gap
    ends = place.text[-1] if place.text[-1] in ",.?!…—-" else "w"
    verb, apposed = verb_after(masked[mention.end : mention.end + 200])
    cue = _class(verb)
    before = words_of(masked[max(0, mention.start - 30) : mention.start])
    last = before[-1] if before else "#"
    s = min(sentences, 2)
    cues = sum(word in VERBS for word in words)
    near = "0" if len(words) == 0 else "1" if len(words) < 3 else "2" if len(words) < 7 else "3"
    yield f"{side}k={kind}"
    yield f"{side}n={bucket(len(words))}"
    yield f"{side}s={s}"
    yield f"{side}q={quoted}"
    yield f"{side}o={min(others, 4)}"
    yield f"{side}v={verb}"
    yield f"{side}vc={cue}{apposed:d}"
    yield f"{side}vc={cue}{apposed:d}|{s}|{quoted:d}"
    yield f"{side}p={last if last in _PREPOSITIONS else _class(last)}"
    yield f"{side}pos={mention.possessive:d}"
    yield f"{side}c={min(cues, 2)}|{s}|{quoted:d}"
    yield f"{side}e={ends}|{near}|{s}"
    yield f"{side}k={kind}|{cue}"
    yield f"{side}k={kind}|{s}|{quoted:d}"
    yield f"{side}k={kind}|o={min(others, 2)}"
    if last == "to" and before[-2:-1] == ["according"]:
        yield f"{side}acc|{s}"
    if after:
        start = gap.lstrip()[:1]
        start = start if start in (",", ".", ";", "(", "—", ":") else "w" if start else "#"
        yield f"Ag={start}|{s}"
        if len(words) <= 4:
            yield f"Aw={' '.join(words)}" if len(words) <= 2 else f"Aw1={words[0]}"
        if words:
            yield f"Al={words[-1]}"
            yield f"Alc={_class(words[-1])}|{ends}|{s}"
            inverted = re.search(r",\s*\w+\s*$", gap) is not None
            yield f"Alx={_class(words[-1])}|{inverted}|{s}|{quoted:d}"
            yield f"Afc={_class(words[0])}|{near}"
            inverted = all(_class(w) in ("cue", "aux", "adv") for w in words)
            yield f"Ai={inverted}|{ends}"
        else:
            yield f"A0|{cue}|{ends}"
            yield f"A0|{start}|{cue}|{ends}"
    else:
        tail = gap.rstrip()[-1:]
        tail = tail if tail in (",", ":", "—", "–", "(", ".") else "w" if tail else "#"
        yield f"Bt={tail}|{s}"
        yield f"Bt={tail}|{cue}|{s}"
        yield f"Bt={tail}|{cue}|{near}|{others == 0}"
        if words:
            yield f"Bl={words[-1]}|{s}"
            yield f"Bf={words[0]}|{s}"
            if len(words) <= 3:
                yield f"Bw={' '.join(words)}"
        opens = not masked[: mention.start].strip() or paragraph.sentence(
            mention.start
        ) != paragraph.sentence(max(mention.start - 2, 0))
        yield f"Bo={opens}|{s}|{cue}"
        yield f"Bo={opens}|{kind}|{s}"
        yield f"Bx={min(cues, 2)}|o={min(others, 3)}|{s}"
    for fact in known:
        yield f"{side}{fact}"
        yield f"{side}{fact}|{s}"


def of_colon(before: Paragraph, mention: Mention, others: int) -> Iterator[str]:
    """The features of a mention in the sentence before, which ends with a colon."""
    gap = before.masked[mention.end :]
    words = words_of(gap.replace(QUOTED, " "))
    verb, apposed = verb_after(gap)
    yield "C"
    yield f"Ck={mention.kind}"
    yield f"Cn={bucket(len(words))}"
    yield f"Cv={_class(verb)}{apposed:d}"
    yield f"Cv={verb}"
    yield f"Co={min(others, 3)}"
    yield f"Cpos={mention.possessive:d}"
    yield f"Cq={QUOTED in gap}"


def of_before(place: Place, before: Before | None, starts: bool, alone: bool) -> Iterator[str]:
    """The features of the speaker of the quotation before."""
    paragraph = place.paragraph
    yield "P"
    if before is None:
        yield "P0"
        return
    distance = min(place.number - before.paragraph, 3)
    yield f"Pd={distance}"
    yield f"Pe={before.explicit:d}|{distance}"
    yield f"Pn={before.speaker is None:d}"
    yield f"Pa={alone:d}|{distance}"
    yield f"Ps={starts:d}|{distance}|{alone:d}"
    here = [m for m in paragraph.mentions if paragraph.sentence(m.start) == place.sentence]
    people = sum(m.kind in ("name", "he", "she", "description") for m in here)
    yield f"Pm={min(people, 2)}|{distance}"
    cues = any(word in VERBS for word in words_of(own_sentence(place)))
    yield f"Pc={cues:d}|{min(people, 1)}|{distance}"
    yield f"Pl={bucket(place.words)}"
    if distance == 0:
        gap = place.masked[before.end + 1 : place.start - 1]
        words = words_of(gap)
        inside = [m for m in paragraph.mentions if before.end <= m.start < place.start]
        kinds = sorted({m.kind for m in inside if m.kind in ("name", "he", "she", "description")})
        yield f"Pg={bucket(len(words))}"
        yield f"Pg={bucket(len(words))}|{min(len(kinds), 1)}"
        yield f"Pk={','.join(kinds)}"
        if len(words) <= 3:
            yield f"Pw={' '.join(words)}"
        yield f"Pgs={min(place.sentence - paragraph.sentence(before.end), 2)}|{min(len(kinds), 1)}"


def of_nobody(place: Place, alone: bool) -> Iterator[str]:
    """The features of there being nobody."""
    paragraph = place.paragraph
    yield "N"
    yield f"Nl={bucket(place.words)}"
    yield f"Na={alone:d}"
    cues = any(word in VERBS for word in words_of(own_sentence(place)))
    yield f"Nc={cues:d}"
    here = [m for m in paragraph.mentions if paragraph.sentence(m.start) == place.sentence]
    yield f"Nm={min(len(here), 3)}"
    yield f"Nm={min(len(here), 3)}|{cues:d}"


class Last(NamedTuple):
    """The quotation before, speech or not: where it ends, and whether it is speech."""

    paragraph: int
    end: int
    is_speech: bool


def of_speech(place: Place, alone: bool, last: Last | None) -> Iterator[str]:
    """The features by which speech is told from names, titles and scare quotes."""
    paragraph = place.paragraph
    text, masked = place.text, place.masked
    words = text.split()
    lead = masked[max(0, place.start - 60) : place.start - 1]
    tail = masked[place.end + 1 : place.end + 60]
    before = words_of(lead.split(QUOTED)[-1])
    after = words_of(tail.split(QUOTED)[0])
    capitals = _capitals(words)
    ends = text[-1] if text[-1] in ",.?!…" else "w"
    share = "all" if capitals == len(words) else "most" if capitals * 2 > len(words) else "few"
    mark = lead.rstrip()[-1:]
    mark = mark if mark in (",", ":", "(", "—", "“", ".") else "w" if mark else "#"
    yield "S"
    yield f"Sl={bucket(len(words))}"
    yield f"Sl={bucket(len(words))}|{ends}"
    yield f"Se={ends}"
    yield f"Sm={mark}"
    yield f"Sm={mark}|{bucket(len(words))}"
    yield f"Sb={before[-1] if before else '#'}"
    yield f"Sb2={' '.join(before[-2:])}"
    yield f"Sbc={_class(before[-1]) if before else '#'}|{bucket(len(words))}"
    yield f"Sa={after[0] if after else '#'}"
    yield f"Sac={_class(after[0]) if after else '#'}|{ends}"
    yield f"Sac={_class(after[0]) if after else '#'}|{ends}|{share}|{len(words) < 4:d}"
    first = "C" if words[0][:1].isupper() else "c"
    yield f"Sc={share}|{bucket(len(words))}"
    yield f"Sf={first}|{ends}"
    yield f"Salone={alone:d}|{bucket(len(words))}"
    sentence = own_sentence(place)
    inside = words_of(sentence)
    for word in set(inside):
        if word in VERBS:
            yield f"Sv={word}"
    cues = sum(word in VERBS for word in inside)
    yield f"Sv={min(cues, 2)}"
    yield f"Sv={min(cues, 2)}|{bucket(len(words))}"
    verbs = sum(w.lower().strip(",.?!") in _SPOKEN for w in words)
    yield f"Sw={min(verbs, 2)}"
    several = sentence.count('"') + sentence.count("“")
    yield f"Sq={min(several, 6)}"
    if last is not None and last.paragraph == place.number:
        gap = words_of(masked[last.end + 1 : place.start - 1])
        if len(gap) <= 2:
            yield f"Sx={last.is_speech:d}|{' '.join(gap)}"
            yield f"Sx={last.is_speech:d}|{share}|{bucket(len(words))}"
        yield f"Sxs={last.is_speech:d}|{paragraph.sentence(last.end) == place.sentence:d}"
    titled = share == "all" and ends == "w"
    yield f"St={titled:d}|{_class(before[-1]) if before else '#'}"
    yield f"St={titled:d}|{_class(after[0]) if after else '#'}|{len(words) < 4:d}"
    if len(words) == 1:
        yield f"S1={words[0].lower().strip(',.?!')}"


# Small words in names and titles: "Committee of Return".
_SMALL = QUOTATIONS.words("function_words", "small in titles")
_NAMING = re.compile(
    r"\b(?:known as|so-called|(?:en)?titled|(?:nick)?named|"
    r"call(?:s|ed|ing)? (?:itself|themselves|himself|herself))(?: (?:the|an?))?\s*.$"
)


def is_name(place: Place) -> bool:
    """Whether the text says of the quoted words that something is called so, and they look it."""
    before = place.masked[max(0, place.start - _NAMING_WITHIN) : place.start]
    return looks_like_name(place.text) and _NAMING.search(before) is not None


_NAMING_WITHIN = 40


def looks_like_name(text: str) -> bool:
    """Whether all the words are capitalised, small ones aside."""
    words = text.split()
    return _capitals(words) == len(words)


def _capitals(words: Sequence[str]) -> int:
    """How many words are capitalised, small ones behind the first with them."""
    if not words[0][:1].isupper():
        return sum(word[:1].isupper() for word in words)
    return sum(word[:1].isupper() or word in _SMALL for word in words)


_SPOKEN = QUOTATIONS.words("function_words", "spoken")


def has_cue(place: Place) -> bool:
    """Whether a quotation's sentence has a verb of saying."""
    return any(word in VERBS for word in words_of(own_sentence(place)))


def own_sentence(place: Place) -> str:
    """The words around a quotation in its sentence, all quotations left out."""
    at = place.sentence
    bounds = place.paragraph.bounds
    start = bounds[at - 1] if at else 0
    end = bounds[at] if at < len(bounds) else len(place.masked)
    return place.masked[start:end].replace(QUOTED, " ")


def _is_organisation(mention: Mention) -> bool:
    return mention.name.split()[-1].strip(".").lower() in ORGANISATIONS
