"""The options that commands share, each said once."""

from enum import Enum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class Color(str, Enum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


CorpusOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--corpus", metavar="DIR", help="The folder of articles to read (or READER_CORPUS)."
    ),
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON Lines.")]
PlainOption: TypeAlias = Annotated[
    bool, typer.Option("--plain", help="Print what a pipe would get.")
]
ColorOption: TypeAlias = Annotated[
    Color, typer.Option("--color", metavar="WHEN", help="auto, always or never.")
]
WidthOption: TypeAlias = Annotated[
    int | None,
    typer.Option("--width", metavar="N", min=20, help="Columns to wrap at, on a terminal 80."),
]
NoPagerOption: TypeAlias = Annotated[
    bool, typer.Option("--no-pager", help="Print long output without a pager.")
]
LimitOption: TypeAlias = Annotated[
    int, typer.Option("--limit", "-m", metavar="N", min=0, help="At most N; 0, as by default: all.")
]
CountOption: TypeAlias = Annotated[
    bool, typer.Option("--count", "-c", help="Print only how many there are.")
]
SinceOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="From this day: 2021-05, 'last month'."),
]
UntilOption: TypeAlias = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="To this day, inclusive.")
]
SourceOption: TypeAlias = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="From this source.")
]
SpeakerOption: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Only by NAME: any part, initials too.")
]
AboutOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--about", metavar="QUERY", help="Only what itself matches, as in search."),
]
EveryOption: TypeAlias = Annotated[
    bool, typer.Option("--all", "-a", help="What is not speech, too: names, titles.")
]
ContextOption: TypeAlias = Annotated[
    int,
    typer.Option("--context", "-C", metavar="N", min=0, help="N paragraphs on each side too."),
]
ExactOption: TypeAlias = Annotated[
    bool, typer.Option("--exact", help="The very words: no other endings, accents, names.")
]
FuzzyOption: TypeAlias = Annotated[
    bool, typer.Option("--fuzzy", help="Near spellings of the words too.")
]
