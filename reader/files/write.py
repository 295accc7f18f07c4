"""Writes files whole or not at all.

The content goes to a temporary file in the same folder, which then takes the file's name in one
step. So a full disk, a signal or a crash of the program leaves the file as it was. Permissions are
those that the user's umask gives to a new file.

Content that cannot be made again is `durable`: it is on the disk (fsync) before it takes its name,
since some file systems order the two the other way, and a power cut then leaves an empty file. The
folder is not synchronised: after a power cut a file written in the last seconds may be missing, but
none is empty or cut off. The index goes without: it has checksums and is rebuilt when damaged.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.files.platform.rename import rename_to_new

# The names of temporary files begin with this: hidden, and of no format.
TEMPORARY = ".half-"

# What file systems without hard links (FAT, some network and user-space ones) answer to link().
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def write_whole(path: Path, content: bytes, durable: bool = False) -> None:
    """Write a file in place of one that may be there. Raises OSError."""
    with _temporary(path.parent, content, durable) as temporary:
        os.replace(temporary, path)


def create_whole(path: Path, content: bytes, durable: bool = False) -> None:
    """Write a file that must not be there yet. Raises FileExistsError if it is, and OSError."""
    with _temporary(path.parent, content, durable) as temporary:
        try:
            # Unlike a rename, a link never replaces a file.
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _rename_to_new(temporary, path)


@contextmanager
def _temporary(folder: Path, content: bytes, durable: bool) -> Iterator[Path]:
    """The path of a temporary file with the content, which is removed if it still exists."""
    # 64 random bits: no two writers meet. O_EXCL makes sure of it. The tempfile module would set
    # the mode 0600, and the umask cannot be read without changing it for all threads.
    path = folder / f"{TEMPORARY}{os.urandom(8).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(handle)
        yield path
    finally:
        with suppress(FileNotFoundError):  # it has taken the file's name
            os.unlink(path)


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename a file to a name that must be free, without hard links. Raises FileExistsError."""
    if rename_to_new(os.fspath(temporary), os.fspath(path)):
        return
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        os.replace(temporary, path)
    except OSError:
        os.unlink(path)
        raise
