"""Connections to web servers: to checked addresses only, within a deadline, with TLS and proxies.

HTTP itself is read and written by h11, which is strict about where an answer ends.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent import futures
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import h11

from reader.errors import FetchError

if TYPE_CHECKING:
    from reader.files.fetch_address import Address

# Bytes of the status line and headers of an answer, and those read from a connection at once.
_LARGEST_HEAD = 100 * 1024
_READ_SIZE = 64 * 1024

# The addresses given out to single machines of the internet (RFC 4291, section 2.4), and those that
# stand for IPv4 addresses where there is a translator (RFC 6052).
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class Deadline:
    """The time at which a fetch is given up, whatever it waits for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises FetchError if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.error()
        return left

    def error(self) -> FetchError:
        return FetchError(f"no answer within {self._seconds:g} seconds")


class Exchange:
    """A request and its answer, over a connection that is used for nothing else.

    Raises FetchError if the answer breaks off, is not HTTP, or is not there in time; OSError if the
    connection fails.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LARGEST_HEAD)
        self._at_end = False

    def request(self, method: str, target: str, headers: dict[str, str]) -> h11.Response:
        """Send a request without body; the status line and headers of the answer."""
        request = h11.Request(method=method, target=target, headers=list(headers.items()))
        content = (self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b"")
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall(content)
        while not isinstance(event := self._next_event(), h11.Response):
            continue  # an interim answer, such as 103 (early hints)
        return event

    def body(self) -> Iterator[bytes]:
        """The body of the answer, in pieces, without its transfer encoding."""
        while isinstance(event := self._next_event(), h11.Data):
            yield bytes(event.data)

    def _next_event(self) -> object:
        try:
            while (event := self._http.next_event()) is h11.NEED_DATA:
                self._connection.settimeout(self._deadline.left())
                content = self._connection.recv(_READ_SIZE)
                self._at_end = not content
                self._http.receive_data(content)
        except h11.RemoteProtocolError as error:
            if self._at_end:
                raise FetchError("connection closed early") from error
            raise FetchError(f"an answer that is not understood: {error}") from error
        except (ssl.SSLError, ConnectionResetError) as error:
            # Python 3.11.2 has no class of its own for this.
            if getattr(error, "reason", None) in (None, "UNEXPECTED_EOF_WHILE_READING"):
                raise FetchError("connection closed early") from error
            raise
        return event


@contextmanager
def connect(address: Address, deadline: Deadline, allow_local: bool) -> Iterator[Exchange]:
    """A connection to the server of an address, through the proxy if the user has set one.

    Raises FetchError if there is none to be had or, unless `allow_local`, the server is this
    machine or one of a private network. What a proxy reaches is its own affair, except for numeric
    addresses.
    """
    proxy = _proxy_for(address)
    with ExitStack() as stack:
        if proxy is None:
            connection = _open(address.host, address.port, deadline, allow_local)
            stack.enter_context(connection)
        else:
            if not allow_local and _is_local_name(address.host):
                raise _local_error(address.host)
            connection = stack.enter_context(_open(proxy.host, proxy.port, deadline, True))
            if address.scheme == "https":
                _open_tunnel(connection, address, proxy, deadline)
        if address.scheme == "https":
            connection = stack.enter_context(_secure(connection, address.host, deadline))
        yield Exchange(connection, deadline)


def request_of(address: Address) -> tuple[str, dict[str, str]]:
    """The target of a request for an address, and the headers that lead it there."""
    proxy = _proxy_for(address)
    if proxy is None or address.scheme == "https":
        return address.target, {"Host": address.authority}
    return address.url, {"Host": address.authority, **proxy.headers}


class _Proxy(NamedTuple):
    host: str
    port: int
    headers: dict[str, str]


def _proxy_for(address: Address) -> _Proxy | None:
    """The proxy for an address, from the user's settings as Python reads them.

    Raises FetchError if it cannot be used: without it the page would be fetched another way than
    the user wants.
    """
    proxies = getproxies()
    url = proxies.get(address.scheme) or proxies.get("all")
    if not url or proxy_bypass(f"{address.host}:{address.port}"):
        return None
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port or 80
    except ValueError as error:
        raise FetchError("the address of the proxy is malformed") from error
    if parts.scheme != "http" or not parts.hostname:
        raise FetchError(f"a proxy of the kind {parts.scheme} cannot be used, only http")
    headers = {}
    if parts.username is not None:
        user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {b64encode(user.encode()).decode()}"
    return _Proxy(parts.hostname, port, headers)


def _open_tunnel(
    connection: socket.socket, address: Address, proxy: _Proxy, deadline: Deadline
) -> None:
    """Have a proxy connect to the server of an address. Raises FetchError if it does not."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    target = f"{host}:{address.port}"
    headers = {"Host": target, **proxy.headers}
    response = Exchange(connection, deadline).request("CONNECT", target, headers)
    if not 200 <= response.status_code < 300:
        raise FetchError(f"the proxy says {status(response)}")


