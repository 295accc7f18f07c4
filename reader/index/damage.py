"""Damage to files of the index."""

from __future__ import annotations


class Damaged(Exception):
    """A file of the index is missing, cannot be read, or is not as it was written."""
