"""Fetches a page from the web, within limits: of time, size, redirects, kind and place."""

from __future__ import annotations

import gzip
import http.client
import ipaddress
import socket
import threading
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from reader import __version__
from reader.errors import FetchError
from reader.files.folder import LARGEST_FILE
from reader.language.clean import normalize

# Seconds that a whole fetch may take, and that a server may stay silent.
TIME_LIMIT = 30.0
_SILENCE = 15.0
_MOST_REDIRECTS = 5

# What is fetched, and the suffix of the format that it is read as.
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}


class Page(NamedTuple):
    """What was fetched: `url` is where it was in the end, `suffix` is of its format."""

    url: str
    content: bytes
    suffix: str


def is_url(text: str) -> bool:
    """Whether a text is meant as an address, of whatever scheme."""
    return "://" in text and not text.startswith(("/", "."))


def fetch(url: str, allow_local: bool = False, seconds: float = TIME_LIMIT) -> Page:
    """The page at an http or https address.

    Addresses of this machine and of private networks are refused unless `allow_local`: a page must
    not be able to send a reader's computer to what only it can reach. Raises FetchError.
    """
    shown = normalize(url)
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{shown}: not an http or https address")
        if parts.username or parts.password:
            raise FetchError(f"{shown}: an address with a password in it is not fetched")
        with _deadline(seconds) as sockets:
            return _fetch(url, allow_local, sockets)
    except FetchError as error:
        raise FetchError(
            str(error) if str(error).startswith(shown) else f"{shown}: {error}"
        ) from error
    except urllib.error.HTTPError as error:
        reason = normalize(str(error.reason).partition("\n")[0])
        raise FetchError(f"{shown}: the server says {error.code} {reason}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        said = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        raise FetchError(f"{shown}: {normalize(said) or 'no answer in time'}") from error


def _fetch(url: str, allow_local: bool, sockets: _Sockets) -> Page:
    opener = urllib.request.OpenerDirector()
    # Only these: the default opener also reads files and FTP, and a redirect could lead there.
    for handler in (
        urllib.request.ProxyHandler(),
        _Handler(allow_local, sockets),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        url,
        headers={
            "User-Agent": f"article-reader/{__version__}",
            "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9",
            "Accept-Encoding": "gzip",
        },
    )
    with opener.open(request, timeout=_SILENCE) as response:
        kind = response.headers.get_content_type()
        if kind not in _SUFFIXES:
            raise FetchError(f"{normalize(kind)} is not read: only web pages and texts are")
        content = response.read(LARGEST_FILE + 1)
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and len(content) < min(int(announced), LARGEST_FILE):
            raise FetchError("the answer broke off")
        if response.headers.get("Content-Encoding", "").casefold() == "gzip":
            content = _unzipped(content)
        if len(content) > LARGEST_FILE:
            raise FetchError(f"larger than {LARGEST_FILE // 1024**2} MiB")
        charset = response.headers.get_content_charset()
        return Page(response.geturl(), _as_utf8(content, charset), _SUFFIXES[kind])


def _unzipped(content: bytes) -> bytes:
    """At most one byte more than a file may have: a small download can be a large page."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, LARGEST_FILE + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise FetchError("the server's answer is damaged") from error


def _as_utf8(content: bytes, charset: str | None) -> bytes:
    """The text in UTF-8: what the server says of it goes before what it says itself."""
    try:
        return content.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeError):
        return content


class _Sockets:
    """The open connections of a fetch, which can be cut off when time is up."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []
        self.is_over = False

    def add(self, connection: socket.socket) -> None:
        self._open.append(connection)

    def cut(self) -> None:
        self.is_over = True
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed already
                continue


@contextmanager
def _deadline(seconds: float) -> Iterator[_Sockets]:
    """Cut the connections off when so many seconds are over.

    A timeout on a socket is not enough: it begins again with each byte that comes.
    """
    sockets = _Sockets()
    timer = threading.Timer(seconds, sockets.cut)
    timer.daemon = True
    timer.start()
    try:
        yield sockets
    except (OSError, http.client.HTTPException) as error:
        if sockets.is_over:
            raise FetchError(f"not there within {seconds:g} seconds") from error
        raise
    finally:
        timer.cancel()
    if sockets.is_over:
        raise FetchError(f"not there within {seconds:g} seconds")


class _Connection(http.client.HTTPConnection):
    """A connection that ends before a word is said if it has reached a place it must not."""

    def __init__(self, *arguments: Any, allow_local: bool, sockets: _Sockets, **options: Any):
        super().__init__(*arguments, **options)
        self._allow_local = allow_local
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.add(self.sock)
        # The peer, not the name: a name can lead to one address now and to another later.
        address = ipaddress.ip_address(self.sock.getpeername()[0].partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if not self._allow_local and (not address.is_global or address.is_multicast):
            self.sock.close()
            raise FetchError(
                f"{address} is a local address, which is fetched from only with --allow-local"
            )


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same with TLS, which begins when `_Connection` has connected."""


class _Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses with our connections."""

    def __init__(self, allow_local: bool, sockets: _Sockets) -> None:
        super().__init__()
        self._options = {"allow_local": allow_local, "sockets": sockets}

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Connection, request, **self._for(request))  # type: ignore[arg-type]

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_SecureConnection, request, **self._for(request))  # type: ignore[arg-type]

    def _for(self, request: urllib.request.Request) -> dict[str, Any]:
        """A proxy is the user's own, wherever it is: it decides what it reaches."""
        return self._options | ({"allow_local": True} if request.has_proxy() else {})


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str
    ) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise FetchError(f"it leads to {normalize(newurl)}, which is not fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
