"""Killed, crowded, damaged, out of space: the next command works, and its answers are right."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from reader import Corpus
from reader.errors import IndexUnavailable
from reader.files import statuses
from reader.files.folder import Folder
from reader.index.current import open_index
from reader.index.manifest import index_folder

WORDS = "harbour treaty lens lottery pier storm council budget ferry winter keeper light".split()
QUERIES = ("harbour", "treaty OR ferry", '"storm council"', "keep* -winter", "qqzzxx")


@pytest.fixture
def corpus(own_corpus):
    """The tests here change files."""
    return own_corpus


def article(number, seed):
    chance = random.Random(f"{number} {seed}")
    body = (
        f"Paragraph {place} of number{number}: {' '.join(chance.choices(WORDS, k=30))}, or so.\n"
        for place in range(1, chance.randint(3, 9))
    )
    return f"Article {number} About the {chance.choice(WORDS).title()}\n\n" + "\n".join(body)


def write(folder, numbers, seed=0):
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"article-{number:04}.txt").write_text(article(number, seed))


def answers(corpus, cache):
    """What each query finds, with all that is told of it."""
    quiet = partial(Corpus, warn=lambda _: None, note=lambda _: None)
    searched = (quiet(corpus, cache=cache).search(text) for text in QUERIES)
    return [[(hit.article, hit.paragraph, hit.score) for hit in results] for results in searched]


def run(command, corpus, cache, **options):
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "READER_CORPUS": str(corpus)}
    return subprocess.Popen(
        [command, "search", "harbour"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        **options,
    )


@pytest.mark.parametrize("times", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_killed_at_any_moment_of_a_build_or_an_update(tmp_path, command, times):
    corpus, cache = tmp_path / "corpus", tmp_path / "cache"
    chance = random.Random(times)
    write(corpus, range(400))
    began = time.monotonic()
    assert run(command, corpus, cache).communicate()[0]
    longest = time.monotonic() - began
    for attempt in range(times):
        if attempt % 2:  # an update: some new, some changed, some gone
            write(corpus, chance.sample(range(500), 150), seed=attempt)
            for path in chance.sample(sorted(corpus.iterdir()), 20):
                path.unlink()
        else:
            shutil.rmtree(cache)
        process = run(command, corpus, cache, start_new_session=True)
        time.sleep(chance.uniform(0.02, longest))
        if chance.random() < 0.5:
            process.kill()  # its helpers end by themselves
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        fresh = tmp_path / "fresh"
        folder = cache / "article-reader"
        assert answers(corpus, folder) == answers(corpus, fresh), attempt
        left = [path.name for path in index_folder(folder, Folder(corpus).root).iterdir()]
        assert len([name for name in left if name.endswith(".toc")]) == 1
        shutil.rmtree(fresh)


CHANGER = """
import random, subprocess, sys, time
from pathlib import Path
command, corpus, name, until = sys.argv[1], Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])
path = corpus / f"changing-{name}.txt"
number = 0
while time.time() < until:
    number += 1
    temporary = path.with_suffix(".tmp")
    temporary.write_text(f"The word{name} was changed, for the {number}th time, said its keeper.")
    temporary.replace(path)
    done = subprocess.run([command, "search", f"word{name}", "-c"], capture_output=True, text=True)
    if (done.returncode, done.stdout) != (0, "1\\n") and "another process" not in done.stderr:
        sys.exit(f"{done.returncode} {done.stdout} {done.stderr}")
"""
ASKER = """
import subprocess, sys, time
command, until, expected = sys.argv[1], float(sys.argv[2]), sys.argv[3]
while time.time() < until:
    done = subprocess.run([command, "search", "harbour", "-c"], capture_output=True, text=True)
    if (done.returncode, done.stdout.strip()) != (0, expected):
        sys.exit(f"{done.returncode} {done.stdout} {done.stderr}")
