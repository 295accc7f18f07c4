"""`reader check`: whether quotations are in the corpus, word for word and by the right speaker."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import report
from reader.errors import ReaderError, UnreadableFile
from reader.files.read import read_file, read_limited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.citing.claims import Claim
    from reader.cli.output import Output
    from reader.corpus import Corpus

EXAMPLES = """\
  reader check draft.md                        every quotation of a draft
  reader check "prepared to work with Armenia" whether somebody said so
  reader check "prepared to work" --by Aliyev  and whether it was Aliyev
  reader check draft.md -q && publish draft.md
  reader check *.md --format '{file}:{line}:{column}: {verdict}: {diff}'
"""

# A word that ends as names of drafts do, or has a slash in it.
_FILE_NAME = re.compile(
    r"\S+\.(?:md|markdown|txt|text|x?html?|docx|odt|rtf|epub|pdf)|\S*/\S*", re.IGNORECASE
)


def command(
    corpus: Corpus, output: Output, drafts: list[str], by: str | None, every: bool, quiet: bool
) -> int:
    """Check quotations against the corpus.

    Each is verbatim, altered (in other words), misattributed (said by another) or missing; the
    status is 0 if all are verbatim, 1 if not, 2 if a draft cannot be read. Quotation marks, dashes,
    case, spaces and punctuation are ignored; ... or [...] stands for an omission, which may not
    leave out "not" or the like. Single words in a row are one quotation.
    """
    claims: list[Claim] = []
    unread = False
    for draft in _with_joined_words(drafts):
        try:
            claims_there = _claims(draft, by, every, corpus.encoding)
        except UnreadableFile as error:  # the others are checked all the same
            report(str(error))
            unread = True
            continue
        if not claims_there:  # said also in a pipe: status 0 must not pass for a check
            report(f"{_name(draft)}: no quotations")
        claims += claims_there
    checked = corpus.check(claims) if claims else []
    if not quiet:
        output.write(output.checked(checked))
    if unread:
        return 2
    return 0 if all(result.verdict == "verbatim" for result in checked) else 1


def _with_joined_words(drafts: list[str]) -> Iterator[str]:
    """The arguments; single words in a row, of which none is a file, are one: words typed without
    quotation marks.
    """
    words: list[str] = []
    for draft in drafts:
        if not any(map(str.isspace, draft)) and not _names_file(draft):
            words.append(draft)
            continue
        if words:
            yield " ".join(words)
            words = []
        yield draft
    if words:
        yield " ".join(words)


def _claims(draft: str, by: str | None, every: bool, encoding: str | None) -> list[Claim]:
    """The claims in a draft, or the claim that the typed words make. Raises UnreadableFile."""
    from reader import claims_in_words
    from reader.citing.drafts import claims_in_file

    if draft == "-" or _is_file(draft):
        try:
            claims = claims_in_file(_read(draft), _suffix(draft), every, encoding)
        except UnreadableFile as error:
            raise UnreadableFile(f"cannot read {_name(draft)}: {error}") from error
        return [replace(claim, speaker=by or claim.speaker, file=draft) for claim in claims]
    if _names_file(draft):
        raise UnreadableFile(f"no file {draft}: put the words themselves in quotation marks")
    if not any(map(str.isalnum, draft)):
        raise ReaderError("nothing to check: name a draft, or give the words themselves")
    return claims_in_words(draft, by)


def _names_file(draft: str) -> bool:
    """Whether an argument is a file or looks like the name of one."""
    return draft == "-" or _is_file(draft) or bool(_FILE_NAME.fullmatch(draft))


def _suffix(draft: str) -> str:
    return Path(draft).suffix if draft != "-" else ""


def _is_file(draft: str) -> bool:
    """Whether it is the name of a file or a pipe, such as that of a shell's `<(...)`."""
    return os.path.exists(draft) and not os.path.isdir(draft)


def _read(draft: str) -> bytes:
    """The whole content of a draft, or of standard input for `-`. Raises UnreadableFile."""
    if draft != "-":
        return read_file(draft)
    if sys.stdin is None:
        raise UnreadableFile("it is closed")
    return read_limited(sys.stdin.buffer)


def _name(draft: str) -> str:
    return "standard input" if draft == "-" else draft
