"""Features that distinguish speech from names, titles and scare quotes; their first letter is S."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.language.tokens import Mode, words
from reader.quotes.context import PreviousQuotation, QuotationContext, word_class
from reader.quotes.features import bucket
from reader.quotes.mentions import QUOTED
from reader.quotes.vocabulary import QUOTATIONS

# Small words in names and titles: "Committee of Return".
_SMALL = QUOTATIONS.words("function_words", "small in titles")
_SPOKEN = QUOTATIONS.words("function_words", "spoken")
_NAMING = re.compile(
    r"\b(?:known as|so-called|(?:en)?titled|(?:nick)?named|"
    r"call(?:s|ed|ing)? (?:itself|themselves|himself|herself))(?: (?:the|an?))?\s*.$"
)
# Works have titles: their kinds, and what is done with them.
_WORK = re.compile(
    r"\b(?:wrote|writes|written|directed|directs|starr(?:ed|ing) in|appeared in|produced|published|"
    r"recorded|released|sang|sings|performed|composed|painted|read|watched|"
    r"books?|novels?|memoirs?|films?|movies?|songs?|singles?|albums?|plays?|series|shows?|operas?|"
    r"documentar(?:y|ies)|essays?|poems?|paintings?|chapters?|podcasts?|episodes?|segments?|musicals?)"
    r"(?:,| called)?\s*.$"
)
# Words that somebody else uses, whatever they are.
_CALLED = re.compile(
    r"\b(?:so-called|known as|dubbed|nicknamed|what (?:is|are|was|were) (?:\w+ )?called|"
    r", (?:\w+ )?called)(?: (?:the|an?))?\s*.$"
)
_MOST_CALLED = 4
# What somebody is urged to do, in words that the speaker chose.
_URGED = re.compile(
    r"\b(?:encourag|urg|advis|warn|implor|beg)(?:ed|es|s|ing|ged)? [^,.;:]{1,60}? (?:not )?to\s*.$"
)
# Characters before and after a quotation that are read for its features.
_NAMING_WITHIN = 80
_NEAR = 60


def of_speech(quotation: QuotationContext, previous: PreviousQuotation | None) -> Iterator[str]:
    """The features of a quotation that distinguish speech from terms."""
    masked = quotation.paragraph.masked
    lead = masked[max(0, quotation.start - _NEAR) : quotation.start - 1]
    tail = masked[quotation.end + 1 : quotation.end + _NEAR]
    before = words(lead.split(QUOTED)[-1], Mode.CONTEXT)
    after = words(tail.split(QUOTED)[0], Mode.CONTEXT)
    class_before = word_class(before[-1]) if before else "#"
    class_after = word_class(after[0]) if after else "#"
    yield "S"
    yield from _of_mark(lead, bucket(len(quotation.text.split())))
    yield f"Sb={before[-1] if before else '#'}"
    yield f"Sb2={' '.join(before[-2:])}"
    yield f"Sa={after[0] if after else '#'}"
    yield from _of_quoted_words(quotation.text, class_before, class_after)
    yield from _of_sentence(quotation)
    if previous is not None and previous.paragraph == quotation.number:
        yield from _of_previous(quotation, previous)


def _of_mark(lead: str, length: str) -> Iterator[str]:
    """The features of the text before the opening mark."""
    mark = lead.rstrip()[-1:]
    if mark not in (",", ":", "(", "—", "“", "."):
        mark = "w" if mark else "#"
    yield f"Sm={mark}"
    yield f"Sm={mark}|{length}"


def _of_quoted_words(text: str, class_before: str, class_after: str) -> Iterator[str]:
    """The features of the quoted words, with the classes of the words before and after them."""
    quoted = text.split()
    length = bucket(len(quoted))
    ending = text[-1] if text[-1] in ",.?!…" else "w"
    share = _share_of_capitals(quoted)
    is_short = len(quoted) < 4
    is_title = share == "all" and ending == "w"
    bare = [word.lower().strip(",.?!") for word in quoted]
    yield f"Sl={length}"
    yield f"Sl={length}|{ending}"
    yield f"Se={ending}"
    yield f"Sbc={class_before}|{length}"
    yield f"Sac={class_after}|{ending}"
    yield f"Sac={class_after}|{ending}|{share}|{is_short:d}"
    yield f"Sc={share}|{length}"
    yield f"Sf={'C' if quoted[0][:1].isupper() else 'c'}|{ending}"
    yield f"Sw={min(sum(word in _SPOKEN for word in bare), 2)}"
    yield f"St={is_title:d}|{class_before}"
    yield f"St={is_title:d}|{class_after}|{is_short:d}"
    if len(bare) == 1:
        yield f"S1={bare[0]}"


def _of_sentence(quotation: QuotationContext) -> Iterator[str]:
    """The features of the quotation's sentence."""
    start, end = quotation.sentence_span
    masked = quotation.paragraph.masked
    cues = quotation.paragraph.cues_within(start, end)
    length = bucket(len(quotation.text.split()))
    marks = masked.count('"', start, end) + masked.count("“", start, end)
    yield f"Salone={quotation.is_alone:d}|{length}"
    for cue in dict.fromkeys(cues):
        yield f"Sv={cue}"
    yield f"Sv={min(len(cues), 2)}"
    yield f"Sv={min(len(cues), 2)}|{length}"
    yield f"Sq={min(marks, 6)}"


def _of_previous(quotation: QuotationContext, previous: PreviousQuotation) -> Iterator[str]:
    """The features of the previous quotation in the same paragraph."""
    paragraph = quotation.paragraph
    start = max(previous.end, quotation.window[0])
    gap = paragraph.words(start + 1, quotation.start - 1)
    if len(gap) <= 2:
        quoted = quotation.text.split()
        yield f"Sx={previous.is_speech:d}|{' '.join(gap)}"
        yield f"Sx={previous.is_speech:d}|{_share_of_capitals(quoted)}|{bucket(len(quoted))}"
    same_sentence = paragraph.sentence(previous.end) == quotation.sentence
    yield f"Sxs={previous.is_speech:d}|{same_sentence:d}"


def is_name(quotation: QuotationContext) -> bool:
    """Whether the text introduces the quoted words as a name or title, and they look like one; or
    as what something is called.
    """
    before = _lead(quotation)
    text = quotation.text
    if quotation.word_count <= _MOST_CALLED and _CALLED.search(before):
        return True
    if not looks_like_name(text):
        return False
    is_title = " " in text and text[-1] not in ",.!…" and _WORK.search(before) is not None
    return is_title or _NAMING.search(before) is not None


def is_urged(quotation: QuotationContext) -> bool:
    """Whether somebody is urged to do what the quoted words say."""
    return _URGED.search(_lead(quotation)) is not None


def _lead(quotation: QuotationContext) -> str:
    start = quotation.start
    return quotation.paragraph.masked[max(0, start - _NAMING_WITHIN) : start].split(QUOTED)[-1]


def looks_like_name(text: str) -> bool:
    """Whether all the words are capitalised, apart from small words."""
    return _share_of_capitals(text.split()) == "all"


def _share_of_capitals(quoted: Sequence[str]) -> str:
    """The share of capitalised words: "all", "most" or "few"; small words after a capital count."""
    if quoted[0][:1].isupper():
        capitals = sum(word[:1].isupper() or word in _SMALL for word in quoted)
    else:
        capitals = sum(word[:1].isupper() for word in quoted)
    if capitals == len(quoted):
        return "all"
    return "most" if capitals * 2 > len(quoted) else "few"
