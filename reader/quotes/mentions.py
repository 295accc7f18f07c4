"""Mentions: the names, descriptions and pronouns that can be the speaker of a quotation.

A mention is a run of words that can be a subject: "Trump", "Texas Sen. Ted Cruz", "Cruz's
campaign", "a spokesman for the committee", "the senator", "she". It is recognised by the form of
its words, with lists of common nouns and of words that no mention contains, but none of all verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from reader.language.tokens import Mode, tokenize
from reader.quotes.persons.proper_names import (
    DETERMINERS,
    OPENERS,
    OUTSIDE,
    POSSESSIVE,
    proper_name,
)
from reader.quotes.vocabulary import ORGANISATIONS, PARTICLES, QUOTATIONS, TITLES, VERBS

# Masks quoted words in a paragraph, so that the words around them are read without them. A
# private-use character: no article's text needs it.
QUOTED = "\ue000"

# Common nouns for people and bodies that can speak.
_HEADS = QUOTATIONS.words("head_nouns", "speakers")
_NOT_AGENTS = QUOTATIONS.words("head_nouns", "not agents")
# Agent nouns by their endings.
_AGENT = re.compile(r"(?:ers?|ors?|ists?|ians?|[a-z]m[ae]n|ees?)$")
# Nouns that form the name of an office with "of", and the words after it.
_OFFICES = QUOTATIONS.words("offices", "holders")
_DEPARTMENTS = QUOTATIONS.words("offices", "departments")
_PRONOUNS = QUOTATIONS.words("function_words", "pronouns")
_COMPLEMENT = QUOTATIONS.words("function_words", "complement")
# Words between a name and a common noun for its bearer: "presidential candidate".
_MODIFIERS = QUOTATIONS.words("modifiers")
_MODIFYING = re.compile(r"\w+(?:al|ive|ic|ary|ory|ent|ior|[^\W\d_]-\w+)|\w+-\w+")

_IN_INSTITUTIONS = frozenset({"of", "and", "for", "at"})
_MOST_WORDS = 12
_MOST_LEADING = 5
# The dateline of a report: "LA CROSSE, Wisc. —", "WASHINGTON (AP) —".
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,}(?:,[^—–\ue000]{1,30})?(?:\s*\([^)]{1,20}\))?\s*[—–-]{1,2}\s"
)
# The Arabic article before a name, in its spellings: al-Sisi.
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|ar|as|ash|at|az)-(?=[^\W\d_a-z])")
_PARTY = re.compile(r"\s*\((?:[RDI]|Ind)(?:[.-][^()]{0,20})?\)|\s*\([^()]{1,12}\)")
_CONTRACTED = re.compile(r"[’'](?:s|d|ll|ve|re|m)$")


class Mention(NamedTuple):
    """A run of words that can be a speaker, with its span.

    `kind` is "name", "description" (a common noun with a name in it), "nominal" (a common noun
    without a name), or the pronoun. `name` is the name in the text without title, determiner and
    possessive, "" for none.
    """

    start: int
    end: int
    kind: str
    name: str
    possessive: bool = False


def find_mentions(masked: str, vocabulary: frozenset[str]) -> list[Mention]:
    """The mentions in a paragraph, in order; `vocabulary` are the article's words inside sentences,
    in its own capitalisation.
    """
    return list(_Paragraph(masked, vocabulary).mentions())


class _Token(NamedTuple):
    text: str
    lower: str
    start: int
    end: int
    opens_sentence: bool
    # Whether it is part of a name by its capital letter.
    is_capital: bool


class _State(Enum):
    """Parser state: the words that may follow in a mention."""

    START = auto()
    # After a determiner, a possessive, or an adjective after these: any noun or modifier.
    FREE = auto()
    # After a capitalised word: another, a particle, or words that lead on to a common noun.
    NAME = auto()
    # After a common noun: a name, or words that lead on to one.
    NOUN = auto()


class _Paragraph:
    """A parser of the mentions in a paragraph."""

    def __init__(self, masked: str, vocabulary: frozenset[str]) -> None:
        self._masked = masked
        self._vocabulary = vocabulary
        self._in_institution = False
        self._tokens = list(self._read())

    def _read(self) -> Iterator[_Token]:
        """The tokens after the dateline."""
        dateline = _DATELINE.match(self._masked)
        begin = dateline.end() if dateline else 0
        opens = True
        for start, end, text in tokenize(self._masked, Mode.SURFACE):
            if start < begin:
                continue
            yield _Token(text, text.lower(), start, end, opens, self._is_capital(text, opens))
            if text[0].isalnum() or text[0] == "@":
                opens = False
            elif text in ".!?:;—–" or text[0] in (QUOTED, "“", '"', "•"):
                opens = text not in ";—–"

    def _is_capital(self, word: str, opens_sentence: bool) -> bool:
        text = _ARTICLE.sub("", word.lstrip("@"))
        if not text or not text[0].isupper():
            return word[:1] == "@" and len(word) > 2
        lower = text.lower()
        if lower in OPENERS or lower.rstrip(".") == "i":
            return False
        if opens_sentence and lower in _HEADS:
            return False
        vocabulary = self._vocabulary
        bare = POSSESSIVE.sub("", text)
        if opens_sentence and text not in vocabulary and bare not in vocabulary:
            # The first word of a sentence may be any: "Adding", "Audiences". A word that the
            # article has in small letters is no name.
            # So is one that it has in the singular, and a common noun for speakers.
            is_common = lower in vocabulary or (lower[-1:] == "s" and lower[:-1] in vocabulary)
            return not (is_common or lower in _HEADS or lower.endswith(("ing", "ly")))
        return True

    def mentions(self) -> Iterator[Mention]:
        """The mentions in order."""
        index = 0
        while index < len(self._tokens):
            mention, following = self._mention_at(index)
            index = max(following, index + 1)
            if mention is not None:
                yield mention
                while index < len(self._tokens) and self._tokens[index].start < mention.end:
                    index += 1

    def _mention_at(self, first: int) -> tuple[Mention | None, int]:
        """The mention that begins at a token, and the index of the token after it."""
        token = self._tokens[first]
        pronoun = _CONTRACTED.sub("", token.lower)
        if pronoun in _PRONOUNS:
            return Mention(token.start, token.start + len(pronoun), pronoun, ""), first + 1
        is_determined = token.lower in DETERMINERS
        if not (is_determined or self._begins(first)):
            return None, first + 1
        end = self._end(first, is_determined)
        if end == first or (end == first + 1 and is_determined):
            return None, first + 1
        return self._with_complement(self._mention(first, end), end)

    def _begins(self, index: int) -> bool:
        """Whether a token begins a mention without a determiner."""
        token = self._tokens[index]
        return token.is_capital or token.lower in _HEADS or self._modifies_name(index)

    def _end(self, first: int, is_determined: bool) -> int:
        """The index of the token after the mention that begins with a token."""
        tokens = self._tokens
        self._in_institution = False
        state = _State.FREE if is_determined else _State.START
        index = first + 1 if is_determined else first
        may_open = index  # the only token that may open a sentence
        while index < min(len(tokens), first + _MOST_WORDS):
            token = tokens[index]
            if token.opens_sentence and index != may_open:
                break
            following = self._state_after(index, state, is_determined)
            if following is None or (index > first + 1 and _is_verb_form(token)):
                break
            if POSSESSIVE.search(token.text) and len(token.text) > 2:
                following, is_determined = _State.FREE, True
            state = following
            index += 1
        return index

    def _state_after(self, index: int, state: _State, is_determined: bool) -> _State | None:
        """The state after a token; None if the mention ends before it."""
        token = self._tokens[index]
        if token.is_capital:
            return _State.NAME
        if self._joins(index, state):
            return _State.FREE if is_determined else _State.NOUN
        if not _is_word(token, is_determined):
            return None
        if state in (_State.NAME, _State.NOUN) and not self._leads_on(index):
            return None
        return _State.FREE if is_determined and not _is_head(token.lower) else _State.NOUN

    def _joins(self, index: int, state: _State) -> bool:
        """Whether a word joins the parts of a name: a particle, or "of" in an office's name."""
        lower = self._tokens[index].lower
        if index + 1 == len(self._tokens):
            return False
        following = self._tokens[index + 1]
        before = self._tokens[index - 1] if index else None
        if state is _State.NAME and before and self._joins_institution(lower, before, following):
            return True
        if lower == "of":
            is_title = before is not None and before.lower in TITLES
            return is_title and following.text in _DEPARTMENTS
        follows_particle = before is not None and before.lower in PARTICLES
        if not (state is _State.NAME or follows_particle) or lower not in PARTICLES:
            return False
        # Two particles: María de la Vega.
        second = self._tokens[index + 2] if index + 2 < len(self._tokens) else following
        return following.is_capital or (following.lower in PARTICLES and second.is_capital)

    def _joins_institution(self, word: str, before: _Token, following: _Token) -> bool:
        """Whether a small word joins the parts of an institution's name: Bank of England,
        Department of Health and Human Services.
        """
        if not following.is_capital or following.opens_sentence:
            return False
        if word == "of" and before.is_capital and before.lower in ORGANISATIONS:
            self._in_institution = True
            return True
        return self._in_institution and word in _IN_INSTITUTIONS

    def _leads_on(self, index: int) -> bool:
        """Whether words in small letters lead on to a common noun for a speaker, perhaps with a
        name after it: "Fox News host Sean Hannity".
        """
        for ahead in range(index, min(index + _MOST_LEADING, len(self._tokens))):
            token = self._tokens[ahead]
            before = self._tokens[ahead - 1].lower
            if ahead > index and token.is_capital:
                return before in TITLES or _is_head(before)
            if _is_head(token.lower):
                return True
            if not _is_modifier(token.lower):
                return False
        return False

    def _modifies_name(self, index: int) -> bool:
        """Whether a word in small letters modifies a name: "former", "14-year-old"."""
        word = self._tokens[index].lower
        if word in OUTSIDE or not (word in TITLES or word in _HEADS or "-" in word):
            return False
        ahead = self._tokens[index + 1 : index + 3]
        if not ahead or ahead[0].is_capital:
            return bool(ahead)
        return ahead[0].lower in _HEADS | TITLES and ahead[-1].is_capital

    def _mention(self, first: int, end: int) -> Mention:
        """The mention of the tokens from `first` to before `end`."""
        tokens = self._tokens[first:end]
        last = tokens[-1]
        possessive = POSSESSIVE.search(last.text) is not None
        party = _PARTY.match(self._masked, last.end)
        stop = party.end() if party else last.end
        capitals = [index for index, token in enumerate(tokens) if token.is_capital]
        named_by = len(tokens) if last.is_capital else _owner(tokens, capitals)
        if named_by:
            name = proper_name(_last_name(tokens[:named_by]))
            return Mention(tokens[0].start, stop, "name" if name else "nominal", name, possessive)
        if not capitals:
            return Mention(tokens[0].start, stop, "nominal", "", possessive)
        words = " ".join(token.text for token in tokens[capitals[0] :])
        name = POSSESSIVE.sub("", words)
        return Mention(tokens[0].start, stop, "description", name, possessive)

    def _with_complement(self, mention: Mention, end: int) -> tuple[Mention, int]:
        """A common noun with its complement: "a spokesman for the Bush campaign"."""
        tokens = self._tokens
        head = tokens[end - 1]
        if mention.kind != "nominal" or not _is_head(head.lower) or end + 1 >= len(tokens):
            return mention, end
        if tokens[end].text not in _COMPLEMENT:
            return mention, end
        principal, following = self._mention_at(end + 1)
        if principal is None or principal.kind not in ("name", "description"):
            return mention, end
        if (
            head.lower in _OFFICES
            and principal.kind == "name"
            and self._masked[principal.start].islower()
        ):
            # "secretary of state Hillary Clinton": an office and its holder.
            return principal._replace(start=mention.start), following
        name = _PARTY.sub("", f"{head.text} {self._masked[tokens[end].start : principal.end]}")
        described = Mention(mention.start, principal.end, "description", name, principal.possessive)
        return described, following


