"""Fetches a page from the web within limits: time, size, redirects, media type and address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from reader import __version__
from reader.errors import FetchError, UnreadableFile
from reader.files.fetch_address import Address, parse_address
from reader.files.fetch_connection import Deadline, connect, request_of, status
from reader.files.fetch_content import content_of, refuse_cut_off, text_of
from reader.formats import MEDIA_TYPES, guess_suffix, is_binary
from reader.language.clean import normalize

if TYPE_CHECKING:
    import h11

# Seconds that a whole fetch may take.
TIME_LIMIT = 30.0
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
# OK, and OK from a proxy that has changed something. A page is in no other answer: 202 is how some
# servers ask for a proof that a person asks, 206 is a part of a page.
_WITH_PAGE = (200, 203)

_HEADERS = {
    "User-Agent": f"article-reader/{__version__}",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)

# Characters of a message that a server may contribute to.
_LONGEST_REASON = 300


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
    deadline = Deadline(seconds)
    try:
        return _follow(parse_address(url), deadline, allow_local)
    except (FetchError, UnreadableFile, OSError, ValueError) as error:  # or urljoin's
        if isinstance(error, TimeoutError):
            reason = str(deadline.error())
        elif isinstance(error, OSError):
            reason = f"the connection failed: {error.strerror or error}"
        else:
            reason = str(error)
        reason = normalize(reason)
        if len(reason) > _LONGEST_REASON:
            reason = f"{reason[:_LONGEST_REASON]}…"
        raise FetchError(f"{normalize(url)}: {reason}", url=url) from error


def _follow(address: Address, deadline: Deadline, allow_local: bool) -> Page:
    """The page at an address or where it leads."""
    page = _fetch(address, deadline, allow_local)
    for _ in range(_MOST_REDIRECTS):
        if isinstance(page, Page):
            return page
        try:
            address = parse_address(page)
            page = _fetch(address, deadline, allow_local)
        except (FetchError, UnreadableFile) as error:
            raise FetchError(f"it redirects to {page}: {error}") from error
    if isinstance(page, Page):
        return page
    raise FetchError(f"more than {_MOST_REDIRECTS} redirects")


def _fetch(address: Address, deadline: Deadline, allow_local: bool) -> Page | str:
    """The page at an address, or the address to which it leads."""
    with connect(address, deadline, allow_local) as exchange:
        target, headers = request_of(address)
        response = exchange.request("GET", target, headers | _HEADERS)
        if response.status_code in _REDIRECTS and (locations := _values(response, b"location")):
            # In UTF-8 or not: the bytes are percent-encoded as they are.
            location = locations[0].encode("latin-1").decode(errors="surrogateescape")
            return urljoin(address.url, location)
        if response.status_code not in _WITH_PAGE:
            raise FetchError(f"the server says {status(response)}")
        media_type, charset = _content_type(response)
        if media_type and media_type not in MEDIA_TYPES:
            raise FetchError(f"{media_type} is not read: only web pages and texts are")
        encoding = ", ".join(_values(response, b"content-encoding"))
        content = content_of(exchange.body(), encoding)
    suffix = MEDIA_TYPES[media_type] if media_type else guess_suffix(content)
    has_length = _values(response, b"content-length") or _values(response, b"transfer-encoding")
    # TLS says where the answer ends, and so does gzip.
    if suffix == ".html" and address.scheme == "http" and not has_length:
        refuse_cut_off(content)
    content = content if is_binary(suffix) else text_of(content, charset)
    return Page(address.url, content, suffix)


def _content_type(response: h11.Response) -> tuple[str, str | None]:
    """The media type in lower case, "" if there is none, and the encoding of the text."""
    value = next(reversed(_values(response, b"content-type")), "")
    media_type = value.partition(";")[0].strip().lower()
    charset = _CHARSET.search(value)
    return media_type if "/" in media_type else "", charset[1] if charset else None


def _values(response: h11.Response, name: bytes) -> list[str]:
    """The values of the headers with a name, which is in lower case."""
    return [value.decode("latin-1") for key, value in response.headers if key == name]
