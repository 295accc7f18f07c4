"""Answers queries over an open index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.errors import IndexUnavailable
from reader.language.tokens import query_tokens, stem, tokenize
from reader.model.result_options import ResultOptions
from reader.query.tree import Phrase, Query, Synonyms, children, describe, positive_terms
from reader.search.match import Matcher
from reader.search.rank import Ranking
from reader.search.resolve import TermResolver
from reader.search.results import Matches, Results

if TYPE_CHECKING:
    from reader.index.generation import Generation, OpenSegment
    from reader.model.explanation import Explanation
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary
    from reader.search.quotations import Quotations

# Gives a generation of the index that is made again in place of a damaged one.
Remake: TypeAlias = "Callable[[Generation], Generation]"

# The fields whose unknown words are assumed to be misspelt.
# Letters. A shorter word is near to any other.
_SHORTEST_MISSPELT = 4
_SPELT_FIELDS = frozenset({"text", "quote", "title"})


class Index:
    """A view of an open generation of the index for a single search, with the postings that it
    resolves.

    `remake` gives a generation that is made again after damage to another.
    """

    def __init__(self, generation: Generation, remake: Remake | None = None) -> None:
        self.generation = generation
        self._remake = remake
        self.segments: Sequence[OpenSegment] = generation.segments
        self.resolver = TermResolver(self.segments)
        self.matcher = Matcher(self.segments, self.resolver)
        self.ranking = Ranking(self.segments, self.resolver)

    def search(self, query: Query, options: ResultOptions | None = None) -> Results:
        """The paragraphs that match a query; where none does, those that match a part of
        it in the articles that match all of it. Raises Damaged.
        """
        chosen = options or ResultOptions()

        def find(index: Index) -> Matches:
            matches = index.matcher.find(query)
            unknown = Unknown() if any(matches) else _unknown(index, query)
            return Matches(index, query, matches, chosen, *unknown)

        return Results(find(self), lambda damaged: find(damaged.index.remade()), chosen.limit)

    def similar(
        self, article: str, paragraph: int | None = None, limit: int = 0
    ) -> list[SimilarArticle]:
        """The articles most similar to an article, given by its id, or to one of its paragraphs,
        the most similar first; `limit` is the largest number, 0 for all.

        Raises NoSuchArticle, Damaged.
        """
        # Imported here: few commands need it.
        from reader.search.similar import similar

        return similar(self, article, paragraph, limit)

    def quotations(self) -> Quotations:
        """The quotations of the articles. Raises Damaged."""
        # Imported here: it loads lists of names.
        from reader.search.quotations import Quotations

        return Quotations(self)

    def explain(self, query: Query) -> Iterator[Explanation]:
        """The parts of a query as interpreted, each followed by its own parts.

        Raises Damaged.
        """
        return _explain(self, query, 0)

    def summary(self, segment: int, article: int) -> Summary:
        """The summary of an article, by the index of its segment and its id there.

        Raises Damaged.
        """
        return self.generation.row(segment, article).summary

    def order(self, segment: int, article: int) -> tuple[str, int]:
        """The sort key of an article's id, by the index of its segment and its id there: the
        articles of a file are in its order. Raises Damaged.
        """
        return self.generation.row(segment, article).order

    def check_open(self) -> None:
        """Raise ValueError, as for a closed file, if the index was closed."""
        if self.generation.closed:
            raise ValueError("the results cannot be read: their corpus is closed")

    def remade(self) -> Index:
        """The index, made again. Raises IndexUnavailable."""
        if self._remake is None:
            raise IndexUnavailable("the index is damaged; run `reader index --rebuild`")
        return Index(self._remake(self.generation), self._remake)


def _explain(index: Index, query: Query, depth: int) -> Iterator[Explanation]:
    # Imported here: few searches need it.
    from reader.model.explanation import Explanation

    hits = sum(map(len, index.matcher.paragraphs(query)))
    yield Explanation(depth, hits, describe(query))
    for part in query.parts if isinstance(query, Synonyms) else children(query):
        yield from _explain(index, part, depth + 1)


def nearest_words(index: Index, word: str, limit: int = 1) -> list[str]:
    """The words of the corpus with the spelling nearest to a word's: by the number of edits, then
    the most frequent first. Each is spelt as in a paragraph.
    """
    # Imported here: searches with hits do not need it.
    from reader.search.suggest import nearest

    tokens = tokenize(word)
    return nearest(tokens[0].form, index.segments, index.resolver, limit) if tokens else []


class Unknown(NamedTuple):
    """The words of a query that no paragraph has, as they were typed, and the query with these
    words corrected to the nearest indexed ones; None without any near.
    """

    words: tuple[str, ...] = ()
    suggestion: str | None = None


def _unknown(index: Index, query: Query) -> Unknown:
    words, unknown = [], []
    is_changed = False
    for term in positive_terms(query):
        if not isinstance(term, (Phrase, Synonyms)) or term.field not in _SPELT_FIELDS:
            continue
        for token in query_tokens(term.text):
            typed = term.text[token.start : token.end]
            if _is_indexed(index, token.form):
                words.append(typed)
                continue
            near = nearest_words(index, typed, 1) if _may_be_misspelt(token.form) else []
            is_changed = is_changed or bool(near)
            unknown.append(typed)
            words.append(near[0] if near else typed)
    return Unknown(tuple(dict.fromkeys(unknown)), " ".join(words) if is_changed else None)


def _may_be_misspelt(form: str) -> bool:
    """Whether a word is long enough to be recognised behind an error, and no figure or sign."""
    return len(form) >= _SHORTEST_MISSPELT and form.isalpha()


def _is_indexed(index: Index, form: str) -> bool:
    """Whether any paragraph has a word with this form or its stem."""
    return any(segment.file.words_with_stem("text", stem(form)) for segment in index.segments)
