"""Standard output and standard error: the view, colour, width, the pager; messages, progress."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reader.cli.options import ColorMode
from reader.errors import ReaderError, SettingsError
from reader.language.clean import printable

if TYPE_CHECKING:
    from reader.citing.claims import CheckedClaim
    from reader.model.hit import Hit
    from reader.views import ClaimWriter, HitWriter, View

# Columns of running text: longer lines are tiring to read.
_READABLE = 80
# What shells end with when a command is not found, or is no program (POSIX, "Exit Status").
_NOT_RUN = (127, 126)
# Columns that --width can ask for at most: Rich fills lines with blanks.
_WIDEST = 10_000


class ClosedPipe(Exception):
    """The process that reads standard output has closed it."""


class OutputError(ReaderError):
    """Standard output cannot be written, as on a full disk."""


class Output(NamedTuple):
    """A view, whether the pager may be used, and what writes hits or checked claims if the view
    does not.
    """

    view: "View"
    paged: bool
    hit_writer: "HitWriter | None" = None
    has_snippets: bool = False  # a hit writer chooses these by the highlights
    claim_writer: "ClaimWriter | None" = None

    @property
    def highlights(self) -> bool:
        """Whether `hits` needs the highlights of hits."""
        return self.has_snippets if self.hit_writer else self.view.highlights

    def hits(self, hits: Iterable["Hit"], full: bool = False) -> Iterator[str]:
        """The hits, as `--csv`, `--format` or the view writes them."""
        return self.hit_writer(hits) if self.hit_writer else self.view.hits(hits, full)

    def checked(self, results: Iterable["CheckedClaim"]) -> Iterator[str]:
        """Checked claims, as `--format`, `--github`, `--sarif` or the view writes them."""
        return self.claim_writer(results) if self.claim_writer else self.view.checked(results)

    def write(self, pieces: Iterable[str]) -> None:
        """Write the pieces to stdout as they come; on a terminal, through the pager if they are
        longer than the screen. Raises ClosedPipe, OutputError.
        """
        if self.paged:
            _page(pieces)
        else:
            _print(pieces)


def choose_output(
    json: bool = False,
    csv: bool = False,
    template: str | None = None,
    plain: bool = False,
    color: ColorMode = "auto",
    width: int | None = None,
    no_pager: bool = True,
    claim_template: str | None = None,
    github: bool = False,
    sarif: bool = False,
) -> Output:
    """The output chosen by the options, the environment and the terminal, in that order.

    Raises ReaderError for a bad `template`, and for several forms at once.
    """
    if json + csv + (template is not None) > 1:
        raise ReaderError("--json, --csv and --format are different outputs: name one")
    if json + github + sarif + (claim_template is not None) > 1:
        raise ReaderError("--json, --format, --github and --sarif are different outputs: name one")
    claim_writer = _claim_writer(claim_template, github, sarif)
    if claim_writer:
        from reader.views.plain import PlainView

        return Output(PlainView(), False, claim_writer=claim_writer)
    width = min(width, _WIDEST) if width else None
    terminal = sys.stdout.isatty()
    writer = _hit_writer(csv, template)
    has_snippets = "{snippet}" in (template or "")
    if json:
        from reader.views.jsonl import JsonView

        return Output(JsonView(), False, writer, has_snippets)
    colored = wants_color(color, os.environ, terminal)
    if plain or not terminal:
        from reader.views.plain import PlainView

        # --plain is what a pipe would get: coloured only by --color=always.
        colored = color == "always" or (not plain and colored)
        return Output(PlainView(colored, width), False, writer, has_snippets)
    from reader.views.terminal import TerminalView

    columns = width or min(_columns(), _READABLE)
    return Output(TerminalView(columns, colored), not no_pager, writer, has_snippets)


def _hit_writer(csv: bool, template: str | None) -> "HitWriter | None":
    if not csv and template is None:
        return None
    # Loads the csv module, which most output does without.
    from reader.views.records import csv_of, formatted

    return csv_of if template is None else formatted(template)


def _claim_writer(template: str | None, github: bool, sarif: bool) -> "ClaimWriter | None":
    if template is not None:
        from reader.views.records import formatted_claims

        return formatted_claims(template)
    if not github and not sarif:
        return None
    from reader.views.annotations import github_annotations, sarif_log

    return github_annotations if github else sarif_log


def wants_color(color: ColorMode, environment: Mapping[str, str], terminal: bool) -> bool:
    """Whether to use colour: --color, NO_COLOR, FORCE_COLOR, TERM=dumb, the terminal, in order."""
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return terminal and environment.get("TERM") != "dumb"


def report(message: str) -> None:
    """Print an error or a warning: one line on stderr."""
    if sys.stderr is not None:
        print(f"reader: {printable(message)}", file=sys.stderr)


def note(message: str) -> None:
    """Print a note for a person: one line on stderr, if that is a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        report(message)


