"""The application: its commands, loaded when asked for, and what becomes of errors."""

import io
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from reader import __version__
from reader.cli.output import ClosedPipe, complain, point
from reader.errors import QueryError, ReaderError

_COMMANDS = (
    "show",
    "search",
    "quotes",
    "speakers",
    "cite",
    "check",
    "list",
    "timeline",
    "similar",
    "save",
    "add",
    "open",
    "remove",
    "index",
    "help",
)

_EXAMPLES = """\
  reader show                       read the newest article
  reader search Zangazur            find paragraphs, best first
  reader quotes --by Aliyev         who said what
  reader cite azerbaijan:5          a quotation for a footnote
  reader check draft.md             whether a draft quotes rightly
  reader list --corpus ~/articles   the articles in a folder
  reader timeline Zangazur          when it was written about
  reader add story.html             keep an article in your library
  reader search Zangazur | cut -f1 | xargs reader show
"""


class _ExamplesFirst:
    """Help that begins with the examples, which a command keeps in its epilog."""

    epilog: str | None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(f"Examples:\n{self.epilog}\n")
        self.format_usage(ctx, formatter)  # type: ignore[attr-defined]
        self.format_help_text(ctx, formatter)  # type: ignore[attr-defined]
        self.format_options(ctx, formatter)  # type: ignore[attr-defined]


class _Command(_ExamplesFirst, TyperCommand):
    """A command of the application."""


class _Group(_ExamplesFirst, TyperGroup):
    """The application, which imports the module of a command when that command is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = dict.fromkeys(_COMMANDS)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            module = import_module(f"reader.cli.{cmd_name}")
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(
                cmd_name, cls=_Command, epilog=module.EXAMPLES, context_settings=_HELP_NAMES
            )(module.command)
            self.commands[cmd_name] = typer.main.get_command(alone)
        return self.commands[cmd_name]


_HELP_NAMES = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    cls=_Group,
    context_settings=_HELP_NAMES,
    epilog=_EXAMPLES,
    rich_markup_mode=None,
    invoke_without_command=True,
)


@app.callback()
def reader(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Read news articles at a terminal, search them, and see who said what."""
    if version:
        print(f"reader {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; returns the exit status."""
    if sys.stdout is None:  # closed by the caller: nothing could be printed
        complain("standard output is closed")
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The articles' letters come out whatever the locale.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        try:
            status = typer.main.get_command(app).main(
                list(arguments), prog_name="reader", standalone_mode=False
            )
        finally:
            sys.stdout.flush()
    except ReaderError as error:
        complain(str(error))
        if isinstance(error, QueryError) and error.pointer:
            point(error.pointer)
        return error.status
    except TyperException as error:
        complain(_usage_error(error))
        return 2
    except typer.Abort:
        return 130
    except (ClosedPipe, BrokenPipeError):
        return _die_of_closed_pipe()
    except OSError as error:
        _drop_output()
        complain(f"cannot write the output: {error.strerror}")
        return 2
    return status or 0


def _usage_error(error: TyperException) -> str:
    command = getattr(getattr(error, "ctx", None), "command_path", "reader")
    message = " ".join(error.format_message().split()).rstrip(".")
    return f"{message}; `{command} --help` tells more"


def _die_of_closed_pipe() -> int:
    """End as grep does when nobody reads any more: by the signal, which is silent."""
    _drop_output()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    return 141


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python would try to write it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
