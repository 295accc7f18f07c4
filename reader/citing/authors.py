"""The authors in a byline: persons, whose names reference managers divide, and institutions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from reader.language.clean import fold
from reader.language.word_lists import LANGUAGE

_BY = re.compile(
    r"(?:(?:written|reported|reporting|words|text|story|report|analysis|opinion)\s+)?by\b[:\s]\s*",
    re.IGNORECASE,
)
# Words of the names of institutions; their last words are in a list of their own.
_INSTITUTION = re.compile(
    r"\b(?:the|press|news|newsroom|agency|agence|agencia|agenzia|agentur|staff|desk|team|times|post"
    r"|reuters|editors?|editorial|bureau|service|correspondents?|reporters?|contributors?|radio|tv"
    r"|television|media|online|jazeera|bank|ministry|department|university|ltd|inc|llc|plc|gmbh"
    r"|admin|un|uk|us|eu)\b",
    re.IGNORECASE,
)
# Parts that name no author: editors, handles and addresses.
_NO_AUTHOR = re.compile(r"edit(?:ed|ing) by\b|(?:e-?mail|twitter):|@|\S+@\S+\Z", re.IGNORECASE)
# What follows a name: "… Email: jane@example.com", "… contributed research."
_AFTER_NAME = re.compile(r"[.,]?\s+(?:(?:e-?mail|twitter):|contributed\b)[^,;]*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+(?:and|&)\s+")
_CONJUNCTION = re.compile(r"\s+(?:and|&|und|et|och|og|и)\s+")
# "Anna Weber (Reuters)", "Anna Weber of Reuters".
_AFFILIATED = re.compile(r"(.+?)(?:\s+\((.+)\)|\s+(?:of|for)\s+(.+))")
_TITLE = re.compile(r"(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b\.?\s+")
# Letters of honour and degrees: they are part of no name in a list of references.
_LETTERS = frozenset("kc qc mp md phd obe cbe mbe frs esq dds jd mba".split())
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
# "d'Arc", "al-Assad": the name begins after the particle.
_JOINED_PARTICLE = re.compile(r"[^\W\d_]{1,3}['’-](?=\w)")
# Russian and Azerbaijani patronymics stand last where the family name stands first.
_PATRONYMIC = re.compile(r".+(?:вич|вна|чна|оглы|кызы|oğlu|qızı)")
# More words than this are a description, not a name.
_LONGEST = 6


@dataclass(frozen=True)
class Author:
    """A person, or an institution: `literal` is a name that must not be divided.

    `particle` is what the family name begins with, such as "van der".
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def surname(self) -> str:
        """The family name with its particle."""
        return f"{self.particle} {self.family}".strip()


def without_by(byline: str) -> str:
    """A byline without its introduction: "By Anna Weber" is "Anna Weber"."""
    return byline[match.end() :] if (match := _BY.match(byline)) else byline


def authors_of(byline: str | None, source: str | None = None) -> list[Author]:
    """The authors in a byline such as "By Ana Kovač, Tom Ash Jr. and the Coast Press Agency".

    A byline that may be one name with commas in it, as that of a ministry, is left whole. `source`
    is the article's: a publication is no person.
    """
    line = _AFTER_NAME.sub("", without_by(byline or "")).strip(" ,;")
    if not line:
        return []
    if (inverted := _inverted(line)) is not None:
        return inverted
    parts = _split(line)
    return [
        _author(name, source) for part in parts for name in _affiliated(without_by(part)) if name
    ]


def _inverted(line: str) -> list[Author] | None:
    """The authors of "Ash, Tom" and "Ash, Tom; Quill, Mary"; None for a byline of another kind."""
    parts = re.split(r"\s*;\s*", line) if ";" in line else _CONJUNCTION.split(line)
    pairs = [[piece.strip() for piece in part.split(",")] for part in parts]
    if not all(len(pair) == 2 and all(pair) for pair in pairs):
        return None
    authors = []
    for family, given in pairs:
        particle, rest = _split_particle(family.split())
        is_family = len(rest) == 1 and not _is_institution(family)
        if not is_family or not _is_given(given):
            return None
        authors.append(Author(" ".join(rest), given, " ".join(particle)))
    return authors


def _is_given(name: str) -> bool:
    """Whether a name after a comma can only be a given name."""
    words = name.split()
    return fold(words[0]) in _first_names() or all(map(_INITIALS.fullmatch, words))


