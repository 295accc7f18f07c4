"""Fetches a page from the web within limits: time, size, redirects, media type and address."""

from __future__ import annotations

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
from reader.errors import FetchError, UnreadableFile
from reader.files.read import LARGEST_FILE, read_limited, refuse_larger
from reader.formats import MEDIA_TYPES
from reader.language.clean import normalize

# Seconds that a whole fetch may take, and that a server may stay silent.
TIME_LIMIT = 30.0
_MOST_SILENCE = 15.0
_MOST_REDIRECTS = 5


class Page(NamedTuple):
    """A fetched page: its address after redirects, its content, and the suffix of its format."""

    url: str
    content: bytes
    suffix: str


def fetch(url: str, allow_local: bool = False, seconds: float = TIME_LIMIT) -> Page:
    """The page at an http or https address, fetched within `seconds`.

    Addresses of this machine and of private networks are refused unless `allow_local`: a page must
    not be able to send a reader's computer to servers that only it can reach. Raises FetchError.
    """
    shown = normalize(url)
    try:
        _check_url(url)
        with _deadline(seconds) as sockets:
            return _fetch(url, allow_local, sockets)
    except (FetchError, UnreadableFile) as error:
        raise FetchError(f"{shown}: {error}", url=url) from error
    except urllib.error.HTTPError as error:
        reason = normalize(str(error.reason).partition("\n")[0])
        message = f"{shown}: the server says {error.code} {reason}"
        raise FetchError(message, url=url) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        said = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        message = f"{shown}: {normalize(said) or 'no answer in time'}"
        raise FetchError(message, url=url) from error


def _check_url(url: str) -> None:
    """Raise FetchError for an address that is never fetched, ValueError for a malformed one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("not an http or https address")
    if parts.username or parts.password:
        raise FetchError("an address with a password in it is not fetched")


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
    with opener.open(request, timeout=_MOST_SILENCE) as response:
        media_type = response.headers.get_content_type()
        if media_type not in MEDIA_TYPES:
            raise FetchError(f"{normalize(media_type)} is not read: only web pages and texts are")
        content = read_limited(response)
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and len(content) < int(announced):
            raise FetchError("the answer broke off")
        if response.headers.get("Content-Encoding", "").casefold() == "gzip":
            content = _unzipped(content)
        charset = response.headers.get_content_charset()
        return Page(response.geturl(), _as_utf8(content, charset), MEDIA_TYPES[media_type])


def _unzipped(content: bytes) -> bytes:
    """The content of a gzip file, within the limit: a small download can be a large page.

    Raises UnreadableFile if it is larger, FetchError if it is damaged or incomplete.
    """
    unzip = zlib.decompressobj(wbits=31)
    try:
        unzipped = unzip.decompress(content, LARGEST_FILE + 1)
    except zlib.error as error:
        raise FetchError("the server's answer is damaged") from error
    refuse_larger(unzipped)
    if not unzip.eof:
        raise FetchError("the answer broke off")
    return unzipped


def _as_utf8(content: bytes, charset: str | None) -> bytes:
    """The text in UTF-8. The encoding that the server names wins over the one in the text."""
    try:
        return content.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeError):
        return content


class _Sockets:
    """The open connections of a fetch, which are cut off when time is up."""

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
    """Cut the connections off after `seconds`; then FetchError is raised.

    A timeout on a socket is not enough: it begins again with each byte that arrives.
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
    """A connection that is closed before anything is sent if it has reached a local address."""

    def __init__(self, *arguments: Any, allow_local: bool, sockets: _Sockets, **options: Any):
        super().__init__(*arguments, **options)
        self._allow_local = allow_local
        self._sockets = sockets

    def connect(self) -> None:
        super().connect()
        self._sockets.add(self.sock)
        # The peer, not the name: a name can resolve to one address now and to another later.
        address = ipaddress.ip_address(self.sock.getpeername()[0].partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        if not self._allow_local and (not address.is_global or address.is_multicast):
            self.sock.close()
            raise FetchError(
                f"{address} is a local address, which is fetched from only with --allow-local"
            )


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same with TLS, which begins after `_Connection` has connected."""


class _Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses with our connections."""

    def __init__(self, allow_local: bool, sockets: _Sockets) -> None:
        super().__init__()
        self._options = {"allow_local": allow_local, "sockets": sockets}

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_Connection, request, **self._options_for(request))  # type: ignore[arg-type]

    def https_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(_SecureConnection, request, **self._options_for(request))  # type: ignore[arg-type]

    def _options_for(self, request: urllib.request.Request) -> dict[str, Any]:
        """The options; a proxy may be local, as the user chose it, and decides what it reaches."""
        return self._options | ({"allow_local": True} if request.has_proxy() else {})


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str
    ) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise FetchError(f"it leads to {normalize(newurl)}, which is not fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
