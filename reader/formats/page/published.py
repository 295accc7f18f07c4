"""The day on which a page was published: never that of a change, of saving, or of a clock in it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from reader.formats.dates import PrintedDate, find_date
from reader.formats.page.scope import is_elsewhere
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.formats.page.data import PageData
    from reader.formats.page.parts import PagePart

# Names of meta elements, the more exact first.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datePublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cXenseParse:recs:publishtime",
    "cXenseParse:publishtime",
    "shareaholic:article_published_time",
    "article.published",
    "article_date_original",
    "OriginalPublicationDate",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date.issued",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "publication-date",
    "published_time",
    "pubdate",
    "pub_date",
    "release_date",
    "analyticsattributes.articledate",
)
_DATED = (
    "dc.date",
    "dc:date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "dc.terms.created",
    "dateCreated",
    "citation_date",
    "date",
    "article:post_date",
)
_MODIFIED = re.compile(
    r"updat|modif|edited|revised|chang|aktualisier|geändert|ändert|mis à jour|mise à jour|actualiz|"
    r"atualiz|aggiorna|обновл|bijgewerkt|gewijzigd|uppdater|opdater|oppdater|aktualiz|zmieni|更新|"
    r"güncel|yenilən|päivit",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\bnow\b|today|clock|widget|heute|current|copyright|footer|nav|comment|related"
)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>1[0-2]|0?[1-9])[/-](?P<day>3[01]|[12]\d|0?[1-9])(?=[/_.-]|$)"
)
_COMPACT_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?!\d)"
)
_PART_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d\d)(?:/(?P<month>1[0-2]|0[1-9]))?/(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?=\D|$|\d{6}(?:\D|$))")
_UTC = ("Z", "+00:00", "+0000")
# A text with a year or a date in figures, not only a clock.
_IS_DATE = re.compile(r"\d{4}|\d[./-]\d+[./-]\d")
# As C prints a time: Mon Oct 11 14:57:21 CEST 2021.
_IN_WORDS = re.compile(
    r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d:\d\d:\d\d(?: \S{1,6})?) (\d{4})$"
)
_ZONE = re.compile(r"\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)\s*$")
# Elements before and behind a page's heading among which its date may be.
_NEAR_BEFORE, _NEAR_BEHIND = 60, 250
# Parts of the page around its heading, and characters of one that is a line with a date.
_LINES_BEFORE, _LINES_BEHIND = 4, 12
_LONGEST_LINE = 120
# Elements with a date that are looked at.
_MOST_MARKED = 100
# The number of the block element <body>, the second of a page.
_BODY = 2


class Published(NamedTuple):
    """A date and where it was read from; or the text of one that was not understood."""

    date: PrintedDate | None
    place: str
    text: str


class _Candidate(NamedTuple):
    """A day (ISO 8601), where it stands, and the zone and the seconds since 1970 of its time."""

    day: str
    zone: str | None
    place: str
    moment: float | None = None


@dataclass(frozen=True)
class _Reading:
    """The language that a page's dates are in, and the dates that were not understood."""

    language: str | None
    unclear: list[Published] = field(default_factory=list)


def published(
    data: PageData, tree: Any, heading: Any, lines: list[PagePart], url: str, language: str | None
) -> Published | None:
    """The date of publication; None if the page does not tell it.

    `heading` is the element of the headline, if it is known; `lines` the parts of the page around
    it; `url` the page's address; `language` the code (BCP 47) that it declares.
    """
    reading = _Reading(_language_of_days(language))
    in_address = _day_in_address(url)
    for candidates in (
        _declared(data, reading),
        _marked(tree, reading),
        _near(tree, heading, reading),
        _printed(lines, reading),
    ):
        found = list(candidates)
        if found:
            return _chosen(found, in_address, lines, reading.language)
    if in_address:
        return _result(_Candidate(in_address, None, "the address of the page"))
    if match := _PART_IN_ADDRESS.search(urlsplit(url).path):
        text = "-".join(filter(None, match.groups()))
        if date := find_date(text):
            return Published(date, "the address of the page", text)
    return reading.unclear[0] if reading.unclear else None


