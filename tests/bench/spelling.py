"""How often the first suggestion for a misspelt name is right, and how long it takes.

    python tests/bench/spelling.py NAMES_FROM TIMED_ON [--names N] [--seed S]

Names are capitalised words inside sentences of the corpus NAMES_FROM, of at least five letters and
in at least two paragraphs. In each, a random letter is deleted, inserted, changed, or swapped with
the next; a misspelling that is a word of the corpus is drawn again. Suggestions are timed on the
corpus TIMED_ON.
"""

import argparse
import random
import re
import statistics
import time
from collections import Counter
from pathlib import Path

from folders import read_all

from reader.files.folder import Folder
from reader.index import current
from reader.language.tokens import form
from reader.search.engine import Index, nearest_words
from reader.settings import directories

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names_from", type=Path)
    parser.add_argument("timed_on", type=Path)
    parser.add_argument("--names", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    names = names_of(options.names_from)
    chosen = chance.sample(sorted(names), options.names)
    opened = open_index(options.names_from)
    known = {form(word) for word in names} | set(words_of(options.names_from))
    right = 0
    for name in chosen:
        while form(slip := edited(name, chance)) in known:
            continue
        suggested = nearest_words(opened, slip)
        right += bool(suggested) and form(suggested[0]) == form(name)
    print(f"the right name comes first: {right / options.names:.1%} of {options.names}")
    timed = open_index(options.timed_on)
    times = []
    for name in chosen:
        slip = edited(name, chance)
        began = time.perf_counter()
        nearest_words(timed, slip)
        times.append((time.perf_counter() - began) * 1000)
    print(f"a suggestion takes {statistics.median(times):.1f} ms (at most {max(times):.1f})")


def names_of(folder: Path) -> set[str]:
    """The names in a corpus."""
    counts: Counter[str] = Counter()
    for article in read_all(Folder(folder)):
        for paragraph in article.paragraphs:
            counts.update(set(NAME.findall(paragraph.text)))
    return {name for name, often in counts.items() if often > 1}


def words_of(folder: Path) -> set[str]:
    """The forms of all words in a corpus."""
    return {
        form(word)
        for article in read_all(Folder(folder))
        for paragraph in article.paragraphs
        for word in re.findall(r"\w+", paragraph.text)
    }


def open_index(folder: Path) -> Index:
    quiet = (lambda _: None, lambda _: None, lambda _done, _total: None)
    return Index(current.open_index(Folder(folder), directories().cache, *quiet))


def edited(name: str, chance: random.Random) -> str:
    """The name with one edit."""
    place = chance.randrange(len(name))
    kind = chance.choice(("leave out", "put in", "change", "swap"))
    if kind == "leave out":
        return name[:place] + name[place + 1 :]
    if kind == "put in":
        return name[:place] + chance.choice(LETTERS) + name[place:]
    if kind == "change":
        return name[:place] + chance.choice(LETTERS) + name[place + 1 :]
    place = min(place, len(name) - 2)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


if __name__ == "__main__":
    main()
