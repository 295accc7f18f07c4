"""Read news articles, search them, and find out who said what; the `reader` command as a library.

`Corpus` is a folder of articles. Its methods do what the commands do:

>>> import reader
>>> corpus = reader.Corpus()
>>> corpus.newest()
'azerbaijan-ready-to-engage-in-peace-talks'
>>> results = corpus.search("corridor OR railway", limit=3)
>>> [hit.locator for hit in results]
['azerbaijan-ready-to-engage-in-peace-talks:6']
>>> [hit.quotation.speaker for hit in corpus.quotes(about="corridor")]
['Ilham Aliyev']

What the methods give is plain data: frozen dataclasses (`dataclasses.asdict`), except `Summary`
and `Locator`, which are named tuples (`_asdict`) because there can be very many of them. Where
something belongs to an article, `article` is the article's id, `locator` names the article or the
paragraph to every method, and `summary`, if it is there, is the article's Summary.

All that callers meet is in this module, loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.citing.citations import Citation as Citation
    from reader.citing.citations import Passage as Passage
    from reader.citing.citations import format_citations as format_citations
    from reader.citing.claims import Change as Change
    from reader.citing.claims import CheckedClaim as CheckedClaim
    from reader.citing.claims import Claim as Claim
    from reader.citing.claims import Verdict as Verdict
    from reader.citing.drafts import claims_in as claims_in
    from reader.citing.drafts import claims_in_words as claims_in_words
    from reader.corpus import Corpus as Corpus
    from reader.errors import AmbiguousArticle as AmbiguousArticle
    from reader.errors import CorpusError as CorpusError
    from reader.errors import FetchError as FetchError
    from reader.errors import IndexUnavailable as IndexUnavailable
    from reader.errors import NoSuchArticle as NoSuchArticle
    from reader.errors import NoSuchParagraph as NoSuchParagraph
    from reader.errors import NoSuchQuotation as NoSuchQuotation
    from reader.errors import QueryError as QueryError
    from reader.errors import ReaderError as ReaderError
    from reader.errors import SettingsError as SettingsError
    from reader.errors import StyleUnavailable as StyleUnavailable
    from reader.errors import UnreadableFile as UnreadableFile
    from reader.files.articles import ReadResult as ReadResult
    from reader.files.articles import read_stream as read_stream
    from reader.files.library import AddResult as AddResult
    from reader.files.saved import SavedSearches as SavedSearches
    from reader.files.saved import SeenHits as SeenHits
    from reader.model.article import Article as Article
    from reader.model.article import Paragraph as Paragraph
    from reader.model.choices import CitationStyle as CitationStyle
    from reader.model.choices import Facet as Facet
    from reader.model.choices import Period as Period
    from reader.model.choices import QuotationSort as QuotationSort
    from reader.model.choices import SearchSort as SearchSort
    from reader.model.choices import SpeakerSort as SpeakerSort
    from reader.model.explanation import Explanation as Explanation
    from reader.model.filters import QuotationFilters as QuotationFilters
    from reader.model.filters import SearchFilters as SearchFilters
    from reader.model.hit import ArticleHit as ArticleHit
    from reader.model.hit import Hit as Hit
    from reader.model.index_state import IndexState as IndexState
    from reader.model.locator import Locator as Locator
    from reader.model.locator import parse_locator as parse_locator
    from reader.model.partial_date import PartialDate as PartialDate
    from reader.model.quotation import Quotation as Quotation
    from reader.model.quotation_hit import QuotationHit as QuotationHit
    from reader.model.quotation_hit import Speaker as Speaker
    from reader.model.quotation_hit import SpeakerPeriod as SpeakerPeriod
    from reader.model.selection import Selection as Selection
    from reader.model.similar import SimilarArticle as SimilarArticle
    from reader.model.summary import Summary as Summary
    from reader.search.results import Results as Results

__version__ = "0.1.0"

# The module of each name. Type checkers take the names from the imports above and the list below,
# which they read without running anything.
_MODULES = {
    "AddResult": "reader.files.library",
    "AmbiguousArticle": "reader.errors",
    "Article": "reader.model.article",
    "ArticleHit": "reader.model.hit",
    "Change": "reader.citing.claims",
    "CheckedClaim": "reader.citing.claims",
    "Citation": "reader.citing.citations",
    "CitationStyle": "reader.model.choices",
    "Claim": "reader.citing.claims",
    "Corpus": "reader.corpus",
    "CorpusError": "reader.errors",
    "Explanation": "reader.model.explanation",
    "Facet": "reader.model.choices",
    "FetchError": "reader.errors",
    "Hit": "reader.model.hit",
    "IndexState": "reader.model.index_state",
    "IndexUnavailable": "reader.errors",
    "Locator": "reader.model.locator",
    "NoSuchArticle": "reader.errors",
    "NoSuchParagraph": "reader.errors",
    "NoSuchQuotation": "reader.errors",
    "Paragraph": "reader.model.article",
    "PartialDate": "reader.model.partial_date",
    "Passage": "reader.citing.citations",
    "Period": "reader.model.choices",
    "QueryError": "reader.errors",
    "Quotation": "reader.model.quotation",
    "QuotationFilters": "reader.model.filters",
    "QuotationHit": "reader.model.quotation_hit",
    "QuotationSort": "reader.model.choices",
    "ReadResult": "reader.files.articles",
    "ReaderError": "reader.errors",
    "Results": "reader.search.results",
    "SavedSearches": "reader.files.saved",
    "SearchFilters": "reader.model.filters",
    "SearchSort": "reader.model.choices",
    "SeenHits": "reader.files.saved",
    "Selection": "reader.model.selection",
    "SettingsError": "reader.errors",
    "SimilarArticle": "reader.model.similar",
    "StyleUnavailable": "reader.errors",
    "Speaker": "reader.model.quotation_hit",
    "SpeakerPeriod": "reader.model.quotation_hit",
    "SpeakerSort": "reader.model.choices",
    "Summary": "reader.model.summary",
    "UnreadableFile": "reader.errors",
    "Verdict": "reader.citing.claims",
    "claims_in": "reader.citing.drafts",
    "claims_in_words": "reader.citing.drafts",
    "format_citations": "reader.citing.citations",
    "parse_locator": "reader.model.locator",
    "read_stream": "reader.files.articles",
}

__all__ = [
    "AddResult",
    "AmbiguousArticle",
    "Article",
    "ArticleHit",
    "Change",
    "CheckedClaim",
    "Citation",
    "CitationStyle",
    "Claim",
    "Corpus",
    "CorpusError",
    "Explanation",
    "Facet",
    "FetchError",
    "Hit",
    "IndexState",
    "IndexUnavailable",
    "Locator",
    "NoSuchArticle",
    "NoSuchParagraph",
    "NoSuchQuotation",
    "Paragraph",
    "PartialDate",
    "Passage",
    "Period",
    "QueryError",
    "Quotation",
    "QuotationFilters",
    "QuotationHit",
    "QuotationSort",
    "ReadResult",
    "ReaderError",
    "Results",
    "SavedSearches",
    "SearchFilters",
    "SearchSort",
    "SeenHits",
    "Selection",
    "SettingsError",
    "SimilarArticle",
    "Speaker",
    "SpeakerPeriod",
    "SpeakerSort",
    "StyleUnavailable",
    "Summary",
    "UnreadableFile",
    "Verdict",
    "__version__",
    "claims_in",
    "claims_in_words",
    "format_citations",
    "parse_locator",
    "read_stream",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: `reader --version` loads none of them."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    return sorted(globals().keys() | _MODULES.keys())
