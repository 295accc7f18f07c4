"""`reader check`: whether quotations stand in the corpus, word for word and with their speakers."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from reader.citing.claims import Claim
from reader.citing.drafts import claims_in, claims_in_words, draft_text
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
from reader.errors import ReaderError, UnreadableFile
from reader.files.read import read_file, read_limited

EXAMPLES = """\
  reader check draft.md                        every quotation in a draft
  reader check "prepared to work with Armenia" whether somebody said so
  reader check "prepared to work" --by Aliyev  and whether he did
  reader check draft.md -q && publish draft.md
"""

# What looks like the name of a draft: a word that ends as names of files do.
_FILE_NAME = re.compile(r"\S+\.(?:md|markdown|txt|text|html?)|\S*/\S*")


def command(
    drafts: Annotated[
        list[str],
        typer.Argument(metavar="DRAFT|WORDS...", help="A file, - for standard input, or words."),
    ],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Whose the words are said to be.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", "-a", help="Of drafts, names and titles in marks too.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing; the status tells.")
    ] = False,
    corpus: CorpusOption = None,
    json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = Color.AUTO,
    width: WidthOption = None,
    no_pager: NoPagerOption = False,
) -> int:
    """Check that quotations stand in the corpus: the status is 0 if all do, 1 if one does not.

    A quotation is verbatim, altered (other words), misattributed (another said it) or missing.
    Quotation marks, dashes, case, spaces and punctuation do not count, and ... or [...] stands for
    what is left out.
    """
    output = choose_output(json, plain, color, width, no_pager)
    claims = [claim for draft in drafts for claim in _claims(draft, by, every)]
    if not claims:
        note("no quotations")
        return 0
    checked = open_corpus(corpus).check(claims)
    if not quiet:
        output.write(output.view.checked(checked))
    return 0 if all(one.verdict == "verbatim" for one in checked) else 1


def _claims(draft: str, by: str | None, every: bool) -> list[Claim]:
    if draft == "-" or os.path.isfile(draft):
        content = _read(draft)
    elif _FILE_NAME.fullmatch(draft):
        raise ReaderError(f"no file {draft}: put the words themselves in quotation marks")
    elif not any(map(str.isalnum, draft)):
        raise ReaderError("nothing to check: name a draft, or the words themselves")
    else:
        return claims_in_words(draft, by)
    claims = claims_in(draft_text(content, Path(draft).suffix), every)
    return [claim._replace(speaker=by) for claim in claims] if by else claims


def _read(draft: str) -> bytes:
    """The whole content of a draft, or of standard input for `-`. Raises UnreadableFile."""
    try:
        if draft == "-":
            return read_limited(sys.stdin.buffer) if sys.stdin else b""
        return read_file(draft)
    except UnreadableFile as error:
        name = "standard input" if draft == "-" else draft
        raise UnreadableFile(f"cannot read {name}: {error}") from error
