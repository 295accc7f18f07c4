"""The word lists that recognise names, mentions and attributions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reader.language.word_lists import LANGUAGE, WordLists

# The lists that only quotations use.
QUOTATIONS = WordLists(Path(__file__).with_name("data"))

# First names that nearly always belong to men, and to women.
HIS = LANGUAGE.words("first_names", "he")
HERS = LANGUAGE.words("first_names", "she")
FIRST_NAMES = HIS | HERS
# The last words of names that are not people's.
ORGANISATIONS = LANGUAGE.words("organisations")
# Verbs of saying and writing, in the forms that news reports use.
VERBS = QUOTATIONS.words("cues", "verbs")
# Common nouns for bodies, which have names: "the Clinton campaign".
BODIES = QUOTATIONS.words("head_nouns", "bodies")
TITLES = LANGUAGE.words("titles")
# Mr, Mrs and their like.
COURTESY_TITLES = LANGUAGE.words("titles", "he", "she", "either")
PARTICLES = LANGUAGE.words("particles")
SUFFIXES = LANGUAGE.words("suffixes")
# Letters behind names, for an honour, an office or a degree.
HONOURS = LANGUAGE.words("honours")
# The pronoun implied by a form of address.
PRONOUN_OF_TITLE = {
    title: pronoun for pronoun in ("he", "she") for title in LANGUAGE.entries("titles", pronoun)
}


@cache
def places() -> frozenset[str]:
    """Countries, states and large cities, in small letters."""
    return QUOTATIONS.words("places")


@cache
def peoples() -> frozenset[str]:
    """Peoples, believers and adherents of parties, in small letters."""
    return QUOTATIONS.words("peoples")


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The nicknames of first names, in small letters."""
    entries = (entry.split() for entry in QUOTATIONS.entries("nicknames"))
    return {name: frozenset(short) for name, *short in entries}
