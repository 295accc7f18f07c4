"""`reader open`: an article's file in the editor, or its page in the browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.model.locator import parse_locator

if TYPE_CHECKING:
    from reader.corpus import Corpus

EXAMPLES = """\
  reader open harbour-reopens           its file, in $VISUAL or $EDITOR
  reader open harbour-reopens --web     its web address, in the browser
"""


def command(corpus: Corpus, article: str, web: bool) -> int:
    """Open an article in your editor or browser."""
    name = parse_locator(article).article
    if not web:
        return _edit(str(corpus.path_of(name)))
    opened = corpus.article(name)
    url = opened.url
    if not url or not url.startswith(("http://", "https://")):
        raise ReaderError(f"{opened.id} has no address; without --web its file is opened")
    import webbrowser

    if not webbrowser.open(url):
        raise ReaderError(f"there is no browser to open {url} with")
    return 0


def _edit(path: str) -> int:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(editor) if editor else []
    except ValueError as error:
        raise ReaderError(f"cannot parse the editor's command line: {editor}") from error
    if not command:
        command = [next(filter(shutil.which, ("sensible-editor", "nano", "vi")), "")]
    if not command[0]:
        raise ReaderError("there is no editor; name one in EDITOR")
    try:
        status = subprocess.run([*command, path], check=False).returncode  # noqa: S603 - the user's own
    except OSError as error:
        raise ReaderError(f"cannot run the editor {command[0]}: {error.strerror}") from error
    return 0 if status == 0 else 2
