"""Folders that browsers save beside a page, told by the page's own addresses."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize
from urllib.parse import unquote

from reader.formats import decode


def refers_to(page: bytes, folder: str) -> bool:
    """Whether a saved page has addresses in a folder beside it, given the folder's name."""
    text = normalize("NFC", unescape(unquote(decode(page))))
    name = re.escape(normalize("NFC", folder))
    return re.search(rf"""[=("'](?:\./)?{name}/""", text) is not None
