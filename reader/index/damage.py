"""Damage to files of the index."""

from __future__ import annotations


class Damaged(Exception):
    """A file of the index is not as it was written, or is missing."""


# What reading a damaged index raises: the bytes are wrong, or the file system fails.
DAMAGE = (Damaged, OSError)
