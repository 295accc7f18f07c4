"""The version of the index's rules."""

from __future__ import annotations

import sys

from whoosh import __version__ as whoosh_version

from reader import formats, quotes
from reader.language import tokens
from reader.query.fields import FIELDS as FIELDS

SCHEMA_VERSION = 10
# An index of another version is rebuilt.
VERSION = (
    f"schema {SCHEMA_VERSION} formats {formats.VERSION} analysis {tokens.VERSION} "
    f"quotes {quotes.VERSION} "
    f"whoosh {'.'.join(map(str, whoosh_version))} {sys.byteorder}"
)


def version_for(encoding: str | None) -> str:
    """The version of an index whose text without a mark is read in an encoding."""
    return f"{VERSION} encoding {encoding}" if encoding else VERSION


# Positions between two values of one field, so that no phrase runs from one into the next.
GAP = 100
