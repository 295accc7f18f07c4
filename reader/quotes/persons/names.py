"""The people of an article: the fullest form of each name, and the pronoun."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple

from reader.language.word_lists import months
from reader.quotes.persons.proper_names import proper_name
from reader.quotes.vocabulary import (
    FIRST_NAMES,
    HERS,
    HIS,
    ORGANISATIONS,
    PARTICLES,
    PRONOUN_OF_TITLE,
    QUOTATIONS,
    SUFFIXES,
    TITLES,
    VERBS,
    peoples,
    places,
)

_PARTICLE = f"(?:{'|'.join(sorted(PARTICLES, key=lambda word: (-len(word), word)))})"
_ARTICLE = r"(?:(?:al|el|ul|ad|an|ar|as|ash|at|az)-)?"
_WORD = _ARTICLE + r"(?:[^\W\d_a-z](?:\.|\w*(?:[’'‑-]\w+)*(?:(?<=[JS]r)\.)?))"
_NAME = re.compile(
    rf"(?<![\w@#])(?:(M(?:r|rs|s)|Miss)\.?\s+)?({_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,5}})"
)
_MOST_WORDS = 5
# Letters. Shorter names in capitals are abbreviations.
_SHORTEST_IN_CAPITALS = 5
# Names with the same surname that are told apart, the first of an article.
_MOST_NAMESAKES = 100
# Words behind a name that only a person's has: an age, a relative pronoun, a verb of persons, kin.
_PERSONAL = QUOTATIONS.entries("personal", "verbs")
_PERSONAL_BEHIND = re.compile(
    r", (?:aged )?\d{2}[,.]| \(\d{2}\)|,? aged \d|,? who(?:se|m)?\b|,? (?:him|her)self\b"
    rf"|(?:[’']s)? (?:{'|'.join(QUOTATIONS.entries('personal', 'kin'))})\b"
    rf"|(?: \w+ly)?(?: has| had| have| was| is)?(?: \w+ly)? (?P<verb>{'|'.join(_PERSONAL)})\b"
)
_SAID_BEHIND = re.compile(r",?(?: \w+ly| also| later| has| had)* (?P<verb>[a-z]+)\b")
_SAID_BEFORE = re.compile(r"\b(?P<verb>[a-z]+)(?: (?:Mr|Mrs|Ms|Dr)\.?)? $")
_PLACED = re.compile(r"\b(?:in|at|from|near|to|across|around|outside|of|during|throughout) $")
# Characters on each side of a name that are read for these.
_BESIDE = 40
# Ends of sentences, but not of headlines.
_SENTENCE_ENDS = frozenset('.”"')


# Abbreviated months; Jan may be a person.
_MONTHS = frozenset(short.lower() for names in months() for short in names[1:]) - {"jan"}


class _FullName(NamedTuple):
    """A name, and the set of its words."""

    name: str
    words: frozenset[str]


class PersonNames:
    """The names of an article's people; `fullest` gives the fullest form of any of them.

    A surname that several people share means the one most frequently named in full.
    """

    def __init__(self, texts: Iterable[str], title: str = "") -> None:
        self._frequencies: Counter[str] = Counter()
        self._by_surname: dict[str, list[_FullName]] = {}
        self._by_first_name: dict[str, list[str]] = {}
        # By surname, from forms of address.
        self._pronouns: dict[str, str] = {}
        # The names and last words of names that something shows to be a person's, and those that
        # stand where places do.
        self._personal: set[str] = set()
        self._placed: set[str] = set()
        self._by_title: dict[str, set[str]] = {}
        # What `is_name` has found.
        self._names: dict[str, bool] = {}
        self._title = _bare(title)
        self._in_title: list[str] = []
        # The headlines among the texts: their capitals show no names.
        self._headlines: set[str] = set()
        # The texts, headlines left out, and those whose names have been weighed.
        self._texts: list[str] = []
        self._weighed: set[int] = set()
        for text in texts:
            self._read(text)
        # "Understated Perez" is no name where the text has Thomas Perez.
        for name in self._in_title:
            words = name.split()
            if len(words) > 1 and self.is_person(name) and _surname(words) not in self._by_surname:
                self._add(name)
        # Every word of a headline may be capitalised: only a first name tells a name there.
        for first, last in pairwise(title.split()):
            if first.casefold() in FIRST_NAMES and last[:1].isupper():
                self._add(proper_name(f"{first} {last}"))

    def _read(self, text: str) -> None:
        matches = list(_NAME.finditer(text))
        capitals = sum(len(match[2].split()) for match in matches)
        all_capitals = capitals * 2 > len(text.split()) + 1
        if _bare(text) == self._title or (all_capitals and text[-1:] not in _SENTENCE_ENDS):
            self._headlines.add(text)
            spoken = [match for match in matches if text[match.end() : match.end() + 1] == ":"]
            named = spoken if all_capitals else matches
            self._in_title += [proper_name(match[2]) for match in named]
            return
        self._texts.append(text)
        for match in matches:
            name = proper_name(match[2])
            words = name.split()
            if match[1] and words:
                pronoun = PRONOUN_OF_TITLE[match[1].lower()]
                self._pronouns.setdefault(words[-1].casefold(), pronoun)
            if 2 <= sum(not word.islower() for word in words) <= _MOST_WORDS and self.is_person(
                name
            ):
                self._add(name)

    def _weigh(self, text: str, match: re.Match[str], name: str, words: list[str]) -> None:
        """Note what the words around a name tell of its bearer."""
        before = text[max(0, match.start() - _BESIDE) : match.start()]
        behind = text[match.end() : match.end() + _BESIDE]
        first = match[2].split()[0].strip(".").lower()
        has_title = match[1] is not None or (match[2] != name and first in TITLES)
        key = _surname(words)
        said = _SAID_BEHIND.match(behind)
        told = _SAID_BEFORE.search(before)
        is_personal = (
            has_title
            or (len(words) > 1 and words[0].strip(".").casefold() in FIRST_NAMES)
            or key in self._personal
            or _PERSONAL_BEHIND.match(behind) is not None
            or (said is not None and said["verb"] in VERBS)
            or (told is not None and told["verb"] in VERBS)
        )
        for title in {*match[2].lower().split(), *before.lower().split()[-1:]} & TITLES:
            self._by_title.setdefault(title, set()).add(name)
        if is_personal:
            self._personal |= {key, name.casefold()}
        elif _PLACED.search(before):
            self._placed |= {key, name.casefold()}

    def _weigh_texts_with(self, word: str) -> None:
        """Note what is beside the names of the texts that have a word, in any capitals."""
        for index, text in enumerate(self._texts):
            if index in self._weighed or word not in text.casefold():
                continue
            self._weighed.add(index)
            for match in _NAME.finditer(text):
                name = proper_name(match[2])
                if words := name.split():
                    self._weigh(text, match, name, words)

    def may_be_person(self, name: str) -> bool:
        """Whether "he" or "she" may mean the bearer of a name: something in the article shows a
        person, and the name is no place's, unit's or abbreviation.
        """
        words = name.split()
        if not words or not self.is_person(name):
            return False
        whole, surname = name.casefold(), _surname(words)
        self._weigh_texts_with(surname)
        is_first_name = words[0].strip(".").casefold() in FIRST_NAMES
        if is_first_name and len(words) > 1:
            return True
        if name.isupper() and len(words) == 1 and len(name.strip(".")) < _SHORTEST_IN_CAPITALS:
            return False
        if whole in places() and surname not in self._titled:
            return False
        return whole in self._personal or (
            surname in self._personal and not (len(words) == 1 and surname in self._placed)
        )

    def with_title(self, title: str) -> str | None:
        """The fullest name of the only person with a title in the article; None without one."""
        self._weigh_texts_with(title)
        names = {self.fullest(name) for name in self._by_title.get(title, ())}
        return names.pop() if len(names) == 1 else None

    @cached_property
    def _titled(self) -> set[str]:
        """The surnames with a form of address, or of people named in full."""
        named = {
            surname
            for surname, names in self._by_surname.items()
            if any(full.name.split()[0].casefold() in FIRST_NAMES for full in names)
        }
        return named | set(self._pronouns)

    def _add(self, name: str) -> None:
        words = name.split()
        if not words:
            return
        if name not in self._frequencies:
            namesakes = self._by_surname.setdefault(_surname(words), [])
            if len(namesakes) < _MOST_NAMESAKES:
                namesakes.append(_FullName(name, frozenset(words)))
            self._by_first_name.setdefault(words[0].casefold(), []).append(name)
        self._frequencies[name] += 1

    def fullest(self, name: str, pronoun: str | None = None) -> str:
        """The fullest form that the article has of a name; the name itself if it has no other.

        `pronoun` is "he" or "she", None if the text does not tell.
        """
        words = name.split()
        if not words:
            return name
        namesakes = self._by_surname.get(_surname(words), [])
        if len(words) > 1:
            parts = frozenset(words)
            return next((full.name for full in namesakes if parts < full.words), name)
        names = [full.name for full in namesakes]
        fitting = [full for full in names if self.fits(full, pronoun)] or names
        if fitting:
            return max(fitting, key=self._frequencies.__getitem__)
        first = self._by_first_name.get(words[0].casefold(), [])
        if not first and words[0].casefold() in self._pronouns:
            # "Ms. Acosta": the first of the two surnames of Melba Acosta Febo.
            first = [full for full in self._frequencies if words[0] in full.split()[1:-1]]
        return first[0] if len(first) == 1 else name

    def in_headline(self, name: str, text: str) -> str:
        """The name of a mention in a text; in a headline, where any word may be capitalised, the
        first words of it that the article also has as a name, else the last word.
        """
        words = name.split()
        if len(words) < 2 or text not in self._headlines:
            return name
        runs = (" ".join(words[first:end]) for first, end in combinations(range(len(words) + 1), 2))
        known = (run for run in runs if run in self._frequencies)
        full = next(known, None) or self.fullest(words[-1])
        is_short = full.lower() in TITLES or not self.is_name(full)
        return name if is_short and " " not in full else full

    def is_name(self, name: str) -> bool:
        """Whether a name names somebody: not one of a people (the Chinese; but Democrats), nor a
        single word that the article has only where sentences begin, without a verb of saying, or in
        headlines.
        """
        if name not in self._names:
            self._names[name] = self._has_name(name)
        return self._names[name]

    def _has_name(self, name: str) -> bool:
        words = name.split()
        is_full = len(words) > 1 and words[0].casefold() in FIRST_NAMES
        if not words or (words[-1].lower() in peoples() and not is_full and not name.endswith("s")):
            return False
        if len(words) > 1 or not name[:1].isupper() or not name[1:].islower():
            return True
        if name.lower() in _MONTHS:
            return False
        inside = re.compile(rf"(?:[\w,;]|,[”\"’'])\s+{re.escape(name)}\b|\b{re.escape(name)}:")
        return (
            name.lower() in FIRST_NAMES
            or name.lower() in places()
            or self.may_be_person(name)
            or any(map(inside.search, self._texts))
        )

    def fits(self, name: str, pronoun: str | None) -> bool:
        """Whether "he" or "she" may mean a person, as far as the article tells."""
        return pronoun is None or self.pronoun(name) in (None, pronoun)

    def pronoun(self, name: str) -> str | None:
        """The pronoun of a person, "he" or "she"; None if unknown."""
        words = name.split()
        first = words[0].casefold() if len(words) > 1 else ""
        if first in HIS:
            return "he"
        if first in HERS:
            return "she"
        return self._pronouns.get(words[-1].casefold()) if words else None

    def frequency(self, name: str) -> str:
        """The frequency of a full name in the article: "0", "1", "2" or "many"."""
        count = self._frequencies[name]
        return str(count) if count < 3 else "many"

    def is_person(self, name: str) -> bool:
        """Whether a name is a person's, as far as its form tells."""
        words = name.split()
        if not words or words[-1].strip(".").lower() in ORGANISATIONS:
            return False
        heads = (head for head, small in pairwise(words) if small == "of")
        return not any(head.lower() in ORGANISATIONS for head in heads)


def _bare(text: str) -> str:
    """A headline without its final stop, whatever its capitals."""
    return text.strip(" .?!").casefold()


def _surname(words: list[str]) -> str:
    last = words[-1].strip(".,").casefold()
    if last in SUFFIXES and len(words) > 1:
        last = words[-2].strip(".,").casefold()
    return last
