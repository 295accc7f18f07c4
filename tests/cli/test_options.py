"""The table of arguments and options: complete, consistent, and clear to read."""

import inspect
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from typing import get_args, get_origin

import pytest

from reader.cli.app import COMMANDS
from reader.cli.options import OPTIONS, Option, options_of
from reader.cli.search import SearchRequest
from reader.model.filters import QuotationFilters, SearchFilters

# Parameters of command functions that stand for options together, or for none.
GROUPS = {"ctx": None, "library": None, "output": "output", "filters": "filter", "corpus": "corpus"}


def test_every_row_is_of_commands_that_there_are():
    assert {name for option in OPTIONS for name in option.commands.split()} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_names_and_flags_are_unique_in_a_command(name):
    rows = options_of(name)
    flags = [flag for option in rows for flag in option.flags.split()]
    for values in (flags, [option.name for option in rows]):
        assert not [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_what_the_table_says(name):
    rows = options_of(name)
    parameters = inspect.signature(import_module(f"reader.cli.{name}").command).parameters
    groups = {option.group for option in rows}
    for parameter, group in GROUPS.items():
        if group:
            assert (parameter in parameters) == (group in groups)
    by_name = {option.name for option in rows if option.group in ("argument", "option")}
    if name == "search":
        assert by_name == set(inspect.signature(SearchRequest).parameters)
    else:
        assert by_name == set(parameters) - set(GROUPS)


def test_filters_are_those_of_the_library():
    for name in ("search", "quotes", "speakers", "timeline"):
        filters = {option.name for option in options_of(name) if option.group == "filter"}
        known = SearchFilters if name in ("search", "timeline") else QuotationFilters
        assert filters <= set(known.__annotations__)
        if name in ("search", "quotes"):
            assert filters == set(known.__annotations__)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option.commands}-{option.name}")
def test_help_is_a_short_sentence(option: Option):
    assert re.fullmatch(r"[A-Z`].{8,69}\.", option.help), option.help
    assert option.help.isascii()
    if get_origin(option.type) is not None and option.type != list[str]:
        for choice in get_args(option.type):
            if isinstance(choice, str):
                assert choice in option.help
    if option.type is not bool:
        assert option.metavar


def test_help_of_a_command_loads_no_library():
    code = (
        "import sys; from reader.cli.app import run; status = run(['search', '--help'])\n"
        "print(*[name for name in sys.modules if name.startswith('reader.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert not loaded & {"reader.corpus", "reader.search.results", "reader.query.grammar"}
