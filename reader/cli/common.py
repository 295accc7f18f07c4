"""What several commands do first: open the corpus that they are asked for."""

from __future__ import annotations

import os
from pathlib import Path

from reader.cli.output import note, progress, report
from reader.cli.startup import unchanged
from reader.corpus import Corpus
from reader.settings import corpus_path, directories, read_aliases


def open_corpus(option: Path | None, named: bool = False) -> Corpus:
    """The corpus that the option, the environment and the config file ask for, if `named` with the
    user's names for one thing. What is to be told goes to stderr.
    """
    dirs = directories()
    return Corpus(
        corpus_path(option, os.environ, dirs),
        cache=dirs.cache,
        aliases=read_aliases(dirs) if named else (),
        warn=report,
        note=note,
        progress=progress,
        unchanged=unchanged,
    )
