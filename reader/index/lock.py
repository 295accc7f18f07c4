"""The lock of an index: one process writes at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from reader.files.private import clear, create_private

# The name of the lock's file.
NAME = "reader"


@contextmanager
def write_lock(folder: Path, seconds: float) -> Iterator[int | None]:
    """Acquire the write lock, waiting up to `seconds`; gives the lock's file descriptor, None if
    another process has it. Raises OSError.
    """
    path = folder / NAME
    clear(path)
    with suppress(FileExistsError):
        create_private(path).close()
    lock = FileStorage(str(folder)).lock(NAME)
    until = time.monotonic() + seconds
    while not (acquired := lock.acquire(blocking=False)) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        yield lock.fd if acquired else None
    finally:
        if acquired:
            lock.release()
