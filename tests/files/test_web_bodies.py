"""Bodies of answers: whole or refused, in every framing and encoding; text or refused."""

import gzip
import socket
import struct
import time
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import RawServer, answer

from reader.errors import FetchError, UnreadableFile
from reader.files.articles import read_articles, read_stream
from reader.files.fetch_content import content_of, text_of
from reader.files.folder import Folder
from reader.files.read import LARGEST_FILE, refuse_binary
from reader.files.web import fetch
from reader.formats import guess_suffix, is_binary

TEXT = ("A paragraph of a text that is long enough to be cut. " * 40 + "\n\n") * 20
CONTENT = TEXT.encode()
PAGE = f"<!doctype html><html><body><p>{TEXT}</p></body></html>".encode()


def chunked(content, size=1000, end=b"0\r\n\r\n"):
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + end


def fetched(sent, **options):
    """What is fetched from a server that sends these bytes."""
    with RawServer(lambda head: sent, **options) as server:
        return fetch(f"http://127.0.0.1:{server.port}/", allow_local=True)


ZIPPED = gzip.compress(CONTENT)
CHUNKED = {"length": False, "Transfer_Encoding": "chunked"}
UNZIPPED = {"Content_Encoding": "gzip"}
WHOLE = {
    "length": answer(CONTENT),
    "chunked": answer(chunked(CONTENT), **CHUNKED),
    "chunked, with extensions and trailers": answer(
        chunked(CONTENT, end=b"0;a=b\r\nX-Sum: 1\r\n\r\n"), **CHUNKED
    ),
    "to the end of the connection": answer(CONTENT, length=False),
    "identity": answer(CONTENT, Content_Encoding="identity"),
    "gzip": answer(ZIPPED, **UNZIPPED),
    "x-gzip": answer(ZIPPED, Content_Encoding="X-GZip"),
    "gzip to the end of the connection": answer(ZIPPED, length=False, **UNZIPPED),
    "gzip chunked": answer(chunked(ZIPPED), **CHUNKED, **UNZIPPED),
    "gzip of several members": answer(
        gzip.compress(CONTENT[:700]) + gzip.compress(b"") + gzip.compress(CONTENT[700:]), **UNZIPPED
    ),
    "gzip with zeros after it": answer(ZIPPED + bytes(9000), **UNZIPPED),
    "early hints first": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(CONTENT),
    "longer than said": answer(CONTENT + b"more", length=len(CONTENT)),
}


@pytest.mark.parametrize("sent", WHOLE.values(), ids=WHOLE)
def test_a_whole_body_is_read(sent):
    assert fetched(sent).content == CONTENT


