"""The query language: a text to a tree, strictly, so that a slip is told and not guessed at.

words all of them      peace treaty
a phrase               "peace treaty"
either                 peace OR war            (binds less than a row of words)
without                peace NOT war, peace -war
grouping               (peace OR truce) Baku
the beginning          negotiat*
nearly                 Zangezur~   Zangezur~2  (so many letters may differ)
a field                title:peace   speaker:"Ilham Aliyev"   source:reuters   quote:corridor
days                   date:2021-05   date:2021-05-20..2021-06   date:..2020
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple, NoReturn, TypeAlias

from reader.errors import QueryError
from reader.text import normalize

FIELDS = ("title", "speaker", "quote", "source", "section", "author", "date")
# Of an article, not of a paragraph.
ARTICLE_FIELDS = frozenset({"title", "source", "section", "author"})

MOST_EDITS = 2
# Parentheses deeper than this are a slip or an attack on the stack.
_DEEPEST = 50
# Characters of a query that a message about it repeats.
_LONGEST_SHOWN = 100


class Words(NamedTuple):
    """Words that stand one after the other: a single word, or a phrase."""

    text: str
    field: str = "text"


class Prefix(NamedTuple):
    """Words that begin so."""

    text: str
    field: str = "text"


class Near(NamedTuple):
    """Words spelt nearly so: at most `edits` letters added, left out, changed or swapped."""

    text: str
    edits: int
    field: str = "text"


class Days(NamedTuple):
    """Articles of the days from `since` to `until`, both included; None leaves an end open."""

    since: datetime.date | None
    until: datetime.date | None


class InArticle(NamedTuple):
    """Paragraphs of the article with this id."""

    id: str


class And(NamedTuple):
    """All of the parts."""

    parts: tuple[Query, ...]


class Or(NamedTuple):
    """Any of the parts."""

    parts: tuple[Query, ...]


class Not(NamedTuple):
    """Not the part."""

    part: Query


Query: TypeAlias = Words | Prefix | Near | Days | InArticle | And | Or | Not

_TOKEN = re.compile(
    r"""
    \s* (?:
      (?P<open>\() | (?P<close>\))
    | (?P<minus>-(?=[^\s-]))
    | (?P<quote>["“”„«])
    | (?P<field>[A-Za-z_]+):(?=\S)
    | (?P<word>[^\s()"“”„«]+)
    )
    """,
    re.VERBOSE,
)
_CLOSING = {"«": "»", '"': '"', "“": '”“"', "”": '”"', "„": "“”"}
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NEAR = re.compile(r"(?P<word>[^~]+)~(?P<edits>\d*)")


def parse_query(text: str) -> Query:
    """The query that a user typed. Raises QueryError: what is wrong, at which character."""
    return _Parser(text).parse()


def narrowed(
    query: Query,
    by: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    article: str | None = None,
) -> Query:
    """The query with what options ask for besides: a speaker, days, a source, an article's id.

    Raises QueryError for a day that is none, or a name without letters.
    """
    parts: list[Query] = []
    for option, name, field in (("--by", by, "speaker"), ("--source", source, "source")):
        if name is not None:
            if not any(map(str.isalnum, name)):
                raise QueryError(f"{option} needs a name")
            parts.append(Words(name, field))
    for option, day, form in (("--since", since, "{}.."), ("--until", until, "..{}")):
        if day is not None:
            try:
                parts.append(parse_days(form.format(day)))
            except ValueError as error:
                raise QueryError(f"{option} {normalize(day)}: {error}") from error
    if article is not None:
        parts.append(InArticle(article))
    if not parts:
        return query
    return And((*(query.parts if isinstance(query, And) else (query,)), *parts))


def parse_days(text: str) -> Days:
    """The days that `2021`, `2021-05`, `2021-05-20` or a range of two of them (`A..B`) means.

    Raises ValueError for anything else.
    """
    since, dots, until = text.partition("..")
    if not dots:
        first, last = _days_of(since)
        return Days(first, last)
    if not since and not until:
        raise ValueError("a range needs a day at one end")
    days = Days(_days_of(since)[0] if since else None, _days_of(until)[1] if until else None)
    if days.since and days.until and days.since > days.until:
        raise ValueError("the range ends before it begins")
    return days


def _days_of(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, a month or a year."""
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError("a day is written 2021-05-20, 2021-05 or 2021")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise ValueError("no such year")
    try:
        if day:
            date = datetime.date(year, month or 1, day)
            return date, date
        first = datetime.date(year, month or 1, 1)
        last_month = month or 12
        import calendar

        return first, datetime.date(year, last_month, calendar.monthrange(year, last_month)[1])
    except ValueError as error:
        raise ValueError("no such day") from error


class _Parser:
    """A recursive descent through the text; `place` is the character that is next."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\0", " ")
        self.place = 0
        self.depth = 0

    def parse(self) -> Query:
        query = self._any()
        closing = self._peek()
        if closing:  # nothing else stops the descent early
            self._fail("a ) without its (", closing.end() - 1)
        return query

    def _any(self, field: str = "text") -> Query:
        parts = [self._all(field)]
        while self._keyword("OR"):
            parts.append(self._all(field, after="OR"))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self, field: str, after: str = "") -> Query:
        parts: list[Query] = []
        start = self.place
        while (token := self._peek()) and not token["close"] and token["word"] != "OR":
            if self._keyword("AND"):
                after = "AND"
                if not parts:
                    self._fail("nothing stands before AND", start)
                continue
            part = self._part(field)
            after = ""
            if part is not None:
                parts.append(part)
        if after:
            self._fail(f"nothing follows {after}")
        if not parts:
            what = "OR" if token and token["word"] == "OR" else "the query"
            self._fail(
                "nothing stands before OR" if what == "OR" else "nothing to search for", start
            )
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self, field: str) -> Query | None:
        """One word, phrase, group or negation; None for marks that are no word."""
        token = self._peek()
        if token is None or token["close"]:
            self._fail("nothing to search for")
        start = token.start(token.lastgroup or 0)
        if token["word"] == "NOT" or token["minus"]:
            self.place = token.end()
            following = self._peek()
            if following is None or following["close"] or following["word"] in ("OR", "AND"):
                self._fail(f"nothing follows {token[0].strip()}", start)
            part = self._nested(self._part, field)
            return Not(part) if part else None
        self.place = token.end()
        if token["open"]:
            inner = self._nested(self._any, field)
            closing = self._peek()
            if closing is None or not closing["close"]:
                self._fail("a ( without its )", start)
            self.place = closing.end()
            return inner
        if token["quote"]:
            return self._phrase(token["quote"], field, start)
        if token["field"]:
            return self._field(token["field"], start)
        return self._word(token["word"], field, start)

    def _nested(self, read: object, field: str) -> Query:
        self.depth += 1
        if self.depth > _DEEPEST:
            self._fail("nested too deeply", self.place - 1)
        query = read(field)  # type: ignore[operator]
        self.depth -= 1
        return query  # type: ignore[no-any-return]

    def _phrase(self, mark: str, field: str, start: int) -> Query | None:
        ends = [self.text.find(closing, self.place) for closing in _CLOSING[mark]]
        end = min((end for end in ends if end >= 0), default=-1)
        if end < 0:
            self._fail("a phrase without its closing quotation mark", start)
        words = self.text[self.place : end]
        self.place = end + 1
        if not any(map(str.isalnum, words)):
            self._fail("an empty phrase", start)
        if field == "date":
            return self._days(words.strip(), start)
        return Words(words, field)

    def _field(self, name: str, start: int) -> Query | None:
        field = name.lower()
        if field not in (*FIELDS, "text"):
            self._fail(f"no field {name}: there are {', '.join(FIELDS)}", start)
        token = self._peek()
        if token is None or token["close"] or token["minus"] or token["field"]:
            self._fail(f"nothing follows {name}:", start)
        return self._nested(self._part, field)

    def _word(self, word: str, field: str, start: int) -> Query | None:
        if field == "date":
            return self._days(word, start)
        if not any(map(str.isalnum, word)):
            if "*" in word:
                self._fail("a * needs the beginning of a word before it", start)
            return None
        if "*" in word:
            if word.index("*") != len(word) - 1:
                self._fail("a * can only end a word", start + word.index("*"))
            return Prefix(word[:-1], field)
        if "~" in word:
            match = _NEAR.fullmatch(word)
            edits = int(match["edits"] or 1) if match else 0
            if not match or not 1 <= edits <= MOST_EDITS:
                self._fail(f"a ~ ends a word, with 1 to {MOST_EDITS} behind it", start)
            return Near(match["word"], edits, field)
        return Words(word, field)

    def _days(self, text: str, start: int) -> Days:
        try:
            return parse_days(text)
        except ValueError as error:
            self._fail(f"date:{normalize(text)}: {error}", start)

    def _keyword(self, keyword: str) -> bool:
        token = self._peek()
        if token and token["word"] == keyword:
            self.place = token.end()
            return True
        return False

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self.text, self.place)

    def _fail(self, what: str, place: int | None = None) -> NoReturn:
        at = (len(self.text) if place is None else place) + 1
        shown = normalize(self.text)
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[:_LONGEST_SHOWN] + "…"
        raise QueryError(f"bad query: {what} (character {at} of: {shown})")
