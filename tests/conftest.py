"""Fixtures: a home of its own for each test, a corpus, and the installed command."""

import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from commands import Installed, Server, into_pipes, on_a_terminal
from hypothesis import settings

from reader import Corpus, catalogue

# The gate tries the same examples every time; at the desk they are new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

TALKS = """\
World

Talks on the Lachin Road Resume in Vienna After a Month

The Danube Courier
By Ana Kovač
May 20, 2021
Photo: Jan Novák/Courier

Envoys of both countries met in Vienna on Thursday, their first meeting in a month, to talk about \
the road through Lachin and a peace treaty.

“We came to sign a treaty, not to take photographs,” said the mediator, Lena Aagaard, before the \
doors closed. “That has not changed.”

Outside, a crowd that called itself the “Committee of Return” waited in the rain. Nobody’s \
patience, Aagaard said, “lasts forever.”

The talks in Zangezur failed last year. A café opposite the hall sold [bold]coffee[/bold] to \
everyone who waited.
"""

HARBOUR = """\
---
title: "Harbour Reopens: Ships Return"
author: [Mary Quill, Tom Ash]
published: 2022-03-01T08:00:00Z
source: Coast Gazette
url: https://coast.example/harbour
tags: [shipping]
---

The harbour reopened on Tuesday after a winter of repairs, and the first ships came in at noon.

The harbour master, Olaf Berg, told reporters that the treaty with the dockers' union \
"holds for ten years."
"""

NOTE = "A short note about ships that nobody has given a headline, a date or a source to so far.\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home directory of the test's own, and no settings from outside."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith(("READER_", "XDG_", "LESS")) or name in (
            "NO_COLOR",
            "FORCE_COLOR",
            "PAGER",
            "COLUMNS",
            "LINES",
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    return folder


@pytest.fixture
def corpus(tmp_path):
    """Three articles: text with a full header, Markdown with front matter, a headless note."""
    folder = tmp_path / "corpus"
    (folder / "notes").mkdir(parents=True)
    (folder / "vienna-talks.txt").write_text(TALKS, encoding="utf-8")
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "notes" / "ships.txt").write_text(NOTE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index_settled():
    """A function that indexes a folder as if its files had not just been written: the index does
    not hold that they may yet change unseen, for which each command would read them again.
    """

    def index(folder, cache):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(catalogue, "_RACY", 0)
            assert Corpus(folder, cache=cache).search("the").total

    return index


@pytest.fixture(scope="session")
def command():
    """The installed command's path."""
    found = shutil.which("reader", path=os.path.dirname(sys.executable))
    assert found, "install the package first: pip install -e '.[dev]'"
    return found


@pytest.fixture(scope="session")
def fork_server(command):
    """A process that forks for each command."""
    server = Server(command)
    yield server
    server.close()


@pytest.fixture
def installed(home, command):
    """Start the installed command with pipes; gives its status, stdout and stderr.

    It is for what depends on how Python starts: `reader` takes a fifth of the time.
    """
    return partial(into_pipes, Installed(command))


@pytest.fixture
def reader(home, fork_server, installed):
    """Run the command with pipes, in a fork; gives its status, stdout and stderr.

    With an `env` that Python reads as it starts, the installed command is started instead.
    """

    def run(*arguments, env=None, **options):
        if any(name.startswith(("PYTHON", "LC_", "LANG")) for name in env or {}):
            return installed(*arguments, env=env, **options)
        return into_pipes(fork_server, *arguments, env=env, **options)

    return run


@pytest.fixture
def terminal(home, fork_server):
    """Run the command on a terminal, in a fork; gives its status and what the screen got."""
    return partial(on_a_terminal, fork_server)


ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def stripped():
    """A function that takes the escape sequences out of a text."""
    return lambda text: ESCAPE.sub("", text)


def pytest_addoption(parser):
    parser.addoption(
        "--update-goldens", action="store_true", help="write what is printed to tests/golden"
    )


@pytest.fixture
def golden(request):
    """Compare a text with a file of tests/golden; --update-goldens writes the file instead."""

    def compare(name, text):
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-goldens"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def shared():
    """The folder of real material beside the checkout; skips where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "corpora").is_dir():
        pytest.skip("needs the shared material beside the checkout")
    return folder
