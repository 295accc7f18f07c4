"""Features of the candidates for the speaker of a quotation.

A feature is a short text; the model has a weight for each feature of the training set. The first
letter is the kind of candidate: A a mention after the quotation, B a mention before it, C a mention
before a colon that ends the paragraph before, P the speaker of the previous speech, N no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.quotes.context import (
    PREPOSITIONS,
    MentionContext,
    ParagraphContext,
    PreviousSpeech,
    QuotationContext,
    verb_after,
    word_class,
)

if TYPE_CHECKING:
    from reader.quotes.mentions import Mention

_BEHIND_COMMA = re.compile(r",\s*\w+\s*$")


def bucket(count: int) -> str:
    """A count in buckets that widen as it grows."""
    for limit in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if count <= limit:
            return str(limit)
    return "more"


class _Gap(NamedTuple):
    """The text between a quotation and a mention.

    `sentences` is the distance in sentences, at most 2; `cues` counts verbs of saying, at most 2;
    `near` is the distance in words on a scale from 0 to 3.
    """

    after: bool
    text: str
    words: list[str]
    sentences: int
    quoted: bool
    cues: int
    near: str
    # The quotation's last character, "w" for any but punctuation.
    ending: str


def of_mention(
    quotation: QuotationContext, context: MentionContext, nearer: int, facts: Sequence[str]
) -> Iterator[str]:
    """The features of a mention in the quotation's own paragraph.

    `nearer` is the number of names and pronouns between; `facts` are features of its referent.
    """
    yield from _of_cues(quotation, context.mention)
    gap = _gap(quotation, context)
    side = "A" if gap.after else "B"
    yield from _of_words_around(side, context, gap)
    yield from _of_gap(side, context.kind, nearer, gap)
    verb_class = word_class(context.verb)
    yield from (
        _of_gap_after(verb_class, gap)
        if gap.after
        else _of_gap_before(context, verb_class, nearer, gap)
    )
    for fact in facts:
        yield f"{side}{fact}"
        yield f"{side}{fact}|{gap.sentences}"


def _gap(quotation: QuotationContext, context: MentionContext) -> _Gap:
    paragraph, mention = quotation.paragraph, context.mention
    after = mention.start >= quotation.end
    if after:
        start, end = quotation.end + 1, mention.start
    else:
        start, end = mention.end, quotation.start - 1
    words = paragraph.words(start, end)
    count = len(words)
    last = quotation.text[-1]
    return _Gap(
        after,
        paragraph.masked[start:end],
        words,
        min(abs(context.sentence - quotation.sentence), 2),
        paragraph.is_quoted_between(start, end),
        min(paragraph.cue_count(start, end), 2),
        "0" if count == 0 else "1" if count < 3 else "2" if count < 7 else "3",
        last if last in ",.?!…—-" else "w",
    )


def _of_words_around(side: str, context: MentionContext, gap: _Gap) -> Iterator[str]:
    """The features of the verb after a mention and of the word before it."""
    verb_class = word_class(context.verb)
    preceding = context.preceding
    if preceding not in PREPOSITIONS:
        preceding = word_class(preceding)
    yield f"{side}v={context.verb}"
    yield f"{side}vc={verb_class}{context.apposed:d}"
    yield f"{side}vc={verb_class}{context.apposed:d}|{gap.sentences}|{gap.quoted:d}"
    yield f"{side}p={preceding}"
    yield f"{side}pos={context.mention.possessive:d}"
    yield f"{side}k={context.kind}|{verb_class}"
    if context.according:
        yield f"{side}acc|{gap.sentences}"


def _of_gap(side: str, kind: str, nearer: int, gap: _Gap) -> Iterator[str]:
    """The features of the distance, on either side."""
    yield f"{side}k={kind}"
    yield f"{side}n={bucket(len(gap.words))}"
    yield f"{side}s={gap.sentences}"
    yield f"{side}q={gap.quoted}"
    yield f"{side}o={min(nearer, 4)}"
    yield f"{side}c={gap.cues}|{gap.sentences}|{gap.quoted:d}"
    yield f"{side}e={gap.ending}|{gap.near}|{gap.sentences}"
    yield f"{side}k={kind}|{gap.sentences}|{gap.quoted:d}"
    yield f"{side}k={kind}|o={min(nearer, 2)}"


def _of_gap_after(verb_class: str, gap: _Gap) -> Iterator[str]:
    """The features of the text between a quotation and a mention after it."""
    words, ending, sentences = gap.words, gap.ending, gap.sentences
    first = gap.text.lstrip()[:1]
    if first not in (",", ".", ";", "(", "—", ":"):
        first = "w" if first else "#"
    yield f"Ag={first}|{sentences}"
    if len(words) <= 4:
        yield f"Aw={' '.join(words)}" if len(words) <= 2 else f"Aw1={words[0]}"
    if words:
        last_class = word_class(words[-1])
        yield f"Al={words[-1]}"
        yield f"Alc={last_class}|{ending}|{sentences}"
        follows_comma = _BEHIND_COMMA.search(gap.text) is not None
        yield f"Alx={last_class}|{follows_comma}|{sentences}|{gap.quoted:d}"
        yield f"Afc={word_class(words[0])}|{gap.near}"
        inverted = all(word_class(word) in ("cue", "aux", "adv") for word in words)
        yield f"Ai={inverted}|{ending}"
    else:
        yield f"A0|{verb_class}|{ending}"
        yield f"A0|{first}|{verb_class}|{ending}"


def _of_gap_before(
    context: MentionContext, verb_class: str, nearer: int, gap: _Gap
) -> Iterator[str]:
    """The features of the text between a quotation and a mention before it."""
    words, sentences = gap.words, gap.sentences
    last = gap.text.rstrip()[-1:]
    if last not in (",", ":", "—", "–", "(", "."):
        last = "w" if last else "#"
    yield f"Bt={last}|{sentences}"
    yield f"Bt={last}|{verb_class}|{sentences}"
    yield f"Bt={last}|{verb_class}|{gap.near}|{nearer == 0}"
    if words:
        yield f"Bl={words[-1]}|{sentences}"
        yield f"Bf={words[0]}|{sentences}"
        if len(words) <= 3:
            yield f"Bw={' '.join(words)}"
    yield f"Bo={context.opens_sentence}|{sentences}|{verb_class}"
    yield f"Bo={context.opens_sentence}|{context.kind}|{sentences}"
    yield f"Bx={gap.cues}|o={min(nearer, 3)}|{sentences}"


def _of_cues(quotation: QuotationContext, mention: Mention) -> Iterator[str]:
    """The features of a mention's position relative to the nearest cues of the quotation's
    sentence: F for the cue before the quotation, G for the cue after it.
    """
    start, end = quotation.sentence_span
    before = quotation.paragraph.cue_before(quotation.start)
    after = quotation.paragraph.cue_after(quotation.end)
    if before and before[0] >= start:
        yield from _of_cue("F", before, quotation, mention)
    else:
        yield "F-"
    if after and after[0] < end:
        yield from _of_cue("G", after, quotation, mention)
    else:
        yield "G-"


def _of_cue(
    side: str, cue: tuple[int, int], quotation: QuotationContext, mention: Mention
) -> Iterator[str]:
    paragraph = quotation.paragraph
    start, end = cue
    if mention.end <= start:
        low, high, direction = mention.end, start, "<"
    else:
        low, high, direction = end, mention.start, ">"
    words = paragraph.word_count(low, high)
    between = min(paragraph.names_count(low, high), 2)
    quoted = paragraph.is_quoted_between(low, high)
    distance = min(abs(quotation.start - end), abs(start - quotation.end))
    near = "0" if distance < 4 else "1" if distance < 20 else "2" if distance < 60 else "3"
    stop = min(paragraph.sentence_span(paragraph.sentence(start))[1], quotation.window[1])
    rest = paragraph.word_count(max(end, mention.end), stop)
    key = f"{side}{direction}{between}|{quoted:d}"
    yield key
    yield f"{key}|{bucket(words)}"
    yield f"{key}|{near}"
    yield f"{side}{direction}{between}|{mention.kind}"
    key = f"{side}{direction}{between == 0}|"
    yield f"{key}{paragraph.masked[start:end].lower()}"
    yield f"{key}{words == 0}|{near}|{mention.possessive:d}"
    yield f"{key}{words == 0}|e{bucket(rest)}"


def of_colon(paragraph: ParagraphContext, mention: Mention, nearer: int) -> Iterator[str]:
    """The features of a mention in the last sentence of the paragraph before, which ends with a
    colon. `nearer` is the number of mentions between.
    """
    end = len(paragraph.masked)
    gap = paragraph.masked[mention.end :]
    verb, apposed = verb_after(gap)
    yield "C"
    yield f"Ck={mention.kind}"
    yield f"Cn={bucket(paragraph.word_count(mention.end, end))}"
    yield f"Cv={word_class(verb)}{apposed:d}"
    yield f"Cv={verb}"
    yield f"Co={min(nearer, 3)}"
    yield f"Cpos={mention.possessive:d}"
    yield f"Cq={paragraph.is_quoted_between(mention.end, end)}"


def of_previous_speaker(
    quotation: QuotationContext, previous: PreviousSpeech | None, begins_paragraph: bool
) -> Iterator[str]:
    """The features of the speaker of the previous speech."""
    yield "P"
    if previous is None:
        yield "P0"
        return
    paragraph = quotation.paragraph
    alone = quotation.is_alone
    distance = min(quotation.number - previous.paragraph, 3)
    people = paragraph.people_count(*quotation.sentence_span)
    yield f"Pd={distance}"
    yield f"Pe={previous.explicit:d}|{distance}"
    yield f"Pn={previous.speaker is None:d}"
    yield f"Pa={alone:d}|{distance}"
    yield f"Ps={begins_paragraph:d}|{distance}|{alone:d}"
    yield f"Pm={min(people, 2)}|{distance}"
    yield f"Pc={quotation.has_cue:d}|{min(people, 1)}|{distance}"
    yield f"Pl={bucket(quotation.word_count)}"
    if distance == 0:
        yield from _of_words_since(quotation, previous)


def _of_words_since(quotation: QuotationContext, previous: PreviousSpeech) -> Iterator[str]:
    """The features of the text between a quotation and the previous speech in its paragraph."""
    paragraph = quotation.paragraph
    start = max(previous.end, quotation.window[0])
    words = paragraph.words(start + 1, quotation.start - 1)
    mentions = (paragraph.mentions[n] for n in paragraph.mention_range(start, quotation.start))
    kinds = sorted({m.kind for m in mentions if m.kind in ("name", "he", "she", "description")})
    sentences = min(quotation.sentence - paragraph.sentence(previous.end), 2)
    yield f"Pg={bucket(len(words))}"
    yield f"Pg={bucket(len(words))}|{min(len(kinds), 1)}"
    yield f"Pk={','.join(kinds)}"
    if len(words) <= 3:
        yield f"Pw={' '.join(words)}"
    yield f"Pgs={sentences}|{min(len(kinds), 1)}"


def of_no_speaker(quotation: QuotationContext) -> Iterator[str]:
    """The features of the candidate "no speaker"."""
    mentions = min(len(quotation.paragraph.mention_range(*quotation.sentence_span)), 3)
    yield "N"
    yield f"Nl={bucket(quotation.word_count)}"
    yield f"Na={quotation.is_alone:d}"
    yield f"Nc={quotation.has_cue:d}"
    yield f"Nm={mentions}"
    yield f"Nm={mentions}|{quotation.has_cue:d}"
