"""Searches that the user keeps by name, and which of their hits were seen before."""

from __future__ import annotations

import os
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import SettingsError
from reader.files.write import write_whole
from reader.language.clean import normalize

if TYPE_CHECKING:
    from reader.model.hit import Hit

_NAME = re.compile(r"\w[\w.-]{0,63}")


class SavedSearches:
    """The searches kept in a data directory: a file of names and queries."""

    def __init__(self, data: Path) -> None:
        self._path = data / "searches.json"
        self._seen = data / "seen"

    def all(self) -> dict[str, str]:
        """The queries by name. Raises SettingsError."""
        import json  # only for who has saved searches

        try:
            saved = json.loads(self._path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise SettingsError(f"cannot read {self._path}: {error.strerror}") from error
        except ValueError as error:
            raise SettingsError(f"{self._path} is damaged: {error}; delete or mend it") from error
        if not isinstance(saved, dict) or not all(isinstance(q, str) for q in saved.values()):
            raise SettingsError(f"{self._path} is damaged: it must have names and queries")
        return dict(sorted(saved.items()))

    def save(self, name: str, query: str) -> None:
        """Keep a query by a name, in place of one that has it. Raises SettingsError."""
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"{normalize(name)}: a name has letters, figures, dots and dashes, 64 at most"
            )
        self._write({**self.all(), name: query})

    def delete(self, name: str) -> None:
        """Forget a query and what was seen of it. Raises SettingsError."""
        saved = self.all()
        if name not in saved:
            raise self.no_such(name)
        del saved[name]
        self._write(saved)
        for path in self._seen.glob(f"{name}-*"):
            if re.fullmatch(re.escape(name) + "-[0-9a-f]{8}", path.name):
                path.unlink(missing_ok=True)

    def no_such(self, name: str) -> SettingsError:
        """What to say when there is no query of a name."""
        names = ", ".join(self.all())
        there = f"there are {names}" if names else "`reader save NAME QUERY` keeps one"
        return SettingsError(f"no saved search {normalize(name)}: {there}")

    def seen(self, name: str, root: str) -> Seen:
        """Which hits of a search in the corpus with this real path were seen before."""
        return Seen(self._seen / f"{name}-{zlib.crc32(os.fsencode(root)):08x}")

    def _write(self, saved: dict[str, str]) -> None:
        import json

        content = json.dumps(saved, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, content.encode(), durable=True)
        except OSError as error:
            raise SettingsError(f"cannot write {self._path}: {error.strerror}") from error


class Seen:
    """The hits of one search that were shown before: by their article and text, not their place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shown: list[int] = []
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        known = array("Q")
        known.frombytes(content[: len(content) // 8 * 8])
        self._known = set(known)

    def new(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits that were not seen before."""
        for hit in hits:
            key = _key(hit)
            if key not in self._known:
                self._shown.append(key)
                yield hit

    def remember(self) -> None:
        """From now on, what `new` gave was seen. Raises SettingsError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, array("Q", sorted(self._known.union(self._shown))).tobytes())
        except OSError as error:
            raise SettingsError(f"cannot write {self._path}: {error.strerror}") from error


def _key(hit: Hit) -> int:
    import hashlib

    content = f"{hit.article}\0{hit.text}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")
