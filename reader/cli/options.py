"""The table of the arguments and options of all commands.

Typer's parameters and the help come from it (`parameters.py`). A command's help lists its rows in
the order of the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from reader.model.choices import (
    Facet,
    Period,
    QuotationSort,
    SearchSort,
    SpeakerSort,
)

ColorMode: TypeAlias = Literal["auto", "always", "never"]

# How a row's value reaches a command's function: filters together, as one dictionary; output
# options as an `Output`; `--corpus` as the open `Corpus`; all others by name.
Group: TypeAlias = Literal["argument", "filter", "option", "corpus", "output"]
# The sections of a command's help, in order.
HEADINGS: dict[Group, str] = {
    "argument": "Arguments",
    "filter": "Filters",
    "option": "Options",
    "corpus": "Options",
    "output": "Output",
}


class Option(NamedTuple):
    """An argument or an option of one or several commands.

    `commands` are their names and `flags` the option's spellings, each separated by spaces; an
    argument has no flags. `name` is the parameter of the command's function. A `default` of ...
    makes an argument required. `minimum` is the least number allowed.
    """

    group: Group
    commands: str
    name: str
    flags: str
    help: str
    metavar: str | None = None
    type: Any = bool
    default: Any = False
    minimum: int | None = None


def options_of(command: str) -> list[Option]:
    """The arguments and options of a command, in the order of the table."""
    return [option for option in OPTIONS if command in option.commands.split()]


def _argument(
    commands: str, name: str, metavar: str, help: str, type: Any = list[str], default: Any = ...
) -> Option:
    return Option("argument", commands, name, "", help, metavar, type, default)


def _value(group: Group, commands: str, name: str, flags: str, metavar: str, help: str) -> Option:
    return Option(group, commands, name, flags, help, metavar, str | None, None)


def _number(
    commands: str, name: str, flags: str, metavar: str, help: str, default: int | None = 0
) -> Option:
    kind, minimum = (int | None, 1) if default is None else (int, 0)
    return Option("option", commands, name, flags, help, metavar, kind, default, minimum)


def _choice(
    commands: str, name: str, metavar: str, help: str, choices: Any, default: str, short: str = ""
) -> Option:
    """An option with a set of choices, which replace {} in its help."""
    flags = f"--{name} {short}".strip()
    help = help.format(_listed(choices))
    return Option("option", commands, name, flags, help, metavar, choices, default)


def _listed(choices: object, last: str = "or") -> str:
    *first, end = get_args(choices)
    return f"{', '.join(first)} {last} {end}"


_READING = "show search quotes speakers cite check list timeline similar"
_PRINTING = f"{_READING} save add index"

OPTIONS: tuple[Option, ...] = (
    _argument(
        "show quotes",
        "locators",
        "[LOCATOR]...",
        "ARTICLE, ARTICLE:N or ARTICLE:N-M.",
        list[str] | None,
        None,
    ),
    _argument("cite", "locators", "LOCATOR...", "ARTICLE, ARTICLE:N or ARTICLE:N-M."),
    _argument(
        "search timeline", "words", "QUERY...", "The query: words, phrases, operators, fields."
    ),
    _argument(
        "check", "drafts", "DRAFT|WORDS...", "A file, - for standard input, or the quoted words."
    ),
    _argument(
        "similar", "article", "ARTICLE", "The article to compare with, or a paragraph of it.", str
    ),
    _argument("open", "article", "ARTICLE", "The article to open.", str),
    _argument("save", "name", "[NAME]", "The name of the saved search.", str | None, None),
    _argument(
        "save",
        "words",
        "[QUERY]...",
        "The query to save, as for `reader search`.",
        list[str] | None,
        None,
    ),
    _argument(
        "add", "sources", "PATH|URL|-...", "Files, folders or web addresses; - for standard input."
    ),
    _argument("remove", "articles", "ARTICLE...", "Articles of your library."),
    _argument("help", "topic", "[TOPIC]", "`query`, or the name of a command.", str | None, None),
    Option("filter", "search", "any", "--any", "Match any of the words, as for a question."),
    Option(
        "filter",
        "search quotes speakers timeline",
        "exact",
        "--exact",
        "Match exact words: no stemming, accent folding or aliases.",
    ),
    Option(
        "filter", "search timeline", "fuzzy", "--fuzzy", "Also match words of similar spelling."
    ),
    Option("filter", "search", "quotes", "--quotes", "Search only in speech."),
    _value("filter", "search", "by", "--by", "NAME", "Only paragraphs that quote NAME."),
    _value(
        "filter",
        "quotes speakers",
        "by",
        "--by",
        "NAME",
        "Only speech by NAME: any part of it, initials too.",
    ),
    _value(
        "filter",
        "quotes speakers",
        "about",
        "--about",
        "QUERY",
        "Only quotations that match QUERY.",
    ),
    Option(
        "filter",
        "quotes speakers",
        "disputed",
        "--disputed",
        "Only what another article gives to somebody else, or to nobody.",
    ),
    Option("filter", "quotes", "all", "--all -a", "Include names, titles and scare quotes."),
    _value(
        "filter",
        "search quotes speakers timeline",
        "since",
        "--since",
        "DATE",
        "Only articles from DATE on: 2021-05, 'last month'.",
    ),
    _value(
        "filter",
        "search quotes speakers timeline",
        "until",
        "--until",
        "DATE",
        "Only articles up to the end of DATE.",
    ),
    _value(
        "filter",
        "search quotes speakers timeline",
        "source",
        "--source",
        "NAME",
        "Only articles published by NAME.",
    ),
    _value(
        "filter", "search", "title", "--title", "WORDS", "Only articles with WORDS in the title."
    ),
    _value("filter", "search", "article", "--in", "ARTICLE", "Only this article."),
    Option("option", "show", "numbers", "--numbers -n", "Print each paragraph after its number."),
    Option("option", "show", "why", "--why", "Print where each field was read from instead."),
    Option(
        "option",
        "search",
        "new",
        "--new",
        "Print only hits that the saved search has not shown before.",
    ),
    _choice("timeline", "by", "PERIOD", "Count by {}.", Period, "month"),
    _number(
        "cite",
        "quote",
        "--quote",
        "K",
        "Cite only quotation K, as `reader quotes` lists them.",
        None,
    ),
    Option("option", "cite", "quotes", "--quotes", "Cite every quotation of an article."),
    Option(
        "option",
        "cite",
        "style",
        "--style -s",
        "Write as text, bibtex, apa or another style, or as FILE.csl says.",
        "STYLE",
        str,
        "text",
    ),
    Option("option", "cite", "copy", "--copy", "Also copy to the terminal's clipboard (OSC 52)."),
    _value("option", "check", "by", "--by", "NAME", "The speaker whose words they should be."),
    Option(
        "option",
        "check",
        "every",
        "--all -a",
        "Also check names, titles and scare quotes in drafts.",
    ),
    _number("similar", "paragraph", "--paragraph -p", "N", "Compare with paragraph N only.", None),
    Option("option", "save", "delete", "--delete", "Delete the saved search."),
    Option("option", "add", "full", "--full", "Fetch the pages of a feed that has only summaries."),
    Option(
        "option",
        "add",
        "allow_local",
        "--allow-local",
        "Allow addresses on this machine and its networks.",
    ),
    Option("option", "open", "web", "--web", "Open its web address in the browser."),
    Option("option", "remove", "yes", "--yes -y", "Delete without asking."),
    Option("option", "index", "rebuild", "--rebuild", "Rebuild the index from the files."),
    Option("option", "index", "check", "--check", "Verify the index; change nothing."),
    _choice(
        "search", "sort", "ORDER", "Sort by {}; date is newest first.", SearchSort, "relevance"
    ),
    _choice(
        "quotes", "sort", "ORDER", "Sort by {}; date is newest first.", QuotationSort, "article"
    ),
    Option(
        "option",
        "speakers",
        "period",
        "--period",
        f"Count each speaker by {_listed(Period)}.",
        "PERIOD",
        Period | None,
        None,
    ),
    _choice("speakers", "sort", "ORDER", "Sort by {}.", SpeakerSort, "quotes"),
    _number(
        "search quotes speakers list", "limit", "--limit -m", "N", "Print at most N; 0 means all."
    ),
    _number("similar", "limit", "--limit -m", "N", "Print at most N; 0 means all.", 10),
    _number(
        "search quotes", "context", "--context -C", "N", "Also print N paragraphs on each side."
    ),
    Option(
        "option",
        "search",
        "articles",
        "--articles -l",
        "Print a line for each article: hits, date, title.",
    ),
    Option("option", "search quotes speakers list", "count", "--count -c", "Print only the count."),
    Option(
        "option", "search check", "quiet", "--quiet -q", "Print nothing; only set the exit status."
    ),
    _value(
        "option",
        "search",
        "facets",
        "--facets",
        "NAMES",
        f"Also print counts by {_listed(Facet, 'and')}.",
    ),
    Option("option", "search", "full", "--full", "Print whole paragraphs on a terminal too."),
    Option(
        "option",
        "search",
        "explain",
        "--explain",
        "Print how the query is parsed, with the hits of each part.",
    ),
    Option(
        "corpus",
        f"{_READING} open index",
        "corpus",
        "--corpus",
        "The folder of articles to read (or READER_CORPUS).",
        "DIR",
        Path | None,
        None,
    ),
    Option("output", _PRINTING, "json", "--json", "Print JSON Lines."),
    Option("output", "search", "csv", "--csv", "Print comma-separated values."),
    _value(
        "output",
        "search",
        "template",
        "--format",
        "FORM",
        "Print each hit in this form: '{locator} {text}'.",
    ),
    _value(
        "output",
        "check",
        "claim_template",
        "--format",
        "FORM",
        "Print each in this form: '{file}:{line}:{column}: {verdict}: {claim}'.",
    ),
    Option("output", "check", "github", "--github", "Print annotations for GitHub Actions."),
    Option("output", "check", "sarif", "--sarif", "Print a SARIF 2.1.0 log."),
    Option("output", _PRINTING, "plain", "--plain", "Print what a pipe would get."),
    Option(
        "output",
        _PRINTING,
        "color",
        "--color",
        f"When to use colour: {_listed(ColorMode)}.",
        "WHEN",
        ColorMode,
        "auto",
    ),
    Option(
        "output",
        _PRINTING,
        "width",
        "--width",
        "Wrap at N columns; the default on a terminal is 80.",
        "N",
        int | None,
        None,
        20,
    ),
    Option("output", _READING, "no_pager", "--no-pager", "Print long output without a pager."),
)
