"""Checks quotations against the corpus: whether the words stand there, and whose they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import nlargest, nsmallest
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reader.citing.alignment import Alignment, Quoted, Word, align, changes, quoted, words_of
from reader.citing.claims import Checked, Claim, Verdict
from reader.index.segment import CONTINUED, SHIFT, QuotationRecord, id_of
from reader.language.tokens import forms
from reader.quotes.people import naming
from reader.search.postings import idf
from reader.search.quotations import people

if TYPE_CHECKING:
    from reader.index.generation import OpenSegment
    from reader.search.open_index import OpenIndex

# A claim is not there at all if less of it stands anywhere in its order. It counts how many of the
# words do, and how much these tell: the common ones are found together by chance, and more so in
# another's mouth. But a run of so many words is no chance.
_ENOUGH = 0.45
_ENOUGH_OF_ANOTHER = 0.65
_LONG_RUN = 8
# Paragraphs that a claim is compared with: those with most of its words at the same distances; more
# of them for a claim of few words.
_MOST_COMPARED = 12
_MORE_COMPARED = 40
_FEW_WORDS = 12
# Occurrences of words that are looked through for them; the rarest words first, at least so many.
_MOST_OCCURRENCES = 30_000
_LEAST_WORDS = 3
# Places that may be among those with the most words.
_MOST_VOTES = 400
# Words between which others were added or left out stand this near to where they would; occurrences
# are counted from here on, so that none is before the text's beginning.
_NEAR_BITS = 4
_BEFORE = 1 << 12
# Words of the following paragraphs that a claim which leaves some out may run on to.
_LEFT_OUT = 300
# Where the words stand exactly, places that are looked at.
_MOST_EXACT = 2000


class _Place(NamedTuple):
    """A paragraph, by its segment and its number there."""

    segment: int
    paragraph: int


class _Passage(NamedTuple):
    """A paragraph and some that follow, and their words: `starts` are the numbers of the first word
    of each paragraph, `owners` those of the quotation that each word is in, -1 for none.
    """

    place: _Place
    texts: tuple[str, ...]
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    owners: tuple[int, ...]


class _Found(NamedTuple):
    """Where a claim's words stand, nearly or wholly, and in whose mouths: "" for whom nobody names;
    none where they are not quoted.
    """

    passage: _Passage
    alignment: Alignment
    matched: int
    cost: int
    speakers: tuple[str, ...]
    is_quoted: bool


class Checker:
    """Checks claims against the paragraphs of an index. Raises Damaged."""

    def __init__(self, index: OpenIndex) -> None:
        self._index = index
        self._leaves = index.segments

    def check(self, claim: Claim) -> Checked:
        """What becomes of a claim."""
        words = quoted(claim.words)
        if not words.words:
            return Checked(claim, "missing")
        found = sorted(self._found(words), key=lambda one: self._rank(claim, one))
        if not found:
            return self._titled(claim) or Checked(claim, "missing")
        best = found[0]
        verdict = self._verdict(claim, words, best)
        if verdict != "verbatim" and (title := self._titled(claim)):
            return title
        if verdict == "missing":
            return Checked(claim, "missing")
        return self._checked(claim, words, best, verdict)

    def _verdict(self, claim: Claim, words: Quoted, best: _Found) -> Verdict:
        if best.cost == 0:
            return "verbatim" if self._may_say(claim.speaker, best) else "misattributed"
        is_anothers = claim.speaker is not None and not self._may_say(claim.speaker, best)
        enough = _ENOUGH_OF_ANOTHER if is_anothers else _ENOUGH
        return "altered" if self._is_like(words, best, enough) else "missing"

    def _is_like(self, words: Quoted, found: _Found, enough: float) -> bool:
        """Whether so much of a claim stands somewhere that it can be no chance."""
        weights = [self._weight(word.form) for word in words.words]
        text = [word.form for word in found.passage.words]
        same = [
            a
            for a, b in found.alignment.pairs
            if a is not None and b is not None and words.words[a].form == text[b]
        ]
        longest = run = 0
        for number, one in enumerate(same):
            run = run + 1 if number and one == same[number - 1] + 1 else 1
            longest = max(longest, run)
        if longest >= _LONG_RUN:
            return True
        told = sum(weights[number] for number in same) / sum(weights)
        return (len(same) / len(weights) + told) / 2 >= enough and len(same) > 1

    def _weight(self, form: str) -> float:
        """How much a word tells: what no paragraph has, most."""
        total = sum(leaf.document_count("text") for leaf in self._leaves)
        return min((idf(total, self._count(part)) for part in forms(form)), default=0.1)

    def _rank(self, claim: Claim, found: _Found) -> tuple[object, ...]:
        """What comes first if it is least: few changes, the right speaker, quoted, by date."""
        article = self._article(found.passage.place)
        summary = self._index.summary(found.passage.place.segment, article)
        day = summary.date.toordinal() if summary.date else 0
        return (
            found.cost - found.matched,
            not self._may_say(claim.speaker, found),
            not found.is_quoted,
            not any(found.speakers),
            -day,
            summary.id,
            found.passage.place.paragraph,
        )

    def _may_say(self, claimed: str | None, found: _Found) -> bool:
        """Whether the words may be whose the claim says that they are."""
        if claimed is None:
            return True
        if not found.is_quoted:
            return self._is_publication(claimed, found.passage.place)
        return all(self._is_same(claimed, speaker) for speaker in found.speakers)

    def _is_same(self, claimed: str, speaker: str) -> bool:
        """Whether two names may be one person's. What the corpus names nobody for is anybody's, and
        so is what it gives to "a spokesman for the ministry".
        """
        if not speaker or not speaker.split()[-1][:1].isupper():
            return True
        if not any(map(str.isupper, claimed)):
            return True
        forms = {speaker, *self._other_names(speaker)}
        is_meant = naming(claimed)
        return any(is_meant(form) or naming(form)(claimed) for form in forms)

    def _other_names(self, speaker: str) -> list[str]:
        person = self._people.get(speaker)
        return [name for name, other in self._people.items() if other == person]

    def _is_publication(self, claimed: str, place: _Place) -> bool:
        summary = self._index.summary(place.segment, self._article(place))
        own = (summary.source, summary.author)
        return any(name and (naming(claimed)(name) or naming(name)(claimed)) for name in own)

    def _titled(self, claim: Claim) -> Checked | None:
        """The claim as the title of an article, which drafts have in quotation marks too."""
        claimed = [word.form for word in words_of(claim.words)]
        for number, leaf in enumerate(self._leaves):
            for id in _articles_titled(leaf, forms(claim.words)):
                summary = self._index.summary(number, id)
                if [word.form for word in words_of(summary.title)] == claimed:
                    return Checked(claim, "verbatim", summary)
        return None

    def _checked(self, claim: Claim, words: Quoted, best: _Found, verdict: Verdict) -> Checked:
        place, passage = best.passage.place, best.passage
        # Where most of the words are, if they stand in several paragraphs.
        inside = [pair[1] for pair in best.alignment.pairs if pair[1] is not None]
        counts = Counter(bisect_right(passage.starts, number) - 1 for number in inside)
        at = min(counts, key=lambda number: (-counts[number], number), default=0)
        if best.cost == 0:
            at = min(counts, default=0)
        article = self._article(place)
        first = self._leaves[place.segment].file.starts[article]
        text = "\n".join(passage.texts)
        return Checked(
            claim,
            verdict,
            self._index.summary(place.segment, article),
            place.paragraph + at - first + 1,
            passage.texts[at],
            next(filter(None, best.speakers), None),
            changes(words, text, passage.words, best.alignment) if best.cost else (),
        )

    def _found(self, words: Quoted) -> Iterator[_Found]:
        """Where the words stand: wholly, if they do anywhere; else what is most like them."""
        forms = [word.form for word in words.words]
        exact = [] if words.gaps else self._exactly(words)
        seen = False
        for place in exact[:_MOST_EXACT]:
            found = self._compared(words, forms, self._passage(place, 0))
            if found.cost == 0:
                seen = True
                yield found
        if seen:
            return
        more = len(forms) + (_LEFT_OUT if words.gaps else 0)
        for place in self._nearest(words):
            yield self._compared(words, forms, self._passage(place, more))

    def _exactly(self, words: Quoted) -> list[_Place]:
        """The paragraphs in which the words stand one after the other, but for their endings."""
        asked = forms(words.text)
        places = []
        for number, leaf in enumerate(self._leaves):
            postings = []
            for form in asked:
                word = leaf.file.find("text", form)
                if word < 0:
                    break
                postings.append(leaf.file.postings("text", word))
            if not asked or len(postings) < len(asked):
                continue
            ids = set.intersection(*(set(some.ids) for some in postings)) - leaf.deleted_paragraphs
            starts = set.intersection(
                *(set(some.occurrences(ids, step)) for step, some in enumerate(postings))
            )
            places += [_Place(number, id) for id in sorted({id_of(start) for start in starts})]
        return places

    def _nearest(self, words: Quoted) -> list[_Place]:
        """The paragraphs with most of the words at the distances that they have."""
        asked = forms(words.text)
        total = sum(leaf.document_count("text") for leaf in self._leaves)
        counts = {form: self._count(form) for form in asked}
        known = sorted({form for form in asked if counts[form]}, key=lambda form: counts[form])
        votes: defaultdict[tuple[int, int], float] = defaultdict(float)
        looked = 0
        for rank, form in enumerate(known):
            looked += counts[form]
            if rank >= _LEAST_WORDS and looked > _MOST_OCCURRENCES:
                break
            weight = idf(total, counts[form])
            steps = [step for step, other in enumerate(asked) if other == form]
            for number, leaf in enumerate(self._leaves):
                word = leaf.file.find("text", form)
                if word < 0:
                    continue
                postings = leaf.file.postings("text", word)
                for step in steps:
                    shift = step - _BEFORE
                    for start in postings.occurrences(range(leaf.file.paragraphs), shift):
                        near = start >> _NEAR_BITS
                        votes[number, near] += weight
        best: defaultdict[_Place, float] = defaultdict(float)
        for (number, near), vote in nlargest(_MOST_VOTES, votes.items(), key=itemgetter(1)):
            place = _Place(number, near >> (SHIFT - _NEAR_BITS))
            if place.paragraph not in self._leaves[number].deleted_paragraphs:
                both = vote + votes.get((number, near + 1), 0) + votes.get((number, near - 1), 0)
                best[place] = max(best[place], both)
        most = _MOST_COMPARED if len(words.words) > _FEW_WORDS else _MORE_COMPARED
        return nsmallest(most, best, key=lambda place: (-best[place], place))

    def _count(self, form: str) -> int:
        count = 0
        for leaf in self._leaves:
            word = leaf.file.find("text", form)
            count += leaf.file.document_frequency("text", word) if word >= 0 else 0
        return count

    def _passage(self, place: _Place, more: int) -> _Passage:
        """A paragraph with those that follow it, for at least so many more words."""
        leaf = self._leaves[place.segment]
        end = leaf.file.starts[self._article(place) + 1]
        texts: list[str] = []
        words: list[Word] = []
        starts: list[int] = []
        owners: list[int] = []
        offset = 0
        for paragraph in range(place.paragraph, end):
            if texts and len(words) - len(words_of(texts[0])) >= more:
                break
            text = leaf.file.text(paragraph)
            starts.append(len(words))
            own = self._parts[place.segment].get(paragraph, ())
            for word in words_of(text):
                words.append(word._replace(start=word.start + offset, end=word.end + offset))
                owners.append(next((n for n, start, last in own if start <= word.start < last), -1))
            texts.append(text)
            offset += len(text) + 1
        return _Passage(place, tuple(texts), tuple(words), tuple(starts), tuple(owners))

    def _compared(self, words: Quoted, forms: Sequence[str], passage: _Passage) -> _Found:
        text = [word.form for word in passage.words]
        found = align(forms, words.gaps, text)
        pairs = [(a, b) for a, b in found.pairs if a is not None and b is not None]
        same = [(a, b) for a, b in pairs if forms[a] == text[b]]
        cost, matched = found.cost, len(same)
        if cost:
            runs = changes(words, "\n".join(passage.texts), passage.words, found)
            if all(run.same for run in runs):  # but for how words are put together
                cost, matched = 0, len(forms)
        owners = [passage.owners[b] for _, b in same]
        inside = dict.fromkeys(owner for owner in owners if owner >= 0)
        quotations = self._quotations[passage.place.segment]
        speakers = tuple(dict.fromkeys(quotations[number].speaker for number in inside))
        # Two quotations one right after the other are not one.
        cost += self._joints(passage, words, same)
        return _Found(
            passage,
            found,
            matched,
            cost,
            speakers,
            2 * sum(owner >= 0 for owner in owners) > len(owners),
        )

    def _joints(self, passage: _Passage, words: Quoted, same: Sequence[tuple[int, int]]) -> int:
        """How often the words go on from one quotation into another as if they were one."""
        quotations = self._quotations[passage.place.segment]
        joints = 0
        for (a, b), (c, d) in pairwise(same):
            one, other = passage.owners[b], passage.owners[d]
            if -1 in (one, other) or one == other:
                continue
            first, second = quotations[one].speaker, quotations[other].speaker
            has_gap = any(a < gap <= c for gap in words.gaps)
            if not has_gap or (first and second and first != second):
                joints += 1
        return joints

    def _article(self, place: _Place) -> int:
        article: int = self._leaves[place.segment].file.article_of[place.paragraph]
        return article

    @cached_property
    def _quotations(self) -> list[list[QuotationRecord]]:
        """The quotations of each segment, and the parts of those over several paragraphs."""
        return [list(leaf.file.quotations()) for leaf in self._leaves]

    @cached_property
    def _parts(self) -> list[dict[int, list[tuple[int, int, int]]]]:
        """For each segment, by paragraph, the quotations in it: the number of each, by its first
        part, and the characters where it starts and ends there.
        """
        found = []
        for quotations in self._quotations:
            parts: dict[int, list[tuple[int, int, int]]] = {}
            first = 0
            for number, part in enumerate(quotations):
                first = first if part.kind == CONTINUED else number
                parts.setdefault(part.paragraph, []).append((first, part.start, part.end))
            found.append(parts)
        return found

    @cached_property
    def _people(self) -> dict[str, str]:
        """For each name the one of the same person that is used most."""
        return people(self._leaves)


def _articles_titled(leaf: OpenSegment, wanted: Sequence[str]) -> list[int]:
    """The articles of a segment whose titles have all the words."""
    ids: set[int] | None = None
    for form in wanted:
        word = leaf.file.find("title", form)
        if word < 0:
            return []
        here = set(leaf.file.postings("title", word).ids)
        ids = here if ids is None else ids & here
    return sorted((ids or set()) - leaf.deleted_articles)
