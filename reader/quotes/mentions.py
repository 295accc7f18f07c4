"""Who a text speaks of: names, descriptions and pronouns that can be somebody's words' source.

A mention is a run of words that can be a subject: "Trump", "Texas Sen. Ted Cruz", "Cruz's
campaign", "a spokesman for the committee", "the senator", "she". It is found by the form of its
words: there is no dictionary of verbs, only of the words that never stand in a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.language.word_lists import LANGUAGE, months
from reader.quotes.cues import VERBS
from reader.quotes.vocabulary import (
    COURTESY_TITLES,
    FIRST_NAMES,
    ORGANISATIONS,
    PARTICLES,
    QUOTATIONS,
    TITLES,
)

# Marks the place of quoted words in a paragraph, so that what is read around them never reads the
# quotation itself. A private-use character: no article's text needs it.
QUOTED = "\ue000"

_FUNCTION_WORDS = "function_words"
# Common nouns for somebody who, or something which, can say a thing.
HEADS = QUOTATIONS.words("head_nouns", "speakers")
# Nouns that "of" makes the name of an office with.
_OFFICES = QUOTATIONS.words("offices", "holders")
_DEPARTMENTS = QUOTATIONS.words("offices", "departments")
_DETERMINERS = QUOTATIONS.words(_FUNCTION_WORDS, "determiners")
# Words that no mention has in it: it ends before them.
_OUTSIDE = QUOTATIONS.words(_FUNCTION_WORDS, "outside").union(
    (names[0].lower() for names in months()),  # in full: Jan may be a person
    (day.lower() for day in LANGUAGE.entries("weekdays")),
)
_PRONOUNS = QUOTATIONS.words(_FUNCTION_WORDS, "pronouns")
# Capitalised where a sentence begins, and no name.
_OPENING = _OUTSIDE | _DETERMINERS | QUOTATIONS.words(_FUNCTION_WORDS, "openers")
_COMPLEMENT = QUOTATIONS.words(_FUNCTION_WORDS, "complement")
_MOST_WORDS = 12
_MOST_LEADING = 5
# Where a report comes from, before its first words: "LA CROSSE, Wisc. —", "WASHINGTON (AP) —".
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,}(?:,[^—–\ue000]{1,30})?(?:\s*\([^)]{1,20}\))?\s*[—–-]{1,2}\s"
)

_ABBREVIATED = "|".join(LANGUAGE.entries("abbreviations", "titles", "names"))
_TOKEN = re.compile(
    rf"{QUOTED}+|(?:{_ABBREVIATED})\.|(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w))?"
    r"|@?[^\W_]+(?:[’'‑&-][^\W_]+)*(?:[’'](?!\w))?|\S"
)
# The Arabic article before a name, however it is said: al-Sisi.
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|ar|as|ash|at|az)-(?=[^\W\d_a-z])")
_PARTY = re.compile(r"\s*\((?:[RDI]|Ind)(?:[.-][^()]{0,20})?\)|\s*\([^()]{1,12}\)")
# Words that may stand between a name and what it is of: "presidential candidate".
_MODIFIERS = QUOTATIONS.words("modifiers")
_MODIFYING = re.compile(r"\w+(?:al|ive|ic|ary|ory|ent|ior|[^\W\d_]-\w+)|\w+-\w+")
# Who does something, by the ending of the word.
_AGENT = re.compile(r"(?:ers?|ors?|ists?|ians?|[a-z]m[ae]n|ees?)$")
_NO_AGENTS = QUOTATIONS.words("head_nouns", "not agents")
_CONTRACTED = re.compile(r"[’'](?:s|d|ll|ve|re|m)$")
_POSSESSIVE = re.compile(r"(?:[’'][sS]|(?<=s)[’'])$")


class Mention(NamedTuple):
    """A run of words that can be a source: the characters where it starts and ends.

    `kind` is "name", "description" (a common noun with a name in it), "nominal" (without one), or
    the pronoun. `name` is how the text names it: without title, determiner and possessive; "" if it
    does not.
    """

    start: int
    end: int
    kind: str
    name: str
    possessive: bool = False


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    opens: bool  # whether it begins a sentence


def find_mentions(masked: str, known: frozenset[str]) -> list[Mention]:
    """The mentions in a paragraph, in order; `known` are the words that the article capitalises
    inside sentences.
    """
    dateline = _DATELINE.match(masked)
    begin = dateline.end() if dateline else 0
    tokens = [token for token in _tokens(masked) if token.start >= begin]
    if tokens:
        tokens[0] = tokens[0]._replace(opens=True)
    found: list[Mention] = []
    place = 0
    while place < len(tokens):
        mention, next_place = _mention_at(tokens, place, known, masked)
        place = max(next_place, place + 1)
        if mention is not None:
            found.append(mention)
            while place < len(tokens) and tokens[place].start < mention.end:
                place += 1
    return found


def _tokens(masked: str) -> Iterator[_Token]:
    opens = True
    for match in _TOKEN.finditer(masked):
        text = match[0]
        yield _Token(text, match.start(), match.end(), opens)
        if text[0].isalnum() or text[0] == "@":
            opens = False
        elif text in ".!?:;—–" or text[0] in (QUOTED, "“", '"', "•"):
            opens = text not in ";—–"


def _is_capital(token: _Token, known: frozenset[str]) -> bool:
    """Whether a word is part of a name."""
    text = _ARTICLE.sub("", token.text.lstrip("@"))
    if not text or not text[0].isupper():
        return token.text[:1] == "@" and len(token.text) > 2
    lower = text.lower()
    if lower in _OPENING or lower.rstrip(".") in ("i",):
        return False
    if token.opens and text not in known and _POSSESSIVE.sub("", text) not in known:
        # The first word of a sentence may be any: "Adding", "Audiences". A name is none that is
        # met in small letters.
        return lower not in known and not lower.endswith(("ing", "ly"))
    return True


def _mention_at(
    tokens: list[_Token], place: int, known: frozenset[str], masked: str
) -> tuple[Mention | None, int]:
    """The mention that begins at a token, and the place after it."""
    first = tokens[place]
    lower = first.text.lower()
    pronoun = _CONTRACTED.sub("", lower)
    if pronoun in _PRONOUNS:
        return Mention(first.start, first.start + len(pronoun), pronoun, ""), place + 1
    determined = lower in _DETERMINERS
    at = place + 1 if determined else place
    if not determined and not (
        _is_capital(first, known) or lower in HEADS or _before_capital(tokens, place, known)
    ):
        return None, place + 1
    end, last_capital, first_capital = at, -1, -1
    possessive_at = -1
    while at < len(tokens) and at - place < _MOST_WORDS:
        token = tokens[at]
        word = token.text.lower()
        if token.opens and at > place and not (determined and at == place + 1):
            break
        if _is_capital(token, known):
            first_capital = at if first_capital < 0 else first_capital
            last_capital = at
        elif (
            word in PARTICLES
            and last_capital == at - 1
            and at + 1 < len(tokens)
            and _is_capital(tokens[at + 1], known)
        ) or (word == "of" and _is_office(tokens, at)):
            pass
        elif (
            not (token.text[0].isalpha() or (determined and "-" in word and word[0].isdigit()))
            or word in _OUTSIDE
            or word in _DETERMINERS
            or (
                (not determined or last_capital == at - 1 or _is_head(tokens[at - 1].text.lower()))
                and possessive_at != at - 1
                and not _leads_on(tokens, at, known)
            )
            or (word.endswith(("ed", "ing")) and word not in HEADS and at > place + 1)
        ):
            break
        if _POSSESSIVE.search(token.text) and len(token.text) > 2:
            possessive_at = at
            determined = True
        at += 1
        end = at
    if end <= place or (end == place + 1 and lower in _DETERMINERS):
        return None, place + 1
    made = _made(tokens, place, end, first_capital, last_capital, masked, known)
    return _with_complement(tokens, end, made, known, masked)


def _is_office(tokens: list[_Token], at: int) -> bool:
    """Whether "of" stands in the name of an office: Secretary of State, Chief of Staff."""
    if at + 1 >= len(tokens) or tokens[at - 1].text.lower() not in TITLES:
        return False
    return tokens[at + 1].text in _DEPARTMENTS


def _leads_on(tokens: list[_Token], at: int, known: frozenset[str]) -> bool:
    """Whether lower-case words behind a name lead on to what it is of: a common noun for who
    speaks, with another name behind it or not ("Fox News host Sean Hannity").
    """
    for place in range(at, min(at + _MOST_LEADING, len(tokens))):
        token = tokens[place]
        word = token.text.lower()
        before = tokens[place - 1].text.lower()
        if place > at and _is_capital(token, known):
            return before in TITLES or _is_head(before)
        if _is_head(word):
            return True
        if word in _OUTSIDE | _DETERMINERS | VERBS or not _modifies(word):
            return False
    return False


def _modifies(word: str) -> bool:
    return word in _MODIFIERS or _MODIFYING.fullmatch(word) is not None


def _is_head(word: str) -> bool:
    """Whether a lower-case word is what somebody or something that can speak is called."""
    word = _POSSESSIVE.sub("", word)
    if word in HEADS:
        return True
    return len(word) > 5 and word not in _NO_AGENTS and _AGENT.search(word) is not None


def _before_capital(tokens: list[_Token], place: int, known: frozenset[str]) -> bool:
    """Whether a lower-case word modifies a name: "former", "14-year-old"."""
    word = tokens[place].text.lower()
    return (
        (word in TITLES or word in HEADS or "-" in word)
        and word not in _OUTSIDE
        and place + 1 < len(tokens)
        and (
            _is_capital(tokens[place + 1], known)
            or (
                tokens[place + 1].text.lower() in HEADS | TITLES
                and place + 2 < len(tokens)
                and _is_capital(tokens[place + 2], known)
            )
        )
    )


def _made(
    tokens: list[_Token],
    place: int,
    end: int,
    first_capital: int,
    last_capital: int,
    masked: str,
    known: frozenset[str],
) -> Mention:
    last = tokens[end - 1]
    possessive = _POSSESSIVE.search(last.text) is not None
    start, stop = tokens[place].start, last.end
    party = _PARTY.match(masked, stop)
    if party:
        stop = party.end()
    if first_capital < 0:
        return Mention(start, stop, "nominal", "", possessive)
    if last_capital == end - 1:
        name = proper_name([t.text for t in tokens[_run(tokens, place, end, known) : end]])
        kind = "name" if name else "nominal"
        return Mention(start, stop, kind, name, possessive)
    owner = next(
        (n for n in range(first_capital, end - 1) if _POSSESSIVE.search(tokens[n].text)), None
    )
    if owner is not None and last.text.lower() not in HEADS:  # somebody's words, claim, language
        run = _run(tokens, place, owner + 1, known)
        name = proper_name([token.text for token in tokens[run : owner + 1]])
        return Mention(start, stop, "name" if name else "nominal", name, possessive)
    return Mention(start, stop, "description", _words(tokens[first_capital:end]), possessive)


def _words(tokens: list[_Token]) -> str:
    """The words of a description, without a possessive ending."""
    return _POSSESSIVE.sub("", " ".join(token.text for token in tokens))


def _with_complement(
    tokens: list[_Token], at: int, mention: Mention, known: frozenset[str], masked: str
) -> tuple[Mention, int]:
    """A common noun with whom it speaks for: "a spokesman for the Bush campaign"."""
    last = tokens[at - 1].text.lower()
    if mention.kind != "nominal" or not _is_head(last) or at + 1 >= len(tokens):
        return mention, at
    if tokens[at].text not in _COMPLEMENT:
        return mention, at
    other, end = _mention_at(tokens, at + 1, known, masked)
    if other is None or other.kind not in ("name", "description"):
        return mention, at
    if last in _OFFICES and other.kind == "name" and masked[other.start].islower():
        # "secretary of state Hillary Clinton": an office and who has it.
        return other._replace(start=mention.start), end
    name = _PARTY.sub("", f"{tokens[at - 1].text} {masked[tokens[at].start : other.end]}")
    return Mention(mention.start, other.end, "description", name, other.possessive), end


def _run(tokens: list[_Token], place: int, end: int, known: frozenset[str]) -> int:
    """Where the last run of capitalised words begins."""
    at = end - 1
    while at > place:
        before = tokens[at - 1]
        if _POSSESSIVE.search(before.text) or not (
            _is_capital(before, known) or before.text.lower() in PARTICLES
        ):
            break
        at -= 1
    return at


def proper_name(words: list[str]) -> str:
    """A row of capitalised words without titles before and a possessive ending; maybe empty."""
    words = [word for word in words if word]
    if not words:
        return ""
    words = [*words[:-1], _POSSESSIVE.sub("", words[-1])]
    is_person = _plain(words[-1]) not in ORGANISATIONS
    is_called = len(words) == 2 and _plain(words[0]) in COURTESY_TITLES
    if is_person:
        titles = [n for n, word in enumerate(words[:-1]) if _plain(word) in TITLES]
        if titles:
            words = words[titles[-1] + 1 :]
    while len(words) > 1 and _plain(words[0]) in (TITLES | _OPENING if is_person else _OPENING):
        words.pop(0)
    if is_person and len(words) > 2 and _plain(words[0]) not in FIRST_NAMES and len(words[0]) > 2:
        # "Certainly Donald Trump", "Exchequer Nigel Lawson": the name begins with the first name.
        firsts = (n for n, word in enumerate(words[:-1]) if _plain(word) in FIRST_NAMES)
        words = words[next(firsts, 0) :]
    # A stop that belongs to the name is not the sentence's: U.S., Jr.
    is_short = len(words[-1]) < 3 or "." in words[-1][:-1]
    name = " ".join(words) if is_short else " ".join(words).strip(" ,.")
    if len(words) == 1 and is_called:  # Mr. King
        return name
    if _plain(name) in TITLES | _OPENING or len(name.strip(".")) < 2:
        return ""
    return name


def _plain(word: str) -> str:
    return word.strip(".,@").lower()


def words_known(texts: list[str]) -> frozenset[str]:
    """The words that texts capitalise inside sentences, where capitals tell names, and those that
    they have in small letters.
    """
    found: set[str] = set()
    for text in texts:
        inside = _INSIDE.findall(text)
        if len(inside) * 2 <= text.count(" "):  # else a headline
            found.update(_POSSESSIVE.sub("", word) for word in inside)
        found.update(_SMALL.findall(text))
    return frozenset(found)


_INSIDE = re.compile(r"(?<=[\w,] )[^\W\d_a-z][\w’'-]*")
_SMALL = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")
