"""The query language: a text to a tree, strictly, so that a slip is told and not guessed at.

words all of them      peace treaty
a phrase               "peace treaty"      "peace treaty"~5  (so many words may be among them)
either                 peace OR war        (binds less than a row of words)
without                peace NOT war, peace -war
grouping               (peace OR truce) Baku
together               treaty /s Baku      (in one sentence; /p: in one paragraph)
the beginning          negotiat*           wom?n  neg*tion  (* some letters, ? one letter)
nearly                 Zangezur~           Zangezur~2  (so many letters may differ)
a field                title:peace   speaker:"Ilham Aliyev"   source:reuters   quote:corridor
days                   date:2021-05   date:2021-05-20..2021-06   date:..2020   date:"last month"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, NoReturn, TypeAlias, TypeVar

from reader.errors import QueryError
from reader.language.clean import normalize
from reader.query.days import Days, parse_days

FIELDS = ("title", "text", "speaker", "quote", "source", "section", "author", "tag", "date")
# Of an article, not of a paragraph.
ARTICLE_FIELDS = frozenset({"title", "source", "section", "author", "tag"})

MOST_EDITS = 2
# Parentheses deeper than this are a slip or an attack on the stack.
_DEEPEST = 50


class Words(NamedTuple):
    """Words that stand one after the other: a single word, or a phrase.

    `slop` is how many other words may be among them; with some, their order does not matter.
    If `exact`, they stand as they are typed, but for case: with their endings and accents.
    """

    text: str
    field: str = "text"
    slop: int = 0
    exact: bool = False


class Wild(NamedTuple):
    """Words of a pattern: `*` is any letters or none, `?` is one letter."""

    text: str
    field: str = "text"


class Near(NamedTuple):
    """Words spelt nearly so: at most `edits` letters added, left out, changed or swapped."""

    text: str
    edits: int
    field: str = "text"


class Same(NamedTuple):
    """What one thing is called: any of the parts, counted as one word. The first is as typed."""

    parts: tuple[Words | Near, ...]

    @property
    def text(self) -> str:
        return self.parts[0].text

    @property
    def field(self) -> str:
        return self.parts[0].field


class InArticle(NamedTuple):
    """Paragraphs of the article with this id."""

    id: str


class Within(NamedTuple):
    """All of the parts in one paragraph, and if `sentence` in one of its sentences."""

    parts: tuple[Query, ...]
    sentence: bool


class And(NamedTuple):
    """All of the parts."""

    parts: tuple[Query, ...]


class Or(NamedTuple):
    """Any of the parts."""

    parts: tuple[Query, ...]


class Not(NamedTuple):
    """Not the part."""

    part: Query


# What asks for words, without parts of its own that could match alone.
Term: TypeAlias = Words | Wild | Near | Same
Query: TypeAlias = Term | Days | InArticle | Within | And | Or | Not
TERMS = (Words, Wild, Near, Same)

_TOKEN = re.compile(
    r"""
    \s* (?:
      (?P<open>\() | (?P<close>\))
    | (?P<minus>-(?=[^\s-]))
    | (?P<quote>["“”„«])
    | (?P<unit>/[psPS](?=[\s()]|$))
    | (?P<field>[A-Za-z_]+):(?=\S)
    | (?P<word>[^\s()"“”„«]+)
    )
    """,
    re.VERBOSE,
)
_CLOSING = {"«": "»", '"': '"', "“": '”“"', "”": '”"', "„": "“”"}
_NEAR = r"(?P<word>[^~]+)~(?P<edits>\d*)"
_SLOP = r"~(?P<slop>\d{1,3})(?!\w)"
# A question mark asks, before or behind a word; in one it is any letter.
_ONE_LETTER = r"(?<=\w)\?(?=.*\w)"


def parse_query(text: str, field: str = "text") -> Query:
    """The query that a user typed; words without a field are asked of `field`.

    Raises QueryError: what is wrong, at which character.
    """
    return _Parser(text, field).parse()


def positive(query: Query) -> Iterator[Term | Days | InArticle]:
    """The leaves of a query that a hit has, rather than lacks."""
    if isinstance(query, (And, Or, Within)):
        for part in query.parts:
            yield from positive(part)
    elif not isinstance(query, Not):
        yield query


def is_of_articles(query: Query) -> bool:
    """Whether a query speaks of articles, not of paragraphs."""
    if isinstance(query, (Days, InArticle)):
        return True
    if isinstance(query, (And, Or, Within)):
        return all(map(is_of_articles, query.parts))
    if isinstance(query, Not):
        return is_of_articles(query.part)
    return query.field in ARTICLE_FIELDS


def replaced(query: Query, replace: Callable[[Term], Query]) -> Query:
    """The query with each of its terms replaced."""
    if isinstance(query, (And, Or)):
        return type(query)(tuple(replaced(part, replace) for part in query.parts))
    if isinstance(query, Within):
        return Within(tuple(replaced(part, replace) for part in query.parts), query.sentence)
    if isinstance(query, Not):
        return Not(replaced(query.part, replace))
    return query if isinstance(query, (Days, InArticle)) else replace(query)


def either(query: Query) -> Query:
    """The query with its words or-ed: any will do. What else it asks for must still hold."""
    parts = query.parts if isinstance(query, And) else (query,)
    wanted = [part for part in parts if not isinstance(part, Not) and not is_of_articles(part)]
    rest = tuple(part for part in parts if part not in wanted)
    words = [word for part in wanted for word in _alternatives(part)]
    if not words:
        return query
    some = words[0] if len(words) == 1 else Or(tuple(words))
    return And((some, *rest)) if rest else some


def _alternatives(query: Query) -> tuple[Query, ...]:
    """The parts of groups of words, however deep: brackets around words are prose."""
    if isinstance(query, (And, Or)) and not any(
        isinstance(part, Not) or is_of_articles(part) for part in query.parts
    ):
        return tuple(word for part in query.parts for word in _alternatives(part))
    return (query,)


def describe(query: Query) -> str:
    """The query as it could be typed."""
    if isinstance(query, (Words, Wild, Near)):
        text = query.text
        if isinstance(query, Near):
            text += f"~{query.edits}"
        elif isinstance(query, Words):
            if query.slop or not re.fullmatch(r"[^\s()\"“”„«]+", text):
                text = f'"{text}"' + (f"~{query.slop}" if query.slop else "")
            if query.exact:
                text = f"={text}"
        return text if query.field == "text" else f"{query.field}:{text}"
    if isinstance(query, Same):
        return " = ".join(map(describe, query.parts))
    if isinstance(query, Days):
        since, until = (day.isoformat() if day else "" for day in query)
        return f"date:{since}" if since == until else f"date:{since}..{until}"
    if isinstance(query, InArticle):
        return f"in {query.id}"
    if isinstance(query, Not):
        return f"NOT {_grouped(query.part)}"
    if isinstance(query, Within):
        return (" /s " if query.sentence else " /p ").join(map(_grouped, query.parts))
    return (" OR " if isinstance(query, Or) else " ").join(map(_grouped, query.parts))


def _grouped(query: Query) -> str:
    text = describe(query)
    return f"({text})" if isinstance(query, (And, Or, Within, Same)) else text


def narrowed(
    query: Query,
    by: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    title: str | None = None,
    article: str | None = None,
) -> Query:
    """The query with what options ask for besides: a speaker, days, a source, words of the title,
    an article's id.

    Raises QueryError for a day that is none, or a name without letters.
    """
    parts: list[Query] = []
    for option, name, field in (
        ("--by", by, "speaker"),
        ("--source", source, "source"),
        ("--title", title, "title"),
    ):
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


Result = TypeVar("Result")


class _Parser:
    """A recursive descent through the text; `place` is the character that is next."""

    def __init__(self, text: str, field: str) -> None:
        self.text = text.replace("\0", " ")
        self.field = field
        self.place = 0
        self.depth = 0

    def parse(self) -> Query:
        query = self._any(self.field)
        closing = self._peek()
        if closing:  # nothing else stops the descent early
            self._fail("a ) without its (", closing.end() - 1)
        return query

    def _any(self, field: str) -> Query:
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
            part = self._together(field)
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

    def _together(self, field: str) -> Query | None:
        """A part, or several with /s or /p between them."""
        query = self._part(field)
        while (token := self._peek()) and token["unit"]:
            unit, start = token["unit"].lower(), token.start("unit")
            self.place = token.end()
            following = self._peek()
            if query is None:
                self._fail(f"nothing stands before {unit}", start)
            if following is None or following["close"] or following["word"] in ("OR", "AND"):
                self._fail(f"nothing follows {unit}", start)
            part = self._part(field)
            if part is None:
                self._fail(f"nothing follows {unit}", start)
            sentence = unit == "/s"
            if sentence and not (_is_of_sentences(query) and _is_of_sentences(part)):
                self._fail("/s stands between words, phrases and groups of them with OR", start)
            if isinstance(query, Within) and query.sentence == sentence:
                query = Within((*query.parts, part), sentence)
            else:
                query = Within((query, part), sentence)
        return query

    def _part(self, field: str) -> Query | None:
        """One word, phrase, group or negation; None for marks that are no word."""
        token = self._peek()
        if token is None or token["close"]:
            self._fail("nothing to search for")
        start = token.start(token.lastgroup or 0)
        if token["unit"]:
            self._fail(f"nothing stands before {token['unit']}", start)
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

    def _nested(self, read: Callable[[str], Result], field: str) -> Result:
        self.depth += 1
        if self.depth > _DEEPEST:
            self._fail("nested too deeply", self.place - 1)
        query = read(field)
        self.depth -= 1
        return query

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
        match = re.match(_SLOP, self.text[self.place : self.place + 5])
        if match:
            self.place += match.end()
        return Words(words, field, slop=int(match["slop"]) if match else 0)

    def _field(self, name: str, start: int) -> Query | None:
        field = name.lower()
        if field not in FIELDS:
            self._fail(f"no field {name}: there are {', '.join(FIELDS)}", start)
        token = self._peek()
        if token is None or token["close"] or token["minus"] or token["field"] or token["unit"]:
            self._fail(f"nothing follows {name}:", start)
        return self._nested(self._part, field)

    def _word(self, word: str, field: str, start: int) -> Query | None:
        if field == "date":
            return self._days(word, start)
        if not any(map(str.isalnum, word)):
            if "*" in word:
                self._fail("a * needs letters before or behind it", start)
            return None
        if "*" in word or ("?" in word and re.search(_ONE_LETTER, word)):
            return Wild(word.strip("?"), field)
        if "~" in word:
            match = re.fullmatch(_NEAR, word)
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
        at = len(self.text) if place is None else place
        raise QueryError(f"bad query: {what}", self.text, at)


def _is_of_sentences(query: Query) -> bool:
    """Whether a query can be asked of a sentence."""
    if isinstance(query, (Or, Within)):
        return all(map(_is_of_sentences, query.parts))
    return isinstance(query, TERMS) and query.field in ("text", "quote")
