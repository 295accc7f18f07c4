"""Says of each quotation whether somebody said it, who, and by which word the text gives it.

The rules read the sentence that a quotation stands in: the nearest cue ("said") and its subject.
A quotation without a cue of its own goes on with the speaker of the one before. A speaker that the
text does not name stays None: a wrong name is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.article import Article, Quote
from reader.quotes.cues import ACCORDING, BEFORE_VERB, CUE
from reader.quotes.names import Names, find_names

if TYPE_CHECKING:
    from reader.quotes.spans import Span

# Marks the place of quoted words in a paragraph, so that rules for the text around them never
# read the quotation itself. A private-use character: no article's text needs it.
_QUOTED = "\ue000"
# From this many words on, marked words with no cue near are taken for speech. Of the marked
# passages of the PolNeAR training articles with five words or more, 96 % are.
_SPEECH_WORDS = 5

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Gov|Rep|Reps|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Jr|Sr|Jan|Feb|"
    r"Aug|Sept|Oct|Nov|Dec|No|vs|Inc|Corp|Co|Ltd|D|R|I|Va|Pa|Fla|Calif|Mass|Ind|Ill|Mich|Ohio|Wis|"
    r"Ariz|Ky|Ga|Ala|Tex)|\b[A-Z])\.$"
)
_BOUNDARY = re.compile(r"""[.!?][”"’')\]]*(?=\s+["“„«‘'(\[]?[A-Z\d“"\ue000])""")
# After these, capitalised words in marks are what a thing is called, not what somebody said.
_NAMING = re.compile(r"(?:call|label|refer|describ|cit|report|read)", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"\s+[\"“A-Z]")
_CLAUSE_AFTER = re.compile(r"\s+[^.!?\ue000]{0,60}")
_HE_OR_SHE = re.compile(r"\b(?:he|she|He|She)\b")
# Characters between a pronoun and the verb that it is the subject of, at the most.
_FAR = 45
# Characters around a verb that are searched for its subject.
_CONTEXT = 400
# Cues on either side of a quotation that are weighed.
_MOST_CUES = 6


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue in a sentence: its words, its place, and whose it is (a name, "he", "she", or "")."""

    text: str
    start: int
    end: int
    subject: str


@dataclass(slots=True)
class _State:
    """What the reading so far has told: who spoke last and whom the text named last."""

    speaker: str | None = None
    paragraph: int = 0
    named: str | None = None
    colon: _Cue | None = None


def attribute(article: Article, spans: Sequence[tuple[Span, ...]]) -> tuple[Quote, ...]:
    """The quotations at the spans, each with its kind, its speaker and its cue."""
    names = Names([*(paragraph.text for paragraph in article.paragraphs), article.title])
    inside: dict[int, list[Span]] = {}
    for parts in spans:
        for span in parts:
            inside.setdefault(span.paragraph, []).append(span)
    quotes: dict[tuple[int, int], Quote] = {}
    heads = {(parts[0].paragraph, parts[0].start): parts for parts in spans}
    state = _State()
    for paragraph in article.paragraphs:
        here = inside.get(paragraph.number, [])
        masked = _mask(paragraph.text, here)
        told = _read_paragraph(masked, here, names, state)
        alone = _stands_alone(masked)
        for span in here:
            if (span.paragraph, span.start) not in heads:
                continue
            parts = heads[span.paragraph, span.start]
            cue, speaker = told.get(span.start, (None, None))
            if cue is None:
                # A sentence that is nothing but quoted words goes on with somebody's speech.
                is_speech = speaker is not None or _is_speech(parts, alone)
            else:
                is_speech = not (_NAMING.match(cue) and _is_title(span.text))
            kind = "speech" if is_speech else "term"
            if kind == "term":
                cue = speaker = None
            quotes[span.paragraph, span.start] = Quote(
                span.paragraph,
                span.start,
                span.end,
                tuple(part.text for part in parts),
                kind,
                speaker,
                cue,
            )
            if kind == "speech":
                state.speaker, state.paragraph = speaker, parts[-1].paragraph
    return tuple(quotes[parts[0].paragraph, parts[0].start] for parts in spans)


def _mask(text: str, spans: Sequence[Span]) -> str:
    pieces = []
    place = 0
    for span in spans:
        pieces += [text[place : span.start], _QUOTED * (span.end - span.start)]
        place = span.end
    return "".join(pieces) + text[place:]


def _is_speech(parts: Sequence[Span], alone: bool) -> bool:
    """Whether words without a cue are speech by their form: many words, or a sentence's end.

    `alone` is whether the paragraph has no words but quoted ones.
    """
    words = " ".join(part.text for part in parts).split()
    if len(words) >= _SPEECH_WORDS:
        return True
    span = parts[0]
    return (alone and len(words) > 1) or (
        len(words) > 2 and span.text[-1:] in ".!?" and span.start <= 1
    )


def _is_title(text: str) -> bool:
    """Whether a few words are a name or a title by their capitals: “Meet the Press”."""
    words = re.findall(r"\w[\w’'-]*", text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) <= 6 and capitals * 2 > len(words) and text[-1] not in ",.!?"


def _read_paragraph(
    masked: str, spans: Sequence[Span], names: Names, state: _State
) -> dict[int, tuple[str | None, str | None]]:
    """For each quotation of the paragraph, by its start: its cue and its speaker.

    `state` is moved to the paragraph's end.
    """
    told: dict[int, tuple[str | None, str | None]] = {}
    waiting: list[Span] = []
    starts = [span.start for span in spans]
    last: tuple[str | None, str | None] | None = None
    for start, end in _sentences(masked, spans):
        here = spans[bisect_left(starts, start) : bisect_left(starts, end)]
        alone = bool(here) and _stands_alone(masked[start:end])
        cues = _cues(masked, start, end) if here or masked[end - 1 : end] == ":" else []
        for span in here:
            cue = _nearest(cues, span, masked)
            cue = cue or (state.colon if span.start - start <= 1 else None)
            if cue is not None:
                speaker = _resolve(
                    cue.subject, masked[max(start, cue.start - _CONTEXT) : cue.start], names, state
                )
                last = told[span.start] = (cue.text, speaker)
                for earlier in waiting:
                    told[earlier.start] = (None, speaker)
                waiting.clear()
            elif not alone:
                heading = _heading_name(masked[start : span.start])
                speaker = _resolve(heading, "", names, state) if heading else None
                if speaker and len(span.text.split()) >= _SPEECH_WORDS:
                    told[span.start] = (None, speaker)
            elif alone:
                if last is not None:
                    told[span.start] = (None, last[1])
                else:
                    waiting.append(span)
        state.colon = None
        if masked[start:end].rstrip().endswith(":"):
            found = _cues(masked, start, end)
            state.colon = found[-1] if found else None
        mentioned = find_names(masked[start:end])
        if mentioned:  # the first is the likeliest to be meant by a "he" that follows
            state.named = names.fullest(mentioned[0][2])
    for span in waiting:  # nobody named in this paragraph: the speaker of the one before goes on
        if state.speaker and state.paragraph == span.paragraph - 1:
            told[span.start] = (None, state.speaker)
    return told


def _stands_alone(sentence: str) -> bool:
    """Whether a text is nothing but quoted words."""
    return not any(map(str.isalpha, sentence.replace(_QUOTED, "")))


def _sentences(masked: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The characters where each sentence starts and ends; a quotation is never divided.

    A quotation that ends as a sentence ends the sentence around it too, unless a cue follows:
    “Why?” Pence asked.
    """
    ends = []
    for match in _BOUNDARY.finditer(masked):
        if not _ABBREVIATION.search(masked, max(0, match.start() - 8), match.start() + 1):
            ends.append(match.end())
    for span in spans:
        after = span.end + 1
        if span.text[-1] in ".!?" and _NEW_SENTENCE.match(masked, after):
            follows = _CLAUSE_AFTER.match(masked, after)
            verb = CUE.search(follows[0]) if follows and span.text[-1] in "!?" else None
            if verb is None:
                ends.append(span.end + 1)
    bounds = sorted({0, *ends, len(masked)})
    return [(start, end) for start, end in pairwise(bounds) if start < end]


def _cues(masked: str, start: int, end: int) -> list[_Cue]:
    """The cues of a sentence with the subject of each, in order."""
    sentence = masked[start:end]
    found = []
    heading = _heading_name(sentence)
    for match in CUE.finditer(sentence):
        participle = match[0].endswith("ing")  # "…, saying": the sentence's subject says it
        subject = heading if participle else ""
        subject = subject or _subject(sentence, match.start(), match.end())
        found.append(_Cue(match[0], start + match.start(), start + match.end(), subject))
    for match in ACCORDING.finditer(sentence):
        named = find_names(sentence[match.end() : match.end() + 80])
        subject = named[0][2] if named and named[0][0] < 40 else ""
        found.append(_Cue(match[0], start + match.start(), start + match.end(), subject))
    return sorted(found, key=lambda cue: cue.start)


def _heading_name(sentence: str) -> str:
    """The name that a sentence begins with, its subject as a rule; "he" or "she"; or ""."""
    lead = sentence[:_CONTEXT].lstrip(" “\"”’'")
    pronoun = re.match(r"(He|She)\b", lead)
    if pronoun:
        return pronoun[1].lower()
    named = find_names(lead.split(_QUOTED)[0])
    if not named:
        return ""
    start, end, name = named[0]
    before = lead[:start].split()
    if len(before) > 4 or any(word.islower() and word not in ("of", "the") for word in before):
        return ""
    possessive = re.match(r"[’']s?\s", lead[end - 2 : end + 1]) or lead[end - 2 : end] in (
        "’s",
        "'s",
    )
    return "" if possessive else name


def _subject(sentence: str, start: int, end: int) -> str:
    """Whose the verb at the place is: a name, "he", "she", or "" for somebody not named."""
    before = BEFORE_VERB.sub("", sentence[max(0, start - _CONTEXT) : start])
    after = sentence[end : end + _CONTEXT]
    quoted_before = before.rstrip(" ,”\"’'»“").endswith(_QUOTED)
    if quoted_before or not before.strip():  # “…,” said Pence
        named = find_names(after[:90])
        clause = re.match(r"[^,.;:\ue000]*", after)
        if named and clause and named[0][0] <= max(clause.end(), 45):
            between = after[: named[0][0]].strip(" ,")
            if not between or len(between.split()) <= 8:
                return named[0][2]
        pronoun = re.match(r"\s*(he|she)\b", after)
        return pronoun[1] if pronoun else ""
    lead: str = re.split(r"[“”\"\ue000;:]+", before)[-1]
    pronouns = list(_HE_OR_SHE.finditer(lead))
    named = find_names(lead)
    nearest = pronouns and (not named or pronouns[-1].start() > named[-1][0])
    if nearest and len(lead.rstrip(" ,")) - pronouns[-1].end() <= _FAR:
        return pronouns[-1][0].lower()
    return _head(lead, named)


def _head(clause: str, named: list[tuple[int, int, str]]) -> str:
    """The name that heads the clause before a verb.

    The nearest name, unless it is within an apposition or a prepositional phrase that another
    name stands before: "Pence, speaking in Ohio, said".
    """
    for start, end, name in reversed(named):
        lead = clause[:start].rstrip()
        if re.search(
            r"(?:\b(?:in|at|on|of|to|for|from|with|by|near|against|about|over)(?: the)?)$", lead
        ):
            continue
        tail = clause[end:].strip()
        if re.match(r"(?:[’']s?\s)", clause[end - 2 : end + 2]):
            continue
        if tail and tail[0] not in ",(-–—" and len(tail.split()) > 6:
            continue
        return name
    return ""


def _nearest(cues: Sequence[_Cue], span: Span, masked: str) -> _Cue | None:
    """The cue that gives the quotation: one right after a comma before all, else the nearest."""
    best, least = None, 10_000
    place = bisect_left(cues, span.start, key=lambda cue: cue.start)
    for cue in cues[max(0, place - _MOST_CUES) : place + _MOST_CUES]:
        if cue.start >= span.end:
            distance = cue.start - span.end
            if span.text[-1:] in ",?!" and distance < 80:
                distance = -80 + distance
        else:
            distance = span.start - cue.end
            if masked[span.start - 3 : span.start - 1] in (", ", ": "):
                distance -= 40
        apart = slice(min(cue.end, span.end), max(cue.start, span.start))
        if apart.stop - apart.start > _CONTEXT or _QUOTED in masked[apart]:
            distance += 20
        if not cue.subject:
            distance += 30
        if distance < least:
            best, least = cue, distance
    return best


def _resolve(subject: str, before: str, names: Names, state: _State) -> str | None:
    """The full name of a cue's subject."""
    if subject in ("he", "she"):
        mentioned = find_names(before)
        if mentioned and state.speaker is None:
            return names.fullest(mentioned[0][2])
        return state.speaker or state.named
    return names.fullest(subject) if subject else None
