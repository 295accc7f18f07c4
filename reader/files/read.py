"""Reads files and streams up to one size limit; what is larger is refused, never cut off."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Sized
from typing import TYPE_CHECKING

from reader.errors import UnreadableFile
from reader.formats import LARGEST_FILE as LARGEST_FILE

if TYPE_CHECKING:
    from typing import Protocol

    class Readable(Protocol):
        """A buffered binary stream: `read` returns fewer bytes than asked for only at the end."""

        def read(self, size: int, /) -> bytes: ...


# Seconds to wait for a program to open a pipe for writing, and for more from one that has.
_PATIENCE_FOR_WRITER = 5
_PATIENCE = 30
_CHUNK = 64 * 1024

# How files begin that are no text, whatever they are called (WHATWG MIME Sniffing, section 7.1),
# and RTF, whose text cannot be read without knowing its commands.
_SIGNATURES = (
    b"%PDF-",
    b"%!PS",
    b"{\\rtf",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\x28\xb5\x2f\xfd",
)
# Control characters that no text has (the same, section 4.1), other than bells and backspaces,
# which texts made for terminals have. Compressed data is a tenth of them; real texts have a stray
# one here and there, such as the one with which DOS ended files.
_BINARY = bytes({*range(0x20)} - {*b"\a\b\t\n\v\f\r\x1b"})
_MOST_STRAY = 2
_LARGEST_STRAY_SHARE = 0.01


def read_limited(stream: Readable, largest: int = LARGEST_FILE) -> bytes:
    """All the bytes of a stream, `largest` at most. Raises UnreadableFile if there are more."""
    content = stream.read(largest + 1)
    refuse_larger(content, largest)
    return content


def read_file(
    path: str | os.PathLike[str], only_regular: bool = False, largest: int = LARGEST_FILE
) -> bytes:
    """All the bytes of a file, `largest` at most. Raises UnreadableFile.

    A pipe is read to its end, unless `only_regular`: then it is refused. Nothing is waited for
    without end: neither for somebody to open a pipe nor for more to come through it.
    """
    try:
        with open(path, "rb", opener=open_without_waiting) as file:
            mode = os.fstat(file.fileno()).st_mode
            if only_regular and not stat.S_ISREG(mode):
                raise UnreadableFile("not a regular file")
            if stat.S_ISFIFO(mode):
                return _read_pipe(file.fileno(), largest)
            os.set_blocking(file.fileno(), True)
            return read_limited(file, largest)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = error.strerror if isinstance(error, OSError) else "no such file"
        raise UnreadableFile(reason or "cannot be read") from error


def _read_pipe(handle: int, largest: int) -> bytes:
    """All that comes through a pipe, by its file descriptor. Raises UnreadableFile."""
    content = bytearray()
    has_waited = False
    while len(content) <= largest:
        try:
            chunk = os.read(handle, _CHUNK)
        except BlockingIOError:  # it is open for writing, and nothing is there yet
            _wait(handle, _PATIENCE)
            continue
        content += chunk
        if not chunk and (content or has_waited):
            break
        if not chunk:  # nobody has opened it for writing yet, or all have closed it again
            _wait(handle, _PATIENCE_FOR_WRITER)
            has_waited = True
    refuse_larger(content, largest)
    return bytes(content)


def _wait(handle: int, seconds: int) -> None:
    """Wait until something comes through a pipe, or it is closed. Raises UnreadableFile."""
    if not select.select([handle], [], [], seconds)[0]:
        raise UnreadableFile(f"a pipe that nothing came through for {seconds} seconds")


def is_pipe(path: str | os.PathLike[str]) -> bool:
    """Whether there is a pipe at a path: a named one, or bash's for `<(command)`."""
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def refuse_larger(content: Sized, largest: int = LARGEST_FILE) -> None:
    """Raise UnreadableFile if the content has more than `largest` bytes."""
    if len(content) > largest:
        raise UnreadableFile(f"larger than {largest // 1024**2} MiB")


def refuse_binary(content: bytes, text: bytes | None = None) -> None:
    """Raise UnreadableFile if the content is no text.

    `text` is the content in UTF-8, where its encoding is known; by default the content itself or,
    if it seems to be UTF-16, what that gives.
    """
    if text is None and b"\0" in content:
        from reader.formats import decode

        text = decode(content).encode("utf-8", "replace")
    elif text is None:
        text = content
    stray = len(text) - len(text.translate(None, _BINARY))
    if (
        content[:1024].lstrip().startswith(_SIGNATURES)
        or b"\0" in text
        or stray > _MOST_STRAY + len(text) * _LARGEST_STRAY_SHARE
    ):
        raise UnreadableFile("not text")


def open_without_waiting(path: str, flags: int) -> int:
    """An opener for files that may be pipes: neither opening nor reading one waits for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