def status(response: h11.Response) -> str:
    """The status of an answer and the server's word for it."""
    return f"{response.status_code} {response.reason.decode('latin-1')}".strip()


def _secure(connection: socket.socket, host: str, deadline: Deadline) -> ssl.SSLSocket:
    """The connection with TLS. Raises FetchError if the server does not prove that it is `host`.

    An end of the connection that the server did not announce is an error: somebody may have cut it.
    """
    context = ssl.create_default_context()
    # Some Pythons (3.11.2 of Debian) take such an end for a proper one unless told not to.
    context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    context.set_alpn_protocols(["http/1.1"])
    connection.settimeout(deadline.left())
    try:
        return context.wrap_socket(
            connection, server_hostname=host.rstrip("."), suppress_ragged_eofs=False
        )
    except ssl.SSLCertVerificationError as error:
        reason = error.verify_message.rstrip(".")
        raise FetchError(f"the certificate of {host} is not valid: {reason}") from error
    except ssl.SSLError as error:
        reason = (error.reason or "no answer").replace("_", " ").lower()
        raise FetchError(f"no secure connection to {host}: {reason}") from error


def _open(host: str, port: int, deadline: Deadline, allow_local: bool) -> socket.socket:
    """A connection to the first address of a host that accepts one.

    It is made to the very address that was checked: a name can resolve to one address now and to
    another later. Raises FetchError.
    """
    addresses = _resolve(host, port, deadline)
    if not allow_local:
        allowed = [address for address in addresses if not is_local(address)]
        if not allowed:
            raise _local_error(addresses[0])
        addresses = allowed
    for remaining in range(len(addresses), 0, -1):
        try:
            # Each gets an equal part of the time: the first may be on a network that is down.
            connection = socket.create_connection(
                (addresses[-remaining], port), deadline.left() / remaining
            )
        except OSError as error:
            failure = error
        else:
            if allow_local or not is_local(connection.getpeername()[0]):
                return connection
            connection.close()
            raise _local_error(host)
    deadline.left()
    raise FetchError(f"no connection to {host}: {failure.strerror or failure}") from failure


def _resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses of a host, each once. Raises FetchError.

    The system gives no way to stop asking for them, so it is asked in a thread, which is left
    behind if there is no answer in time.
    """
    answer: futures.Future[list[str]] = futures.Future()

    def resolve() -> None:
        try:
            # As bytes, which are taken as they are.
            found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
            answer.set_result(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, ValueError) as error:
            answer.set_exception(error)

    threading.Thread(target=resolve, daemon=True).start()
    try:
        return answer.result(deadline.left())
    except futures.TimeoutError as error:
        raise deadline.error() from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchError(f"no address of {host}: {reason}") from error


def is_local(text: str) -> bool:
    """Whether a numeric address is of this machine, a private network, or nobody in particular."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_local(str(address.ipv4_mapped))
        if address in _TRANSLATED:
            return is_local(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        # Not 6to4 either, which stands for IPv4 addresses, too: it has been given up (RFC 7526).
        if address not in _GLOBAL_UNICAST or address.sixtofour:
            return True
    return not address.is_global or address.is_multicast


def _is_local_name(host: str) -> bool:
    """Whether a host is local without asking for its address: `localhost`, or numeric."""
    if host.rstrip(".").rpartition(".")[2] == "localhost":
        return True
    try:
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except OSError:
        return False  # a name
    return any(is_local(str(entry[4][0])) for entry in found)


def _local_error(host: str) -> FetchError:
    return FetchError(f"{host} is a local address, which is fetched from only with --allow-local")
