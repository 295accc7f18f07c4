"""What several commands do first: choose the corpus and name its articles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.catalogue import summaries
from reader.cli.output import complain
from reader.corpus import Corpus, File, Locator, Refusal, parse_locator, select
from reader.errors import UnreadableFile
from reader.settings import corpus_path, directories
from reader.text import normalize

if TYPE_CHECKING:
    from reader.article import Article


class Setting:
    """The corpus that a command reads, and the cache that goes with it."""

    def __init__(self, option: Path | None) -> None:
        dirs = directories()
        self.cache = dirs.cache
        self.corpus = Corpus(corpus_path(option, os.environ, dirs))

    def file(self, name: str) -> File:
        """The file of the article that the user named. Raises NoSuchArticle, AmbiguousArticle."""
        return self.corpus.find(name, summaries(self.corpus, self.cache, []))

    def chosen(self, texts: Sequence[str]) -> list[tuple[Article, Locator]]:
        """The articles that the locators name, whole, each with its locator.

        Raises ReaderError for one that names nothing.
        """
        found = []
        for text in texts:
            locator = parse_locator(text)
            file = self.file(locator.article)
            try:
                article = self.corpus.read(file)
            except UnreadableFile as error:
                raise UnreadableFile(f"cannot read {normalize(file.path)}: {error}") from error
            select(article, locator)  # raises what the user should hear before anything is printed
            found.append((article, locator))
        return found


def warn_of(refusals: Sequence[Refusal]) -> None:
    """A line on stderr for each file that was skipped."""
    for refusal in refusals:
        complain(str(refusal))
