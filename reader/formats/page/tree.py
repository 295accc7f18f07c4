"""A page's bytes as a tree of elements, read within limits."""

from __future__ import annotations

import re
from typing import Any

from reader.formats.markup import refuse_oversized

# Beginnings of tags, comments and the like, in a page. Live blogs, the longest news pages, have a
# third of it. lxml and trafilatura take up to 50 µs for each.
_MOST_TAGS = 60_000
# Pictures and fonts that are part of the page: nothing to read, and nearly all of its size.
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,200};base64,[A-Za-z0-9+/=]{200,}")


def read_tree(content: bytes) -> Any:
    """The root element of a page; None if there is none. Raises UnreadableFile."""
    from trafilatura.utils import decode_file, load_html

    page = _EMBEDDED.sub("", decode_file(content))
    refuse_oversized(page, _MOST_TAGS)
    return load_html(page)
