"""`reader cite`: a quotation, a passage or an article as a footnote or a reference."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, get_args

import typer

from reader.cli.output import note
from reader.errors import ReaderError
from reader.model.choices import CSL_SUFFIX, CitationStyle

if TYPE_CHECKING:
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader cite azerbaijan:5                what is said there, as a footnote
  reader cite azerbaijan --quote 2        the second quotation of an article
  reader cite azerbaijan --style bibtex   the article, for a reference manager
  reader cite azerbaijan:5 -s footnotes   in Markdown, with a numbered footnote
  reader cite azerbaijan:5 -s pandoc      in Markdown, with a BibTeX key
  reader cite azerbaijan -s chicago       as a bibliography, or by FILE.csl
  reader cite azerbaijan:5 --copy         also to the clipboard
"""

# Base64 characters that terminals take at once: xterm's limit is 75,000 bytes.
_MOST_COPIED = 74_000


def command(
    corpus: Corpus,
    output: Output,
    locators: list[str],
    quote: int | None,
    quotes: bool,
    style: str,
    copy: bool,
) -> int:
    """Cite quotations, passages or whole articles.

    ARTICLE:N cites the speech in that paragraph, in its exact words, or the paragraph itself if
    nobody is quoted in it. ARTICLE cites the article.
    """
    if style not in get_args(CitationStyle) and not style.lower().endswith(CSL_SUFFIX):
        raise typer.BadParameter(
            f"{style!r} is not one of {', '.join(map(repr, get_args(CitationStyle)))}, "
            f"and no file with the suffix {CSL_SUFFIX}",
            param_hint="'--style'",
        )
    if copy and not _has_clipboard():
        raise ReaderError("--copy needs a terminal, whose clipboard it sets")
    citations = corpus.cite(locators, quotation=quote, quotations=quotes)
    output.write(output.view.citations(citations, style))
    if copy:
        from reader import format_citations

        _copy("".join(format_citations(citations, style)).rstrip("\n"))
        note("copied to the clipboard")
    return 0


def _has_clipboard() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _copy(text: str) -> None:
    """Ask the terminal to put the text into its clipboard."""
    import base64

    encoded = base64.b64encode(text.encode()).decode()
    if len(encoded) > _MOST_COPIED:
        raise ReaderError("too long for the terminal's clipboard: cite fewer at a time")
    sys.stdout.write(f"\x1b]52;c;{encoded}\x07")
    sys.stdout.flush()
