"""`reader search`: find paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, get_args

from reader.cli.output import note, print_line, report
from reader.errors import ReaderError, joined
from reader.model.choices import Facet

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus
    from reader.model.choices import SearchSort
    from reader.model.filters import SearchFilters
    from reader.search.results import Results

EXAMPLES = """\
  reader search peace treaty               paragraphs with both words
  reader search '"peace treaty" -Vienna'   a phrase, without a word
  reader search 'negotiat* OR Zangezur~'   prefixes, similar spellings
  reader search corridor --by Aliyev --since 2021-05
  reader search --any 'what did the mediators propose?' --articles
  reader search @peace --new               new hits of a saved search
  reader search Zangazur | cut -f1 | xargs reader show
"""

_FACETS: tuple[Facet, ...] = get_args(Facet)


@dataclass(frozen=True)
class SearchRequest:
    """The arguments and options of a search, but for its filters."""

    words: list[str]
    new: bool
    sort: SearchSort
    limit: int
    context: int
    articles: bool
    count: bool
    quiet: bool
    facets: str | None
    full: bool
    explain: bool


def command(corpus: Corpus, output: Output, filters: SearchFilters, **options: Any) -> int:
    """Find paragraphs, best first.

    All the words must be in the paragraph; case, accents, endings and apostrophes are ignored. A
    query has words, "a phrase", OR, NOT or -, parentheses, /s and /p, prefix*, similar~ and fields
    such as title: or date:. `reader help query` explains them all.
    """
    request = SearchRequest(**options)
    if request.articles and (output.hit_writer or request.new):
        raise ReaderError("--csv, --format and --new print paragraphs: leave --articles out")
    facets = _facets(request.facets)
    query, name = _saved_query(corpus, " ".join(request.words), request.new)
    if request.explain:
        parts = corpus.explain(query, **filters)
        output.write(output.view.explanation(parts))
        return 0 if parts[0].hits else 1
    results = corpus.search(
        query,
        limit=0 if request.new else request.limit,
        sort=request.sort,
        context=request.context,
        highlights=output.highlights,
        **filters,
    )
    if name is not None:
        return _print_new(name, corpus, results, output, request)
    status = _print(results, output, request, facets)
    if status:
        from reader.cli.common import report_unread

        report_unread(corpus.root)
    return status


def _facets(names: str | None) -> list[Facet]:
    """The facets in a comma-separated list. Raises ReaderError for an unknown one."""
    facets: list[Facet] = []
    for name in filter(None, map(str.strip, (names or "").split(","))):
        if name not in _FACETS:
            raise ReaderError(f"no facet {name}: there are {', '.join(_FACETS)}")
        facets += [facet for facet in _FACETS if facet == name]
    return facets


def _saved_query(corpus: Corpus, text: str, new: bool) -> tuple[str, str | None]:
    """The query, with `@NAME` at its start replaced by the saved query of that name; and the name
    if only `new` hits are to be printed.
    """
    if not text.startswith("@"):
        if new:
            raise ReaderError("--new needs a saved search: `reader save NAME QUERY` saves one")
        return text, None
    saved = corpus.saved()
    name, _, rest = text[1:].partition(" ")
    query = saved.all().get(name)
    if query is None:
        if new:
            raise saved.no_such(name)
        note(f"no saved search {name}: searching for the word")
        return text, None
    return (f"({query}) {rest}" if rest.strip() else query), name if new else None


def _why_no_hits(results: Results, query: str) -> str:
    """What there is to say of a search without hits."""
    unknown = results.unknown_words if len(query.split()) > 1 else ()
    nowhere = (
        f": {joined(unknown)} {'is' if len(unknown) == 1 else 'are'} in none" if unknown else ""
    )
    hint = f". Did you mean {results.suggestion}?" if results.suggestion else ""
    return f"no paragraph matches{nowhere}{hint}"


def _print(results: Results, output: Output, request: SearchRequest, facets: list[Facet]) -> int:
    total = results.articles_total if request.articles else results.total
    if not total:
        report(_why_no_hits(results, " ".join(request.words)))
    if request.quiet:
        return 0 if total else 1
    if request.count:
        print_line(total)
    if total:
        counts: dict[str, Sequence[tuple[str, int]]] = {
            facet: results.facet(facet) for facet in facets
        }
        pieces = _pieces(results, output, request)
        output.write(chain(pieces, output.view.facets(counts)))
    return 0 if total else 1


def _pieces(results: Results, output: Output, request: SearchRequest) -> Iterator[str]:
    if request.count:
        return iter(())
    if request.articles:
        return output.view.article_hits(results.articles)
    return output.hits(results, request.full)


def _print_new(
    name: str, corpus: Corpus, results: Results, output: Output, request: SearchRequest
) -> int:
    """Print the hits that the saved search has not shown before, and record them as shown."""
    seen = corpus.saved().seen(name, str(corpus.root))
    hits = islice(seen.new(results), request.limit or None)
    if request.count:
        total = sum(1 for _ in hits)
        print_line(total)
        return 0 if total else 1
    first = next(hits, None)
    if first is None:
        note("no new hits")
        return 1
    output.write(output.hits(chain([first], hits), request.full))
    seen.remember()
    return 0
