"""Keys of articles in bibliographies."""

from __future__ import annotations

import re
from hashlib import blake2b

from reader.language.clean import fold

# What BibTeX, biber, pandoc and Typst all read in a key; an id has no colon.
_PLAIN = re.compile(r"[a-z0-9]+(?:[-_/][a-z0-9]+)*")
# Bytes of the digest: that two of a million ids share one has a chance of 1 in 37 million.
_DIGEST_SIZE = 8


def citation_key(article: str) -> str:
    """The key of the article with an id: `2022:harbour` of `2022/harbour`.

    It depends on nothing but the id, so that it is the same in every output, and no two ids share
    one: an id with other characters than small letters of ASCII, digits and single hyphens and
    underscores has a digest after a full stop, which the others have not. Keys that differ only in
    case are one to BibTeX, therefore capitals count as other characters.
    """
    if _PLAIN.fullmatch(article):
        return article.replace("/", ":")
    digest = blake2b(article.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(article)).strip("-") or "article"
    return f"{slug}.{digest.hexdigest()}"
