"""Opens the index, and asks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.language.tokens import query_tokens, stem, tokenize
from reader.model.hit import Explanation
from reader.query.tree import (
    And,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Within,
    describe,
    positive_leaves,
)
from reader.search.match import Matching
from reader.search.rank import Ranking
from reader.search.results import ResultOptions, Results, Searched
from reader.search.terms import Terms

if TYPE_CHECKING:
    from reader.index.generation import Generation
    from reader.model.hit import SimilarArticle
    from reader.search.quotations import Quotations


class Index:
    """An open generation of the index, to be searched."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._segments = generation.segments
        self._terms = Terms(self._segments)
        self._matching = Matching(self._segments, self._terms)

    def search(self, query: Query, options: ResultOptions = ResultOptions()) -> Results:  # noqa: B008
        """The paragraphs that match the query; where no single one does, the paragraphs with
        something of it in the articles that match it as wholes. Raises Damaged.
        """
        searched = self.searched()
        found = searched.matching.find(query)
        suggestion = None if any(found) else self._suggestion(query)
        return Results(searched, query, found, options, suggestion)

    def searched(self) -> Searched:
        terms = Terms(self._segments)
        return Searched(
            self._segments,
            Matching(self._segments, terms),
            Ranking(self._segments, terms),
            terms,
            lambda number, article: self.generation.row(number, article).summary,
        )

    def alike(
        self, article: str, paragraph: int | None = None, most: int = 0
    ) -> list[SimilarArticle]:
        """The articles most like an article, given by its id, or like one of its paragraphs, the
        most alike first; `most` is how many, 0 for all. Raises NoSuchArticle, Damaged.
        """
        # Loads lists of stop words.
        from reader.search.similar import alike

        return alike(self.searched(), article, paragraph, most)

    def quotations(self) -> Quotations:
        """What is quoted in the articles. Raises Damaged."""
        # Loads lists of names.
        from reader.search.quotations import Quotations

        return Quotations(self.searched())

    def explain(self, query: Query) -> Iterator[Explanation]:
        """The query as it was understood, part by part, each before its own parts. Raises
        Damaged.
        """
        return self._explain(query, 0)

    def _explain(self, query: Query, depth: int) -> Iterator[Explanation]:
        yield Explanation(depth, sum(map(len, self._matching.paragraphs(query))), describe(query))
        parts: tuple[Query, ...] = ()
        if isinstance(query, (And, Or, Within, Synonyms)):
            parts = query.parts
        elif isinstance(query, Not):
            parts = (query.part,)
        for part in parts:
            yield from self._explain(part, depth + 1)

    def nearest_words(self, word: str, most: int = 1) -> list[str]:
        """The words of the corpus that are spelt nearest to one that may be misspelt, as some
        paragraph spells each: by the number of edits, then by how frequent they are.
        """
        # Loads what a search that finds something does without.
        from reader.search.suggest import nearest

        tokens = tokenize(word)
        return nearest(tokens[0].form, self._segments, self._terms, most) if tokens else []

    def _suggestion(self, query: Query) -> str | None:
        """The words of the query with each unknown one in its nearest known spelling."""
        known = []
        changed = False
        for part in positive_leaves(query):
            if not isinstance(part, (Phrase, Synonyms)) or part.field not in (
                "text",
                "quote",
                "title",
            ):
                continue
            for token in query_tokens(part.text):
                typed = part.text[token.start : token.end]
                near = [] if self._knows(token.form) else self.nearest_words(typed)
                changed = changed or bool(near)
                known.append(near[0] if near else typed)
        return " ".join(known) if changed else None

    def _knows(self, form: str) -> bool:
        """Whether any paragraph has a word with this form or its stem."""
        return any(leaf.file.words_with_stem("text", stem(form)) for leaf in self._segments)
