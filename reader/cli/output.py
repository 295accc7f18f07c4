"""Where output goes: which view, in colour or not, how wide, through a pager or not."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reader.cli.options import Color
from reader.errors import SettingsError
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.views import View

# Columns of running text beyond this are tiring to read.
_READABLE = 80


class ClosedPipe(Exception):
    """Nobody reads the output any more."""


class Output(NamedTuple):
    """A view, and how what it gives is written."""

    view: "View"
    paged: bool

    def write(self, pieces: Iterable[str]) -> None:
        """Write the pieces to stdout as they come, on a terminal through the pager if they are
        more than a screen. Raises ClosedPipe.
        """
        if self.paged:
            _page(pieces)
        else:
            _print(pieces)


def choose_output(
    json: bool = False,
    plain: bool = False,
    color: Color = Color.AUTO,
    width: int | None = None,
    no_pager: bool = False,
) -> Output:
    """The output that the options, the environment and the terminal ask for, in that order."""
    terminal = sys.stdout.isatty()
    if json:
        from reader.views.jsonl import JsonView

        return Output(JsonView(), paged=False)
    colored = wants_color(color, os.environ, terminal)
    if plain or not terminal:
        from reader.views.plain import PlainView

        # --plain is what a pipe would get: colour only when asked for by name.
        asked = color is Color.ALWAYS or (not plain and colored)
        return Output(PlainView(asked, width), paged=False)
    from reader.views.terminal import TerminalView

    columns = width or min(_columns(), _READABLE)
    return Output(TerminalView(columns, colored), paged=not no_pager)


def wants_color(color: Color, environment: Mapping[str, str], terminal: bool) -> bool:
    """Whether to use colour: the option, NO_COLOR, FORCE_COLOR, TERM=dumb, a terminal."""
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return terminal and environment.get("TERM") != "dumb"


def complain(message: str) -> None:
    """Print an error or a warning: one line on stderr."""
    if sys.stderr is not None:
        print(f"reader: {normalize(message)}", file=sys.stderr)


def note(message: str) -> None:
    """Print what may interest a person: one line on stderr, if that is a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        complain(message)


def point(lines: str) -> None:
    """Print where in a query something is wrong, below what was said of it, on a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        for line in lines.splitlines():
            print(f"  {line}", file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A function that shows how many of how many articles are indexed, on a terminal only.

    The bar appears where there are a thousand or more to index, so that small corpora show none.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from contextlib import ExitStack

    with ExitStack() as stack:
        bars: list[Callable[[int, int], None]] = []

        def show(done: int, total: int) -> None:
            if total < 1000:
                return
            if not bars:
                from reader.views.terminal import progress_bar

                bar = stack.enter_context(progress_bar())
                task = bar.add_task("Indexing", total=total)
                bars.append(lambda done, _total: bar.update(task, completed=done))
            bars[0](done, total)

        yield show


def _columns() -> int:
    """The terminal's width; COLUMNS goes before what the terminal says."""
    return max(shutil.get_terminal_size().columns, 20)


def _print(pieces: Iterable[str]) -> None:
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ClosedPipe from error


def _page(pieces: Iterable[str]) -> None:
    """Print what fits on the screen; send more than that through the pager."""
    height = shutil.get_terminal_size().lines
    remaining = iter(pieces)
    held: list[str] = []
    lines = 0
    for piece in remaining:
        held.append(piece)
        lines += piece.count("\n")
        if lines >= height:
            break
    else:
        _print(held)
        return
    command = _pager(os.environ)
    if command is None:
        _print(held)
        _print(remaining)
        return
    import subprocess

    environment = {"LESS": "FRX", **os.environ}
    try:
        process = subprocess.Popen(  # noqa: S602
            command,
            shell=True,  # the user's own command line, as git and man run it
            stdin=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
        )
    except OSError as error:
        raise SettingsError(f"cannot run the pager {command}: {error.strerror}") from error
    assert process.stdin is not None
    try:
        for piece in chain(held, remaining):
            process.stdin.write(piece)
        process.stdin.close()
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # the reader has seen enough; what is left in the buffer has no reader
    while True:
        try:
            process.wait()
            break
        except KeyboardInterrupt:  # the pager's business, as long as it runs
            continue


def _pager(environment: Mapping[str, str]) -> str | None:
    """The pager's command line; None to print without one."""
    command = environment.get("READER_PAGER") or environment.get("PAGER") or "less"
    if command == "cat" or (command == "less" and shutil.which("less") is None):
        return None
    return command
