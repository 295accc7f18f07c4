"""Fetching pages, from a server on this machine's loopback address."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reader.errors import FetchError
from reader.files.articles import is_url
from reader.files.read import LARGEST_FILE
from reader.files.web import fetch

TEXT = "A text from the web.\n"
CONTENT = TEXT.encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, content=CONTENT, kind="text/plain; charset=utf-8", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", headers.pop("length", str(len(content))))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        path, _, number = self.path.partition("?")
        if path == "/text":
            self.answer()
        elif path == "/latin":
            self.answer("naïve".encode("latin-1"), "text/html; charset=iso-8859-1")
        elif path == "/zipped":
            self.answer(gzip.compress(CONTENT), Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(gzip.compress(b"0" * (LARGEST_FILE + 10)), Content_Encoding="gzip")
        elif path == "/cut":
            self.answer(gzip.compress(CONTENT * 99)[:-9], Content_Encoding="gzip")
        elif path == "/damaged":
            self.answer(b"not gzip", Content_Encoding="gzip")
        elif path == "/large":
            self.answer(b"0" * (LARGEST_FILE + 10))
        elif path == "/image":
            self.answer(b"x", "image/png")
        elif path == "/missing":
            self.answer(b"", status=404)
        elif path == "/hops":
            left = int(number)
            to = f"/hops?{left - 1}" if left else "/text"
            self.answer(b"", status=302, Location=to)
        elif path == "/elsewhere":
            self.answer(b"", status=302, Location="ftp://a.example/x")
        elif path == "/short":
            self.answer(b"half", length="100")
            self.close_connection = True
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b".")
                    time.sleep(0.05)
            except OSError:
                pass
        elif path == "/noise":
            self.wfile.write(b"\x00\xffnoise\r\n\r\n")
            self.close_connection = True


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def address(server):
    server.seen.clear()
    return f"http://127.0.0.1:{server.server_port}"


def test_a_page_in_utf_8_whatever_it_was_in(address):
    page = fetch(f"{address}/text", allow_local=True)
    assert page == (f"{address}/text", CONTENT, ".txt")
    page = fetch(f"{address}/latin", allow_local=True)
    assert (page.content.decode(), page.suffix) == ("naïve", ".html")
    assert fetch(f"{address}/zipped", allow_local=True).content == CONTENT


def test_redirects_are_followed_and_counted(address):
    page = fetch(f"{address}/hops?3", allow_local=True)
    assert page.url == f"{address}/text"
    with pytest.raises(FetchError):
        fetch(f"{address}/hops?30", allow_local=True)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/bomb", "larger than 16 MiB"),
        ("/large", "larger than 16 MiB"),
        ("/damaged", "damaged"),
        ("/image", "image/png is not read"),
        ("/missing", "404"),
        ("/elsewhere", "redirects to ftp://a.example/x"),
        ("/short", "connection closed early"),
        ("/cut", "connection closed early"),
        ("/noise", "noise"),
    ],
)
def test_what_is_refused(address, path, reason):
    with pytest.raises(FetchError, match=reason) as caught:
        fetch(address + path, allow_local=True)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(address + path)


def test_a_server_that_never_ends_is_left(address):
    began = time.monotonic()
    with pytest.raises(FetchError, match="no answer within 1 seconds"):
        fetch(f"{address}/drip", allow_local=True, seconds=1)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"])
def test_local_addresses_are_refused_unless_allowed(server, address, host):
    with pytest.raises(FetchError):
        fetch(f"http://{host}:{server.server_port}/text")
    assert server.seen == []


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/x", "file:///etc/passwd", "http://", "http://a:b@c.example/", "x://y"],
)
def test_addresses_that_are_not_fetched(url):
    with pytest.raises(FetchError, match=r"address|no host"):
        fetch(url)


def test_what_is_meant_as_an_address():
    assert is_url("https://a.example/b")
    assert is_url("gopher://a")
    assert not is_url("./http://x")
    assert not is_url("article.txt")
