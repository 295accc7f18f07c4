"""Files and folders that only the user can write to, and what may be read as such.

What is kept for the user's eyes alone gets the modes 0600 and 0700 whatever the umask. What others
can write to is not trusted: neither a folder that is not the user's own or that others can write
to, nor such a file. Windows has no such owners and modes: there everything is trusted.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO

from reader.files.write import TEMPORARY

_HAS_OWNERS = hasattr(os, "geteuid")
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
# A FIFO without a writer would be waited for, and a link could lead anywhere.
_READ = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY")
)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def why_distrusted(top: Path, *below: str) -> str | None:
    """Why a folder and those below it, one in the other, cannot be trusted; None if they can.

    `top` may be a link, or like /tmp, where nobody can replace what is another's; those
    below may not. What does not exist is trusted.
    """
    if not _HAS_OWNERS:
        return None
    path, user = os.fspath(top), os.geteuid()
    try:
        status = os.stat(path)
        if status.st_uid not in (user, 0):
            return f"{path} belongs to another user"
        if status.st_mode & _WRITABLE_BY_OTHERS and not status.st_mode & stat.S_ISVTX:
            return f"others can write to {path}"
        for name in below:
            path = os.path.join(path, name)
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode):
                return f"{path} is a link"
            if status.st_uid != user:
                return f"{path} belongs to another user"
            if status.st_mode & _WRITABLE_BY_OTHERS:
                return f"others can write to {path}"
    except OSError:  # whoever uses it is told the same
        return None
    return None


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that do not exist; one that exists is made private.

    Raises OSError.
    """
    try:
        os.mkdir(folder, 0o700)
    except FileNotFoundError:
        make_private_folder(folder.parent)
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise
    os.chmod(folder, 0o700)  # whatever the umask took


def create_private(path: Path) -> IO[bytes]:
    """A new file, opened to be written. Raises OSError."""
    file = open(os.open(path, _CREATE, 0o600), "wb")  # noqa: SIM115 - the caller's to close
    os.chmod(path, 0o600)
    return file


def replace_private(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all, in place of one that may be there. Raises OSError."""
    temporary = path.with_name(f"{TEMPORARY}{os.urandom(8).hex()}")
    try:
        with create_private(temporary) as file:
            file.write(content)
        clear(path)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def clear(path: Path) -> None:
    """Remove what stands at a path if it is no regular file. Raises OSError."""
    if not os.path.lexists(path) or stat.S_ISREG(os.lstat(path).st_mode):
        return
    if path.is_symlink() or not path.is_dir():
        os.unlink(path)
        return
    # Loads much, for what never happens by itself.
    from shutil import rmtree

    rmtree(path)


class PrivateFile:
    """A file of the user's own, open to be read piece by piece.

    It is not mapped into memory: what is cut off meanwhile, or cannot be read from the disk, would
    end the process. Raises OSError, also for what is no regular file or can be written by others.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._descriptor = -1
        self._descriptor = os.open(path, _READ)
        status = os.fstat(self._descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if _HAS_OWNERS and (status.st_uid != os.geteuid() or status.st_mode & _WRITABLE_BY_OTHERS):
            raise OSError(errno.EPERM, "others can write to it")
        self.size = status.st_size

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; done again, it does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def read(self, start: int, length: int) -> bytes:
        """The bytes from an offset on; fewer at the end of the file. Raises ValueError if the file
        was closed.
        """
        try:
            return _read_at(self._descriptor, length, start)
        except OSError as error:
            if self._descriptor < 0:
                raise ValueError("the file is closed") from error
            raise


if hasattr(os, "pread"):
    _read_at = os.pread
else:  # Windows
    from threading import Lock

    _seeking = Lock()

    def _read_at(descriptor: int, length: int, start: int, /) -> bytes:
        with _seeking:
            os.lseek(descriptor, start, os.SEEK_SET)
            return os.read(descriptor, length)
