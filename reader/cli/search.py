"""`reader search`: find paragraphs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain, islice
from typing import Annotated, TypeAlias, get_args

import typer

from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    ContextOption,
    CorpusOption,
    CountOption,
    ExactOption,
    FuzzyOption,
    JsonOption,
    LimitOption,
    NoPagerOption,
    PlainOption,
    SinceOption,
    SourceOption,
    UntilOption,
    WidthOption,
)
from reader.cli.output import Output, choose_output, complain, note
from reader.errors import ReaderError
from reader.files.saved import SavedSearches, SeenHits
from reader.model.choices import Facet
from reader.model.filters import SearchFilters
from reader.model.hit import Hit
from reader.search.results import Results
from reader.settings import directories

EXAMPLES = """\
  reader search peace treaty               paragraphs with both words
  reader search '"peace treaty" -Vienna'   a phrase, without a word
  reader search 'negotiat* OR Zangezur~'   beginnings, near spellings
  reader search corridor --by Aliyev --since 2021-05
  reader search --any 'what did the mediators propose?' --articles
  reader search @peace --new               what a saved search finds anew
  reader search Zangazur | cut -f1 | xargs reader show
"""


FACETS: tuple[Facet, ...] = get_args(Facet)

# Writes hits as the options ask.
_Write: TypeAlias = Callable[[Iterable[Hit]], Iterator[str]]


class Order(str, Enum):
    """What comes first."""

    RELEVANCE = "relevance"
    DATE = "date"
    OLDEST = "oldest"


def command(
    words: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for.")],
    any: Annotated[
        bool, typer.Option("--any", help="As a question: what has any of the words.")
    ] = False,
    exact: ExactOption = False,
    fuzzy: FuzzyOption = False,
    quotes: Annotated[bool, typer.Option("--quotes", help="Only inside speech.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Where NAME is quoted.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="WORDS", help="With these in the title.")
    ] = None,
    inside: Annotated[
        str | None, typer.Option("--in", metavar="ARTICLE", help="In this article.")
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Of a saved search, what it did not show before.")
    ] = False,
    sort: Annotated[
        Order, typer.Option("--sort", metavar="ORDER", help="relevance, date or oldest.")
    ] = Order.RELEVANCE,
    limit: LimitOption = 0,
    context: ContextOption = 0,
    articles: Annotated[
        bool, typer.Option("--articles", "-l", help="A line an article: its hits, date, title.")
    ] = False,
    count: CountOption = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing; the status tells.")
    ] = False,
    facets: Annotated[
        str | None,
        typer.Option("--facets", metavar="NAMES", help="Counts by " + ", ".join(FACETS) + "."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Whole paragraphs on a terminal too.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the query as understood, with hits.")
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")] = False,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="FORM", help="A line a hit, as '{locator} {text}'."),
    ] = None,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Find paragraphs, best first.

    All the words must occur; case, accents, endings and apostrophes do not matter. Words, "a
    phrase", OR, NOT or -, parentheses, /s and /p, begin*, near~ and fields such as title: or date:
    make a query: `reader help query` tells all of it.
    """
    output = choose_output(json, plain, color, width, no_pager)
    if articles and (csv or form or new):
        raise ReaderError("--csv, --format and --new are of paragraphs: leave --articles out")
    write = _writer(output, full, csv, form)
    wanted = _facets(facets)
    text, name = _saved(" ".join(words), new)
    opened = open_corpus(corpus, named=not exact)
    narrowing: SearchFilters = {
        "any": any,
        "exact": exact,
        "fuzzy": fuzzy,
        "quotes": quotes,
        "by": by,
        "since": since,
        "until": until,
        "source": source,
        "title": title,
        "article": inside,
    }
    if explain:
        parts = opened.explain(text, **narrowing)
        output.write(output.view.parts(parts))
        return 0 if parts[0].hits else 1
    results = opened.search(
        text,
        limit=0 if new else limit,
        sort=sort.value,
        context=context,
        # A form may have a {snippet}, which is chosen by them.
        highlights="snippet" in form if form else output.view.highlights and not csv,
        **narrowing,
    )
    if name is not None:
        seen = SavedSearches(directories().data).seen(name, opened.folder.root)
        return _show_new(seen, results, output, write, limit, count)
    total = results.articles_total if articles else results.total
    if not total:
        hint = f". Did you mean {results.suggestion}?" if results.suggestion else ""
        complain(f"no paragraph matches{hint}")
    if count and not quiet:
        print(total)
    if total and not quiet:
        if count:
            pieces: Iterator[str] = iter(())
        elif articles:
            pieces = output.view.articles_found(results.articles)
        else:
            pieces = write(results)
        counts: dict[str, Sequence[tuple[str, int]]] = {
            facet: results.facet(facet) for facet in wanted
        }
        output.write(chain(pieces, output.view.facets(counts)))
    return 0 if total else 1


def _writer(output: Output, full: bool, csv: bool, form: str | None) -> _Write:
    """What writes hits in the form that the options ask for."""
    if not csv and form is None:
        return lambda hits: output.view.hits(hits, full)
    # Loads what other output does without.
    from reader.views.records import csv_of, formatted

    return formatted(form) if form is not None else csv_of


def _facets(names: str | None) -> list[Facet]:
    asked = [name.strip() for name in (names or "").split(",") if name.strip()]
    for name in asked:
        if name not in FACETS:
            raise ReaderError(f"no facet {name}: there are {', '.join(FACETS)}")
    return [facet for name in asked for facet in FACETS if facet == name]


def _saved(text: str, new: bool) -> tuple[str, str | None]:
    """The query with a saved one in the place of its name, and that name if only what is new is
    wanted.
    """
    if not text.startswith("@"):
        if new:
            raise ReaderError("--new is of a saved search: `reader save NAME QUERY` keeps one")
        return text, None
    saved = SavedSearches(directories().data)
    name, _, rest = text[1:].partition(" ")
    query = saved.all().get(name)
    if query is None:
        if new:
            raise saved.no_such(name)
        note(f"no saved search {name}: looking for the word")
        return text, None
    return (f"({query}) {rest}" if rest.strip() else query), name if new else None


def _show_new(
    seen: SeenHits, results: Results, output: Output, write: _Write, limit: int, count: bool
) -> int:
    """Print the hits that were not seen before; what was printed is seen from then on."""
    hits = islice(seen.new(results), limit or None)
    if count:
        number = sum(1 for _ in hits)
        print(number)
        return 0 if number else 1
    first = next(hits, None)
    if first is None:
        note("nothing new")
        return 1
    output.write(write(chain([first], hits)))
    seen.remember()
    return 0
