"""The word lists that recognise names, mentions and attributions."""

from __future__ import annotations

from pathlib import Path

from reader.language.word_lists import LANGUAGE, WordLists

# Those that only quotations use.
QUOTATIONS = WordLists(Path(__file__).with_name("data"))

# First names that are nearly always men's and women's.
HIS = LANGUAGE.words("first_names", "he")
HERS = LANGUAGE.words("first_names", "she")
FIRST_NAMES = HIS | HERS
# The last words of names that are not people's.
ORGANISATIONS = LANGUAGE.words("organisations")
TITLES = LANGUAGE.words("titles")
# Mr, Mrs and their like.
COURTESY_TITLES = LANGUAGE.words("titles", "he", "she", "either")
PARTICLES = LANGUAGE.words("particles")
SUFFIXES = LANGUAGE.words("suffixes")
# The pronoun that a form of address tells.
PRONOUN_OF_TITLE = {
    title: pronoun for pronoun in ("he", "she") for title in LANGUAGE.entries("titles", pronoun)
}
