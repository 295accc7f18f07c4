"""How fast searches are, cold and in one process, against ripgrep, SQLite FTS5 and Whoosh.

    python tests/bench/search.py CORPUS [--runs N] [--no-peers]

Run it with the Python of an ordinary install. The corpus is copied first, as articles are added to
it. Each round runs everything once, so that other load on the machine affects all alike; medians
are printed. In one process each query is answered with its ten best hits and their texts: by FTS5
from a table of the paragraphs' texts alone, in memory; by Whoosh's own searcher from our index.
"""

import argparse
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path

from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.searching import Searcher

from reader.files.folder import Folder
from reader.index.current import open_index
from reader.index.generation import Generation
from reader.index.manifest import index_folder, latest_generation
from reader.model.result_options import ResultOptions
from reader.query.grammar import parse_query
from reader.query.interpret import QueryRequest, interpret
from reader.query.tree import Query
from reader.search.engine import Index
from reader.settings import bundled_corpus

WORD = "cocoa"
# They mean the same to FTS5. (It stems a prefix too, so that not every prefix does.)
QUERIES = (
    ("a rare word", "cocoa"),
    ("a common word", "said"),
    ("two words", "oil prices"),
    ("three words, OR", "cocoa OR coffee OR sugar"),
    ("a phrase", '"crude oil"'),
    ("a prefix", "petro*"),
)
# Twenty words; without those that every text has, eleven.
QUESTION = (
    "how will the agreement of the ministers in Vienna to cut oil production affect the price of "
    "crude oil this year?"
)
COUNT = "select count(*) from paragraphs where paragraphs match ?"
BEST = "select text, rank from paragraphs where paragraphs match ? order by rank limit 10"
ARTICLE = "Cocoa Article Number {}\n\nA few words about cocoa were added to the corpus just now.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(options.corpus, home / "corpus")
        cold(home, options.runs, options.no_peers)
        warm(home, options.runs, options.no_peers)


