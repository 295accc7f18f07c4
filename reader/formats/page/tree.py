"""A page's bytes as a tree of elements, read within limits."""

from __future__ import annotations

import re
from typing import Any

from reader.errors import UnreadableFile

# Beginnings of tags, comments and the like, in a page. Live blogs, the longest news pages, have a
# third of it. lxml and trafilatura take up to 50 µs for each.
_MOST_TAGS = 60_000
# Comparisons of each attribute of a tag with every other, which libxml2 makes: 6 ns for each.
_MOST_COMPARISONS = 200_000_000
# Characters. The comparisons within a shorter tag do not count.
_LONG_TAG = 2000
# A tag up to its `>`. In a script, text behind a "less than" may look like one.
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"'=]+|=\s*(?:"[^"]*"|'[^']*')|[<"'=])*""")
_QUOTED_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_GAPS = re.compile(r"[\s/=\"']+")
# Pictures and fonts that are part of the page: nothing to read, and nearly all of its size.
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,200};base64,[A-Za-z0-9+/=]{200,}")


def read_tree(content: bytes) -> Any:
    """The root element of a page; None if there is none. Raises UnreadableFile."""
    from trafilatura.utils import decode_file, load_html

    page = _EMBEDDED.sub("", decode_file(content))
    _check_size(page)
    return load_html(page)


def _check_size(page: str) -> None:
    """Raise UnreadableFile for a page that would take the libraries too long."""
    if page.count("<") > _MOST_TAGS:
        raise UnreadableFile(f"a web page of more than {_MOST_TAGS:,} tags")
    comparisons = 0
    for tag in _TAG.finditer(page):
        if tag.end() - tag.start() > _LONG_TAG:
            names = _QUOTED_VALUE.sub("=", tag[0])
            comparisons += sum(1 for _ in _GAPS.finditer(names)) ** 2
    if comparisons > _MOST_COMPARISONS:
        raise UnreadableFile("a web page of too many attributes")
