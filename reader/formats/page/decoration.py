"""What an extractor leaves of a site around an article: lines that are no paragraphs of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reader.formats.dates import find_date
from reader.formats.page.names import cleaned_authors, letters
from reader.language.word_lists import LANGUAGE

if TYPE_CHECKING:
    from reader.formats.page.parts import PagePart

# Parts at the beginning among which title, byline and date may be printed again.
_TOP = 8
_LONGEST_LINE = 140
_LONGEST_NOTICE = 250
# Characters that a line with a date has beside it: weekday, clock, place, "published".
_MOST_BESIDE_DATE = 45

_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|av|af|text|texto|texte|автор|yazan|autor|autore?n?)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)

# A weekday and a time: Mo, 11:41 Uhr.
_TIME = re.compile(
    r"\W*(?:\w{2,10}[.,]*\s+)?\d{1,2}[:.h]\d\d(?:\s*(?:uhr|h|[ap]\.?m\.?|[A-Z]{2,4}))?\W*", re.I
)


@cache
def _lines(section: str) -> re.Pattern[str]:
    """The lines of a section of the list, compiled at the first page."""
    entries = "|".join(LANGUAGE.entries("site_lines", section))
    end = r"[.!:…]*$" if section == "buttons" else ""
    return re.compile(rf"(?:{entries}){end}", re.IGNORECASE)


def without_decoration(
    parts: list[PagePart], title: str, authors: str | None, source: str | None
) -> list[PagePart]:
    """The parts that are the article's: no second title, byline or date, no notices of the site."""
    key = letters(title)
    known = {letters(name) for name in (*(authors or "").split(","), source or "")} - {""}
    kept: list[PagePart] = []
    for index, part in enumerate(parts):
        if part.kind not in ("text", "heading"):
            kept.append(part)
        elif index < _TOP and _is_header(part, key, known):
            continue
        elif not _is_notice(part):
            kept.append(part)
    return kept


def _is_header(part: PagePart, title: str, authors: set[str]) -> bool:
    """Whether a part at the top is the title again, a byline or a line with a date."""
    text = part.text
    if title and letters(text) == title:
        return True
    if len(text) > _LONGEST_LINE or part.kind == "heading":
        return False
    if letters(_BYLINE.sub("", text, count=1)) in authors:
        return True
    if _BYLINE.match(text) and len(text) <= 90 and cleaned_authors([text], set()):
        return not re.search(r"[.!?]['\"”’]?$", text) or find_date(text) is not None
    if _TIME.fullmatch(text):
        return True
    found = find_date(text)
    if found is None:
        return False
    beside = text[: found.start] + " " + text[found.end :]
    is_sentence = re.search(r"[.!?]['\"”’»)]*$", text) is not None and len(beside.split()) > 4
    if is_sentence:
        return False
    bare = _lines("dateline").sub("", beside)
    return len(letters(bare)) <= 12 or (
        len(beside) <= _MOST_BESIDE_DATE and _lines("dateline").search(beside) is not None
    )


def _is_notice(part: PagePart) -> bool:
    """Whether a part is a notice of the site: a paywall's, a pointer to another article, ads."""
    text = part.text
    if len(text) > _LONGEST_NOTICE:
        return False
    if _lines("buttons").match(text) or _lines("notices").match(text):
        return True
    match = _lines("pointers").match(text)
    if match is None:
        return False
    rest = text[match.end() :]
    # "Read more" alone, before a colon, or as a link.
    if not letters(rest) or re.match(r"\s*(?:[:|>»–—-]|\.{3}|…)", rest):
        return True
    return any(span.style == "link" for span in part.spans)