def _split(line: str) -> list[str]:
    """The names in a byline, suffixes and titles with them; the whole of it if in doubt."""
    names: list[str] = []
    for part in filter(None, _SEPARATOR.split(line)):
        if _NO_AUTHOR.match(part):
            continue
        word = fold(part).replace(".", "")
        if names and word in LANGUAGE.words("suffixes"):
            names[-1] += f" {part}"
        elif not names or word not in _LETTERS:
            names.append(part)
    names = [name for part in names for name in _conjoined(part)]
    # A single word is a part of a name: "Ash, Tom", "Smith & Sons".
    if any(" " not in name and not _is_agency(name) for name in names):
        return [line]
    # "Department of Health and Social Care": its last words are no author.
    if (
        names
        and _is_institution(names[0])
        and not all(
            _is_institution(name) or fold(name.split()[0]) in _first_names() for name in names[1:]
        )
    ):
        return [line]
    return names


def _conjoined(part: str) -> list[str]:
    """The names that an "and" of another language joins."""
    names = _CONJUNCTION.split(part)
    return names if all(" " in name for name in names) else [part]


def _affiliated(name: str) -> list[str]:
    """A person and the agency that is named with them, or the name as it is."""
    match = _AFFILIATED.fullmatch(name)
    if match is None:
        return [name]
    person, agency = match[1], match[2] or match[3]
    is_both = " " in person and not _is_institution(person) and _is_institution(agency)
    return [person, re.sub(r"\Athe\s+", "", agency)] if is_both else [name]


def _author(name: str, source: str | None) -> Author:
    """An author: a person whose name can be divided, else the name as it is."""
    whole = Author(literal=name)
    if source and fold(name) == fold(source):
        return whole
    words = _TITLE.sub("", name, count=1).split()
    suffix = ""
    if len(words) > 2 and fold(words[-1]).replace(".", "") in LANGUAGE.words("suffixes"):
        suffix = words.pop()
    while len(words) > 2 and fold(words[-1]).replace(".", "") in _LETTERS:
        words.pop()
    words[-1] = words[-1].rstrip(",")
    if not _is_person(words):
        return whole
    if all(map(_INITIALS.fullmatch, words[1:])) or (
        len(words) == 3 and _PATRONYMIC.fullmatch(words[2])
    ):
        return Author(words[0], " ".join(words[1:]), suffix=suffix)
    first = len(words) - 1
    if first > 2 and words[first - 1] in LANGUAGE.words("particles", "between surnames"):
        first -= 2
    while first > 0 and (
        words[first - 1] in _particles() or (first > 1 and words[first - 1].lower() in _particles())
    ):
        first -= 1
    particle, family = _split_particle(words[first:])
    return Author(" ".join(family), " ".join(words[:first]), " ".join(particle), suffix)


def _split_particle(words: list[str]) -> tuple[list[str], list[str]]:
    """The particles in small letters that a family name begins with, and what is left."""
    end = 0
    while end < len(words) - 1 and words[end] in _particles():
        end += 1
    return words[:end], words[end:]


def _is_person(words: list[str]) -> bool:
    """Whether words are a name of a person that can be divided: not in doubt."""
    return (
        2 <= len(words) <= _LONGEST
        # "Xi Jinping": which of the words is the family name is not certain.
        and fold(words[0]) not in LANGUAGE.words("surnames_first")
        and not _is_institution(" ".join(words))
        and all(map(_is_name_word, words))
    )


def _is_name_word(word: str) -> bool:
    particles = LANGUAGE.words("particles", "surname", "between surnames")
    bare = _JOINED_PARTICLE.sub("", word)
    return word in particles or (
        (word[0].isupper() or bare[0].isupper()) and re.fullmatch(r"[\w.'’-]+", word) is not None
    )


def _is_institution(name: str) -> bool:
    """Whether a name is that of an institution, or may be one."""
    words = name.split()
    return (
        _INSTITUTION.search(name) is not None
        or _is_agency(name)
        or fold(words[-1]) in LANGUAGE.words("organisations")
        or any(character.isdigit() or character in "/@&" for character in name)
        # "Bank of England"; "BBC Sport".
        or any(word in ("of", "for", "at") for word in words)
        or (
            any(len(word) > 2 and word.isalpha() and word.isupper() for word in words)
            and not name.isupper()
        )
    )


def _is_agency(name: str) -> bool:
    return (
        fold(name) in LANGUAGE.words("bylines", "agencies")
        or fold(name) in LANGUAGE.words("organisations")
        or (" " not in name and len(name) > 1 and name.isupper())
    )


@cache
def _particles() -> frozenset[str]:
    return LANGUAGE.words("particles", "surname")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(map(fold, LANGUAGE.words("first_names")))
