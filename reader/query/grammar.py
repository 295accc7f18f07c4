"""The parser of the query language: strict, so that errors are refused and never guessed at.

words all of them      peace treaty
a phrase               "peace treaty"      "peace treaty"~5  (at most 5 words in between)
either                 peace OR war        (binds less tightly than AND)
without                peace NOT war, peace -war
grouping               (peace OR truce) Baku
together               treaty /s Baku      (in one sentence; /p: in one paragraph)
a pattern              negotiat*           wom?n  neg*tion  (* any letters, ? one letter)
near spellings         Zangezur~           Zangezur~2  (at most 2 letters differ)
a field                title:peace   speaker:"Ilham Aliyev"   source:reuters   quote:corridor
days                   date:2021-05   date:2021-05-20..2021-06   date:..2020   date:"last month"
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn, TypeVar

from reader.errors import QueryError
from reader.language.clean import normalize
from reader.query.days import parse_days
from reader.query.fields import QUERY_FIELDS, TEXT_FIELDS
from reader.query.tree import (
    And,
    DateRange,
    Fuzzy,
    InArticle,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Unit,
    Wildcard,
    Within,
    assert_never,
    children,
)

MAX_EDITS = 2
# The deepest nesting accepted, which protects the stack.
_MAX_DEPTH = 50

_TOKEN = re.compile(
    r"""
    \s* (?:
      (?P<open>\() | (?P<close>\))
    | (?P<minus>-(?=[^\s-]))
    | (?P<quote>["“”„«])
    | (?P<unit>/[psPS](?=[\s()]|$))
    | (?P<field>[A-Za-z_]+):(?!:|//)(?=\S)
    | (?P<foreign>(?:!|\+|\|\||&&)(?=[^\s!+&|]) | (?:\|\||&&|!)(?=\s|$) | /\d+(?=[\s()]|$))
    | (?P<word>[^\s()"“”„«]+)
    )
    """,
    re.VERBOSE,
)
_CLOSING = {"«": "»", '"': '"', "“": '”“"', "”": '”"', "„": "“”"}
_FUZZY = r"(?P<word>[^~]+)~(?P<edits>\d*)"
_SLOP = r"~(?P<slop>\d{1,3})(?!\w)"
# What other query languages have and this has not, and what to write instead.
_FOREIGN = {
    "!": "NOT excludes words",
    "+": "each word is required, unless OR stands between them",
    "||": "OR stands between alternatives",
    "&&": "words side by side are all required",
    "/": '/s and /p are for one sentence and one paragraph, "two words"~3 for a distance',
}
# Weights, which other query languages have behind a word.
_WEIGHT = re.compile(r"\w\^\d")
# Before or after a word a question mark is punctuation; inside one it stands for any letter.
_SINGLE_LETTER = r"(?<=\w)\?(?=.*\w)"


def parse_query(text: str, field: str = "text") -> Query:
    """Parse a query; words without a field search `field`.

    Raises QueryError with the offset of the error.
    """
    return _Parser(text, field).parse()


Result = TypeVar("Result")


class _Parser:
    """A recursive-descent parser; `offset` is that of the next character."""

    def __init__(self, text: str, field: str) -> None:
        self.text = text.replace("\0", " ")
        self.field = field
        self.offset = 0
        self.depth = 0

    def parse(self) -> Query:
        query = self._disjunction(self.field)
        closing = self._peek()
        if closing:  # nothing else stops the descent early
            self._fail("a ) without its (", closing.end() - 1)
        return query

    def _disjunction(self, field: str) -> Query:
        """Conjunctions with OR between them."""
        parts = [self._conjunction(field)]
        while self._keyword("OR"):
            parts.append(self._conjunction(field, after="OR"))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _conjunction(self, field: str, after: str = "") -> Query:
        """Operands with AND or nothing between them; `after` is the keyword before them."""
        parts: list[Query] = []
        start = self.offset
        while not _ends_conjunction(token := self._peek()):
            if self._keyword("AND"):
                after = "AND"
                if not parts:
                    self._fail("nothing stands before AND", start)
                continue
            part = self._proximity(field)
            after = ""
            if part is not None:
                parts.append(part)
        if after:
            self._fail(f"nothing follows {after}")
        if not parts:
            is_or = token is not None and token["word"] == "OR"
            self._fail("nothing stands before OR" if is_or else "nothing to search for", start)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _proximity(self, field: str) -> Query | None:
        """An operand, or several with /s or /p between them; None for punctuation alone."""
        query = self._operand(field)
        while (token := self._peek()) and token["unit"]:
            operator, start = token["unit"].lower(), token.start("unit")
            self.offset = token.end()
            following = self._peek()
            if query is None:
                self._fail(f"nothing stands before {operator}", start)
            part = None if _lacks_operand(following) else self._operand(field)
            if part is None:
                self._fail(f"nothing follows {operator}", start)
            unit: Unit = "sentence" if operator == "/s" else "paragraph"
            if unit == "sentence" and not (_fits_sentence(query) and _fits_sentence(part)):
                self._fail("/s stands between words, phrases and groups of them with OR", start)
            chained = isinstance(query, Within) and query.unit == unit
            query = Within((*(children(query) if chained else (query,)), part), unit)
        return query

    def _operand(self, field: str) -> Query | None:
        """A word, phrase, group or negation; None for punctuation alone."""
        token = self._peek()
        if token is None or token["close"]:
            self._fail("nothing to search for")
        start = token.start(token.lastgroup or 0)
        if token["unit"]:
            self._fail(f"nothing stands before {token['unit']}", start)
        if foreign := token["foreign"]:
            advice = _FOREIGN.get(foreign) or _FOREIGN[foreign[0]]
            self._fail(f"{foreign} is not understood: {advice}", start)
        self.offset = token.end()
        if token["word"] == "NOT" or token["minus"]:
            return self._negation(token[0].strip(), field, start)
        if token["open"]:
            return self._group(field, start)
        if token["quote"]:
            return self._phrase(token["quote"], field, start)
        if token["field"]:
            return self._in_field(token["field"], start)
        return self._word(token["word"], field, start)

    def _negation(self, operator: str, field: str, start: int) -> Query | None:
        if _lacks_operand(self._peek()):
            self._fail(f"nothing follows {operator}", start)
        part = self._nested(self._operand, field)
        return Not(part) if part else None

    def _group(self, field: str, start: int) -> Query:
        query = self._nested(self._disjunction, field)
        closing = self._peek()
        if closing is None or not closing["close"]:
            self._fail("a ( without its )", start)
        self.offset = closing.end()
        return query

    def _nested(self, parse: Callable[[str], Result], field: str) -> Result:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self._fail("nested too deeply", self.offset - 1)
        query = parse(field)
        self.depth -= 1
        return query

    def _phrase(self, mark: str, field: str, start: int) -> Query:
        ends = [self.text.find(closing, self.offset) for closing in _CLOSING[mark]]
        end = min((end for end in ends if end >= 0), default=-1)
        if end < 0:
            self._fail("a phrase without its closing quotation mark", start)
        words = self.text[self.offset : end]
        self.offset = end + 1
        if not any(map(str.isalnum, words)):
            self._fail("an empty phrase", start)
        if "*" in words:
            self._fail("a * is not understood in a phrase", self.text.index("*", start))
        if field == "date":
            return self._dates(words.strip(), start)
        match = re.compile(_SLOP).match(self.text, self.offset)
        if match:
            self.offset = match.end()
        return Phrase(words, field, slop=int(match["slop"]) if match else 0)

    def _in_field(self, name: str, start: int) -> Query | None:
        field = name.lower()
        if field not in QUERY_FIELDS:
            self._fail(f"no field {name}: there are {', '.join(QUERY_FIELDS)}", start)
        token = self._peek()
        if token is None or token["close"] or token["minus"] or token["field"] or token["unit"]:
            self._fail(f"nothing follows {name}:", start)
        return self._nested(self._operand, field)

    def _word(self, word: str, field: str, start: int) -> Query | None:
        if word[-1:] == ":" and word[:-1].lower() in QUERY_FIELDS:
            self._fail(f"nothing follows {word}", start)
        if field == "date":
            return self._dates(word, start)
        if weight := _WEIGHT.search(word):
            self._fail("a ^ is not understood: words have no weights", start + weight.start() + 1)
        if not any(map(str.isalnum, word)):
            if "*" in word:
                self._fail("a * needs letters before or behind it", start)
            return None
        if "://" in word:  # an address
            return Phrase(word, field)
        if "*" in word or ("?" in word and re.search(_SINGLE_LETTER, word)):
            return Wildcard(word.strip("?"), field)
        if "~" in word:
            match = re.fullmatch(_FUZZY, word)
            edits = int(match["edits"] or 1) if match else 0
            if not match or not 1 <= edits <= MAX_EDITS:
                self._fail(f"a ~ ends a word, with 1 to {MAX_EDITS} behind it", start)
            return Fuzzy(match["word"], edits, field)
        return Phrase(word, field)

    def _dates(self, text: str, start: int) -> DateRange:
        try:
            return parse_days(text)
        except ValueError as error:
            self._fail(f"date:{normalize(text)}: {error}", start)

    def _keyword(self, keyword: str) -> bool:
        """Consume a keyword if it comes next; returns whether it did."""
        token = self._peek()
        if token and token["word"] == keyword:
            self.offset = token.end()
            return True
        return False

    def _peek(self) -> re.Match[str] | None:
        """The next token, None at the end of the text."""
        return _TOKEN.match(self.text, self.offset)

    def _fail(self, message: str, offset: int | None = None) -> NoReturn:
        at = len(self.text) if offset is None else offset
        raise QueryError(f"bad query: {message}", self.text, at)


def _ends_conjunction(token: re.Match[str] | None) -> bool:
    """Whether a conjunction ends before a token."""
    return token is None or bool(token["close"]) or token["word"] == "OR"


def _lacks_operand(token: re.Match[str] | None) -> bool:
    """Whether an operator before this token has no operand."""
    return _ends_conjunction(token) or (token is not None and token["word"] == "AND")


def _fits_sentence(query: Query) -> bool:
    """Whether a query can be matched within a sentence."""
    match query:
        case Or() | Within():
            return all(map(_fits_sentence, query.parts))
        case Phrase() | Wildcard() | Fuzzy() | Synonyms():
            return query.field in TEXT_FIELDS
        case And() | Not() | DateRange() | InArticle():
            return False
        case _:
            assert_never(query)