def cold(home: Path, runs: int, no_peers: bool) -> None:
    """Print how long commands take, each in a process of its own."""
    corpus = home / "corpus"
    one = shutil.copytree(bundled_corpus(), home / "one")
    reader = str(Path(sys.executable).with_name("reader"))
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    number = 0

    def add() -> None:
        nonlocal number
        number += 1
        (corpus / f"added-{number}.txt").write_text(ARTICLE.format(number))

    def settle() -> None:
        time.sleep(2.1)  # files this new are looked at again by the next command
        run(search)

    alone, search, added = "bundled article", "search", "one article more"
    commands: dict[str, list[str]] = {
        alone: [reader, "search", WORD, "--corpus", str(one)],
        search: [reader, "search", WORD, "--corpus", str(corpus)],
        "search, count only": [reader, "search", WORD, "-c", "--corpus", str(corpus)],
        added: [reader, "search", WORD, "--corpus", str(corpus)],
    }
    if shutil.which("rg") and not no_peers:
        commands["rg -il"] = ["rg", "-il", WORD, str(corpus)]
    before: dict[str, Callable[[], None]] = {added: add}
    after: dict[str, Callable[[], None]] = {added: settle}

    def run(name: str) -> None:
        done = subprocess.run(
            commands[name], env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
        assert done.returncode == (1 if name == alone else 0), (name, done.stderr.decode())

    medians = rounds(list(commands), run, before, after, runs)
    print(f"cold, `{WORD}`: medians of {runs} rounds")
    for name, median in medians.items():
        ratios = [f"{median / medians[alone]:5.2f} x {alone}"]
        if name == added:
            ratios.append(f"{median / medians[search]:5.2f} x {search}")
        if "rg -il" in medians:
            ratios.append(f"{median / medians['rg -il']:5.2f} x rg -il")
        print(f"  {name:18} {median:7.1f} ms   {'   '.join(ratios)}")


def rounds(
    names: Iterable[str],
    run: Callable[[str], None],
    before: dict[str, Callable[[], None]],
    after: dict[str, Callable[[], None]],
    runs: int,
) -> dict[str, float]:
    """The median milliseconds of each; `before` and `after` are not timed."""
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(-2, runs):  # the first make the indexes and warm the disk's cache
        for name, taken in times.items():
            if name in before:
                before[name]()
            began = time.perf_counter()
            run(name)
            if number >= 0:
                taken.append((time.perf_counter() - began) * 1000)
            if name in after:
                after[name]()
    return {name: statistics.median(taken) for name, taken in times.items()}


def warm(home: Path, runs: int, no_peers: bool) -> None:
    """Print how long queries take in one process."""
    corpus = Folder(home / "corpus")
    cache = home / "cache" / "article-reader"
    quiet = (lambda _: None, lambda _: None, lambda _done, _total: None)
    opened = open_index(corpus, cache, *quiet)
    folder = index_folder(cache, corpus.root)
    generation = latest_generation(folder)
    opening = rounds(["open"], lambda _: Generation(folder, generation).close(), {}, {}, runs)[
        "open"
    ]
    print(f"opening the index of {opened.paragraphs} paragraphs: {opening:.2f} ms")
    searcher = open_dir(str(folder)).searcher()
    database = None
    if not no_peers:
        from peers import fts5_of_texts, rows_of

        database = fts5_of_texts(rows_of(home / "corpus"))
    for kind, text in QUERIES:
        runners: dict[str, Callable[[], None]] = {
            "reader": partial(ours, opened, text),
            "Whoosh": partial(whoosh, searcher, text),
        }
        if database is not None:
            runners["FTS5"] = partial(fts5, database, text)
        hits = Index(opened).search(parse_query(text)).total
        if database is not None:
            theirs = database.execute(COUNT, (text,)).fetchone()[0]
            assert abs(hits - theirs) < 0.05 * hits, (text, hits, theirs)
        medians = rounds(list(runners), partial(call, runners), {}, {}, runs)
        line = f"  {kind:16} {text:26} {hits:7} hits  reader {medians['reader']:7.2f} ms"
        factor = medians["Whoosh"] / medians["reader"]
        line += f"   Whoosh {medians['Whoosh']:7.2f} ms   {factor:5.1f} x as long"
        if database is not None:
            ratio = medians["reader"] / medians["FTS5"]
            line += f"   FTS5 {medians['FTS5']:7.2f} ms   {ratio:5.2f} x"
        print(line)

    question = interpret(QueryRequest(QUESTION, any=True)).query
    words = re.findall(r"\w+", QUESTION)
    kinds: dict[str, Callable[[], None]] = {
        "paragraphs": partial(answer, opened, question, articles=False),
        "articles": partial(answer, opened, question, articles=True),
    }
    if database is not None:
        kinds["FTS5"] = partial(fts5, database, " OR ".join(words))
    medians = rounds(list(kinds), partial(call, kinds), {}, {}, runs)
    line = f"  a question of {len(words)} words: reader {medians['paragraphs']:.0f} ms"
    line += f", articles {medians['articles']:.0f} ms"
    if database is not None:
        ratios = [medians[kind] / medians["FTS5"] for kind in ("paragraphs", "articles")]
        line += f"   FTS5 {medians['FTS5']:.0f} ms   {ratios[0]:.2f} x, {ratios[1]:.2f} x"
    print(line)


def answer(opened: Generation, question: Query, articles: bool) -> None:
    """Read the ten best paragraphs or articles of a question."""
    results = Index(opened).search(question, ResultOptions(question=True, limit=10))
    assert list(results.articles if articles else results.hits)


def call(runners: dict[str, Callable[[], None]], name: str) -> None:
    runners[name]()


def ours(opened: Generation, text: str) -> None:
    """Read the ten best hits."""
    assert list(islice(Index(opened).search(parse_query(text)).hits, 10))


def whoosh(searcher: Searcher, text: str) -> None:
    """Read the ten best hits."""
    query = QueryParser("text", searcher.schema).parse(text)
    assert [hit["text"] for hit in searcher.search(query, limit=10)]


def fts5(database: sqlite3.Connection, text: str) -> None:
    """Read the ten best hits."""
    assert database.execute(BEST, (text,)).fetchall()


if __name__ == "__main__":
    main()
