"""A lock on a folder, by which processes of `reader` take turns in changing it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import ReaderError
from reader.language.clean import normalize

try:
    import fcntl
except ImportError:  # Windows: files appear whole there, too, but nobody waits for another
    fcntl = None  # type: ignore[assignment]

# Seconds to wait for the other process, and between two tries.
_PATIENCE = 30.0
_PAUSE = 0.05
# What file systems without locks answer, as some network and user-space ones.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF}


@contextmanager
def locked(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder, which leaves no file behind, whatever ends the process.

    `patience` is in seconds. Raises ReaderError if another process holds the lock for longer,
    OSError if there is no such folder.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait(handle, folder, patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, folder: Path, patience: float) -> None:
    """Take the lock of a folder that is open when it is free. Raises ReaderError."""
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
        else:
            return
        if time.monotonic() > deadline:
            raise ReaderError(
                f"another reader has been changing {normalize(str(folder))} for "
                f"{patience:.0f} seconds: try again when it has ended"
            )
        time.sleep(_PAUSE)
