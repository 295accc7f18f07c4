"""Pages of web archives as the page that they hold, and the addresses of pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from reader.formats.page.data import PageData


_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|is|ph|li|vn|fo|md)|"
    r"wayback\.[\w.-]+(?:/\w+)?|webarchive\.[\w.-]+(?:/\w+)?|arquivo\.pt/wayback)"
    r"/\d{4}[\d.-]*(?:[a-z]{2}_)?/(?P<scheme>https?):/{1,2}(?P<rest>.+)",
    re.IGNORECASE,
)
# What archives put into pages, by its id.
_INSERTED = frozenset(
    ("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato", "HEADER", "FOOTER", "hashtags")
)
_WAYBACK = frozenset(("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"))
# The comment in which browsers and SingleFile note the address of the page they saved.
_SAVED_FROM = re.compile(
    rb"<!--\s+(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(?P<url>https?://\S+)"
)
# Bytes at the beginning of a page that may contain this comment.
_NOTE_WITHIN = 4096


def original(url: str) -> str:
    """The address of the page that an archive's address holds; another address as it is."""
    match = _ARCHIVED.match(url)
    return f"{match['scheme']}://{match['rest']}" if match else url


def remove_insertions(tree: Any) -> None:
    """Remove from a page what an archive has put into it."""
    is_archive_today = tree.find(".//div[@id='HEADER']//input[@name='q']") is not None
    ids = _INSERTED if is_archive_today else _WAYBACK
    for element in list(tree.iter("div")):
        if element.get("id") in ids and element.getparent() is not None:
            element.drop_tree()


def archived_address(tree: Any) -> str | None:
    """The address in the form at the top of a page of archive.today."""
    for field in tree.iterfind(".//div[@id='HEADER']//input[@name='q']"):
        value: str = field.get("value") or ""
        if value.startswith(("http://", "https://")):
            return value
    return None


def saved_from(content: bytes) -> str | None:
    """The address in the comment of the program that saved the page."""
    match = _SAVED_FROM.search(content[:_NOTE_WITHIN])
    return match["url"].decode("ascii", "replace") if match else None


def address_of(
    tree: Any, data: PageData, fetched: str | None, saved: str | None
) -> tuple[str, str] | None:
    """The address of a page, and where it was read from.

    The one it was fetched from, unless the page is a copy (AMP) that names the original. Else the
    page's own; one of a whole site only if there is no other.
    """
    base = original(fetched or saved or _meta_address(data) or "")
    candidates: list[tuple[str, str]] = []
    canonical = [
        (link.get("href") or "", "link: canonical")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    if fetched and not _is_amp(tree):
        candidates.append((fetched, "the address it was fetched from"))
    candidates += canonical
    candidates.append((_meta_address(data) or "", "Open Graph: og:url"))
    for name in ("url", "mainEntityOfPage", "@id"):
        value = data.article.get(name)
        value = value.get("@id") if isinstance(value, dict) else value
        candidates.append((value if isinstance(value, str) else "", f"JSON-LD: {name}"))
    candidates.append((saved or "", "the comment of the program that saved it"))
    candidates.append((fetched or "", "the address it was fetched from"))
    absolute = [(original(urljoin(base, url.strip())), place) for url, place in candidates if url]
    absolute = [(url, place) for url, place in absolute if _is_web(url)]
    if fetched and absolute[:1] and absolute[0][1].endswith("fetched from"):
        return absolute[0]
    pages = [candidate for candidate in absolute if urlsplit(candidate[0]).path.strip("/")]
    return next(iter(pages or absolute), None)


def host_of(url: str) -> str:
    """The host in an address, without "www."; empty if there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.(?=[^.]+\.)", "", host)


def site_label(host: str) -> str:
    """The part of a host that names the site, which is mostly the longest: "bbc" of bbc.co.uk."""
    return max(host.split(".")[:-1], key=len, default="")


def _is_web(url: str) -> bool:
    return re.match(r"https?://[^/\s]+\.[^/\s]+|https?://localhost|https?://\d", url) is not None


def _is_amp(tree: Any) -> bool:
    return "amp" in tree.attrib or "⚡" in tree.attrib


def _meta_address(data: PageData) -> str | None:
    found = data.first("og:url", "twitter:url")
    return found[0] if found else None
