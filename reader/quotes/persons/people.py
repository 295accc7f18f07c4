"""Names of people: matching by a partial name, and merging the names of one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import TypeAlias

from reader.language import tokens
from reader.language.clean import fold
from reader.quotes.vocabulary import FIRST_NAMES, ORGANISATIONS, SUFFIXES, nicknames, peoples

# A name as its folded words.
NameWords: TypeAlias = tuple[str, ...]

# More names with one last word are not compared, each with every other.
_MOST_NAMESAKES = 200
# A short word in capitals may be somebody's initials.
_MOST_INITIALS = 4
# A surname alone belongs to one of several people if the others with it are quoted at most once in
# so many times.
_OVERWHELMING = 20
_POSSESSIVE = re.compile(r"[’']s ")
# Words inside the names of institutions.
_IN_INSTITUTIONS = frozenset({"and", "at", "for", "of", "the"})


def words_of_name(name: str) -> NameWords:
    """The words of a name, folded: without case, accents, apostrophes, stops and hyphens."""
    return tuple(tokens.words(fold(name), tokens.Mode.NAME))


def naming(part: str) -> Callable[[str], bool]:
    """Returns a predicate that matches names by a partial name: "aliyev", "I. Aliyev", "JFK".

    The words of the part stand in the name in their order, each as the beginning of one of its
    words. If another word follows, a whole word also matches its own initial and the nicknames of a
    first name: "Joe Biden" is "Joseph R. Biden Jr.".
    """
    sought = words_of_name(part)
    initials = part.casefold() if part.isupper() and 1 < len(part) <= _MOST_INITIALS else None

    def matches(name: str) -> bool:
        words = words_of_name(name)
        if initials and initials == "".join(word[0] for word in words):
            return True
        return bool(sought) and _contains(words, sought)

    return matches


def _contains(words: NameWords, sought: NameWords) -> bool:
    remaining = iter(words)
    return all(
        any(
            word.startswith(part)
            or (count < len(sought) and (word == part[0] or _are_nicknames(word, part)))
            for word in remaining
        )
        for count, part in enumerate(sought, start=1)
    )


def merged_names(counts: Mapping[str, int]) -> dict[str, str]:
    """Maps each name to the most used name of the same person; `counts` are of quotations.

    Names are merged where it is safe: their last names are the same, so are their first names, but
    for an initial, a nickname or a doubled letter, the words between do not conflict, and no third
    name could be either person's. A surname alone belongs to the only person quoted with it in
    full; of several to the one quoted, together with the surname alone, twenty times as often as
    all others.
    """
    spellings: defaultdict[NameWords, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        spellings[words_of_name(name)].append(name)
    totals = {words: sum(counts[n] for n in names) for words, names in spellings.items()}
    merged = {name: names[0] for names in spellings.values() for name in names}
    for surname, namesakes in _by_surname(spellings).items():
        if len(namesakes) > _MOST_NAMESAKES:
            continue
        people = list(_people(namesakes))
        bearer = _bearer(surname, people, totals)
        if bearer is not None:
            bearer.append((surname,))
        for person in people:
            best = max(person, key=lambda words: (len(words) > 1, totals[words], words))
            for words in person:
                merged.update(dict.fromkeys(spellings[words], spellings[best][0]))
    return merged


def is_first_name(name: str) -> bool:
    """Whether a name is a first name alone; in capitals it is a surname, as transcripts have it."""
    words = words_of_name(name)
    return len(words) == 1 and words[0] in FIRST_NAMES and not name.isupper()


def is_of_many(name: str) -> bool:
    """Whether a name is that of a people, of believers or of a party."""
    words = words_of_name(name)
    is_full = len(words) > 1 and words[0] in FIRST_NAMES
    return not words or (words[-1] in peoples() and not is_full)


def _by_surname(spellings: Mapping[NameWords, Sequence[str]]) -> dict[str, list[NameWords]]:
    """The names of several words by their last one."""
    names: defaultdict[str, list[NameWords]] = defaultdict(list)
    for words, spelt in spellings.items():
        # Else "Clinton campaign aides", "Putin's Russia".
        is_name = spelt[0].split()[-1][:1].isupper() and not _POSSESSIVE.search(spelt[0])
        bare = _without_suffix(words)
        if is_name and len(bare) > 1:
            names[bare[-1]].append(words)
    return names


def _people(namesakes: Sequence[NameWords]) -> Iterator[list[NameWords]]:
    """Names with the same last word, grouped by person."""
    like: dict[NameWords, set[NameWords]] = {words: set() for words in namesakes}
    for first, second in combinations(namesakes, 2):
        if _are_alike(first, second):
            like[first].add(second)
            like[second].add(first)
    ambiguous = _ambiguous(like)
    remaining = list(namesakes)
    while remaining:
        words = remaining[0]
        same = set() if words in ambiguous else like[words] - ambiguous
        person = [words, *(name for name in remaining[1:] if name in same)]
        yield person
        remaining = [name for name in remaining if name not in person]


def _ambiguous(like: Mapping[NameWords, set[NameWords]]) -> set[NameWords]:
    """The names that are like two names which are not like each other."""
    return {
        words
        for words, similar in like.items()
        if any(second not in like[first] for first, second in combinations(similar, 2))
    }


def _are_alike(first: NameWords, second: NameWords) -> bool:
    """Whether two names with the same last word may well be one person's."""
    shorter, longer = sorted(map(_without_suffix, (first, second)), key=len)
    if set(first) & SUFFIXES != set(second) & SUFFIXES and not _is_informal(first, second):
        return False
    if not _may_be_first_names(shorter[0], longer[0]):
        return False
    if not all(map(_is_or_begins, shorter[1:-1], longer[1:-1])):
        return False
    # Without a first name, further words between mean another body: the Press Department.
    first_names = FIRST_NAMES & {shorter[0], longer[0]}
    return bool(first_names) or all(len(word) == 1 for word in longer[1:-1])


