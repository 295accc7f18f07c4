"""Searches that the user saves by name, and which of their hits were shown before."""

from __future__ import annotations

import os
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import SettingsError
from reader.files.lock import locked
from reader.files.write import write_whole
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.model.hit import Hit

_NAME = re.compile(r"\w[\w.-]{0,63}")


class SavedSearches:
    """The searches saved in a data directory, in a JSON file that maps names to queries."""

    def __init__(self, data: Path) -> None:
        self._path = data / "searches.json"
        self._seen = data / "seen"

    def all(self) -> dict[str, str]:
        """The queries by name. Raises SettingsError."""
        # Loads a library that is only needed when there are saved searches.
        import json

        try:
            saved = json.loads(self._path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise SettingsError(
                f"cannot read {self._path}: {error.strerror}", path=self._path
            ) from error
        except (ValueError, RecursionError) as error:
            raise self._damaged(str(error)) from error
        if not isinstance(saved, dict):
            raise self._damaged("it must be an object that maps names to queries")
        for name, query in saved.items():
            if not _NAME.fullmatch(name):
                raise self._damaged(f"{normalize(name) or repr(name)} is not a name")
            if not isinstance(query, str):
                raise self._damaged(f"the query of {name} must be a string")
        return dict(sorted(saved.items()))

    def save(self, name: str, query: str) -> None:
        """Save a query by a name, in place of any that has it. Raises SettingsError."""
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"{normalize(name)}: a name has letters, figures, dots and dashes, 64 at most"
            )
        with self._locked():
            self._write({**self.all(), name: query})

    def delete(self, name: str) -> None:
        """Delete a query, and the record of its hits that were shown. Raises SettingsError."""
        with self._locked():
            saved = self.all()
            if name not in saved:
                raise self.no_such(name)
            del saved[name]
            self._write(saved)
        for path in self._seen.glob(f"{name}-*"):
            if re.fullmatch(re.escape(name) + "-[0-9a-f]{8}", path.name):
                path.unlink(missing_ok=True)

    def no_such(self, name: str) -> SettingsError:
        """The error for a name that no query has."""
        names = ", ".join(self.all())
        there = f"there are {names}" if names else "`reader save NAME QUERY` keeps one"
        return SettingsError(f"no saved search {normalize(name)}: {there}")

    def seen(self, name: str, root: str) -> SeenHits:
        """The hits of a search that were shown before, in the corpus with this real path.

        Raises SettingsError.
        """
        return SeenHits(self._seen / f"{name}-{zlib.crc32(os.fsencode(root)):08x}")

    def _damaged(self, reason: str) -> SettingsError:
        return SettingsError(
            f"{self._path} is damaged: {reason}; delete or mend it", path=self._path
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the saved searches' folder. Raises SettingsError."""
        with ExitStack() as stack:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(self._path.parent))
            except OSError as error:
                raise SettingsError(
                    f"cannot write {self._path}: {error.strerror}", path=self._path
                ) from error
            yield

    def _write(self, saved: dict[str, str]) -> None:
        import json

        content = json.dumps(saved, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, content.encode(), durable=True)
        except OSError as error:
            raise SettingsError(
                f"cannot write {self._path}: {error.strerror}", path=self._path
            ) from error


class SeenHits:
    """The hits of a search that were shown before.

    A hit is known by its article and text, whatever its paragraph's number: an article may grow.
    The file is a list of digests of 8 bytes. Raises SettingsError if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new: list[int] = []
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            content = b""
        except OSError as error:
            raise SettingsError(f"cannot read {path}: {error.strerror}", path=path) from error
        digests = array("Q")
        digests.frombytes(content[: len(content) // 8 * 8])
        self._seen = set(digests)

    def new(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits that were not shown before."""
        for hit in hits:
            digest = _digest(hit)
            if digest not in self._seen:
                self._new.append(digest)
                yield hit

    def remember(self) -> None:
        """Record the hits that `new` gave as shown. Raises SettingsError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, array("Q", sorted(self._seen.union(self._new))).tobytes())
        except OSError as error:
            raise SettingsError(
                f"cannot write {self._path}: {error.strerror}", path=self._path
            ) from error


def _digest(hit: Hit) -> int:
    # Loads a library that takes 10 ms, which other searches do without.
    import hashlib

    content = f"{hit.article}\0{hit.text}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")
