"""Articles similar to another: those that share its distinctive terms."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from math import log
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import NoSuchArticle
from reader.language.tokens import tokenize
from reader.language.word_lists import stop_words
from reader.model.similar import SimilarArticle
from reader.query.tree import Phrase
from reader.search.postings import idf

if TYPE_CHECKING:
    from reader.search.engine import Index
    from reader.search.rank import ScoresBySegment

# Distinctive terms of an article: more would bring in common words.
_MAX_WORDS = 30
# Common terms of two articles that are shown.
_MAX_SHOWN = 6
# The weight of a word in the title, relative to the text.
_TITLE_COUNT = 2


class _Word(NamedTuple):
    """A distinctive word: its weight, and the scores of the articles that have it."""

    weight: float
    scores: ScoresBySegment


def similar(index: Index, article: str, paragraph: int | None, limit: int) -> list[SimilarArticle]:
    """The articles most similar to an article or to one of its paragraphs, counted from 1.

    `limit` is the largest number of articles, 0 for all. Raises NoSuchArticle, Damaged.
    """
    own = index.matcher.article(article)
    if own is None:
        raise NoSuchArticle(f"no article {article} that can be read", name=article)
    words = {
        word: _Word(weight, index.ranking.whole_articles(index.resolver[Phrase(word)]))
        for word, weight in _distinctive(index, _texts(index, own, paragraph)).items()
    }
    scores: dict[tuple[int, int], float] = {}
    for word in words.values():
        for segment, segment_scores in enumerate(word.scores):
            for id, score in segment_scores.items():
                scores[segment, id] = scores.get((segment, id), 0.0) + word.weight * score
    scores.pop(own, None)
    keys = [(-score, segment, id) for (segment, id), score in scores.items()]
    best = nsmallest(limit, keys) if limit else sorted(keys)
    return [_described(index, words, -key, segment, id) for key, segment, id in best]


def _described(
    index: Index, words: dict[str, _Word], score: float, segment: int, article: int
) -> SimilarArticle:
    summary = index.summary(segment, article)
    common = sorted(
        (-weight * scores[segment][article], word)
        for word, (weight, scores) in words.items()
        if article in scores[segment]
    )
    return SimilarArticle(
        summary.id,
        round(score, 4),
        summary.title,
        summary.date,
        summary.source,
        tuple(word for _, word in common[:_MAX_SHOWN]),
        summary.section,
        summary.author,
        summary.url,
        summary.path,
        summary.language,
    )


def _texts(index: Index, own: tuple[int, int], paragraph: int | None) -> list[str]:
    """The texts of an article, or that of one of its paragraphs."""
    segment, article = own
    file = index.segments[segment].file
    start, end = file.starts[article], file.starts[article + 1]
    if paragraph is not None:
        return [file.text(id) for id in range(start, end)][paragraph - 1 : paragraph]
    titles = [index.summary(segment, article).title] * _TITLE_COUNT
    return [*map(file.text, range(start, end)), *titles]


def _distinctive(index: Index, texts: list[str]) -> dict[str, float]:
    """The distinctive terms of texts, each in its first spelling, with its weight."""
    counts: Counter[str] = Counter()
    spellings: dict[str, str] = {}
    for text in texts:
        for token in tokenize(text):
            if len(token.form) > 1 and token.form not in stop_words():
                counts[token.stem] += 1
                spellings.setdefault(token.stem, text[token.start : token.end])
    total = sum(segment.document_count("title") for segment in index.segments)
    weights = {stem: 1 + log(count) for stem, count in counts.items()}
    frequencies = {stem: index.resolver.stem_frequency(stem)[1] for stem in weights}
    keys = {
        stem: weight * idf(total, min(frequencies[stem], total))
        for stem, weight in weights.items()
        if frequencies[stem] > 1  # else only this article has it
    }
    chosen = sorted(keys, key=lambda stem: (-keys[stem], stem))[:_MAX_WORDS]
    return {spellings[stem]: weights[stem] for stem in chosen}
