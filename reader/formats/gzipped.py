"""Unpacks gzip within limits."""

from __future__ import annotations

import zlib

from reader.errors import UnreadableFile
from reader.formats.limits import LARGEST_FILE

# Bytes that are unpacked at once.
_SLICE = 4096


def gunzip(content: bytes | bytearray, largest: int = LARGEST_FILE) -> bytes:
    """The contents of all members of a gzip file (RFC 1952), one after another.

    Zeros may follow the last member, as gzip itself allows; anything else there may be the damaged
    rest of the file. Raises UnreadableFile if there are more than `largest` bytes, zlib.error if it
    is damaged, EOFError if its end is missing.
    """
    unzipped = bytearray()
    member = None
    any_ended = False
    # In slices, as each member that ends in one copies what is left of it.
    for start in range(0, len(content), _SLICE):
        packed = bytes(content[start : start + _SLICE])
        while packed := packed.lstrip(b"\0") if any_ended and not member else packed:
            member = member or zlib.decompressobj(wbits=31)
            unzipped += member.decompress(packed, largest + 1 - len(unzipped))
            if len(unzipped) > largest:
                raise UnreadableFile(f"larger than {largest // 1024**2} MiB")
            packed = member.unused_data
            if member.eof:
                member, any_ended = None, True
    if member or not any_ended:
        raise EOFError
    return bytes(unzipped)


def gunzip_file(content: bytes, largest: int = LARGEST_FILE) -> bytes:
    """As `gunzip`; raises UnreadableFile if the file is damaged."""
    try:
        return gunzip(content, largest)
    except zlib.error as error:
        raise UnreadableFile("damaged: its gzip cannot be unpacked") from error
    except EOFError as error:
        raise UnreadableFile("damaged: the end of its gzip is missing") from error
