"""The people of an article: mentions of names, and the fullest form of each."""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady president presidents vice prime minister
    foreign secretary state senator sen senators gov governor rep representative congressman
    congresswoman chancellor king queen prince princess pope father rev reverend judge justice gen
    general col colonel maj major capt captain lt lieutenant sgt adm admiral commander chief mayor
    ambassador speaker chairman chairwoman spokesman spokeswoman spokesperson director attorney
    republican democrat democratic gop libertarian then-president former acting candidate nominee
    strategist pollster host reporter sheriff detective officer coach ceo first""".split()
)
# Capitalised where they begin a sentence, or names of days; never (the first word of) a person.
_NOT_NAMES = frozenset(
    """the a an and but or nor so yet if when while as at by for from in into of off on onto over to
    up with after before since until because although though that this these those there here
    he she it they we you i his her its their our my your who what which where why how not no
    yes both each every some any all most many much few other another such one two three four
    five six seven eight nine ten also then now later still even just only meanwhile however
    moreover instead earlier monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december according
    asked speaking during under between among about against despite well let do did does is
    are was were have has had will would can could should might must image photo advertisement
    related read watch follow abstract amid given besides regardless throughout across behind
    beyond via toward towards unlike supreme internet obamacare hispanic hispanics american
    americans english spanish""".split()
)
_PARTICLE = r"(?:de|del|della|der|den|van|von|bin|ibn|al|el|la|le|da|di|dos|du|ten|ter|y)"
_WORD = r"(?:[^\W\d_a-z](?:[\w]|[’'‑-](?=\w))*\.?)"
# A row of capitalised words longer than this is a headline.
_MOST_WORDS = 7
NAME = re.compile(rf"(?<![\w@#]){_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,{_MOST_WORDS}}}")
_POSSESSIVE = re.compile(r"[’']s?$")
_FINAL_STOP = re.compile(r"(?<=\w\w\w)\.$")


def clean_name(mention: str) -> str:
    """The mention without titles, sentence-opening words and a possessive ending; maybe empty."""
    words = mention.split()
    while words and words[0].strip(".,").casefold() in TITLES | _NOT_NAMES:
        words.pop(0)
    kept = []
    for word in words:
        if word.casefold() in _NOT_NAMES:
            break
        kept.append(_FINAL_STOP.sub("", _POSSESSIVE.sub("", word)))
        if _POSSESSIVE.search(word) or _FINAL_STOP.search(word):
            break
    while kept and (kept[-1][0].islower() or kept[-1].strip(".").casefold() in TITLES):
        kept.pop()
    return " ".join(kept)


def find_names(text: str) -> list[tuple[int, int, str]]:
    """The names in a text, in order: the characters where each starts and ends, and the name."""
    found = []
    for match in NAME.finditer(text):
        name = clean_name(match[0])
        # An initial or a state (N.Y.) alone is nobody.
        if len(name) > 1 and (" " in name or not name.endswith(".")):
            # Without the titles: "Secretary of State" is no name that "of" stands before.
            start = match.start() + match[0].find(name.split()[0])
            found.append((start, match.end(), name))
    return found


class Names:
    """The names of an article; `fullest` maps any of them to the form that says most.

    A surname that several people of the article have goes to the one named first.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        for text in texts:
            for _, _, name in find_names(text):
                words = name.split()
                if 2 <= len(words) <= 5:
                    _add(self._by_last, words[-1].casefold(), name)
                    _add(self._by_first, words[0].casefold(), name)

    def fullest(self, name: str) -> str:
        """The fullest form that the article has of the name; the name itself if it has no other."""
        words = name.split()
        known = self._by_last.get(words[-1].casefold(), [])
        if len(words) == 1:
            if known:
                return known[0]
            first = self._by_first.get(words[0].casefold(), [])
            return first[0] if len(first) == 1 else name
        longer = [full for full in known if set(words) < set(full.split())]
        return longer[0] if longer else name


def _add(names: dict[str, list[str]], key: str, name: str) -> None:
    known = names.setdefault(key, [])
    if name not in known:
        known.append(name)
