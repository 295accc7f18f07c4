"""The application: its commands, loaded when they are used, and the reporting of errors."""

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from reader import __version__
from reader.cli.output import ClosedPipe, OutputError, flush, point, print_line, print_text, report
from reader.errors import QueryError, ReaderError

COMMANDS = (
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
  reader cite azerbaijan:5          a quotation as a footnote
  reader check draft.md             check the quotations of a draft
  reader list --corpus ~/articles   the articles in a folder
  reader timeline Zangazur          hits in each month
  reader add story.html             add an article to your library
  reader search Zangazur | cut -f1 | xargs reader show
"""


class _Parsing:
    """The parsing and the help of a command, or of the application.

    Help begins with the examples, which are the epilog of a command.
    """

    epilog: str | None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments: help is printed beside any wrong option, and an option whose first
        value would be lost is refused.
        """
        given = list(args)
        try:
            self._refuse_repeated(ctx, given)
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        except TyperException:
            if not ctx.resilient_parsing and _asks_for_help(given):
                print_text(ctx.get_help())
                ctx.exit()
            raise
        return rest

    def _refuse_repeated(self, ctx: Any, args: list[str]) -> None:
        parser = self.make_parser(ctx)  # type: ignore[attr-defined]
        _, _, parameters = parser.parse_args(args=list(args))
        for parameter in set(parameters):
            has_one_value = parameter.param_type_name == "option" and not parameter.is_flag
            if has_one_value and parameters.count(parameter) > 1:
                ctx.fail(f"{parameter.opts[0]} is given twice: give it once")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(f"Examples:\n{self.epilog}\n")
        self.format_usage(ctx, formatter)  # type: ignore[attr-defined]
        self.format_help_text(ctx, formatter)  # type: ignore[attr-defined]
        self.format_options(ctx, formatter)  # type: ignore[attr-defined]


class _Command(_Parsing, TyperCommand):
    """A command of the application: its help lists the options by group."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        from reader.cli.options import HEADINGS, options_of

        sections: dict[str, list[tuple[str, str]]] = {heading: [] for heading in HEADINGS.values()}
        groups = {option.name: option.group for option in options_of(self.name or "")}
        for parameter in self.get_params(ctx):
            heading = HEADINGS[groups.get(parameter.name or "", "option")]
            sections[heading] += filter(None, [parameter.get_help_record(ctx)])
        for heading, rows in sections.items():
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class _Group(_Parsing, TyperGroup):
    """The application: imports the module of a command when the command is used."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            # `reader --version` does without.
            from reader.cli.parameters import with_parameters

            module = import_module(f"reader.cli.{cmd_name}")
            single = typer.Typer(add_completion=False, rich_markup_mode=None)
            single.command(
                cmd_name, cls=_Command, epilog=module.EXAMPLES, context_settings=_HELP_NAMES
            )(with_parameters(module.command, cmd_name))
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands[cmd_name]


def _asks_for_help(arguments: list[str]) -> bool:
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return any(name in options for name in _HELP_NAMES["help_option_names"])


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
        print_line(f"reader {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        print_text(ctx.get_help())


def _application() -> Any:
    """The command line. Typer's option to install completion prints the script instead: no file is
    changed that the user has not named.
    """
    application: Any = typer.main.get_command(app)
    install, show = application.params[-2:]
    install.callback = show.callback = partial(_print_completion, show.callback)
    install.help = "Print the completion script of the current shell."
    show.help = "The same."
    return application


def _print_completion(callback: Any, ctx: Any, param: Any, value: Any) -> Any:
    """Typer's callback for its option to print the completion script, given the shell's name."""
    return callback(ctx, param, _shell() if value is True else value)


def _shell() -> str:
    """The shell that `reader` was started from or, where processes cannot be looked at, the user's.

    Raises ReaderError if it is unknown.
    """
    import shellingham

    with suppress(shellingham.ShellDetectionFailure, NotImplementedError):
        return str(shellingham.detect_shell()[0])
    if shell := Path(os.environ.get("SHELL", "")).name:
        return shell
    raise ReaderError("cannot tell which shell this is; set SHELL to its path")


def run(arguments: Sequence[str]) -> int:
    """Run the command line with these arguments; return the exit status."""
    if sys.stdout is None:  # closed by the caller
        report("standard output is closed")
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # UTF-8 whatever the locale.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        try:
            status = _application().main(list(arguments), prog_name="reader", standalone_mode=False)
        finally:
            flush()
    except ReaderError as error:
        if isinstance(error, OutputError):
            _drop_output()
        report(str(error))
        if isinstance(error, QueryError) and error.pointer:
            point(error.pointer)
        return error.status
    except TyperException as error:
        report(_usage_error(error))
        return 2
    except typer.Abort:
        return 130
    except ClosedPipe:
        return _die_of_closed_pipe()
    except OSError as error:  # what no command expects, such as a disk that fails
        name = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        report(f"{name}{error.strerror or error}")
        return 2
    return status or 0


def _usage_error(error: TyperException) -> str:
    command = getattr(getattr(error, "ctx", None), "command_path", "reader")
    message = " ".join(error.format_message().split()).rstrip(".")
    # As gh and git say it of a branch or a word that looks like an option.
    hint = "after -- arguments may begin with a dash; " if "No such option" in message else ""
    return f"{message}; {hint}see `{command} --help`"


def _die_of_closed_pipe() -> int:
    """End as grep does when its output is closed: by SIGPIPE, silently."""
    _drop_output()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    return 141


def _drop_output() -> None:
    """Discard the buffered output: Python would try to write it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
