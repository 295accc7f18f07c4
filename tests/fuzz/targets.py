"""What is tried with strange inputs, and what must hold of every result.

A target takes bytes. It fails with an AssertionError, or with any error that is not for users; only
libraries that read a format may raise others, which `reader.formats.parse` turns into a refusal.
"""

import io
import os
import re
import shutil
import socket
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from fuzz import inputs

import reader
from reader import quotes
from reader.citing.drafts import claims_in, claims_in_file, claims_in_words
from reader.errors import FetchError, QueryError, UnreadableFile
from reader.files import web
from reader.files.fetch_connection import Exchange
from reader.files.folder import Folder
from reader.files.read import refuse_binary
from reader.formats import FORMATS, Format, guess_suffix, is_binary, missing_extra
from reader.formats.encodings import reading
from reader.index import build
from reader.index.current import open_index
from reader.index.damage import Damaged
from reader.index.generation import Generation
from reader.index.manifest import latest_generation
from reader.index.schema import FIELDS
from reader.index.writer import SegmentBuilder
from reader.language.clean import normalize
from reader.query.interpret import QueryRequest, interpret
from reader.search.engine import Index

# Seconds of CPU for an input of some kilobytes: many times what the slowest takes.
MOST_SECONDS = 2.0
PACKAGE = os.path.dirname(reader.__file__)
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Target(NamedTuple):
    """A function to try, and inputs to begin with."""

    run: Callable[[bytes], None]
    seeds: list[bytes]


@contextmanager
def in_time():
    """Fail if what is done takes too much CPU time."""
    began = time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS, "too slow"


def is_ours(error):
    """Whether an error was raised by the package itself, not by a library that it uses."""
    return traceback.extract_tb(error.__traceback__)[-1].filename.startswith(PACKAGE)


def read(format: Format, wrap, content: bytes) -> None:
    """Read a file of a format, and index what is in it."""
    suffix = format.suffixes[0]
    with in_time():
        try:
            content = wrap(content)
            if not is_binary(suffix):
                refuse_binary(content)
            with reading(None) as warnings:
                articles = list(format.parse(content, "file"))
        except UnreadableFile as error:
            check_line(str(error))
            return
        except Exception as error:
            if is_ours(error):
                raise
            return
        guess_suffix(content)
        for line in warnings:
            check_line(line)
        for article in articles:
            check_article(article)
            index(article)


def check_line(text):
    """Check that a text is one line that any terminal shows."""
    assert isinstance(text, str)
    assert not UNSAFE.search(text), text
    assert text == " ".join(text.split()), text


def check_article(article):
    """Check the fields, paragraphs and blocks of an article, and its quotations' places."""
    for name in ("id", "title", "source", "section", "author", "url", "credit", "language"):
        value = getattr(article, name)
        if value is not None:
            check_line(value)
    for text in (*article.tags, *article.warnings, *(part for o in article.origins for part in o)):
        check_line(text)
    for number, paragraph in enumerate(article.paragraphs, 1):
        assert paragraph.number == number
        assert paragraph.text
        check_line(paragraph.text)
        check_spans(paragraph)
    for block in article.blocks:
        assert 1 <= block.before <= len(article.paragraphs) + 1
        assert not UNSAFE.search(block.text.replace("\n", "").replace("\t", "")), block
        check_spans(block)


def check_spans(part):
    """Check that the styled spans of a paragraph or block are inside it and in order."""
    starts = [span.start for span in part.spans]
    assert starts == sorted(starts)
    for span in part.spans:
        assert 0 <= span.start <= span.end <= len(part.text)
        if span.target is not None:
            check_line(span.target)


