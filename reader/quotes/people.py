"""Names of people: whether one is meant by a part of it, and which are of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from reader.language import tokens
from reader.language.clean import fold
from reader.quotes.vocabulary import FIRST_NAMES, ORGANISATIONS, SUFFIXES

# A short word in capitals may be somebody's initials.
_MOST_INITIALS = 4


def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name, folded: without case, accents, apostrophes, dots and hyphens."""
    return tuple(tokens.words(fold(name), tokens.Mode.NAME))


def naming(part: str) -> Callable[[str], bool]:
    """What tells whether a name is meant by a part of it: "aliyev", "I. Aliyev", "JFK", "ben gur".

    The words of the part stand in the name in their order, each as the beginning of one of its
    words. Where the name has but an initial, a whole word is that too, if another word follows.
    """
    wanted = words_of_name(part)
    initials = part.casefold() if part.isupper() and 1 < len(part) <= _MOST_INITIALS else None

    def is_meant(name: str) -> bool:
        words = words_of_name(name)
        if initials and initials == "".join(word[0] for word in words):
            return True
        return bool(wanted) and _stand_in(wanted, words)

    return is_meant


def _stand_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    remaining = iter(words)
    return all(
        any(
            word.startswith(part) or (word == part[0] and number < len(wanted))
            for word in remaining
        )
        for number, part in enumerate(wanted, start=1)
    )


def brought_together(counts: Mapping[str, int]) -> dict[str, str]:
    """For each name the one that it is counted under; `counts` tells how often each is met.

    Names are of one person where it is safe to say so: their first and last names are the same, or
    one has an initial of the other, what stands between does not differ, and no third name could
    be either's. A surname alone is of the only one who is quoted by it in full.
    """
    spellings: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        spellings[words_of_name(name)].append(name)
    often = {words: sum(counts[n] for n in names) for words, names in spellings.items()}
    by_last: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words, names in spellings.items():
        is_name = names[0].split()[-1][:1].isupper()  # else "Clinton campaign aides"
        if is_name and len(_without_suffix(words)) > 1:
            by_last[_without_suffix(words)[-1]].append(words)
    together = {name: names[0] for names in spellings.values() for name in names}
    for last, full in by_last.items():
        people = list(_people(full))
        if len(people) == 1 and _is_of(last, people[0], often):
            people[0].append((last,))
        for person in people:
            best = max(person, key=lambda words: (len(words) > 1, often[words], words))
            for words in person:
                together.update(dict.fromkeys(spellings[words], spellings[best][0]))
    return together


def _people(full: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """Names with the same last word, those of one person together."""
    like: dict[tuple[str, ...], set[tuple[str, ...]]] = {words: set() for words in full}
    for one, other in combinations(full, 2):
        if _are_alike(one, other):
            like[one].add(other)
            like[other].add(one)
    # One that could be either of two others is nobody's but its own.
    unsure = {
        words
        for words, others in like.items()
        if any(second not in like[first] for first, second in combinations(others, 2))
    }
    remaining = list(full)
    while remaining:
        words = remaining[0]
        person = [words]
        if words not in unsure:
            person += [other for other in remaining[1:] if other in like[words] - unsure]
        yield person
        remaining = [other for other in remaining if other not in person]


def _are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names with the same last word may well be of one person."""
    if set(one) & SUFFIXES != set(other) & SUFFIXES:
        return False
    shorter, longer = sorted(map(_without_suffix, (one, other)), key=len)
    if not _is_or_begins(shorter[0], longer[0]):
        return False
    if not all(map(_is_or_begins, shorter[1:-1], longer[1:-1])):
        return False
    # Without a first name, other words between make another thing: the Press Department.
    known = FIRST_NAMES & {shorter[0], longer[0]}
    return bool(known) or all(len(word) == 1 for word in longer[1:-1])


def _is_or_begins(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and 1 in (len(one), len(other)))


def _is_of(
    last: str, person: Sequence[tuple[str, ...]], often: Mapping[tuple[str, ...], int]
) -> bool:
    """Whether a name alone is the surname of the only person who has it."""
    if (last,) not in often or last in ORGANISATIONS:
        return False
    return any(words[0] in FIRST_NAMES for words in person) or (
        sum(often[words] for words in person) >= often[(last,)]
    )


def _without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words
