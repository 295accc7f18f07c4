"""Long use and many files: what grows, and what must not.

    python tests/bench/endurance.py [--searches N] [--updates N] [--files N]

Run it by the Python of an ordinary install. Printed are, at ten points of so many searches through
one open Corpus, its memory, open files and CPU time a search; the same and the index's size for as
many updates, each followed by a search; and for so many small files the seconds of CPU to index
them, to search them, and to index one more.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from reader import Corpus

WORDS = "harbour treaty lens lottery pier storm council budget ferry winter keeper light".split()
QUERIES = ("harbour", "treaty OR ferry", '"storm council"', "keep* -winter", "qqzzxx", "tretay~")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--searches", type=int, default=10_000)
    parser.add_argument("--updates", type=int, default=500)
    parser.add_argument("--files", type=int, default=100_000)
    options = parser.parse_args()
    gc.disable()  # what is given back must not wait for the collector
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "corpus", range(400))
        with Corpus(folder / "corpus", cache=folder / "cache") as corpus:
            search(corpus, options.searches)
            update(corpus, options.updates)
        many(folder, options.files)


def write(folder: Path, numbers: Iterable[int], seed: int = 0) -> None:
    """Write small articles."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        chance = random.Random(f"{number} {seed}")
        below = folder / str(number // 1000)
        below.mkdir(exist_ok=True)
        words = " ".join(chance.choices(WORDS, k=25))
        text = f"Number{number} and {words}, as it was in the {chance.choice(WORDS)} of {seed}."
        (below / f"article-{number}.txt").write_text(f"The {words[:30].title()}\n\n{text}\n")


def search(corpus: Corpus, times: int) -> None:
    """Search so often, and print what it takes."""
    print(f"{times} searches: at each tenth, MiB of memory, open files, ms of CPU a search")
    list(corpus.search(QUERIES[0]))

    def one(number: int) -> None:
        found = corpus.search(QUERIES[number % len(QUERIES)], limit=10)
        list(found.articles) if number % 2 else list(found)

    tenths(times, one)


def update(corpus: Corpus, times: int) -> None:
    """Change files so often, each time with a search, and print what it takes."""
    print(f"{times} updates: the same, ms of CPU an update; size of the index in MiB, segments")

    def one(number: int) -> None:
        write(corpus.root, [number % 400], seed=number)
        assert corpus.search(f"number{number % 400}").total == 1

    def index() -> str:
        facts = corpus.describe_index()
        began = time.process_time()
        for query in QUERIES * 10:
            list(corpus.search(query, limit=10))
        milliseconds = (time.process_time() - began) * 1000 / (10 * len(QUERIES))
        size = int(facts.size or 0) / 2**20
        return f"{size:7.2f} {facts.segments:>3} segments, {milliseconds:.2f} ms a search"

    tenths(times, one, index)


def tenths(times: int, one: Callable[[int], None], more: Callable[[], str] = str) -> None:
    """Do something so often; after each tenth print what it takes."""
    for tenth in range(10):
        began = time.process_time()
        count = max(times // 10, 1)
        for number in range(tenth * count, (tenth + 1) * count):
            one(number)
        milliseconds = (time.process_time() - began) * 1000 / count
        files = len(os.listdir("/proc/self/fd"))
        print(f"  {memory():7.1f} {files:4} {milliseconds:8.2f}   {more()}", flush=True)


def memory() -> float:
    """MiB of memory of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def many(folder: Path, count: int) -> None:
    """Index many small files, search them, and index one more."""
    write(folder / "many", range(count))
    print(f"{count} files: seconds of CPU (own and children's), MiB of memory at the most")
    time.sleep(2.5)  # files this new are looked at again by the next question
    with Corpus(folder / "many", cache=folder / "cache") as corpus:
        timed("index", lambda: corpus.search("number17").total)
        timed("search", lambda: corpus.search("number17").total)
        write(folder / "many", [count])
        timed("one more", lambda: corpus.search(f"number{count}").total)
        time.sleep(2.5)
        timed("search", lambda: corpus.search(f"number{count}").total)
        facts = corpus.describe_index()
        print(f"  {facts.articles} articles, {int(facts.size or 0) / 2**20:.0f} MiB")


def timed(name: str, ask: Callable[[], int]) -> None:
    began, wall = cpu(), time.perf_counter()
    assert ask() == 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {name:10} {cpu() - began:7.2f} s  {time.perf_counter() - wall:7.2f} s  {peak:6.0f}")


def cpu() -> float:
    """Seconds of CPU time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
