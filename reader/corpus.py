"""The library: what the commands do, as methods of `Corpus` that return plain data.

>>> from reader import Corpus
>>> with Corpus() as corpus:
...     for hit in corpus.search("Zangazur", limit=5):
...         print(hit.paragraph, hit.date, hit.text[:24])
6 None Regarding the opening of
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.files.folder import FileMatch, Folder
from reader.model import arguments
from reader.model.callbacks import discard, no_progress, warn_python
from reader.model.choices import Period, QuotationSort, SearchSort, SpeakerSort
from reader.model.filters import QuotationFilters, SearchFilters
from reader.model.locator import select
from reader.model.summary import newest
from reader.session import locate
from reader.session.session import Session
from reader.session.summaries import summaries
from reader.settings import chosen_corpus, directories

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from reader.citing.citations import Citation
    from reader.citing.claims import CheckedClaim, Claim
    from reader.files.library import Addable, AddResult
    from reader.files.saved import SavedSearches
    from reader.model.article import Article
    from reader.model.callbacks import CorpusOptions, Notify, ProgressDisplay
    from reader.model.explanation import Explanation
    from reader.model.index_state import IndexState
    from reader.model.locator import Locator
    from reader.model.quotation_hit import QuotationHit, Speaker
    from reader.model.selection import Selection
    from reader.model.similar import SimilarArticle
    from reader.model.summary import Summary
    from reader.query.tree import Query
    from reader.search.quotations import QuotationFilter
    from reader.search.results import Results


class Corpus:
    """A folder of articles and its index.

    Every call sees the files as they are at that moment: the index is made when it is first needed
    and brought up to date when files have changed. Several objects and processes may use one folder
    at the same time. The folder itself is only ever read, but for `add` and `remove` of the user's
    own library.

    Without a folder it is the one that the commands read: READER_CORPUS, else the config file's,
    else the user's library if there are articles in it, else the articles that come with the
    package. `cache` is the folder for indexes, by default the commands' own. `aliases` are rows of
    names for one thing: a query for one of them finds them all. `encoding` is that of texts that
    are not UTF-8 and have no mark; by default their letters tell it.

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
        encoding: str | None = None,
        warn: Notify = warn_python,
        note: Notify = discard,
        progress: ProgressDisplay = no_progress,
    ) -> None:
        self._aliases = arguments.as_rows("aliases", aliases)
        arguments.check_callables(warn=warn, note=note, progress=progress)
        self.encoding = arguments.as_encoding(encoding)
        opened = Folder(chosen_corpus() if folder is None else Path(folder), self.encoding)
        self.root = Path(opened.root)
        self.cache = directories().cache if cache is None else Path(cache)
        self._warn, self._session = warn, Session(opened, self.cache, warn, note, progress)

    @classmethod
    def library(cls, **options: Unpack[CorpusOptions]) -> Self:
        """The user's own library, which `add` and `remove` change; its folder is made if need be.

        The options are those of a Corpus. Raises CorpusError.
        """
        from reader.files.library import make_library

        return cls(make_library(directories().library), **options)

    def __enter__(self) -> Self:
        self._session.check_open()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files of the index. Whatever is called afterwards, of the corpus, its results
        or its iterators, raises ValueError; only to close it again does nothing.
        """
        self._session.close()

    # Articles

    def articles(self) -> Iterator[Summary]:
        """A summary of each article, ordered by id."""
        return self._session.summaries(self._session.folder, thorough=True)

    def newest(self) -> str | None:
        """The id of the article with the latest date; None if there are no articles."""
        summary = newest(self._session.summaries(self._session.folder))
        return summary.id if summary else None

    def path_of(self, article: str) -> Path:
        """The file of an article, named by its id or by a unique part of its id or title; the id of
        a file with several articles names it too.

        Raises NoSuchArticle, AmbiguousArticle.
        """
        return self.root / self._find(article).file.path

    def id_of(self, article: str) -> str:
        """The id of an article or file, named as for `path_of`, which raises the same."""
        return self._find(article).id

    def article(self, locator: str) -> Article:
        """An article, or the paragraphs of it that a locator such as `talks:2-4` names.

        Raises NoSuchArticle, AmbiguousArticle, NoSuchParagraph, UnreadableFile.
        """
        self._session.check_open()
        arguments.check_text("locator", locator)
        article, parsed = locate.choose_one(self._session.folder, self.cache, locator)
        return select(article, parsed)

    def choose(self, locators: str | Iterable[str]) -> list[tuple[Article, Locator]]:
        """The whole articles that locators name, each with its locator; the id of a file with
        several names all of them. Raises as `article`.
        """
        return locate.choose(self._session.folder, self.cache, locators)

    def selections(self, locators: str | Iterable[str] = ()) -> list[Selection]:
        """The articles or paragraphs that locators name, in their order, with what is quoted in
        them; without a locator, the newest article. Raises as `article`.
        """
        self._session.check_open()
        names = arguments.as_texts("locator", locators)
        if not names:
            newest = self.newest()
            if newest is None:
                raise locate.no_articles(Folder(self.root))
            names = [newest]
        return [locate.selection(article, locator) for article, locator in self.choose(names)]

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

        self._session.check_open()
        arguments.check_text("query", query)
        limit = arguments.as_count("limit", limit)
        arguments.check_filters("search", filters, SearchFilters)
        options = ResultOptions(filters.get("any", False), sort, context, limit, highlights)
        parsed = self._query(query, filters)
        return self._session.ask(lambda index: index.search(parsed, options))

    def explain(self, query: str, **filters: Unpack[SearchFilters]) -> list[Explanation]:
        """How a query is understood, part by part, with the number of paragraphs each matches.

        Raises as `search`.
        """
        self._session.check_open()
        arguments.check_text("query", query)
        arguments.check_filters("explain", filters, SearchFilters)
        parsed = self._query(query, filters)
        return self._session.ask(lambda index: list(index.explain(parsed)))

    def similar(self, locator: str, *, limit: int = 10) -> list[SimilarArticle]:
        """The articles most similar to an article or a paragraph, the most similar first.

        `limit` is the largest number of articles, 0 for all. Raises NoSuchArticle,
        AmbiguousArticle, NoSuchParagraph, UnreadableFile.
        """
        self._session.check_open()
        arguments.check_text("locator", locator)
        limit = arguments.as_count("limit", limit)
        article, paragraph = locate.choose_paragraph(self._session.folder, self.cache, locator)
        return self._session.ask(lambda index: index.similar(article.id, paragraph, limit))

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
        self._session.check_open()
        arguments.check_choice("sort", sort, QuotationSort)
        arguments.check_count("context", context)
        arguments.check_filters("quotes", filters, QuotationFilters)
        selected = self._quotation_filter(filters, locators)
        return self._session.ask(lambda index: index.quotations().hits(selected, sort, context))

    def speakers(
        self,
        *,
        sort: SpeakerSort = "quotes",
        period: Period | None = None,
        **filters: Unpack[QuotationFilters],
    ) -> list[Speaker]:
        """The speakers quoted in the corpus, by default those with the most quotations first.

        The names of one person are counted together; last is None, for quotations without an
        attribution. With `period`, each has counts by period. Raises QueryError.
        """
        self._session.check_open()
        arguments.check_choice("sort", sort, SpeakerSort)
        arguments.check_choice("period", period or "day", Period)
        arguments.check_filters("speakers", filters, QuotationFilters)
        selected = self._quotation_filter(filters)
        return self._session.ask(lambda index: index.quotations().speakers(selected, sort, period))

    def cite(
        self,
        locators: str | Iterable[str],
        *,
        quotation: int | None = None,
        quotations: bool = False,
    ) -> list[Citation]:
        """Citations of what locators name: an article as a whole, or the speech in some of its
        paragraphs, or these paragraphs if there is no speech in them.

        `quotation` is the number of one quotation there, counted from 1; with `quotations` every
        quotation of whole articles is cited. Raises NoSuchArticle, AmbiguousArticle,
        NoSuchParagraph, NoSuchQuotation, UnreadableFile.
        """
        from reader.citing.passages import citations_of

        self._session.check_open()
        if quotation is not None:
            arguments.check_count("quotation", quotation, least=1)
        arguments.check_type("quotations", quotations, bool)
        return citations_of(self.choose(locators), quotation, quotations)

    def check(self, claims: Iterable[Claim]) -> list[CheckedClaim]:
        """Verify each claimed quotation against the corpus: its words, and its speaker.

        `reader.claims_in` finds the claims in a draft.
        """
        from reader.citing.check import Checker
        from reader.citing.claims import Claim

        self._session.check_open()
        listed = list(claims)
        for claim in listed:
            arguments.check_type("claim", claim, Claim)
        return self._session.ask(lambda index: list(map(Checker(index).check, listed)))

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

        self._session.check_open()
        arguments.check_type("allow_local", allow_local, bool)
        library = own_library(self.root, directories().library)
        library.encoding = self.encoding
        has_files = bool(self._session.folder.files)
        rows = self._session.ask(lambda index: index.generation.rows()) if has_files else []
        library.stored = [
            StoredArticle(row.summary._replace(path=str(self.root / row.path)), row.text_digest)
            for row in rows
        ]
        return self._session.while_open(library.add_each(items, allow_local))

    def remove(self, *articles: str) -> list[str]:
        """Delete articles from the library, their files, for good; returns their ids.

        Each is named as for `path_of`, which raises the same; if one is wrong, none is deleted.
        Raises ReaderError where the corpus is not the user's library, or a file cannot be deleted.
        """
        from reader.files.library import own_library

        self._session.check_open()
        library = own_library(self.root, directories().library)
        names = arguments.as_texts("article", articles)
        files = library.find(names, lambda folder: summaries(folder, self.cache, []))
        for file in files:
            library.remove(file)
        return [file.id for file in files]

    @staticmethod
    def saved() -> SavedSearches:
        """The searches that the user has saved by name: those of no corpus, open or closed."""
        from reader.files.saved import SavedSearches

        return SavedSearches(directories().data)

    # The index

    def update_index(self, *, rebuild: bool = False) -> None:
        """Bring the index up to date, as every other method does that needs it, and make it again
        if any byte of it is damaged; `rebuild` rebuilds it anyhow. Raises IndexUnavailable.
        """
        self._session.check_open()
        arguments.check_type("rebuild", rebuild, bool)
        if rebuild:
            self._session.rebuild()
        else:
            self._session.ask(lambda index: index.generation.verify())

    def describe_index(self, *, thorough: bool = False) -> IndexState:
        """The index as it is; nothing is changed.

        Every byte of it is checked; if `thorough`, the files are compared with it by content too.
        """
        from reader.session.index_state import describe

        self._session.check_open()
        arguments.check_type("thorough", thorough, bool)
        return describe(self._session.folder, self.cache, thorough)

    def _quotation_filter(
        self, filters: QuotationFilters, locators: str | Iterable[str] = ()
    ) -> QuotationFilter:
        from reader.session.requests import article_filters, quotation_filter

        query = self._query(filters.get("about"), article_filters(filters))
        return quotation_filter(filters, query, self.choose(locators))

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

    def _find(self, article: str) -> FileMatch:
        arguments.check_text("article", article)
        return locate.find(self._session.folder, self.cache, article)
