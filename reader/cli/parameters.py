"""Typer's view of a command: parameters out of the table of options, values into the function."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer

from reader.cli.options import Option, options_of


def with_parameters(command: Callable[..., int], name: str) -> Callable[..., int]:
    """A function with the signature that the table gives the command, for Typer to read.

    It calls the command with what the command's own parameters name: `ctx` is Typer's context,
    `corpus` the open Corpus, `library` the user's library, `output` the Output, `filters` a
    dictionary of the filters; all else are values of the table by their names.
    """
    options = options_of(name)

    def run(ctx: typer.Context, **values: Any) -> int:
        return command(**_arguments(command, options, ctx, values))

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [context, *map(_parameter, options)]
    )
    run.__doc__ = command.__doc__
    return run


def _parameter(option: Option) -> inspect.Parameter:
    kind: Any = typer.Option if option.flags else typer.Argument
    parser = None if option.minimum is None else partial(_whole_number, minimum=option.minimum)
    info = kind(*option.flags.split(), metavar=option.metavar, parser=parser, help=option.help)
    return inspect.Parameter(
        option.name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[option.type, info],
        default=inspect.Parameter.empty if option.default is ... else option.default,
    )


def _whole_number(value: str | int, minimum: int) -> int:
    """The number that is typed in decimal digits, or the option's default; one that Python cannot
    count to is as good as the greatest that it can. Raises typer.BadParameter.
    """
    text = str(value)
    sign, digits = (text[:1], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise typer.BadParameter(f"{text} is not a whole number")
    # Python refuses to convert thousands of digits.
    number = int(digits) if len(digits) < len(str(sys.maxsize)) else sys.maxsize
    if sign == "-" and number:
        raise typer.BadParameter(f"{text} is negative")
    if number < minimum:
        raise typer.BadParameter(f"{text} is less than {minimum}")
    return number


def _arguments(
    command: Callable[..., int], options: list[Option], ctx: Any, values: dict[str, Any]
) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    for option in options:
        groups.setdefault(option.group, {})[option.name] = values[option.name]
    arguments = {**groups.get("argument", {}), **groups.get("option", {})}
    if "output" in groups:
        from reader.cli.output import choose_output

        arguments["output"] = choose_output(**groups["output"])
    if "filter" in groups:
        arguments["filters"] = groups["filter"]
    if "corpus" in groups:
        from reader.cli.common import open_corpus

        # Queries match the user's aliases, too, unless they are exact.
        has_aliases = "exact" in values and not values["exact"]
        arguments["corpus"] = open_corpus(values["corpus"], has_aliases)
    parameters = inspect.signature(command).parameters
    if "library" in parameters:
        from reader.cli.common import open_library

        arguments["library"] = open_library()
    if "ctx" in parameters:
        arguments["ctx"] = ctx
    return arguments
