"""Clauses whose form tells who speaks, or that nobody does, whatever a model makes of them.

"A quoted B as saying …", "… A was told by B": B speaks. "A was warned that …", "A denied saying …":
nobody is named. Of two quotations side by side the first is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from reader.language.tokens import Mode, words
from reader.quotes.mentions import QUOTED, Mention
from reader.quotes.vocabulary import VERBS

if TYPE_CHECKING:
    from reader.quotes.context import PreviousQuotation, QuotationContext

# Characters on each side of a quotation that are read for its clause.
_NEAR = 200

_HEARS = r"(?:told|asked|warned|informed|advised|reminded|assured|instructed)"
_IS = r"(?:was|were|been|being|is|are|be|got)(?: \w+ly)?(?: also| then| once| later)?"
_SAYING = r"(?:saying|telling|writing|warning|stating|adding|declaring|claiming|asking)"
_WHO = r"(?P<who>(?!by\b)[^,;:.]{2,100}?)"
_QUOTED_AS_SAYING = re.compile(
    rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)|recall(?:ed|s|ing)|remember(?:ed|s|ing)?)\s+{_WHO}"
    rf"\s+(?:as\s+)?{_SAYING}\b"
    rf"|\b(?:heard|hears?|hearing|saw|overheard)\s+(?P<heard>[^,;:.]{{2,100}}?)\s+(?:say|{_SAYING})\b"
)
_TOLD_BY = re.compile(rf"\b{_IS} {_HEARS} by\s+(?P<who>.{{2,100}})")
_WAS_TOLD = re.compile(rf"\b{_IS} {_HEARS}\b(?! by\b)(?:(?! by )[^,;:.]){{0,40}}[,:]?\s*$")
_TAIL_WAS_TOLD = re.compile(rf"[\s,”\"’']*[^,;:.]{{1,60}}? (?P<verb>{_IS} {_HEARS})\b(?! by\b)")
_PARENTHETIC = re.compile(
    r",\s(?:said|says|writes|wrote|argues|argued|notes|noted|explains|explained|adds|added|warns)\s"
    r"(?P<who>[^,;:.]{2,80}),[^,;:]{0,60}$"
)
_PUBLISHED_IN = re.compile(
    r"\b(?:(?:published|appear(?:ed|ing)|printed|reported) (?:in|by)|in) (?:the )?"
    r"(?:journal|magazine) $|\b(?:published|appear(?:ed|ing)|printed) in (?:the )?$"
)
_DENIED = re.compile(
    r"\b(?:den(?:ied|ies|y|ying) (?:ever )?(?:having (?:said|told)|saying|telling|calling|writing)"
    r"|(?:never|did not|didn[’']t|has not|hasn[’']t|had not|have not) (?:ever |once |actually )?"
    r"(?:said|say|called|call|told|tell|wrote|written)"
    r"|accus(?:ed|es|ing) .{2,80}? of (?:saying|calling|writing|telling|claiming))\b[^.;]{0,40}$"
)
_ACCORDING_TO_ANOTHER = re.compile(
    r"\baccording to [^,]{2,60}, (?:one|an?|another|some|several|other) [^.;]{2,150}$",
    re.IGNORECASE,
)
# A quotation directly behind another.
_ANSWER = re.compile(rf"\s[“\"‘']{QUOTED}")
# A question to somebody, whose answer comes next.
_ASKED_SOMEBODY = re.compile(r"\s*[^.;:]{2,60}? asked (?P<who>[^,.;:]{2,60})[.]\s*[“\"'‘]?$")


class Nobody(Enum):
    """The speaker of what the text gives to nobody by name."""

    NOBODY = auto()


Decision: TypeAlias = "Mention | Nobody | None"


def decided(
    quotation: QuotationContext,
    mentions: Sequence[Mention],
    previous: PreviousQuotation | None,
) -> Decision:
    """The mention of the speaker where the form of the clause tells; None where it does not."""
    masked = quotation.paragraph.masked
    low, high = quotation.sentence_span
    first, after = max(low, quotation.start - _NEAR), quotation.end + 1
    lead = masked[first : max(first, quotation.start - 1)]
    lead_start = first + len(lead) - len(lead.split(QUOTED)[-1])
    lead = masked[lead_start : max(lead_start, quotation.start - 1)]
    tail = masked[after : min(max(high, after), after + _NEAR)].split(QUOTED)[0]
    at_mention = {mention.start: mention for mention in mentions}
    for form in (_QUOTED_AS_SAYING, _TOLD_BY):
        for text, offset in ((tail, after), (lead, lead_start)):
            match = form.search(text)
            mention = at_mention.get(offset + _start_of_name(match)) if match else None
            if match is None or mention is None:
                continue
            # No other clause stands between it and the quotation.
            end = max(mention.end - offset, match.end() if form is _QUOTED_AS_SAYING else 0)
            if not _has_cue(text[: match.start()] if text is tail else text[end:]):
                return mention
    match = _PARENTHETIC.search(lead)
    if match and (mention := at_mention.get(lead_start + match.start("who"))):
        return mention
    if _ACCORDING_TO_ANOTHER.search(lead):
        return Nobody.NOBODY
    told = _TAIL_WAS_TOLD.match(tail)
    if _WAS_TOLD.search(lead) or _DENIED.search(lead):
        return Nobody.NOBODY
    if told and not _has_cue(tail[: told.start("verb")]):
        return Nobody.NOBODY
    return _by_neighbour(quotation, at_mention, previous, tail)


def is_place_of_publication(masked: str, mention: Mention) -> bool:
    """Whether a mention is where something was published: "a study in the journal Nature"."""
    before = masked[max(0, mention.start - _NEAR) : mention.start]
    return _PUBLISHED_IN.search(before) is not None


def _start_of_name(match: re.Match[str]) -> int:
    """The offset of the speaker in a clause that names one."""
    return match.start("who") if match["who"] else match.start("heard")


def _has_cue(text: str) -> bool:
    """Whether a text has a verb of saying."""
    return any(word in VERBS for word in words(text, Mode.CONTEXT))


def _by_neighbour(
    quotation: QuotationContext,
    at_mention: dict[int, Mention],
    previous: PreviousQuotation | None,
    tail: str,
) -> Decision:
    """The decision by a question and its answer, or by a quotation directly behind."""
    masked = quotation.paragraph.masked
    asks = quotation.text.endswith("?")
    if asks and quotation.start <= 2 and _ANSWER.match(masked, quotation.end + 1):
        return Nobody.NOBODY
    if previous is None or previous.paragraph != quotation.number or any(map(str.isalpha, tail)):
        return None
    between = masked[previous.end + 1 : quotation.start]
    was_question = masked[previous.end - 1 : previous.end] == QUOTED and not asks
    match = _ASKED_SOMEBODY.fullmatch(between) if was_question else None
    return at_mention.get(previous.end + 1 + match.start("who")) if match else None