def _is_informal(first: NameWords, second: NameWords) -> bool:
    """Whether a name without a suffix is the informal one of a name with it: Joe Biden of Joseph R.
    Biden Jr. Father and son with the same first name are told apart by the suffix.
    """
    formal, informal = (first, second) if set(first) & SUFFIXES else (second, first)
    return not set(informal) & SUFFIXES and informal[0] in nicknames().get(formal[0], ())


def _may_be_first_names(first: str, second: str) -> bool:
    """Whether two first names may be one person's: the same, but for a doubled letter (Hilary), an
    initial, or a nickname.
    """
    if _is_or_begins(first, second) or _are_nicknames(first, second):
        return True
    is_name = FIRST_NAMES & {first, second}
    return bool(is_name) and _without_doubles(first) == _without_doubles(second)


def _are_nicknames(first: str, second: str) -> bool:
    """Whether one first name is a nickname of the other."""
    return second in nicknames().get(first, ()) or first in nicknames().get(second, ())


def _without_doubles(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _is_or_begins(first: str, second: str) -> bool:
    """Whether two words are the same, or one is the other's initial."""
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second)))


def _bearer(
    surname: str, people: Sequence[list[NameWords]], totals: Mapping[NameWords, int]
) -> list[NameWords] | None:
    """The person to whom a name of a single word belongs as a surname; None without one."""
    alone = totals.get((surname,), 0)
    if not alone or surname in ORGANISATIONS:
        return None
    counts = [sum(totals[words] for words in person) for person in people]
    most = max(range(len(people)), key=counts.__getitem__)
    bearer, count = people[most], counts[most]
    if _OVERWHELMING * (sum(counts) - count) > count + alone:
        return None
    has_first_name = any(words[0] in FIRST_NAMES for words in bearer)
    may_be_person = not any(_IN_INSTITUTIONS & set(words) for words in bearer)
    return bearer if has_first_name or (may_be_person and count >= alone) else None


def _without_suffix(words: NameWords) -> NameWords:
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words
