"""Fixtures: a home of its own for each test, a corpus, and ways to run the command."""

import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from articles import IndexedFolder, write_three
from commands import Installed, Server, into_pipes, on_a_terminal
from hypothesis import settings

# The same examples every time, here and in the gate; `--hypothesis-profile=random` looks for new
# ones. What that finds is kept as an `@example` of its test.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile("fixed")


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


@pytest.fixture(scope="session")
def three_articles(tmp_path_factory):
    """The folder that `corpus` lends."""
    return IndexedFolder(tmp_path_factory.mktemp("three"), write_three)


@pytest.fixture
def corpus(three_articles, home):
    """Three articles, indexed, for tests that only read them: text with a full header, Markdown
    with front matter, a headless note.
    """
    with three_articles.lent_to(home) as folder:
        yield folder


@pytest.fixture
def own_corpus(tmp_path):
    """The same articles, not indexed, for tests that change files or watch the index being made."""
    write_three(tmp_path / "corpus")
    return tmp_path / "corpus"


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

    For what depends on how Python starts; for all else, `reader` takes a third of the time.
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


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    """No test goes through a proxy, unless it sets one."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
