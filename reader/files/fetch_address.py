"""Web addresses as browsers copy them, brought into the form in which they are sent."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from reader.errors import FetchError

_PORTS = {"http": 80, "https": 443}
# The characters of a path and a query that are sent as they are, besides letters and figures; "%"
# is one of them: what is percent-encoded already stays so (WHATWG URL Standard, section 1.3).
_PATH_SAFE = "!$%&'()*+,/:;=@[]|~"
_QUERY_SAFE = "!$%&()*+,/:;=?@[]^`{|}~"
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_LONGEST_HOST = 253


class Address(NamedTuple):
    """The address of a page: ASCII only, percent-encoded, without fragment.

    `host` is a name or a numeric address, an IPv6 address without brackets; `target` is the path
    and the query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host and, unless it is the scheme's own, the port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(text: str) -> Address:
    """The address that a text means. Raises FetchError if it is malformed or never fetched.

    Letters outside ASCII and spaces are encoded as browsers do: in the host by IDNA (2008, with the
    mapping of Unicode TR 46), elsewhere as percent-encoded UTF-8. The fragment is dropped.
    """
    try:
        parts = urlsplit(text.strip())
        if parts.scheme not in _PORTS or not parts.hostname:
            raise FetchError("not an http or https address")
        if "@" in parts.netloc:
            raise FetchError("an address with a user name or password in it is not fetched")
        path = quote(parts.path or "/", _PATH_SAFE, errors="surrogateescape")
        query = quote(parts.query, _QUERY_SAFE, errors="surrogateescape")
        port = _PORTS[parts.scheme] if parts.port is None else parts.port
        host = _ascii_host(unquote(parts.hostname))
    except ValueError as error:
        raise FetchError(f"a malformed address: {error}") from error
    return Address(parts.scheme, host, port, f"{path}?{query}" if query else path)


def _ascii_host(host: str) -> str:
    """The host as it is looked up and sent. Raises ValueError."""
    if ":" in host:
        return str(ipaddress.IPv6Address(host.partition("%")[0]))
    if len(host) > _LONGEST_HOST:
        raise ValueError("the host name is too long")
    if not host.isascii():
        # Loads tables of all letters.
        import idna

        host = idna.encode(host, uts46=True).decode("ascii")
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise ValueError("the host name has characters that no host name has")
    return host
