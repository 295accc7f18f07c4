"""What several processes change at once, or one that is killed: nothing twice, nothing half."""

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from articles import parse

from reader.errors import ReaderError
from reader.files.articles import ReadResult
from reader.files.library import Library
from reader.files.lock import locked
from reader.files.saved import SavedSearches
from reader.formats.text import numbered
from reader.model.article import Article

ARTICLES = 12
TEXT = "The ships of the number {} came in at noon. " * 200


def test_a_lock_is_waited_for_and_then_given_up(tmp_path):
    with locked(tmp_path):
        with pytest.raises(ReaderError, match=r"another reader has been changing .* try again"):
            wait(tmp_path, 0.1)
        waiting = threading.Thread(target=wait, args=[tmp_path])
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
    waiting.join(10)
    assert not waiting.is_alive()


def wait(folder, patience=10):
    with locked(folder, patience):
        pass


def article(number, url=None):
    text = TEXT.format(*[number] * 200).strip()
    return Article("x", f"Ships of {number}", numbered([[text]]), url=url)


@pytest.mark.parametrize("same", ["text", "address"])
def test_what_six_add_at_once_is_added_once(same, tmp_path):
    library = tmp_path / "library"
    begin = threading.Barrier(6)
    states = []

    def add(process):
        own = Library(library)
        begin.wait()
        for number in range(ARTICLES):
            url = None if same == "text" else f"https://a.example/{number}"
            added = article(number if same == "text" else number * 10 + process, url)
            states.extend(result.state for result in own.add(ReadResult("a", added)))

    threads = [threading.Thread(target=add, args=[process]) for process in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(library.glob("*.md"))) == ARTICLES
    assert sorted(states) == ["added"] * ARTICLES + ["present"] * 5 * ARTICLES


def test_what_six_processes_add_at_once_is_added_once(tmp_path):
    """Whole commands, which know nothing of each other."""
    library, source = tmp_path / "library", tmp_path / "source"
    source.mkdir()
    for number in range(ARTICLES):
        text = "\n\n".join([f"Ships of {number}", *(p.text for p in article(number).paragraphs)])
        (source / f"{number}.txt").write_text(text + "\n", "utf-8")
    code = (
        "import sys; from pathlib import Path; from reader.files.library import Library;"
        "library = Library(Path(sys.argv[1])); sys.stdin.read(1);"
        "print(*(result.state for result in library.add(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, str(library), str(source)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(6)
    ]
    for process in processes:
        process.stdin.write(b".")
        process.stdin.flush()
    states = [state for process in processes for state in process.communicate()[0].split()]
    assert len(list(library.glob("*.md"))) == ARTICLES
    assert sorted(states) == [b"added"] * ARTICLES + [b"present"] * 5 * ARTICLES


@pytest.mark.parametrize("milliseconds", [1, 3, 8])
def test_a_kill_while_articles_are_removed_leaves_the_others_whole(milliseconds, tmp_path):
    library = Library(tmp_path / "library")
    library.add(*(article(number) for number in range(100)))
    before = {path.name: path.read_bytes() for path in (tmp_path / "library").glob("*.md")}
    files = library.find([name.removesuffix(".md") for name in before], lambda _: [])
    assert len(files) == 100
    child = os.fork()
    if not child:
        try:
            for file in files:
                library.remove(file)
        finally:
            os._exit(0)
    time.sleep(milliseconds / 1000 * random.uniform(0.1, 1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    left = {path.name: path.read_bytes() for path in (tmp_path / "library").glob("*.md")}
    assert left.items() <= before.items()
    # A prefix was removed, in order, and what was removed can be added again.
    removed = [file.path for file in files if file.path not in left]
    assert removed == [file.path for file in files[: len(removed)]]
    assert Library(tmp_path / "library").add(article(1_000))[0].state == "added"


def test_no_search_saved_at_once_is_lost(tmp_path):
    threads = [
        threading.Thread(target=SavedSearches(tmp_path).save, args=[f"n{number}", "ships"])
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(SavedSearches(tmp_path).all()) == 10


@pytest.mark.parametrize("milliseconds", [2, 5, 10, 20, 40])
def test_a_kill_leaves_whole_articles_and_searches(milliseconds, tmp_path):
    library, data = Library(tmp_path / "library"), SavedSearches(tmp_path / "data")
    for number in range(3):
        library.add(article(number))
    data.save("first", "ships")
    files = {path.name.removesuffix(".md"): path for path in (tmp_path / "library").iterdir()}
    child = os.fork()
    if not child:
        try:
            for number in range(3, 300):
                library.add(article(number))
                data.save(f"n{number}", "ships " * number)
        finally:
            os._exit(0)
    time.sleep(milliseconds / 1000 * random.uniform(0.5, 1.5))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for path in (tmp_path / "library").glob("*.md"):
        read = parse(path.read_bytes(), "x", ".md")
        number = int(read.title.rpartition(" ")[2])
        assert read.paragraphs == article(number).paragraphs
    assert files.items() <= {p.stem: p for p in (tmp_path / "library").glob("*.md")}.items()
    saved = data.all()
    assert saved.pop("first") == "ships"
    assert all(query == "ships " * int(name[1:]) for name, query in saved.items())
    # Nothing is left locked.
    assert library.add(article(1_000))[0].state == "added"
