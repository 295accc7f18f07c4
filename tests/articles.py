"""The three articles that most tests read, and folders of articles that are indexed only once."""

import shutil
from contextlib import contextmanager

import pytest

from reader import Corpus, formats
from reader.files import statuses

TALKS = """\
World

Talks on the Lachin Road Resume in Vienna After a Month

The Danube Courier
By Ana Kovač
May 20, 2021
Photo: Jan Novák/Courier

Envoys of both countries met in Vienna on Thursday, their first meeting in a month, to talk about \
the road through Lachin and a peace treaty.

“We came to sign a treaty, not to take photographs,” said the mediator, Lena Aagaard, before the \
doors closed. “That has not changed.”

Outside, a crowd that called itself the “Committee of Return” waited in the rain. Nobody’s \
patience, Aagaard said, “lasts forever.”

The talks in Zangezur failed last year. A café opposite the hall sold [bold]coffee[/bold] to \
everyone who waited.
"""

HARBOUR = """\
---
title: "Harbour Reopens: Ships Return"
author: [Mary Quill, Tom Ash]
published: 2022-03-01T08:00:00Z
source: Coast Gazette
url: https://coast.example/harbour
tags: [shipping]
---

The harbour reopened on Tuesday after a winter of repairs, and the first ships came in at noon.

The harbour master, Olaf Berg, told reporters that the treaty with the dockers' union \
"holds for ten years."
"""

NOTE = "A short note about ships that nobody has given a headline, a date or a source to so far.\n"


def write_three(folder):
    """Write text with a full header, Markdown with front matter, and a headless note."""
    (folder / "notes").mkdir(parents=True)
    (folder / "vienna-talks.txt").write_text(TALKS, encoding="utf-8")
    (folder / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "notes" / "ships.txt").write_text(NOTE, encoding="utf-8")


class IndexedFolder:
    """A folder of articles for tests that only read it, and its index."""

    def __init__(self, root, write):
        """Make `root`/corpus with `write`, a function of its path, and index it."""
        self.folder = root / "corpus"
        self._cache = root / "cache"
        self._write = write
        self._make()

    def _make(self):
        self._write(self.folder)
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(path.stat().st_mode & ~0o222)
        with pytest.MonkeyPatch.context() as patch:
            # As if the files were old: else each command would read them again, because they may
            # have changed unseen within the clock's resolution.
            patch.setattr(statuses, "_RACY", 0)
            assert Corpus(self.folder, cache=self._cache).search("the").total
        self._made = self._statuses()

    def _statuses(self):
        paths = [self.folder, *sorted(self.folder.rglob("*"))]
        return [(path, path.stat().st_size, path.stat().st_ctime_ns) for path in paths]

    @contextmanager
    def lent_to(self, home):
        """The folder, with a copy of its index in the cache of a home directory."""
        shutil.copytree(self._cache, home / ".cache" / "article-reader")
        yield self.folder
        if self._statuses() != self._made:
            shutil.rmtree(self.folder)
            shutil.rmtree(self._cache)
            self._make()
            pytest.fail("the test changed a folder that tests share: it needs `own_corpus`")


def parse(content, article_id, suffix=".txt"):
    """The only article in a file's bytes."""
    (article,) = formats.parse(content, article_id, suffix)
    return article
