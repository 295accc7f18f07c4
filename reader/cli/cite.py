"""`reader cite`: a quotation, a passage or an article as a footnote or a reference."""

import base64
import os
import sys
from enum import Enum
from typing import Annotated

import typer

from reader.citing.citations import format_citations
from reader.cli.common import open_corpus
from reader.cli.options import (
    Color,
    ColorOption,
    CorpusOption,
    JsonOption,
    NoPagerOption,
    PlainOption,
    WidthOption,
)
from reader.cli.output import choose_output, note
from reader.errors import ReaderError

EXAMPLES = """\
  reader cite azerbaijan:5                what is said there, for a footnote
  reader cite azerbaijan --quote 2        the second quotation of an article
  reader cite azerbaijan --style bibtex   the article, for a reference manager
  reader cite azerbaijan:5 --copy         into the clipboard, too
"""

# Base64 characters that terminals take at once: xterm's limit is 75,000 bytes.
_MOST_COPIED = 74_000


class Style(str, Enum):
    """How a citation is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


def command(
    locators: Annotated[
        list[str], typer.Argument(metavar="LOCATOR...", help="ARTICLE, ARTICLE:N or ARTICLE:N-M.")
    ],
    quote: Annotated[
        int | None,
        typer.Option(
            "--quote", metavar="K", min=1, help="The Kth quotation there, as `quotes` lists them."
        ),
    ] = None,
    quotes: Annotated[
        bool, typer.Option("--quotes", help="Of whole articles, every quotation.")
    ] = False,
    style: Annotated[
        Style,
        typer.Option(
            "--style", "-s", metavar="STYLE", help="text, markdown, bibtex, ris, csl-json."
        ),
    ] = Style.TEXT,
    copy: Annotated[
        bool, typer.Option("--copy", help="Put it into the terminal's clipboard, too (OSC 52).")
    ] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Cite quotations with their exact words and paragraph numbers; passages and articles, too.

    ARTICLE cites the article, ARTICLE:N what is said in that paragraph, or the paragraph if nobody
    is quoted there.
    """
    output = choose_output(json, plain, color, width, no_pager)
    if copy and not _has_clipboard():
        raise ReaderError("--copy needs a terminal, whose clipboard it sets")
    citations = open_corpus(corpus).cite(locators, quote=quote, quotes=quotes)
    output.write(output.view.citations(citations, style.value))
    if copy:
        _copy("".join(format_citations(citations, style.value)).rstrip("\n"))
        note("copied to the clipboard")
    return 0


def _has_clipboard() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _copy(text: str) -> None:
    """Ask the terminal to put the text into its clipboard."""
    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > _MOST_COPIED:
        raise ReaderError("too long for the terminal's clipboard: cite fewer at a time")
    sys.stdout.write(f"\x1b]52;c;{encoded}\x07")
    sys.stdout.flush()