"""


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.slow)])
def test_two_writers_and_four_readers_at_once(tmp_path, command, seconds):
    corpus, cache = tmp_path / "corpus", tmp_path / "cache"
    write(corpus, range(120))
    for name in "ab":
        (corpus / f"changing-{name}.txt").write_text(f"The word{name} is here, said its keeper.")
    lines = run(command, corpus, cache).communicate()[0].splitlines()
    until = str(time.time() + seconds)
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "READER_CORPUS": str(corpus)}
    programs: list[tuple[str, ...]] = [(CHANGER, str(corpus), name, until) for name in "ab"]
    programs += [(ASKER, until, str(len(lines)))] * 4
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, command, *arguments],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for program, *arguments in programs
    ]
    told = [process.communicate()[1] for process in processes]
    assert told == [""] * 6
    assert answers(corpus, cache / "article-reader") == answers(corpus, tmp_path / "fresh")


@pytest.fixture
def indexed(corpus, tmp_path, monkeypatch):
    """A corpus and its index in several segments, with deleted articles."""
    cache = tmp_path / "cache"
    write(corpus, range(5))
    answers(corpus, cache)
    write(corpus, range(3, 8), seed=1)
    (corpus / "article-0000.txt").unlink()
    (corpus / "bad.txt").write_bytes(b"\0")
    # The index is not to be looked through again because files are new.
    monkeypatch.setattr(statuses, "_RACY", 0)
    return corpus, cache, answers(corpus, cache)


def test_one_flipped_bit_in_any_file(indexed):
    corpus, cache, expected = indexed
    folder = index_folder(cache, Folder(corpus).root)
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    chance = random.Random(0)
    for name in sorted(path.name for path in whole.iterdir()):
        content = (whole / name).read_bytes()
        for _ in range(min(len(content), 12)):
            shutil.rmtree(folder)
            shutil.copytree(whole, folder)
            place, bit = chance.randrange(len(content)), chance.randrange(8)
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            (folder / name).write_bytes(damaged)
            try:
                found = answers(corpus, cache)
            except IndexUnavailable as error:
                assert "--rebuild" in str(error)
            else:
                assert found == expected, (name, place, bit)


def test_no_space_for_any_file(corpus, tmp_path, command, monkeypatch):
    """Every write fails: not even a temporary index can be made, which is said in a line."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)  # coverage could write nothing either

    def no_space():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    out, said = run(command, corpus, tmp_path / "cache", preexec_fn=no_space).communicate()
    assert out == ""
    assert said.splitlines()[-1].startswith("reader: cannot make an index in a temporary folder")
    assert "Traceback" not in said
    lines = run(command, corpus, tmp_path / "cache").communicate()[0]
    assert lines


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk, tmp_path, command):
    corpus = tmp_path / "corpus"
    write(corpus, range(10))
    expected = run(command, corpus, tmp_path / "cache").communicate()[0]
    write(corpus, range(10, 400))
    out, said = run(command, corpus, small_disk).communicate()
    assert out.splitlines()[0]
    assert len(out) > len(expected)
    assert said.count("\n") == 1
    assert "No space left" in said
    left = list((small_disk / "article-reader").rglob("*.paragraphs"))
    assert left == []
    for path in sorted(corpus.iterdir())[10:]:
        path.unlink()
    assert run(command, corpus, small_disk).communicate() == (expected, "")


def test_a_cache_that_cannot_be_written(corpus, tmp_path, command):
    cache = tmp_path / "cache"
    cache.write_text("a file where the folder should be")
    out, said = run(command, corpus, cache).communicate()
    assert out
    assert said.startswith("reader: cannot write the index to ")


def test_strange_files_are_skipped_with_a_line_each(corpus, tmp_path, command, reader):
    corpus = str(corpus)
    good = b"Ships come to the harbour of the strangely named file, as they always did.\n"
    for name in (b"with spaces.txt", b"with\nnewline.txt", b"n" * 251 + b".txt", b"\xff\xfe.txt"):
        Path(os.path.join(corpus, os.fsdecode(name))).write_bytes(good)
    Path(corpus, "empty.txt").touch()
    Path(corpus, "binary.txt").write_bytes(bytes(range(256)) * 10)
    with Path(corpus, "enormous.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    Path(corpus, "loop.txt").symlink_to("loop.txt")
    Path(corpus, "folders").symlink_to(".")
    os.mkfifo(os.path.join(corpus, "pipe.txt"))
    Path(corpus, "locked").mkdir()
    done = reader("index", "--corpus", corpus)
    assert done.returncode == 0
    reasons = sorted(line.removeprefix("reader: ") for line in done.stderr.splitlines())
    assert reasons == [
        "binary.txt: not text: skipped",
        "empty.txt: empty: skipped",
        "enormous.txt: larger than 16 MiB: skipped",
        "loop.txt: Too many levels of symbolic links: skipped",
        "pipe.txt: not a regular file: skipped",
    ]
    assert "skipped\t5\n" in done.stdout
    found = reader("search", "strangely", "--corpus", corpus).stdout.splitlines()
    assert len(found) == 4
    assert reader("index", "--check", "--corpus", corpus).returncode == 0


def test_a_file_that_vanishes_after_the_walk(corpus, tmp_path):
    walked = Folder(corpus)
    assert walked.files
    (corpus / "harbour.md").unlink()
    warnings = []
    opened = open_index(
        walked, tmp_path / "cache", warnings.append, print, lambda done, total: None
    )
    assert warnings == ["harbour.md: No such file or directory: skipped"]
    assert opened.articles == 2
    opened.close()
    assert not any(
        "harbour" in found[0] for some in answers(corpus, tmp_path / "cache") for found in some
    )
