"""Which parts of a page are for other things than its article."""

from __future__ import annotations

import re
from typing import Any

_ELSEWHERE = re.compile(r"comment|related|teaser|sidebar|popular|recommend|most-?read|-list\b")


def is_elsewhere(element: Any) -> bool:
    """Whether an element is in a part of the page for other things: comments, other articles."""
    for around in (element, *element.iterancestors()):
        tag = around.tag
        if tag in ("nav", "aside"):
            return True
        if tag == "footer" and next(around.iterancestors("article"), None) is None:
            return True
        name = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        if tag not in ("body", "html") and _ELSEWHERE.search(name):
            return True
    return False
