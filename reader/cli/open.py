"""`reader open`: an article's file in the editor, or its page in the browser."""

import os
import shlex
import shutil
import subprocess
from typing import Annotated

import typer

from reader.cli.common import open_corpus
from reader.cli.options import CorpusOption
from reader.errors import ReaderError, UnreadableFile
from reader.language.clean import normalize
from reader.model.locator import parse_locator

EXAMPLES = """\
  reader open harbour-reopens           its file, in $VISUAL or $EDITOR
  reader open harbour-reopens --web     its address, in the browser
"""


def command(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article to open.")],
    web: Annotated[bool, typer.Option("--web", help="Open its address in the browser.")] = False,
    corpus: CorpusOption = None,
) -> int:
    """Open an article's file in your editor, or its address in the browser."""
    opened = open_corpus(corpus)
    file = opened.folder.find(opened.id_of(parse_locator(article).article), [])
    if not web:
        return _edit(os.path.join(opened.folder.root, file.path))
    try:
        url = opened.folder.read(file).url
    except UnreadableFile as error:
        raise UnreadableFile(f"cannot read {normalize(file.path)}: {error}") from error
    if not url or not url.startswith(("http://", "https://")):
        raise ReaderError(f"{file.id} has no address; without --web its file is opened")
    import webbrowser

    if not webbrowser.open(url):
        raise ReaderError(f"there is no browser to open {normalize(url)} with")
    return 0


def _edit(path: str) -> int:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(editor) if editor else []
    except ValueError as error:
        raise ReaderError(f"cannot understand the editor's command line: {editor}") from error
    if not command:
        command = [next(filter(shutil.which, ("sensible-editor", "nano", "vi")), "")]
    if not command[0]:
        raise ReaderError("there is no editor; name one in EDITOR")
    try:
        status = subprocess.run([*command, path], check=False).returncode  # noqa: S603 - the user's own
    except OSError as error:
        raise ReaderError(f"cannot run the editor {command[0]}: {error.strerror}") from error
    return 0 if status == 0 else 2
