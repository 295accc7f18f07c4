"""Reads files and streams up to one size limit; what is larger is refused, never cut off."""

from __future__ import annotations

import os
import stat
from collections.abc import Sized
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile

if TYPE_CHECKING:
    from typing import Protocol

    class Readable(Protocol):
        """A buffered binary stream: `read` returns fewer bytes than asked for only at the end."""

        def read(self, size: int, /) -> bytes: ...


# Bytes. A novel has one million; anything larger than this is no news article.
LARGEST_FILE = 16 * 1024 * 1024


def read_limited(stream: Readable) -> bytes:
    """All the bytes of a stream, at most LARGEST_FILE. Raises UnreadableFile if there are more."""
    content = stream.read(LARGEST_FILE + 1)
    refuse_larger(content)
    return content


def read_file(path: str | os.PathLike[str], only_regular: bool = False) -> bytes:
    """All the bytes of a file, at most LARGEST_FILE. Raises UnreadableFile.

    A pipe is read to its end, unless `only_regular`: then it is refused, without waiting for
    somebody to write into it.
    """
    try:
        with open(path, "rb", opener=_open_without_waiting if only_regular else None) as file:
            if only_regular and not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableFile("not a regular file")
            return read_limited(file)
    except OSError as error:
        raise UnreadableFile(error.strerror or "cannot be read") from error


def refuse_larger(content: Sized) -> None:
    """Raise UnreadableFile if the content has more than LARGEST_FILE bytes."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(f"larger than {LARGEST_FILE // 1024**2} MiB")


def _open_without_waiting(path: str, flags: int) -> int:
    """An opener for files that may be pipes: opening one does not wait for its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
