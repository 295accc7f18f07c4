"""Writes files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

# The names of files being written begin with this: no format has such files.
TEMPORARY = ".half-"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
