"""The library: what the commands do, as calls that return plain data.

from reader import Corpus

corpus = Corpus("articles")
for hit in corpus.search("Zangazur", limit=5):
print(hit.locator, hit.date, hit.text)
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

from reader.errors import NoSuchParagraph, NoSuchQuotation, QueryError, UnreadableFile
from reader.files.folder import File, Folder, SkippedFile, newest
from reader.index.manifest import is_unchanged, summaries
from reader.language.clean import normalize
from reader.model.locator import Locator, parse_locator, select
from reader.settings import corpus_path, directories

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim, Claim
    from reader.model.article import Article, Quotation
    from reader.model.choices import QuotationSort, SearchSort, SpeakerSort
    from reader.model.hit import Explanation, QuotationHit, SimilarArticle, Speaker
    from reader.model.summary import Summary
    from reader.query.tree import Query
    from reader.search.engine import Index
    from reader.search.quotations import QuotationFilter
    from reader.search.results import Results

Answer = TypeVar("Answer")

# Called with a line for the user.
Notify = Callable[[str], None]
# Gives what is called while articles are indexed, with how many are done and how many there are.
Progress = Callable[[], AbstractContextManager[Callable[[int, int], None]]]
# Asked whether the folder is as a generation of its index knows it; see `catalogue.is_unchanged`.
Unchanged = Callable[[Folder, Path, int, str], bool]


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=4)


def _ignore(_message: str) -> None:
    """Notes of what was done interest nobody who did not ask."""


def _no_progress() -> AbstractContextManager[Callable[[int, int], None]]:
    return nullcontext(lambda _done, _total: None)


def _look(_folder: Folder, index: Path, generation: int, root: str) -> bool:
    return is_unchanged(index, generation, root)


class SearchFilters(TypedDict, total=False):
    """What may be said of a search besides its query.

    `any`: it is a question, for what has any of its words. `exact`: the very words, without other
    endings, accents and names. `fuzzy`: near spellings too. `quotes`: only inside speech. `by`:
    where this speaker is quoted. `since`, `until`: a day, as the language has it. `source`,
    `title`: words of these. `article`: its id, or a part of its id or title.
    """

    any: bool
    exact: bool
    fuzzy: bool
    quotes: bool
    by: str | None
    since: str | None
    until: str | None
    source: str | None
    title: str | None
    article: str | None


class QuotationFilters(TypedDict, total=False):
    """Which quotations are wanted.

    `by`: any part of the speaker's name. `about`: a query that the quotation itself matches.
    `every`: also what is not speech. `since`, `until`: a day, as the language has it. `source`:
    words of this. `exact`: the very words, without other endings, accents and names.
    """

    by: str | None
    about: str | None
    every: bool
    since: str | None
    until: str | None
    source: str | None
    exact: bool


class Corpus:
    """The articles in a folder, with their index, which is made and kept true when it is needed.

    Without a folder, the one that the commands would read: the config file's, the user's library,
    or the articles that come with the package. `cache` is where indexes are kept, by default where
    the commands keep them; `aliases` are rows of names for one thing.

    `warn` hears of files that cannot be read and the like, by default by way of Python's warnings;
    `note` hears of what may interest. A method that cannot do what it is asked raises a ReaderError
    that says what is wrong and what to do.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        aliases: Sequence[Sequence[str]] = (),
        warn: Notify = _warn,
        note: Notify = _ignore,
        progress: Progress = _no_progress,
        unchanged: Unchanged = _look,
    ) -> None:
        dirs = directories()
        option = None if folder is None else Path(folder)
        self.folder = Folder(corpus_path(option, {}, dirs))
        self.cache = dirs.cache if cache is None else Path(cache)
        self._aliases = aliases
        self._warn, self._note, self._progress = warn, note, progress
        self._unchanged = unchanged

    # Articles

    def articles(self) -> Iterator[Summary]:
        """What is known of each article, ordered by id."""
        refused: list[SkippedFile] = []
        try:
            yield from summaries(self.folder, self.cache, refused)
        finally:
            for refusal in refused:
                self._warn(str(refusal))

    def newest(self) -> str | None:
        """The id of the article with the latest date; None if there are no articles."""
        if len(self.folder.files) == 1:
            return self.folder.files[0].id
        summary = newest(self.articles())
        return summary.id if summary else None

    def find(self, name: str) -> File:
        """The file of an article: by its id, or by any part of its id or title that no other has.

        Raises NoSuchArticle, AmbiguousArticle.
        """
        return self.folder.find(name, summaries(self.folder, self.cache, []))

    def article(self, locator: str) -> Article:
        """An article, or the paragraphs of it that a locator such as `talks:2-4` names.

        Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, UnreadableFile.
        """
        article, parsed = self.choose([locator])[0]
        return select(article, parsed)

    def choose(self, locators: Iterable[str]) -> list[tuple[Article, Locator]]:
        """The articles that locators name, whole, each with its locator; raises as `article`."""
        found = []
        for text in locators:
            locator = parse_locator(text)
            file = self.find(locator.article)
            try:
                article = self.folder.read(file)
            except UnreadableFile as error:
                raise UnreadableFile(f"cannot read {normalize(file.path)}: {error}") from error
            select(article, locator)  # raises what should be heard before anything is printed
            found.append((article, locator))
        return found

    # Searching

    def search(
        self,
        query: str,
        *,
        limit: int = 0,
        sort: SearchSort = "relevance",
        context: int = 0,
        **narrowing: Unpack[SearchFilters],
    ) -> Results:
        """The paragraphs that match a query (`reader help query` tells its language), best first.

        `limit` is the number of hits wanted, 0 for all, `context` that of the paragraphs on each
        side of one. See `SearchFilters` for the filters. Raises QueryError, NoSuchArticle.
        """
        from reader.search.results import ResultOptions

        understood = self._understood(query, narrowing)
        options = ResultOptions(narrowing.get("any", False), sort, context, limit)
        return self._ask(lambda index: index.search(understood, options))

    def explain(self, query: str, **narrowing: Unpack[SearchFilters]) -> list[Explanation]:
        """A query as it is understood, part by part, with the number of hits of each."""
        understood = self._understood(query, narrowing)
        return self._ask(lambda index: list(index.explain(understood)))

    def alike(self, locator: str, *, limit: int = 10) -> list[SimilarArticle]:
        """The articles most like an article, or like the paragraph that a locator names, the most
        alike first: at most `limit`, 0 for all. Raises NoSuchArticle, NoSuchParagraph.
        """
        article, parsed = self.choose([locator])[0]
        if parsed.first != parsed.last:
            raise NoSuchParagraph(f"{locator} names several paragraphs: name one, or the article")
        return self._ask(lambda index: index.alike(article.id, parsed.first, limit))

    # Quotations

    def quotes(
        self,
        locators: Iterable[str] = (),
        *,
        sort: QuotationSort = "article",
        context: int = 0,
        **narrowing: Unpack[QuotationFilters],
    ) -> Iterator[QuotationHit]:
        """The quotations of the corpus, or of the articles and paragraphs that locators name, as
        these are given; else by article id and place, or by date first.

        `context` is the number of paragraphs wanted on each side of one. See `QuotationFilters` for
        what else may be said. Raises QueryError, NoSuchArticle, AmbiguousArticle, NoSuchParagraph.
        """
        wanted = self._wanted(narrowing, locators)
        return iter(self._ask(lambda index: index.quotations().hits(wanted, sort, context)))

    def speakers(
        self, *, sort: SpeakerSort = "quotes", **narrowing: Unpack[QuotationFilters]
    ) -> list[Speaker]:
        """Who is quoted in the corpus, the most often first or in another order, whatever the
        articles call them; last what nobody is named for. Raises QueryError.
        """
        wanted = self._wanted(narrowing)
        return self._ask(lambda index: index.quotations().speakers(wanted, sort))

    def cite(
        self, locators: Iterable[str], *, quote: int | None = None, quotes: bool = False
    ) -> list[Citation]:
        """What locators name, to be cited: an article as a whole, or what is said in some of its
        paragraphs, or these paragraphs if nobody is quoted there.

        `quote` is the number of one quotation there, counted from 1; `quotes` is for every one of
        whole articles. `reader.citing.citations.format_citations` writes them in a style. Raises
        NoSuchArticle, AmbiguousArticle, NoSuchParagraph, NoSuchQuotation.
        """
        from reader.citing.citations import Citation, CitedPassage
        from reader.quotes import find

        citations: dict[str, Citation] = {}
        for article, place in self.choose(locators):
            whole = place.first is None
            said = [quote for quote in find(article) if _is_speech_at(quote, place)]
            passages = [
                CitedPassage(
                    q.paragraph, q.paragraph + len(q.parts) - 1, " ".join(q.parts), q.speaker
                )
                for q in said
            ]
            if quote is not None:
                if quote > len(passages):
                    counted = f"{len(passages)} quotation" + "s" * (len(passages) != 1)
                    raise NoSuchQuotation(f"no quotation {quote}: there are {counted} there")
                passages = [passages[quote - 1]]
            elif whole and not quotes:
                passages = []
            elif not whole and not passages:
                passages = [CitedPassage(place.first or 1, place.last or 1)]
            known = citations.get(article.id, Citation(article))
            more = (passage for passage in passages if passage not in known.passages)
            citations[article.id] = known._replace(passages=(*known.passages, *more))
        return list(citations.values())

    def check(self, claims: Iterable[Claim]) -> list[CheckedClaim]:
        """What becomes of each claim to quote the corpus: whether the words stand there, word for
        word, and whose they are. `reader.citing.drafts` reads claims out of drafts.
        """
        every = list(claims)

        def checked(index: Index) -> list[CheckedClaim]:
            from reader.citing.check import Checker

            return list(map(Checker(index.searched()).check, every))

        return self._ask(checked)

    def _wanted(self, narrowing: QuotationFilters, locators: Iterable[str] = ()) -> QuotationFilter:
        from reader.search.quotations import QuotationFilter

        rest: SearchFilters = {
            "exact": narrowing.get("exact", False),
            "since": narrowing.get("since"),
            "until": narrowing.get("until"),
            "source": narrowing.get("source"),
        }
        by = narrowing.get("by")
        if by is not None and not any(map(str.isalnum, by)):
            raise QueryError("--by needs a name")
        query = self._understood(narrowing.get("about"), rest)
        places = tuple(place._replace(article=a.id) for a, place in self.choose(locators))
        return QuotationFilter(query, by, narrowing.get("every", False), places)

    def _understood(self, query: str | None, narrowing: SearchFilters) -> Query:
        from reader.query.meaning import Asked, understand

        asked = Asked(query, **narrowing)
        if asked.article is not None:
            asked = asked._replace(article=self.find(asked.article).id)
        understood, notes = understand(asked, self._aliases)
        for line in notes:
            self._warn(line)
        return understood

    def _ask(self, question: Callable[[Index], Answer]) -> Answer:
        from reader.index.current import ask
        from reader.search.engine import Index

        with self._progress() as progress:
            unchanged = partial(self._unchanged, self.folder)
            return ask(
                self.folder,
                self.cache,
                lambda generation: question(Index(generation)),
                self._warn,
                self._note,
                progress,
                unchanged,
            )


def _is_speech_at(quote: Quotation, place: Locator) -> bool:
    """Whether a quotation is speech that stands in some paragraphs."""
    if quote.kind != "speech" or place.first is None or place.last is None:
        return quote.kind == "speech"
    return place.first < quote.paragraph + len(quote.parts) and quote.paragraph <= place.last