CUT = {
    "length": answer(CONTENT[:-1], length=len(CONTENT)),
    "nothing but the head": answer(b"", length=len(CONTENT)),
    "chunked, in a chunk": answer(chunked(CONTENT)[:5000], **CHUNKED),
    "chunked, after a chunk": answer(chunked(CONTENT, end=b""), **CHUNKED),
    "chunked, in the last line": answer(chunked(CONTENT, end=b"0\r\n"), **CHUNKED),
    "gzip": answer(ZIPPED[:-1], **UNZIPPED),
    "gzip in the middle": answer(ZIPPED[: len(ZIPPED) // 2], length=False, **UNZIPPED),
    "gzip of no bytes": answer(b"", **UNZIPPED),
    "gzip, in the second member": answer(ZIPPED + ZIPPED[:-5], length=False, **UNZIPPED),
    "gzip chunked": answer(chunked(ZIPPED)[:-5], **CHUNKED, **UNZIPPED),
    "gzip chunked, whole chunks": answer(chunked(ZIPPED[:-9]), **CHUNKED, **UNZIPPED),
    "in the head": b"HTTP/1.1 200 OK\r\nContent-Type: text/pl",
    "no answer": b"",
    "a page to the end of the connection": answer(PAGE[:-9], "text/html", length=False),
}


@pytest.mark.parametrize("sent", CUT.values(), ids=CUT)
def test_a_body_that_ends_early_is_refused(sent):
    with pytest.raises(FetchError, match="connection closed early"):
        fetched(sent)


def test_a_connection_that_is_reset_is_refused():
    class Resetting(RawServer):
        def talk(self, connection):
            super().talk(connection)
            reset = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)

    for length in (len(CONTENT) + 1, False):
        sent = answer(CONTENT, length=length)
        with (
            Resetting(lambda head: sent) as server,  # noqa: B023 - asked at once
            pytest.raises(FetchError, match="connection closed early"),
        ):
            fetch(f"http://127.0.0.1:{server.port}/", allow_local=True)


REFUSED = {
    "br": (answer(CONTENT, Content_Encoding="br"), "encoding br, which was not asked for"),
    "deflate": (
        answer(zlib.compress(CONTENT), Content_Encoding="deflate"),
        "encoding deflate, which was not asked for",
    ),
    "gzip twice": (
        answer(gzip.compress(ZIPPED), Content_Encoding="gzip, gzip"),
        "encoding gzip, gzip, which was not asked for",
    ),
    "gzip that is not": (answer(CONTENT, **UNZIPPED), "damaged"),
    "gzip with something after it": (answer(ZIPPED + b"garbage", **UNZIPPED), "damaged"),
    "gzip with a wrong sum": (answer(ZIPPED[:-8] + bytes(8), **UNZIPPED), "damaged"),
    "a transfer encoding": (
        answer(ZIPPED, length=False, Transfer_Encoding="gzip"),
        "not understood",
    ),
    "two lengths": (answer(CONTENT, Content_Length=5), "not understood"),
    "a negative chunk": (answer(b"-5\r\n" + CONTENT, **CHUNKED), "not understood"),
    "a part": (answer(CONTENT, status="206 Partial Content"), "206 Partial Content"),
    "no page": (answer(status="204 No Content", length=False), "204 No Content"),
    "a redirect without address": (answer(status="302 Found"), "302 Found"),
    "a long head": (answer(CONTENT, X_Long="x" * 200_000), "not understood"),
    "controls": (answer(b"", status="500 a\x1b[31mb\x07"), "not understood|500 a"),
    "a long reason": (answer(b"", status=f"500 {'a' * 9000}"), "500 a{200,300}…$"),
    "a kind that is not read": (answer(CONTENT, "image/png"), "image/png is not read"),
    "a bomb": (
        answer(gzip.compress(bytes(LARGEST_FILE + 1)), **UNZIPPED),
        "larger than 16 MiB",
    ),
    "a bomb in many members": (
        answer(gzip.compress(bytes(1024**2)) * 17, **UNZIPPED),
        "larger than 16 MiB",
    ),
    "a large body without length": (
        answer(b"x" * (LARGEST_FILE + 1), length=False),
        "larger than 16 MiB",
    ),
}


@pytest.mark.parametrize(("sent", "reason"), REFUSED.values(), ids=REFUSED)
def test_unrequested_content_is_refused(sent, reason):
    with pytest.raises(FetchError, match=reason) as caught:
        fetched(sent)
    assert str(caught.value).isprintable()


@given(st.lists(st.binary(max_size=9000), min_size=1, max_size=5), st.integers(1, 5000))
def test_members_are_read_one_after_another(contents, size):
    packed = b"".join(map(gzip.compress, contents))
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert content_of(pieces, "gzip") == b"".join(contents)
    with pytest.raises(FetchError, match="connection closed early"):
        content_of([packed[:-1]], "gzip")


def test_time_grows_with_the_members_and_no_faster():
    def seconds(count):
        packed = gzip.compress(b"") * count
        began = time.process_time()
        content_of([packed], "gzip")
        return time.process_time() - began

    seconds(100)
    assert seconds(40_000) < 16 * max(seconds(10_000), 0.01)


BINARY = {
    "a pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj " + b"text " * 500,
    "a pdf after a line": b"\n%PDF-1.7\n" + b"text " * 500,
    "an archive": b"PK\x03\x04" + b"text " * 500,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"text " * 500,
    "rich text": b"{\\rtf1\\ansi " + b"text " * 500,
    "a zero": CONTENT + b"\0" + CONTENT,
    "compressed": zlib.compress(bytes(range(256)) * 40)[2:].replace(b"\0", b"\x01") * 20,
    "utf-16 without saying so": TEXT.encode("utf-16-le"),
}


@pytest.mark.parametrize("content", BINARY.values(), ids=BINARY)
@pytest.mark.parametrize("kind", ["text/plain", "text/html; charset=utf-8", ""])
def test_nothing_of_a_binary_body_becomes_text(content, kind):
    suffix = guess_suffix(content)
    if not kind and is_binary(suffix):  # nobody says that it is text, and it is read as what it is
        assert fetched(answer(content, kind)).suffix == suffix
        return
    with pytest.raises(FetchError, match="not text"):
        fetched(answer(content, kind))


def test_nothing_of_a_binary_file_or_stream_becomes_text(tmp_path):
    others = dict(BINARY)
    # Of files and streams nothing says that they are UTF-8: this one is read.
    wide = others.pop("utf-16 without saying so")
    assert (
        next(read_stream(BytesIO(wide))).article.paragraphs[0].text == TEXT.split("\n\n")[0].strip()
    )
    for name, content in others.items():
        path = tmp_path / f"{name}.txt"
        path.write_bytes(content)
        (result,) = read_articles(path)
        assert (result.article, result.reason) == (None, "not text"), name
        (result,) = read_stream(BytesIO(content))
        if is_binary(guess_suffix(content)):  # a stream is read as what it is
            assert result.reason != "not text", name
        else:
            assert result.article is None
            assert result.reason, name
    folder = Folder(tmp_path)
    for file in folder.files:
        with pytest.raises(UnreadableFile, match="not text"):
            folder.read(file)


def test_a_text_may_have_stray_controls():
    struck = "".join(f"{letter}\b{letter}" for letter in TEXT).encode()
    for content in (
        b"Short.\x1a",
        struck,
        b"A \x02 and \x03 in it",
        TEXT.encode("utf-16"),
        CONTENT,
    ):
        refuse_binary(content)


ENCODED = {
    "utf-8": (TEXT.encode(), "utf-8"),
    "no charset": ("“naïve”".encode(), None),
    "a wrong one": ("“naïve!”".encode(), "utf-16"),
    "an unknown one": ("“naïve”".encode(), "x-none"),
    "one that is none of the web": (rb"A \u041f \x1b[31m-abc", "Unicode_Escape"),
    "one that takes long": (b"zzzzz9" * 100_000, "punycode"),
    "latin-1 as browsers read it": ("“naïve”".encode("cp1252"), "ISO-8859-1"),
    "ascii as browsers read it": ("“naïve”".encode("cp1252"), "us-ascii"),
    "utf-16": ("“naïve”".encode("utf-16-be"), "utf-16be"),
    "a mark that wins": ("“naïve”".encode("utf-16"), "iso-8859-1"),
    "a utf-8 mark that wins": ("“naïve”".encode("utf-8-sig"), "iso-8859-1"),
    "a stray control": (b"\x02" + CONTENT, "utf-8"),
}


@pytest.mark.parametrize(("content", "charset"), ENCODED.values(), ids=ENCODED)
def test_text_comes_in_utf_8(content, charset):
    text = text_of(content, charset)
    if charset in ("Unicode_Escape", "punycode"):
        assert text == content
    else:
        assert text.decode().lstrip("\x02") in ("“naïve”", "“naïve!”", TEXT)


def test_the_kind_is_guessed_if_the_server_does_not_say():
    assert fetched(answer(PAGE, kind="")).suffix == ".html"
    assert fetched(answer(PAGE, kind="unknown")).suffix == ".html"
    assert fetched(answer(CONTENT, kind="")).suffix == ".md"
    assert fetched(answer(PAGE, kind='Text/HTML ; Charset="UTF-8"')).suffix == ".html"


def test_larger_content_than_read_is_refused_before_it_is_unpacked():
    with pytest.raises(UnreadableFile, match="larger"):
        content_of([gzip.compress(b"")] * (LARGEST_FILE // 20 + 1), "gzip")


SAMPLES = [*WHOLE.values(), *CUT.values(), answer(PAGE, "text/html", length=False)]


@given(st.data())
def test_any_answer_is_a_page_or_is_refused(data):
    """Answers with a part taken out and something else put there, most often in the head."""
    sent = data.draw(st.sampled_from(SAMPLES))
    start = data.draw(st.integers(0, 200) | st.integers(0, len(sent)))
    end = start + data.draw(st.integers(0, 20))
    other = data.draw(st.binary(max_size=20) | st.text("09af-+,;: \r\n\t").map(str.encode))
    try:
        page = fetched(sent[:start] + other + sent[end:])
    except FetchError as error:
        assert str(error).isprintable()
    else:
        assert b"\0" not in page.content