def point(lines: str) -> None:
    """Print the query and a caret at the error in it, below the message, on a terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        for line in lines.split("\n"):
            print(f"  {printable(line)}", file=sys.stderr)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """A function that shows how many articles of the total are indexed, on a terminal only.

    The bar appears for a thousand articles or more; a smaller corpus is done before it would help.
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
                from reader.views.terminal.progress import progress_bar

                bar = stack.enter_context(progress_bar())
                task = bar.add_task("Indexing", total=total)
                bars.append(lambda done, _total: bar.update(task, completed=done))
            bars[0](done, total)

        yield show


def _columns() -> int:
    """The terminal's width in columns."""
    return max(_screen().columns, 20)


def _screen() -> os.terminal_size:
    """The terminal's size; COLUMNS and LINES override what the terminal reports."""
    # Loads the compressors of archives, which a pipe does without: 1 ms.
    from shutil import get_terminal_size

    return get_terminal_size()


def print_line(value: object) -> None:
    """Print a value as a line on stdout. Raises ClosedPipe, OutputError."""
    _print([f"{printable(str(value))}\n"])


def print_text(text: str) -> None:
    """Print a text of our own, such as help, on stdout. Raises ClosedPipe, OutputError."""
    _print([text.removesuffix("\n"), "\n"])


def flush() -> None:
    """Write what is buffered for stdout. Raises ClosedPipe, OutputError."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _not_written(error) from error


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        try:  # here, not round the loop: the pieces may fail to be read
            sys.stdout.write(piece)
        except OSError as error:
            raise _not_written(error) from error
    flush()


def _not_written(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError):
        return ClosedPipe()
    return OutputError(f"cannot write the output: {error.strerror}")


def _page(pieces: Iterable[str]) -> None:
    """Print what fits on the screen; send longer output through the pager."""
    height = _screen().lines
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
    pieces = chain(held, remaining)
    command = _pager(os.environ)
    if command is None:
        _print(pieces)
    else:
        _send(pieces, command)


def _send(pieces: Iterable[str], command: str) -> None:
    """Send the pieces to the pager and wait until the user leaves it. If the shell cannot run it,
    and has said so, they are printed all the same. Raises SettingsError.
    """
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
    sent = []
    try:
        for piece in pieces:
            sent.append(piece)
            process.stdin.write(piece)
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # the user has left the pager; the rest has no reader
    # Here: what is held back would fail as Python ends.
    with suppress(BrokenPipeError, KeyboardInterrupt):
        process.stdin.close()
    while True:
        try:
            status = process.wait()
            break
        except KeyboardInterrupt:  # for the pager to handle, as long as it runs
            continue
    if status in _NOT_RUN:
        _print(chain(sent, pieces))


def _pager(environment: Mapping[str, str]) -> str | None:
    """The pager's command line; None to print without a pager."""
    from shutil import which

    command = environment.get("READER_PAGER") or environment.get("PAGER") or "less"
    if command == "cat" or (command == "less" and which("less") is None):
        return None
    return command
