"""Start-up time of the commands, against the import of the libraries that they need.

    python tests/bench/startup.py [--runs N]

Run it with the Python of an ordinary install (`pip install .` into a fresh environment, which
compiles), not of an editable one. Each round runs every command once, so that other load on the
machine affects all alike. Medians are printed, with their ratios to the command's peers.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.settings import bundled_corpus

# What Whoosh loads to read an index; `reader search` loads less of it (tests/test_imports.py).
WHOOSH = "whoosh.fields, whoosh.filedb.filestore, whoosh.index, whoosh.lang.porter2"

PEERS = {
    "reader --version": ("import typer",),
    "reader show | cat": ("import typer",),
    "reader search Zangazur | cat": ("import typer and Whoosh", "whoosh search"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=31)
    runs = parser.parse_args().runs
    scripts = Path(sys.executable).parent
    reader = str(scripts / "reader")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        articles = shutil.copytree(bundled_corpus(), home / "articles")
        whoosh = str(scripts / "whoosh")
        subprocess.run([whoosh, "index", str(articles)], check=True, capture_output=True)
        environment = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": str(home / "cache")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {
            "python": [sys.executable, "-c", "pass"],
            "import typer": [sys.executable, "-c", "import typer"],
            "import typer and Whoosh": [sys.executable, "-c", f"import typer, {WHOOSH}"],
            "whoosh search": [whoosh, "search", "Zangazur", str(articles)],
            "reader --version": [reader, "--version"],
            "reader show | cat": [reader, "show"],
            "reader search Zangazur | cat": [reader, "search", "Zangazur"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(-3, runs):  # the first make the index and warm the disk's cache
            for name, command in commands.items():
                began = time.perf_counter()
                done = subprocess.run(
                    command, env=environment, stdin=subprocess.DEVNULL, capture_output=True
                )
                took = time.perf_counter() - began
                assert done.returncode == 0, (name, done.stderr.decode())
                if number >= 0:
                    times[name].append(took * 1000)
            if number < 0:
                time.sleep(1)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        ratios = (f"{median / medians[peer]:.2f} x {peer}" for peer in PEERS.get(name, ()))
        print(f"{name:30} {median:7.1f} ms   {'   '.join(ratios)}".rstrip())


if __name__ == "__main__":
    main()