def _is_word(token: _Token, is_determined: bool) -> bool:
    """Whether a token in small letters can be part of a mention."""
    if token.lower in OUTSIDE or token.lower in DETERMINERS:
        return False
    # "a 14-year-old"
    is_figure = is_determined and "-" in token.text and token.text[0].isdigit()
    return is_figure or token.text[0].isalpha()


def _is_verb_form(token: _Token) -> bool:
    """Whether a word in small letters seems to be a participle."""
    if token.is_capital or token.lower in _HEADS:
        return False
    return token.lower.endswith(("ed", "ing"))


def _is_modifier(word: str) -> bool:
    if word in OUTSIDE or word in DETERMINERS or word in VERBS:
        return False
    return word in _MODIFIERS or _MODIFYING.fullmatch(word) is not None


def _is_head(word: str) -> bool:
    """Whether a word in small letters is a common noun for a speaker."""
    word = POSSESSIVE.sub("", word)
    if word in _HEADS:
        return True
    return len(word) > 5 and word not in _NOT_AGENTS and _AGENT.search(word) is not None


def _owner(tokens: list[_Token], capitals: list[int]) -> int:
    """The number of tokens that name a possessor, as in "Trump's claim"; 0 for none."""
    if not capitals or tokens[-1].lower in _HEADS:
        return 0
    owners = (n for n in range(capitals[0], len(tokens) - 1) if POSSESSIVE.search(tokens[n].text))
    return next(owners, -1) + 1


def _last_name(tokens: list[_Token]) -> str:
    """The last run of capitalised words."""
    first = len(tokens) - 1
    while first > 0:
        before = tokens[first - 1]
        is_part = before.is_capital or before.lower in PARTICLES
        if before.lower in _IN_INSTITUTIONS and _follows_institution(tokens[:first]):
            is_part = True
        if POSSESSIVE.search(before.text) or not is_part:
            break
        first -= 1
    return " ".join(token.text for token in tokens[first:])


def _follows_institution(tokens: list[_Token]) -> bool:
    """Whether the last of these tokens is a small word in the name of an institution."""
    ofs = [n for n, token in enumerate(tokens) if token.lower == "of" and n]
    return any(tokens[n - 1].is_capital and tokens[n - 1].lower in ORGANISATIONS for n in ofs)
