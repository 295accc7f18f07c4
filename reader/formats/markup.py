"""Limits on HTML, beyond which the libraries that read it take too long."""

from __future__ import annotations

import re

from reader.errors import UnreadableFile

# Comparisons of each attribute of a tag with every other, which libxml2 makes: 6 ns for each.
_MOST_COMPARISONS = 200_000_000
# Characters. The comparisons within a shorter tag do not count.
_LONG_TAG = 2000
# A tag up to its `>`. In a script, text behind a "less than" may look like one.
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"'=]+|=\s*(?:"[^"]*"|'[^']*')|[<"'=])*""")
_QUOTED_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_GAPS = re.compile(r"[\s/=\"']+")


def refuse_oversized(page: str, most_tags: int, name: str = "a web page") -> None:
    """Raise UnreadableFile for HTML that would take the libraries too long.

    `most_tags` counts beginnings of tags, comments and the like; `name` is for the message.
    """
    if page.count("<") > most_tags:
        raise UnreadableFile(f"{name} of more than {most_tags:,} tags")
    comparisons = 0
    for tag in _TAG.finditer(page):
        if tag.end() - tag.start() > _LONG_TAG:
            names = _QUOTED_VALUE.sub("=", tag[0])
            comparisons += sum(1 for _ in _GAPS.finditer(names)) ** 2
    if comparisons > _MOST_COMPARISONS:
        raise UnreadableFile(f"{name} of too many attributes")
