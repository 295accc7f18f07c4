"""Renames that never replace a file, where there are no hard links."""

from __future__ import annotations

import errno
import os

# Linux's AT_FDCWD and RENAME_NOREPLACE (renameat2(2)), and macOS's RENAME_EXCL (renamex_np(2)).
_CURRENT, _NO_REPLACE = -100, 1
_EXCLUSIVE = 4
# What file systems answer that cannot do it.
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def rename_to_new(old: str, new: str) -> bool:
    """Rename a file to a name that must be free, in one step; False where the system cannot.

    There `write` takes the name with an empty file first, which others may see and a kill leaves.
    Raises FileExistsError, OSError.
    """
    if os.name == "nt":
        os.rename(old, new)  # raises FileExistsError itself
        return True
    import ctypes  # loads much, for what is rare

    library = ctypes.CDLL(None, use_errno=True)
    source, target = os.fsencode(old), os.fsencode(new)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_CURRENT, source, _CURRENT, target, _NO_REPLACE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(source, target, _EXCLUSIVE)
    else:
        return False
    error = ctypes.get_errno()
    if failed and error not in _CANNOT:
        raise OSError(error, os.strerror(error), old, None, new)
    return not failed