def _language_of_days(language: str | None) -> str | None:
    """The language of a page's dates. `en-US` is what many systems declare that nobody set: it
    does not tell that 05/06/2021 is a day of May.
    """
    return "en" if language and language.casefold() == "en-us" else language


def _chosen(
    found: list[_Candidate], in_address: str | None, lines: list[PagePart], language: str | None
) -> Published | None:
    """The best of candidates of one rank: of several days the one in the address, else the first.

    A time of UTC may be of another day than the printed one: that in the page's zone, if the same
    moment is given in it, or in the line beside the headline.
    """
    best = min(found, key=lambda each: each.day)
    if best.day == found[0].day:
        best = found[0]
    best = next((each for each in found if each.day == in_address), best)
    if best.zone in _UTC:
        for other in found:
            if other.zone not in _UTC and other.moment == best.moment is not None:
                return _result(other)
        for other in _printed(lines, _Reading(language)):
            if _distance(other.day, best.day) == 1:
                return _result(other)
    return _result(best)


def _result(candidate: _Candidate) -> Published:
    return Published(find_date(candidate.day), candidate.place, candidate.day)


def _distance(day: str, other: str) -> int:
    try:
        return abs(
            datetime.date.fromisoformat(day).toordinal()
            - datetime.date.fromisoformat(other).toordinal()
        )
    except ValueError:
        return 1_000_000


def _candidate(text: str, place: str, reading: _Reading) -> _Candidate | None:
    """The candidate in the text of a date."""
    text = normalize(text)
    if re.fullmatch(r"1\d{9}(?:\d{3})?(?:\.0)?", text):  # seconds or milliseconds since 1970
        moment = datetime.datetime.fromtimestamp(int(text[:10]), datetime.timezone.utc)
        return _Candidate(moment.isoformat()[:10], "Z", place)
    text = _COMPACT.sub(r"\1-\2-\3 ", text, count=1)
    text = _IN_WORDS.sub(r"\2 \1 \4 \3", text)
    found = find_date(text, reading.language)
    if found is not None and found.date is not None:
        day = str(found.date)
        # What programs print for no date at all.
        if len(day) == 10 and day not in ("1970-01-01", "0001-01-01", "1969-12-31"):
            zone = _ZONE.search(text)
            return _Candidate(day, zone["zone"] if zone else None, place, _moment(text))
    elif _IS_DATE.search(text) and not re.match(r"0000|1970|0001", text):
        reading.unclear.append(Published(None, place, text[:80]))
    return None


def _moment(text: str) -> float | None:
    """The moment of an ISO 8601 time with a zone, in whole seconds since 1970."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?[.\d]*(Z|[+-]\d\d:\d\d)", text)
    if match is None:
        return None
    day, minute, second, zone = match.groups()
    zone = "+00:00" if zone == "Z" else zone
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{minute}{second or ':00'}{zone}")
        return moment.timestamp()
    except (ValueError, OverflowError):
        return None


def _declared(data: PageData, reading: _Reading) -> Iterator[_Candidate]:
    """Dates in the page's head."""
    texts = [
        (data.article.get("datePublished"), "JSON-LD: datePublished"),
        *((content, f"meta: {name}") for name in _PUBLISHED for content in _of(data, name)),
    ]
    found = [
        candidate
        for text, place in texts
        if isinstance(text, str) and (candidate := _candidate(text, place, reading))
    ]
    if found:
        yield from found
        return
    value = data.web_page.get("datePublished")
    texts = [(value, "JSON-LD: datePublished of the page")] if isinstance(value, str) else []
    texts += [(data.article.get("dateCreated"), "JSON-LD: dateCreated")]
    for text, place in texts:
        if isinstance(text, str) and (candidate := _candidate(text, place, reading)):
            yield candidate
            return
    for name in _DATED:
        for content in _of(data, name):
            if candidate := _candidate(content, f"meta: {name}", reading):
                yield candidate
                return