def index(article):
    """Index an article, and check the places of its quotations."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    for quotation in quotes.find(article):
        first = texts[quotation.paragraph - 1]
        start = quotation.start
        assert first[start : start + len(quotation.parts[0])] == quotation.parts[0]
        for line in (*quotation.parts, quotation.speaker, quotation.cue, quotation.attribution):
            check_line(line or "")
    builder = SegmentBuilder(FIELDS)
    build._add_article(builder, article)
    builder.write(io.BytesIO())


def read_query(content: bytes) -> None:
    """Parse a query and search for it."""
    text = content.decode("utf-8", "surrogateescape")[:2000]
    with in_time():
        try:
            query, notes = interpret(QueryRequest(text), (("Oslo", "Christiania"),))
            results = Index(_generation()).search(query)
            hits = list(results.hits)
        except QueryError as error:
            check_line(normalize(str(error)))
            return
        assert len(hits) == results.total
        for hit in hits:
            assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)


def read_draft(content: bytes) -> None:
    """Read the quotations of a draft, and of the same as typed words."""
    with in_time():
        text = content.decode("utf-8", "replace")
        typed = [*claims_in(text), *claims_in(text, every=True), *claims_in_words(text)]
        for suffix in (".md", ".html"):
            with suppress(UnreadableFile):
                typed += claims_in_file(content, suffix)
        for claim in typed:
            assert isinstance(claim.words, str)


def open_damaged(content: bytes) -> None:
    """Search an index one of whose files is flipped, cut or replaced."""
    if len(content) < 4:
        return
    files = sorted(path.name for path in _index().iterdir())
    name = files[content[0] % len(files)]
    with tempfile.TemporaryDirectory() as folder, in_time():
        copy = Path(folder, "index", "corpus")
        copy.parent.mkdir(mode=0o700)
        shutil.copytree(_index(), copy)
        path = copy / name
        old = bytearray(path.read_bytes())
        at = int.from_bytes(content[2:4], "big") % (len(old) or 1)
        change = content[1] % 4
        if change == 0:
            old[at : at + len(content) - 4] = content[4:]
        elif change == 1:
            del old[at:]
        elif change == 2:
            old[:] = content[4:]
        elif old:
            old[at] ^= content[1] or 1
        path.write_bytes(old)
        try:
            generation = Generation(copy, latest_generation(copy))
            try:
                search_all(generation)
            finally:
                generation.close()
        except Damaged:
            return


def search_all(generation):
    """Search an open index, and read all of it."""
    found = Index(generation)
    for text in ("tolls -peace", '"tolls will"', "quote:toll*", "tolsl~", "source:example"):
        query, _ = interpret(QueryRequest(text), ())
        results = found.search(query)
        try:
            list(results.hits)
        except reader.ReaderError as error:  # how results, which are read later, tell of damage
            raise error.__context__ or error from None
    list(generation.rows())
    generation.verify()


def fetch(content: bytes) -> None:
    """Fetch a page from a server that answers with these bytes."""
    sockets = []

    @contextmanager
    def connected(_address, deadline, _allow_local):
        ours, theirs = socket.socketpair()
        sockets.extend((ours, theirs))
        theirs.sendall(content[: inputs.LARGEST])
        theirs.shutdown(socket.SHUT_WR)
        yield Exchange(ours, deadline)

    try:
        # No address of this machine has a name that a page could lead to.
        with patch("reader.files.web.connect", connected), in_time():
            page = web.fetch("https://a.example/b", seconds=5)
        assert isinstance(page.content, bytes)  # whoever reads it refuses an empty one
        check_line(page.url)
    except FetchError as error:
        check_line(str(error))
    finally:
        for each in sockets:
            each.close()


@cache
def _corpus() -> Folder:
    """A folder of articles, and the cache of its index."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for number, text in enumerate((inputs.TEXT, inputs.FRONT, inputs.MARKDOWN)):
        folder.joinpath(f"{number}.md").write_text(text, "utf-8")
    return Folder(folder)


@cache
def _generation() -> Generation:
    cache_folder = Path(tempfile.mkdtemp(prefix="fuzz-cache-"))
    return open_index(_corpus(), cache_folder, print, print, lambda done, total: None)


@cache
def _index() -> Path:
    return _generation().folder


def _format(suffix: str) -> Format:
    return next(format for format in FORMATS if suffix in format.suffixes)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s"
ANSWERS = [
    HEAD % (len(inputs.PAGE.encode()), inputs.PAGE.encode()),
    b"HTTP/1.1 302 Found\r\nLocation: /c?d=\xc3\xa9#e\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n"
    b"5\r\nTolls\r\n3;a=b\r\n up\r\n0\r\n\r\n",
]
QUERIES = [
    b'tolls -peace OR "a b"~3',
    b"(quote:tolls AND speaker:lee) date:2026..2027",
    b"NOT t*ls text:/a/ tols~ source:\xc3\xa9",
]
TARGETS = {
    **{
        format.suffixes[0]: Target(partial(read, format, bytes), inputs.seeds(format.suffixes))
        for format in FORMATS
        if not missing_extra(format.suffixes[0])
    },
    **{
        f"{suffix} inside": Target(
            partial(read, _format(suffix), partial(inputs.with_member, archive, name)),
            [inputs.member(archive, name)],
        )
        for suffix, (archive, name) in inputs.ARCHIVES.items()
    },
    "query": Target(read_query, QUERIES),
    "draft": Target(read_draft, [inputs.TEXT.encode(), inputs.MARKDOWN.encode()]),
    "index": Target(open_damaged, [bytes([n, n % 4, 0, n]) + b"abc" for n in range(0, 250, 9)]),
    "answer": Target(fetch, ANSWERS),
}
