"""Articles that are like another: those with most of the words that set it apart."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from math import log
from typing import TYPE_CHECKING

from reader.errors import NoSuchArticle
from reader.language.stop_words import STOP_WORDS
from reader.language.tokens import tokenize
from reader.model.hit import SimilarArticle
from reader.query.tree import Phrase
from reader.search.terms import rarity

if TYPE_CHECKING:
    from reader.search.results import Searched

# Phrase of an article that tell what it is about: more bring in what every article has.
_WORDS = 30
# Phrase that are shown of those that two articles have in common.
_SHOWN = 6
# How often a word of the title counts as if it stood in the text.
_TITLE = 2


def alike(index: Searched, article: str, paragraph: int | None, most: int) -> list[SimilarArticle]:
    """The articles most like an article, or like one of its paragraphs, the most alike first.

    `most` is how many, 0 for all. Raises NoSuchArticle, Damaged.
    """
    number, place = _find(index, article)
    file = index.leaves[number].file
    start, end = file.starts[place], file.starts[place + 1]
    texts = [file.text(id) for id in range(start, end)]
    if paragraph is None:
        texts += [index.summary(number, place).title] * _TITLE
    else:
        texts = texts[paragraph - 1 : paragraph]
    parts = {
        word: (weight, index.ranking.whole(index.terms[Phrase(word)]))
        for word, weight in _telling(index, texts).items()
    }
    scores: dict[tuple[int, int], float] = {}
    for weight, part in parts.values():
        for which, some in enumerate(part):
            for id, score in some.items():
                scores[which, id] = scores.get((which, id), 0.0) + weight * score
    scores.pop((number, place), None)
    found = [(-score, which, id) for (which, id), score in scores.items()]
    best = nsmallest(most, found) if most else sorted(found)
    described = []
    for score, which, id in best:
        ties = [
            (-w * part[which][id], word) for word, (w, part) in parts.items() if id in part[which]
        ]
        summary = index.summary(which, id)
        described.append(
            SimilarArticle(
                summary.id,
                round(-score, 4),
                summary.title,
                summary.date,
                summary.source,
                tuple(word for _, word in sorted(ties)[:_SHOWN]),
            )
        )
    return described


def _find(index: Searched, article: str) -> tuple[int, int]:
    for number, leaf in enumerate(index.leaves):
        for place in leaf.file.articles_with_key(article):
            if place not in leaf.deleted_articles and leaf.id_of(place) == article:
                return number, place
    raise NoSuchArticle(f"no article {article} that can be read", name=article)


def _telling(index: Searched, texts: list[str]) -> dict[str, float]:
    """The words that set texts apart, as they first spell each, with how much each counts."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for text in texts:
        for token in tokenize(text):
            if len(token.form) > 1 and token.form not in STOP_WORDS:
                counts[token.stem] += 1
                spelt.setdefault(token.stem, text[token.start : token.end])
    total = sum(leaf.document_count("title") for leaf in index.leaves)
    weights = {word: 1 + log(often) for word, often in counts.items()}
    having = {word: index.terms.having_stem(word)[1] for word in weights}
    worth = {
        word: weight * rarity(total, min(having[word], total))
        for word, weight in weights.items()
        if having[word] > 1  # else it ties no two
    }
    chosen = sorted(worth, key=lambda word: (-worth[word], word))[:_WORDS]
    return {spelt[word]: weights[word] for word in chosen}
