"""Opens the corpus that a command reads, or the library that it changes; reports an empty one."""

from __future__ import annotations

from pathlib import Path

from reader.cli.output import note, progress, report
from reader.cli.startup import prefetch
from reader.corpus import Corpus
from reader.files.folder import Folder
from reader.settings import directories, read_aliases, read_encoding


def open_corpus(option: Path | None, named: bool = False) -> Corpus:
    """The corpus that the option, the environment or the config file names, with the user's aliases
    if `named`. Warnings and notes go to stderr.
    """
    corpus = Corpus(
        option,
        aliases=read_aliases(directories()) if named else (),
        encoding=read_encoding(directories()),
        warn=report,
        note=note,
        progress=progress,
    )
    if started := prefetch.get():
        # Of no use to other callers: no argument of a Corpus.
        corpus._session.unchanged = started.unchanged
    return corpus


def open_library() -> Corpus:
    """The user's own library. Warnings and notes go to stderr."""
    return Corpus.library(
        encoding=read_encoding(directories()), warn=report, note=note, progress=progress
    )


def report_unread(root: Path) -> None:
    """Report what a folder has that is not read here; a note if it has no files at all."""
    folder = Folder(root)
    if not folder.files:
        (report if folder.unread else note)(f"there are no articles {folder.emptiness}")
    elif folder.unread:
        report(folder.unread)
