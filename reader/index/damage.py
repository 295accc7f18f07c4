"""Reads files of the index and detects damage to them."""

from __future__ import annotations

import errno
import os

from reader.errors import IndexUnavailable
from reader.files.private import PrivateFile


class Damaged(Exception):
    """A file of the index is missing, cannot be read, or is not as it was written."""


# The number of times that a damaged index is rebuilt for a question.
ATTEMPTS = 3


def damaged_again() -> IndexUnavailable:
    """The error of an index that is damaged after each rebuild."""
    return IndexUnavailable(
        "the index is damaged again as soon as it is made: the disk of the cache directory may fail"
    )


# Exhausted resources are not damage: a rebuild would only need more.
RESOURCES = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}


class StoredFile(PrivateFile):
    """A file of the index, open for reading. Raises Damaged; IndexUnavailable where the system has
    no resources to open it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            super().__init__(path)
        except OSError as error:
            raise failure(error, path) from error

    def read(self, start: int, length: int) -> bytes:
        """Exactly `length` bytes from an offset. Raises ValueError if the file was closed."""
        if length < 0 or start + length > self.size:
            raise Damaged("an offset outside a file")
        try:
            content = super().read(start, length)
        except OSError as error:
            raise Damaged(str(error)) from error
        if len(content) != length:
            raise Damaged("a file is cut off")
        return content


def failure(error: OSError, path: str | os.PathLike[str]) -> Exception:
    """The error for a failure to open a file of the index: damage, or a lack of resources."""
    if error.errno in RESOURCES:
        return IndexUnavailable(f"cannot open the index: {error.strerror}")
    return Damaged(f"{os.path.basename(path)}: {error.strerror or error}")


def read_stored(path: str | os.PathLike[str]) -> bytes:
    """The whole content of a file of the index; raises as a StoredFile."""
    file = StoredFile(path)
    try:
        return file.read(0, file.size)
    finally:
        file.close()
