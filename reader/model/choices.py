"""The values of options: orders, periods, facets, citation styles.

Each set is a Literal, whose values `typing.get_args` returns. The module imports nothing of the
package, so that the commands' help can list the values without loading their implementation.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

# "date" is newest first, "oldest" the reverse.
SearchSort: TypeAlias = Literal["relevance", "date", "oldest"]
QuotationSort: TypeAlias = Literal["article", "date", "oldest"]
SpeakerSort: TypeAlias = Literal["quotes", "words", "articles", "name", "first", "last"]
Period: TypeAlias = Literal["day", "week", "month", "year"]
Facet: TypeAlias = Literal["source", "speaker", "section", "author", "year"]
# A style of citations may also be a file of the Citation Style Language.
CSL_SUFFIX = ".csl"
CitationStyle: TypeAlias = Literal[
    "text",
    "markdown",
    "footnotes",
    "pandoc",
    "bibtex",
    "ris",
    "csl-json",
    "apa",
    "chicago",
    "gost",
    "mla",
]
