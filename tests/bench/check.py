"""How many altered quotations `reader check` recognises, in a draft made of a corpus's quotations.

    python tests/bench/check.py CORPUS [--others OTHER_CORPUS] [--each N] [--show]

Quotations of at least five words by a named speaker are restyled (other marks, dashes and case),
shortened with an ellipsis, changed in one word, cut in the middle, joined to another by the same
speaker, and attributed to somebody else; an ellipsis hides their "not" (or the like), or joins them
to the same speaker's words three paragraphs away or more; those of another corpus are in none of
the articles.
Prints the share of correct verdicts for each kind, and the time a quotation takes.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader import Corpus
from reader.citing.alignment import claim_words
from reader.citing.claims import Claim
from reader.citing.drafts import claims_in
from reader.model.quotation_hit import QuotationHit
from reader.quotes.persons.people import naming

SHORTEST = 5
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nobody|nothing|neither|nor|none|without|hardly|cannot)|n['’]t)\b"
    r"|\b(?:rarely|seldom|barely|scarcely|nowhere|unless|den(?:y|ie[sd]|ying)|refus(?:es?|ed|ing))\b",
    re.IGNORECASE,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--others", type=Path)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--show", action="store_true", help="print the wrong verdicts")
    options = parser.parse_args()
    corpus = Corpus(options.corpus, warn=lambda _line: None)
    others = Corpus(options.others, warn=lambda _line: None) if options.others else None
    shares = correct_verdicts(corpus, others, options.each, options.show)
    for kind, (right, total) in shares.items():
        print(f"{kind:<12} {right:>5} of {total:>5}  {right / total:7.1%}")
    right, total = map(sum, zip(*shares.values(), strict=True))
    print(f"{'all':<12} {right:>5} of {total:>5}  {right / total:7.1%}")


def correct_verdicts(
    corpus: Corpus, others: Corpus | None, each: int, show: bool = False
) -> dict[str, tuple[int, int]]:
    """The number of correct verdicts and of quotations, for each kind of change."""
    chance = random.Random(1)
    cases = list(_cases(corpus, others, each, chance))
    draft = "\n\n".join(text for _, _, text in cases)
    claims: dict[int, Claim] = {}
    for claim in claims_in(draft, every=True):
        claims.setdefault(claim.paragraph or 0, claim)
    numbered = list(enumerate(cases, start=1))
    asked = [claims.get(number, Claim("")) for number, _ in numbered]
    began = time.perf_counter()
    checked = corpus.check(asked)
    print(f"{1000 * (time.perf_counter() - began) / len(asked):.1f} ms a quotation")
    totals: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (_, (kind, verdict, text)), one in zip(numbered, checked, strict=True):
        totals[kind] += 1
        right[kind] += one.verdict == verdict
        if show and one.verdict != verdict:
            print(f"{kind}: {one.verdict}, not {verdict}: {text}")
            print(f"    {one.claim.speaker} | {one.locator} {one.speaker}: {one.changes}")
    return {kind: (right[kind], totals[kind]) for kind in totals}


def _cases(
    corpus: Corpus, others: Corpus | None, each: int, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    """The kind of change, the correct verdict, and a sentence with the quotation."""
    said = [hit for hit in corpus.quotes() if _is_usable(hit)]
    words = [word for hit in said for word in hit.quotation.text.split() if word.isalpha()]
    speakers = sorted({hit.quotation.speaker or "" for hit in said})
    by_speaker: dict[tuple[str, str | None], list[QuotationHit]] = {}
    for hit in said:
        by_speaker.setdefault((hit.article, hit.quotation.speaker), []).append(hit)
    for hit in _sample(said, each, chance):
        yield "as it is", "verbatim", _sentence(_restyled(_text(hit), chance), hit)
    yield from _shortened(said, each, chance)
    yield from _misleading_omissions(said, by_speaker.values(), each, chance)
    for hit in _sample(said, each, chance):
        parts = _words(hit)
        at = chance.choice([n for n, word in enumerate(parts) if any(map(str.isalpha, word))])
        other = chance.choice(words)
        while _forms(other) == _forms(parts[at]):
            other = chance.choice(words)
        yield (
            "one word",
            "altered",
            _sentence(" ".join([*parts[:at], other, *parts[at + 1 :]]), hit),
        )
    for hit in _sample([hit for hit in said if len(_words(hit)) >= 8], each, chance):
        parts = _words(hit)
        length = chance.randrange(2, 5)
        at = chance.randrange(2, len(parts) - length - 1)
        cut = [*parts[:at], *parts[at + length :]]
        yield "cut", "altered", _sentence(" ".join(cut), hit)
    several = [hits for hits in by_speaker.values() if len(hits) > 1]
    for hits in _sample(several, each, chance):
        one, other = chance.sample(hits, 2)
        yield "joined", "altered", _sentence(f"{_text(one)} {_text(other)}", one)
    for hit in _sample(said, each, chance):
        name = hit.quotation.speaker or ""
        other = chance.choice(speakers)
        while naming(other)(name) or naming(name)(other):
            other = chance.choice(speakers)
        yield "moved", "misattributed", _attributed(_text(hit), other)
    if others is not None:
        foreign = [hit for hit in others.quotes() if _is_usable(hit)]
        for hit in _sample(foreign, each, chance):
            yield "not there", "missing", _sentence(_text(hit), hit)


def _shortened(
    said: list[QuotationHit], each: int, chance: random.Random
) -> Iterator[tuple[str, str, str]]:
    """Quotations without a few words, which do not turn their sense."""
    for hit in _sample([hit for hit in said if len(_words(hit)) >= 9], each, chance):
        parts = _words(hit)
        at = chance.randrange(2, len(parts) - 5)
        gap = chance.choice(["…", "[…]", "...", ". . ."])
        kept = at + chance.randrange(1, 4)
        if not any(map(_NEGATION.search, parts[at:kept])):
            short = " ".join([*parts[:at], gap, *parts[kept:]])
            yield "shortened", "verbatim", _sentence(short, hit)


def _misleading_omissions(
    said: list[QuotationHit],
    by_speaker: Iterable[list[QuotationHit]],
    each: int,
    chance: random.Random,
) -> Iterator[tuple[str, str, str]]:
    """Quotations without a word that turns their sense, and parts of an article far apart."""
    for hit in _sample([hit for hit in said if _negations(hit)], each, chance):
        parts = _words(hit)
        at = chance.choice(_negations(hit))
        before, after = chance.randrange(0, min(at - 1, 3)), chance.randrange(0, 2)
        gap = chance.choice(["…", "[…]", "...", ". . .", ""])
        hidden = " ".join(filter(None, [*parts[: at - before], gap, *parts[at + 1 + after :]]))
        yield "negation", "altered", _sentence(hidden, hit)
    far = [
        (hit, other)
        for hits in by_speaker
        for hit in hits
        for other in hits
        if abs(_first(other) - _last(hit)) > 2 and abs(_first(hit) - _last(other)) > 2
    ]
    for hit, other in _sample(far, each, chance):
        gap = chance.choice(["…", "[…]", "...", ". . ."])
        yield "far-joined", "altered", _sentence(f"{_text(hit)} {gap} {_text(other)}", hit)


def _sample(hits: list, each: int, chance: random.Random) -> list:
    return chance.sample(hits, min(each, len(hits)))


def _is_usable(hit: QuotationHit) -> bool:
    speaker = hit.quotation.speaker
    if not speaker or not all(word[0].isupper() for word in speaker.split()) or " " not in speaker:
        return False
    text = hit.quotation.text
    left_out = any(mark in text for mark in ("…", "...", ". ."))
    return len(_words(hit)) >= SHORTEST and not left_out and not set('“”"‘«»[]') & set(text)


def _words(hit: QuotationHit) -> list[str]:
    return _text(hit).split()


def _negations(hit: QuotationHit) -> list[int]:
    """The indexes of the words that turn the sense, inside a quotation."""
    parts = _words(hit)
    return [n for n in range(2, len(parts) - 3) if _NEGATION.search(parts[n])]


def _first(hit: QuotationHit) -> int:
    return hit.quotation.paragraph


def _last(hit: QuotationHit) -> int:
    return hit.quotation.paragraph + len(hit.quotation.parts) - 1


def _text(hit: QuotationHit) -> str:
    return " ".join(hit.quotation.parts).rstrip(",")


def _forms(word: str) -> list[str]:
    return [one.form for one in claim_words(word).words]


def _restyled(text: str, chance: random.Random) -> str:
    """The text in another house style."""
    for old, new in (("—", " – "), ("’", "'"), (" - ", " — "), ("'", "’")):
        if chance.random() < 0.5:
            text = text.replace(old, new)
    return text[0].swapcase() + text[1:] if chance.random() < 0.5 else text


def _sentence(words: str, hit: QuotationHit) -> str:
    return _attributed(words, hit.quotation.speaker or "")


def _attributed(words: str, name: str) -> str:
    """A sentence that attributes words to somebody, in one of the usual forms."""
    bare = words.rstrip(",.")
    forms = (
        f"“{bare},” {name} said.",
        f"“{bare}”, said {name}.",
        f"{name} said: “{bare}.”",
        f"According to {name}, “{bare}.”",
    )
    return forms[len(words) % len(forms)]


if __name__ == "__main__":
    main()
