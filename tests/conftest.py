"""Fixtures: a home of its own for each test, a corpus, and the installed command."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from hypothesis import settings

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
def command():
    """The installed command's path."""
    found = shutil.which("reader", path=os.path.dirname(sys.executable))
    assert found, "install the package first: pip install -e '.[dev]'"
    return found


@pytest.fixture
def reader(home, command):
    """Run the installed command into pipes; gives its status, stdout and stderr."""

    def run(*arguments, env=None, **options):
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [command, *map(str, arguments)],
            env={**os.environ, **(env or {})},
            capture_output="stdout" not in options,
            encoding="utf-8",
            timeout=60,
            **options,
        )

    return run


@pytest.fixture
def terminal(home, command):
    """Run the installed command on a terminal; gives its status and what the screen got."""

    def run(*arguments, columns=80, lines=200, env=None, keys=b""):
        parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        process = subprocess.Popen(
            [command, *map(str, arguments)],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        os.close(child)
        output = b""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([parent], [], [], 0.1)[0]:
                try:
                    piece = os.read(parent, 65536)
                except OSError:  # Linux: the other end is closed
                    break
                if not piece:
                    break
                output += piece
                if keys:
                    os.write(parent, keys)
                    keys = b""
        status = process.wait(10)
        os.close(parent)
        return status, output.decode().replace("\r\n", "\n")

    return run


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
