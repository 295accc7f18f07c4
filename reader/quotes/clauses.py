"""Clauses whose form tells who speaks, or that nobody does, whatever a model makes of them.

"A quoted B as saying …", "… A was told by B": B speaks. "A was warned that …", "A denied saying …":
nobody is named. Of two quotations side by side the first is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from reader.quotes.mentions import QUOTED, Mention

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
_TAIL_WAS_TOLD = re.compile(rf"[\s,”\"’']*[^,;:.]{{1,60}}? {_IS} {_HEARS}\b(?! by\b)")
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
    for text, offset in ((tail, after), (lead, lead_start)):
        for form in (_QUOTED_AS_SAYING, _TOLD_BY):
            match = form.search(text)
            if match is None or (text is lead and _is_far(match, text)):
                continue
            name = next(key for key, value in match.groupdict().items() if value)
            start = offset + match.start(name)
            if mention := at_mention.get(start):
                return mention
    match = _PARENTHETIC.search(lead)
    if match and (mention := at_mention.get(lead_start + match.start("who"))):
        return mention
    if _ACCORDING_TO_ANOTHER.search(lead):
        return Nobody.NOBODY
    if _WAS_TOLD.search(lead) or _DENIED.search(lead) or _TAIL_WAS_TOLD.match(tail):
        return Nobody.NOBODY
    return _by_neighbour(quotation, at_mention, previous, tail)


def is_place_of_publication(masked: str, mention: Mention) -> bool:
    """Whether a mention is where something was published: "a study in the journal Nature"."""
    before = masked[max(0, mention.start - _NEAR) : mention.start]
    return _PUBLISHED_IN.search(before) is not None


def _is_far(match: re.Match[str], lead: str) -> bool:
    """Whether a clause before a quotation does not lead to it: other words follow the clause."""
    return "who" in match.re.groupindex and match.re is _TOLD_BY and "," in lead[match.start() :]


def _by_neighbour(
    quotation: QuotationContext,
    at_mention: dict[int, Mention],
    previous: PreviousQuotation | None,
    tail: str,
) -> Decision:
    """The decision by a question and its answer, or by a quotation directly behind."""
    masked = quotation.paragraph.masked
    follows = masked[quotation.end + 1 : quotation.end + 4]
    asks = quotation.text.endswith("?")
    if asks and re.fullmatch(rf"\s[“\"‘']{QUOTED}?", follows.rstrip()) and _is_unled(quotation):
        return Nobody.NOBODY
    if previous is None or previous.paragraph != quotation.number or any(map(str.isalpha, tail)):
        return None
    between = masked[previous.end + 1 : quotation.start]
    was_question = masked[previous.end - 1 : previous.end] == QUOTED and not asks
    match = _ASKED_SOMEBODY.fullmatch(between) if was_question else None
    return at_mention.get(previous.end + 1 + match.start("who")) if match else None


def _is_unled(quotation: QuotationContext) -> bool:
    """Whether a quotation begins its paragraph."""
    return quotation.start <= 2