def _of(data: PageData, name: str) -> list[str]:
    return data.meta.get(name.lower(), [])[:1]


def _marked(tree: Any, reading: _Reading) -> Iterator[_Candidate]:
    """The first date in the page's body that is marked as that of publication."""
    looked_at = 0
    for element in tree.iter("meta", "time", "span", "div", "p", "abbr", "a", "li", "ins"):
        name = element.get("itemprop") or element.get("property") or ""
        if not name and element.get("pubdate") is None:
            continue
        is_published = re.search(r"datePublished|dc:date(?:$|\s)|dcterms:issued|dc:issued", name)
        if not is_published and element.get("pubdate") is None:
            continue
        looked_at += 1
        if looked_at > _MOST_MARKED:
            return
        if is_elsewhere(element):
            continue
        text = element.get("content") or element.get("datetime") or element.text_content()
        if candidate := _candidate(text[:200], f"the page: {name or 'pubdate'}", reading):
            yield candidate
            return


def _near(tree: Any, heading: Any, reading: _Reading) -> Iterator[_Candidate]:
    """The first <time> near the headline that is not that of a change."""
    if heading is None:
        return
    order = list(tree.iter())
    index = next((i for i, element in enumerate(order) if element is heading), 0)
    scopes = set(heading.iterancestors("article", "main", "header", "section"))
    for place in range(max(0, index - _NEAR_BEFORE), min(len(order), index + _NEAR_BEHIND)):
        element = order[place]
        if element.tag != "time" or is_elsewhere(element) or _is_of_change(element):
            continue
        if place < index and scopes.isdisjoint(element.iterancestors()):
            continue
        text = element.get("datetime") or element.text_content()
        if candidate := _candidate(text[:200], "the page: time beside the headline", reading):
            yield candidate
            return


def _is_of_change(element: Any) -> bool:
    parent = element.getparent()
    names = " ".join(
        (each.get("class") or "") + " " + (each.get("itemprop") or "")
        for each in (element, parent)
        if each is not None
    )
    before = element.getprevious()
    words = (parent.text or "") if before is None and parent is not None else ""
    if before is not None:
        words = (before.tail or "") + " " + before.text_content()[:100]
    return bool(_MODIFIED.search(names) or _CLOCK.search(names) or _MODIFIED.search(words))


def _printed(lines: list[PagePart], reading: _Reading) -> Iterator[_Candidate]:
    """The date in a line beside the headline."""
    for part in lines:
        text = part.text
        if len(text) > _LONGEST_LINE or part.kind == "heading":
            continue
        while text:
            found = find_date(text, reading.language)
            if found is None:
                break
            before = text[: found.start]
            if _MODIFIED.search(before[-40:]) and not re.search(
                r"publi|posted|erschienen|veröff", before[-40:], re.IGNORECASE
            ):
                text = text[found.end :]
                continue
            if found.date is None:
                reading.unclear.append(
                    Published(None, "the page: the line beside the headline", text)
                )
            elif len(str(found.date)) == 10:
                yield _Candidate(str(found.date), None, "the page: the line beside the headline")
                return
            break


def lines_beside(parts: list[PagePart], heading: int, first: int | None) -> list[PagePart]:
    """The parts of a page beside its headline, up to and with its first paragraph's index."""
    end = heading + _LINES_BEHIND if first is None else min(first + 1, heading + _LINES_BEHIND)
    around = parts[heading].around[-1:]
    above = parts[max(0, heading - _LINES_BEFORE) : heading]
    # Not from the head of the page: those in the element that holds the headline, unless it is all.
    near = [part for part in above if around and around[0] > _BODY and around[0] in part.around]
    return parts[heading + 1 : max(end, heading + 2)] + near


def _day_in_address(url: str) -> str | None:
    path = urlsplit(url).path
    match = _IN_ADDRESS.search(path) or _COMPACT_IN_ADDRESS.search(path)
    if match is None:
        return None
    year, month, day = match.groups()
    text = f"{year}-{int(month):02}-{int(day):02}"
    found = find_date(text)
    return text if found is not None and found.date is not None else None
