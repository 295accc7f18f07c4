"""`reader check`: whether quotations are in the corpus, word for word and by the right speaker."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import note
from reader.errors import ReaderError, UnreadableFile
from reader.files.read import is_pipe, read_file, read_limited

if TYPE_CHECKING:
    from reader.citing.claims import Claim
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader check draft.md                        every quotation of a draft
  reader check "prepared to work with Armenia" whether somebody said so
  reader check "prepared to work" --by Aliyev  and whether it was Aliyev
  reader check draft.md -q && publish draft.md
"""

# A word that ends as names of drafts do, or has a slash in it.
_FILE_NAME = re.compile(r"\S+\.(?:md|markdown|txt|text|html?)|\S*/\S*")


def command(
    corpus: Corpus, output: Output, drafts: list[str], by: str | None, every: bool, quiet: bool
) -> int:
    """Check quotations against the corpus.

    Each is verbatim, altered (in other words), misattributed (said by another) or missing; the
    status is 0 if all are verbatim, 1 if not. Quotation marks, dashes, case, spaces and
    punctuation are ignored; ... or [...] stands for an omission.
    """
    claims = [claim for draft in drafts for claim in _claims(draft, by, every)]
    if not claims:
        note("no quotations")
        return 0
    checked = corpus.check(claims)
    if not quiet:
        output.write(output.view.checked(checked))
    return 0 if all(result.verdict == "verbatim" for result in checked) else 1


def _claims(draft: str, by: str | None, every: bool) -> list[Claim]:
    """The claims in a draft, or the claim that the typed words make."""
    from reader import claims_in, claims_in_words
    from reader.citing.drafts import draft_text

    if draft == "-" or os.path.isfile(draft) or is_pipe(draft):
        content = _read(draft)
    elif _FILE_NAME.fullmatch(draft):
        raise ReaderError(f"no file {draft}: put the words themselves in quotation marks")
    elif not any(map(str.isalnum, draft)):
        raise ReaderError("nothing to check: name a draft, or give the words themselves")
    else:
        return claims_in_words(draft, by)
    claims = claims_in(draft_text(content, Path(draft).suffix), every)
    return [replace(claim, speaker=by) for claim in claims] if by else claims


def _read(draft: str) -> bytes:
    """The whole content of a draft, or of standard input for `-`. Raises UnreadableFile."""
    try:
        if draft == "-":
            return read_limited(sys.stdin.buffer) if sys.stdin else b""
        return read_file(draft)
    except UnreadableFile as error:
        name = "standard input" if draft == "-" else draft
        raise UnreadableFile(f"cannot read {name}: {error}") from error
