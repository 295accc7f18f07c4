"""Speed and memory of building the index, and its size.

    python tests/bench/index.py CORPUS [--peers]

Run it with the Python of an ordinary install. `reader index --rebuild` is timed from files to
committed index, quotations included, on all processors. With --peers, plain Whoosh and SQLite FTS5
write the same paragraphs; reading them and finding their quotations is not timed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from reader.files.folder import Folder
from reader.index.manifest import index_folder

MIB = 1024 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    corpus = Folder(options.corpus)
    size = sum(file.size for file in corpus.files)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds, memory, facts = build(corpus, folder)
        paragraphs = int(facts["paragraphs"])
        rate = paragraphs / seconds
        print(f"articles {facts['articles']}, paragraphs {paragraphs}, files {size / MIB:.1f} MiB")
        print(
            f"reader         {seconds:7.1f} s  {rate:9,.0f} paragraphs/s  "
            f"{int(facts['size']) / size:5.2f} x the text  {memory / MIB:6.0f} MiB of memory"
        )
        if options.peers:
            compare(options.corpus, folder, size, rate)


def build(corpus: Folder, folder: Path) -> tuple[float, int, dict[str, str]]:
    """Build the index: seconds, peak memory in bytes, and the facts of `reader index`."""
    command = [str(Path(sys.executable).with_name("reader")), "index", "--corpus", corpus.root]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--rebuild"], env=environment, stdout=subprocess.PIPE)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out = process.communicate()[0].decode()
    seconds = time.perf_counter() - began
    watcher.join()
    assert index_folder(folder / "article-reader", corpus.root).exists()
    return seconds, peak, dict(line.split("\t") for line in out.splitlines())


def memory_of(process: int) -> int:
    """Bytes of memory of a process and its children, shared memory counted once."""
    total = 0
    for path in [Path(f"/proc/{process}"), *children(process)]:
        try:
            lines = path.joinpath("smaps_rollup").read_text().splitlines()
        except OSError:  # ended meanwhile
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def children(process: int) -> list[Path]:
    """The running children of a process."""
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        found = [pid for task in tasks for pid in task.joinpath("children").read_text().split()]
    except OSError:
        return []
    return [Path(f"/proc/{pid}") for pid in found]


def compare(corpus: Path, folder: Path, size: int, rate: float) -> None:
    """Print the same figures for the peers."""
    from peers import build_fts5, build_whoosh, rows_of

    began = time.perf_counter()
    rows = rows_of(corpus)
    print(f"(reading, with quotations, on one core: {time.perf_counter() - began:.1f} s)")
    for name, build_it in (("SQLite FTS5", build_fts5), ("plain Whoosh", build_whoosh)):
        seconds = build_it(rows, folder / name)
        place = folder / name
        files = place.iterdir() if place.is_dir() else [place]
        its_size = sum(file.stat().st_size for file in files)
        its_rate = len(rows) / seconds
        print(
            f"{name:14} {seconds:7.1f} s  {its_rate:9,.0f} paragraphs/s  "
            f"{its_size / size:5.2f} x the text  reader is {rate / its_rate:.2f} times as fast"
        )


if __name__ == "__main__":
    main()
