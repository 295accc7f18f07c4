"""The library: what the commands do, as methods of `Corpus` that return plain data.

>>> from reader import Corpus
>>> with Corpus() as corpus:
...     for hit in corpus.search("Zangazur", limit=5):
...         print(hit.paragraph, hit.date, hit.text[:24])
6 None Regarding the opening of
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.corpus.locate import choose, find_file, selection
from reader.corpus.session import Session
from reader.errors import NoSuchArticle, NoSuchParagraph, QueryError
from reader.files.folder import Folder, SkippedFile, newest
from reader.index.manifest import is_unchanged, summaries
from reader.model import arguments
from reader.model.callbacks import discard, no_progress, warn_python
from reader.model.choices import QuotationSort, SearchSort, SpeakerSort
from reader.model.filters import QuotationFilters, SearchFilters
from reader.model.locator import Locator, Selection, select
from reader.settings import chosen_corpus, directories

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim, Claim
    from reader.files.library import Addable, AddResult
    from reader.files.saved import SavedSearches
    from reader.model.article import Article
    from reader.model.callbacks import CorpusOptions, Notify, ProgressDisplay, Unchanged
    from reader.model.explanation import Explanation
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary
    from reader.query.tree import Query
    from reader.search.engine import Index
    from reader.search.quotations import QuotationFilter
    from reader.search.results import Results

Answer = TypeVar("Answer")


class Corpus:
    """A folder of articles and its index.

    Every call sees the files as they are at that moment: the index is made when it is first needed
    and brought up to date when files have changed. Several objects and processes may use one folder
    at the same time. The folder itself is only ever read, but for `add` and `remove` of the user's
    own library.

    Without a folder it is the one that the commands read: READER_CORPUS, else the config file's,
    else the user's library if there are articles in it, else the articles that come with the
    package. `cache` is the folder for indexes, by default the commands' own. `aliases` are rows of
    names for one thing: a query for one of them finds them all.

    `warn` is called with each warning, such as a file that cannot be read; by default warnings go
    to Python's `warnings`. `note` is called with notes of what was done. `progress` is called
    before each use of the index and gives a context manager, whose value is called with the number
    of articles indexed so far and in all.

    A Corpus is a context manager, and `close` does the same. Results and quotations are read from
    the index as they are iterated: they can be used until then.

    A failure is a ReaderError, whose message says what is wrong and what to do; a wrong argument is
    a TypeError or a ValueError. Raises CorpusError if there is no such folder, SettingsError.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        aliases: Sequence[Sequence[str]] = (),
        warn: Notify = warn_python,
        note: Notify = discard,
        progress: ProgressDisplay = no_progress,
        _unchanged: Unchanged = is_unchanged,
    ) -> None:
        self.root = Path(Folder(chosen_corpus() if folder is None else Path(folder)).root)
        self.cache = directories().cache if cache is None else Path(cache)
        self._aliases = aliases
        self._warn = warn
        self._session = Session(self.cache, warn, note, progress, _unchanged)
        self._closed = False

    @classmethod
    def library(cls, **options: Unpack[CorpusOptions]) -> Self:
        """The user's own library, which `add` and `remove` change; its folder is made if need be.

        The options are those of a Corpus. Raises CorpusError.
        """
        from reader.files.library import make_library

        return cls(make_library(directories().library), **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files of the index. Whatever is called afterwards raises ValueError."""
        self._closed = True
        self._session.close()

    @property
    def folder(self) -> Folder:
        """The folder as it is now: what is read through it stays as it was read.

        Raises CorpusError if it is not there any more.
        """
        if self._closed:
            raise ValueError("the corpus is closed")
        return Folder(self.root)

    # Articles

    def articles(self) -> Iterator[Summary]:
        """A summary of each article, ordered by id."""
        return self._summaries(self.folder)

    def newest(self) -> str | None:
        """The id of the article with the latest date; None if there are no articles."""
        folder = self.folder
        if len(folder.files) == 1:
            return folder.files[0].id
        summary = newest(self._summaries(folder))
        return summary.id if summary else None

    def path_of(self, article: str) -> Path:
        """The file of an article, named by its id or by a unique part of its id or title.

        Raises NoSuchArticle, AmbiguousArticle.
        """
        return self.root / find_file(self.folder, self.cache, article).path

    def id_of(self, article: str) -> str:
        """The id of an article, named as for `path_of`, which raises the same."""
        return find_file(self.folder, self.cache, article).id

    def article(self, locator: str) -> Article:
        """An article, or the paragraphs of it that a locator such as `talks:2-4` names.

        Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, UnreadableFile.
        """
        article, parsed = self.choose(locator)[0]
        return select(article, parsed)

    def choose(self, locators: str | Iterable[str]) -> list[tuple[Article, Locator]]:
        """The whole articles that locators name, each with its locator; raises as `article`."""
        return choose(self.folder, self.cache, locators)

    def selections(self, locators: str | Iterable[str] = ()) -> list[Selection]:
        """The articles or paragraphs that locators name, in their order, with what is quoted in
        them; without a locator, the newest article. Raises as `article`.
        """
        names = arguments.as_texts("locator", locators)
        if not names:
            newest = self.newest()
            if newest is None:
                raise NoSuchArticle(
                    f"there are no articles {self.folder.emptiness}; "
                    "name another folder with --corpus"
                )
            names = [newest]
        return [selection(article, locator) for article, locator in self.choose(names)]

    # Searching

    def search(
        self,
        query: str,
        *,
        limit: int = 0,
        sort: SearchSort = "relevance",
        context: int = 0,
        highlights: bool = True,
        **filters: Unpack[SearchFilters],
    ) -> Results:
        """The paragraphs that match a query (`reader help query` describes its language).

        `limit` is the largest number of hits, 0 for all; `context` the number of paragraphs to give
        with a hit on each side of it. Without `highlights` hits have none, and are read in half the
        time. See `SearchFilters` for the filters. Raises QueryError, NoSuchArticle,
        AmbiguousArticle.
        """
        from reader.model.result_options import ResultOptions

        arguments.check_text("query", query)
        arguments.check_keywords("search", filters, SearchFilters.__annotations__)
        options = ResultOptions(filters.get("any", False), sort, context, limit, highlights)
        parsed = self._query(query, filters)
        return self._ask(lambda index: index.search(parsed, options))

    def explain(self, query: str, **filters: Unpack[SearchFilters]) -> list[Explanation]:
        """How a query is understood, part by part, with the number of paragraphs each matches.

        Raises as `search`.
        """
        arguments.check_text("query", query)
        arguments.check_keywords("explain", filters, SearchFilters.__annotations__)
        parsed = self._query(query, filters)
        return self._ask(lambda index: list(index.explain(parsed)))

    def similar(self, locator: str, *, limit: int = 10) -> list[SimilarArticle]:
        """The articles most similar to an article or a paragraph, the most similar first.

        `limit` is the largest number of articles, 0 for all. Raises NoSuchArticle,
        AmbiguousArticle, NoSuchParagraph, UnreadableFile.
        """
        arguments.check_count("limit", limit)
        article, parsed = self.choose(locator)[0]
        if parsed.first != parsed.last:
            raise NoSuchParagraph(
                f"{locator} names several paragraphs: name one, or the article",
                article=article.id,
                count=len(article.paragraphs),
            )
        return self._ask(lambda index: index.similar(article.id, parsed.first, limit))

    # Quotations

    def quotes(
        self,
        locators: str | Iterable[str] = (),
        *,
        sort: QuotationSort = "article",
        context: int = 0,
        **filters: Unpack[QuotationFilters],
    ) -> Iterator[QuotationHit]:
        """The quotations of the corpus, or of the articles and paragraphs that locators name.

        They are in the order of the locators, else by article id and paragraph, or by date first.
        `context` is the number of paragraphs to give with a quotation on each side of it. See
        `QuotationFilters` for the filters. Raises QueryError, NoSuchArticle, AmbiguousArticle,
        NoSuchParagraph, UnreadableFile.
        """
        arguments.check_choice("sort", sort, QuotationSort)
        arguments.check_count("context", context)
        arguments.check_keywords("quotes", filters, QuotationFilters.__annotations__)
        quotation_filter = self._quotation_filter(filters, locators)
        return self._ask(lambda index: index.quotations().hits(quotation_filter, sort, context))

    def speakers(
        self, *, sort: SpeakerSort = "quotes", **filters: Unpack[QuotationFilters]
    ) -> list[Speaker]:
        """The speakers quoted in the corpus, by default those with the most quotations first.

        The names that articles use for one person are counted together. Last is the speaker None,
        for quotations without an attribution. See `QuotationFilters` for the filters. Raises
        QueryError.
        """
        arguments.check_choice("sort", sort, SpeakerSort)
        arguments.check_keywords("speakers", filters, QuotationFilters.__annotations__)
        quotation_filter = self._quotation_filter(filters)
        return self._ask(lambda index: index.quotations().speakers(quotation_filter, sort))

    def cite(
        self, locators: str | Iterable[str], *, quote: int | None = None, quotes: bool = False
    ) -> list[Citation]:
        """Citations of what locators name: an article as a whole, or the speech in some of its
        paragraphs, or these paragraphs if there is no speech in them.

        `quote` is the number of one quotation there, counted from 1; `quotes` cites every quotation
        of whole articles. Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, NoSuchQuotation,
        UnreadableFile.
        """
        from reader.citing.passages import citations_of

        if quote is not None:
            arguments.check_count("quote", quote, least=1)
        return citations_of(self.choose(locators), quote, quotes)

    def check(self, claims: Iterable[Claim]) -> list[CheckedClaim]:
        """Verify each claimed quotation against the corpus: its words, and its speaker.

        `reader.claims_in` finds the claims in a draft.
        """
        from reader.citing.check import Checker

        listed = list(claims)
        return self._ask(lambda index: list(map(Checker(index.open()).check, listed)))

    # The user's own library

    def add(self, *items: Addable, allow_local: bool = False) -> list[AddResult]:
        """Add articles to the library: given as such, as paths of files and folders, or as web
        addresses. What it has already, by address or text, is not added again.

        Addresses of this machine and of private networks are refused unless `allow_local`. What
        cannot be added is reported in its result. Raises ReaderError where the corpus is not the
        user's library, or cannot be written to.
        """
        return list(self.add_each(items, allow_local=allow_local))

    def add_each(
        self, items: Iterable[Addable], *, allow_local: bool = False
    ) -> Iterator[AddResult]:
        """Add articles as `add` does, each when its result is asked for."""
        from reader.files.library import StoredArticle, own_library

        library = own_library(self.root, directories().library)
        rows = self._ask(lambda index: index.generation.rows()) if self.folder.files else []
        library.stored = [StoredArticle(r.summary.id, r.text_digest, r.summary.url) for r in rows]
        return library.add_each(items, allow_local)

    def remove(self, *articles: str) -> list[str]:
        """Delete articles from the library, their files, for good; returns their ids.

        Each is named as for `path_of`, which raises the same; if one is wrong, none is deleted.
        Raises ReaderError where the corpus is not the user's library, or a file cannot be deleted.
        """
        from reader.files.library import own_library

        library = own_library(self.root, directories().library)
        files = library.find(articles, lambda folder: summaries(folder, self.cache, []))
        for file in files:
            library.remove(file)
        return [file.id for file in files]

    @staticmethod
    def saved() -> SavedSearches:
        """The searches that the user has saved by name."""
        from reader.files.saved import SavedSearches

        return SavedSearches(directories().data)

    # The index

    def update_index(self, *, rebuild: bool = False) -> None:
        """Bring the index up to date, as every other method does that needs it; `rebuild` makes it
        again from nothing. Raises IndexUnavailable.
        """
        if rebuild:
            self._session.rebuild(self.folder)
        else:
            self._ask(lambda _index: None)

    def describe_index(self, *, thorough: bool = False) -> dict[str, str | int | None]:
        """Figures about the index as it is; nothing is changed.

        Its `state` is "current", "stale" (files have changed since), "absent" or "damaged". Damage
        is looked for in every byte if `thorough`, else it shows only if the index cannot be opened.
        `size` is in bytes, `age` in seconds.
        """
        from reader.index.current import describe

        return describe(self.folder, self.cache, thorough)

    def _summaries(self, folder: Folder) -> Iterator[Summary]:
        skipped: list[SkippedFile] = []
        try:
            yield from summaries(folder, self.cache, skipped)
        finally:
            for file in skipped:
                self._warn(str(file))

    def _quotation_filter(
        self, filters: QuotationFilters, locators: str | Iterable[str] = ()
    ) -> QuotationFilter:
        from reader.search.quotations import QuotationFilter

        of_articles: SearchFilters = {
            "exact": filters.get("exact", False),
            "since": filters.get("since"),
            "until": filters.get("until"),
            "source": filters.get("source"),
        }
        by = filters.get("by")
        if by is not None and not any(map(str.isalnum, by)):
            raise QueryError("--by needs a name")
        query = self._query(filters.get("about"), of_articles)
        chosen = self.choose(locators)
        paragraphs = tuple(locator._replace(article=article.id) for article, locator in chosen)
        return QuotationFilter(query, by, filters.get("all", False), paragraphs)

    def _query(self, text: str | None, filters: SearchFilters) -> Query:
        """The parsed query with its filters; no text matches everything."""
        from reader.query.interpret import QueryRequest, interpret

        request = QueryRequest(text, **filters)
        if request.article is not None:
            request = request._replace(article=self.id_of(request.article))
        query, notes = interpret(request, self._aliases)
        for line in notes:
            self._warn(line)
        return query

    def _ask(self, question: Callable[[Index], Answer]) -> Answer:
        return self._session.ask(self.folder, question)
