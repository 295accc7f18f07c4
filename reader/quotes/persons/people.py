"""Names of people: matching by a partial name, and merging the names of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from reader.language import tokens
from reader.language.clean import fold
from reader.quotes.vocabulary import FIRST_NAMES, ORGANISATIONS, SUFFIXES

# A name as its folded words.
NameWords: TypeAlias = tuple[str, ...]

# More names with one last word are not compared, each with every other.
_MOST_NAMESAKES = 200
# A short word in capitals may be somebody's initials.
_MOST_INITIALS = 4


def words_of_name(name: str) -> NameWords:
    """The words of a name, folded: without case, accents, apostrophes, stops and hyphens."""
    return tuple(tokens.words(fold(name), tokens.Mode.NAME))


def naming(part: str) -> Callable[[str], bool]:
    """Returns a predicate that matches names by a partial name: "aliyev", "I. Aliyev", "JFK".

    The words of the part stand in the name in their order, each as the beginning of one of its
    words. Where the name has only an initial, a whole word matches that too, if another word
    follows.
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
            word.startswith(part) or (word == part[0] and count < len(sought)) for word in remaining
        )
        for count, part in enumerate(sought, start=1)
    )


def merged_names(counts: Mapping[str, int]) -> dict[str, str]:
    """Maps each name to the most used name of the same person; `counts` are of quotations.

    Names are merged where it is safe: their first and last names are the same, or one is an initial
    of the other, the words between do not conflict, and no third name could be either person's. A
    surname alone belongs to the only person quoted with it in full.
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
        if len(people) == 1 and _is_surname_of(surname, people[0], totals):
            people[0].append((surname,))
        for person in people:
            best = max(person, key=lambda words: (len(words) > 1, totals[words], words))
            for words in person:
                merged.update(dict.fromkeys(spellings[words], spellings[best][0]))
    return merged


def _by_surname(spellings: Mapping[NameWords, Sequence[str]]) -> dict[str, list[NameWords]]:
    """The names of several words by their last one."""
    names: defaultdict[str, list[NameWords]] = defaultdict(list)
    for words, spelt in spellings.items():
        is_name = spelt[0].split()[-1][:1].isupper()  # else "Clinton campaign aides"
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
    if set(first) & SUFFIXES != set(second) & SUFFIXES:
        return False
    shorter, longer = sorted(map(_without_suffix, (first, second)), key=len)
    if not _is_or_begins(shorter[0], longer[0]):
        return False
    if not all(map(_is_or_begins, shorter[1:-1], longer[1:-1])):
        return False
    # Without a first name, further words between mean another body: the Press Department.
    first_names = FIRST_NAMES & {shorter[0], longer[0]}
    return bool(first_names) or all(len(word) == 1 for word in longer[1:-1])


def _is_or_begins(first: str, second: str) -> bool:
    """Whether two words are the same, or one is the other's initial."""
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second)))


def _is_surname_of(
    surname: str, person: Sequence[NameWords], totals: Mapping[NameWords, int]
) -> bool:
    """Whether a name of a single word is the surname of this person, the only one with it."""
    if (surname,) not in totals or surname in ORGANISATIONS:
        return False
    return any(words[0] in FIRST_NAMES for words in person) or (
        sum(totals[words] for words in person) >= totals[(surname,)]
    )


def _without_suffix(words: NameWords) -> NameWords:
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words
