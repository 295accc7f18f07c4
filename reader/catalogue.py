"""What is known of a corpus without reading it again: a file beside the index, in the cache.

A catalogue belongs to one generation of the index and lists what that generation holds. It has
two files: `snapshot_N`, the bytes that an unchanged corpus gives again (comparing them is all that
a search of an unchanged corpus does), and `catalogue_N.json`, read when something has changed and
for titles.
"""

from __future__ import annotations

import datetime
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from reader.corpus import Corpus, File, Refusal
from reader.errors import UnreadableFile
from reader.summary import Summary, summarize

# Nanoseconds. A file written this shortly before it was looked at could be written again without
# its times moving: their granularity is up to 4 ms on Linux file systems, 2 s on FAT.
_RACY = 2_000_000_000

# Bytes of a file that can be read and summed up in a quarter of a millisecond.
_QUICKLY_READ = 256 * 1024

_TOC = re.compile(r"_MAIN_(\d+)\.toc")


class Entry(NamedTuple):
    """A file as it was when it was indexed; `digest` is of its content."""

    file: File
    digest: str
    summary: Summary


class Catalogue(NamedTuple):
    """The files that an index holds, by path, and those of the corpus that it does not."""

    entries: Mapping[str, Entry] = MappingProxyType({})
    refusals: tuple[Refusal, ...] = ()

    @property
    def paragraphs(self) -> int:
        """The number of paragraphs of all its articles."""
        return sum(entry.summary.paragraphs for entry in self.entries.values())

    def summary_of(self, file: File) -> Summary | None:
        """The summary of the article in a file, if the file has not changed since."""
        entry = self.entries.get(file.path)
        return entry.summary if entry and entry.file == file else None


def snapshot(version: str, root: str, files: Iterable[File], refusals: Iterable[Refusal]) -> bytes:
    """The state of a corpus's files, in bytes that differ when anything about them does.

    `version` is of the rules that the index was made by, `root` the corpus's real path.
    """
    lines = [version, root]
    lines += [f"{f.path}\0{f.id}\0{f.size}\0{f.modified}\0{f.changed}" for f in files]
    lines += [f"{refusal.path}\0{refusal.reason}" for refusal in refusals]
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def settled(file: File, looked_at: int) -> File:
    """The file as a catalogue should remember it.

    `looked_at` is when the walk began, in nanoseconds since the epoch. A file changed just before
    is given a time that it never has, so that it is read again the next time.
    """
    if max(file.modified, file.changed) > looked_at - _RACY:
        return file._replace(changed=-1)
    return file


def index_folder(cache: Path, root: str) -> Path:
    """The folder of the index of the corpus with this real path."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", os.path.basename(root))[:40].strip("-") or "corpus"
    # A checksum, not a cryptographic hash: loading hashlib costs 10 ms of every search. Should
    # two corpora ever share one, their snapshots differ, and each search makes the index anew.
    return cache / "index" / f"{name}-{zlib.crc32(os.fsencode(root)):08x}"


def summaries(corpus: Corpus, cache: Path, refused: list[Refusal]) -> Iterator[Summary]:
    """What is known of each article of the corpus, ordered by id.

    Files that the index knows are not read; the others are. What cannot be read goes to `refused`.
    """
    folder = index_folder(cache, corpus.root)
    known = load(folder, latest_generation(folder)) or Catalogue()
    refused += corpus.refusals
    for file in corpus.files:
        summary = known.summary_of(file)
        if summary is None:
            try:
                summary = summarize(corpus.read(file))
            except UnreadableFile as error:
                refused.append(Refusal(file.path, str(error)))
                continue
        yield summary


def latest_generation(folder: Path) -> int:
    """The generation of the index in a cache folder; -1 if there is none."""
    try:
        names = os.listdir(folder)
    except OSError:
        return -1
    return max((int(match[1]) for match in map(_TOC.fullmatch, names) if match), default=-1)


def load_snapshot(folder: Path, generation: int) -> bytes | None:
    """The snapshot saved with a generation; None if there is none."""
    try:
        return (folder / f"snapshot_{generation}").read_bytes()
    except OSError:
        return None


def load(folder: Path, generation: int) -> Catalogue | None:
    """The catalogue saved with a generation; None if there is none or it is damaged."""
    import json

    try:
        stored = json.loads((folder / f"catalogue_{generation}.json").read_bytes())
        entries = (_entry(row) for row in stored["entries"])
        return Catalogue(
            {entry.file.path: entry for entry in entries},
            tuple(Refusal(path, reason) for path, reason in stored["refusals"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_refusals(folder: Path, generation: int) -> tuple[Refusal, ...]:
    """The files that a generation of the index could not read; cheap when there are none."""
    if not (folder / f"refusals_{generation}").exists():
        return ()
    catalogue = load(folder, generation)
    return catalogue.refusals if catalogue else ()


def save(folder: Path, generation: int, catalogue: Catalogue, state: bytes) -> None:
    """Save the catalogue of a generation, each file whole or not at all. Raises OSError."""
    import json

    stored = {
        "entries": [_row(entry) for entry in catalogue.entries.values()],
        "refusals": [(refusal.path, refusal.reason) for refusal in catalogue.refusals],
    }
    # The snapshot goes last: with it the catalogue counts as there.
    write_whole(folder / f"catalogue_{generation}.json", json.dumps(stored).encode())
    refusals = folder / f"refusals_{generation}"
    if catalogue.refusals:
        write_whole(refusals, b"")
    else:
        refusals.unlink(missing_ok=True)
    write_whole(folder / f"snapshot_{generation}", state)


def save_checksums(folder: Path, generation: int) -> None:
    """Remember the size and a checksum of each of Whoosh's files. Raises OSError."""
    lines = (f"{size} {_crc(folder / name)} {name}" for name, size in _index_files(folder))
    write_whole(folder / f"checksums_{generation}", "\n".join(lines).encode())


def is_whole(folder: Path, generation: int, thorough: bool = False) -> bool:
    """Whether each of Whoosh's files is as it was written, as far as that is quick to tell.

    Their sizes are compared, and the content of the small ones; of all if `thorough`.
    """
    try:
        saved = (folder / f"checksums_{generation}").read_text(encoding="ascii")
    except FileNotFoundError:  # the process was killed between the commit and writing it
        return not thorough
    except (OSError, ValueError):
        return False
    try:
        files = dict(_index_files(folder))
        for line in saved.splitlines():
            size, crc, name = line.split(" ", 2)
            if files.pop(name, -1) != int(size):
                return False
            small = int(size) <= _QUICKLY_READ
            if (small or thorough) and _crc(folder / name) != int(crc):
                return False
    except (OSError, ValueError):
        return False
    return not any(_TOC.fullmatch(name) for name in files)


def _index_files(folder: Path) -> list[tuple[str, int]]:
    """The names of Whoosh's files and their sizes in bytes."""
    with os.scandir(folder) as entries:
        return sorted(
            (entry.name, entry.stat().st_size)
            for entry in entries
            if entry.name.startswith(("MAIN_", "_MAIN_")) and not entry.name.endswith("LOCK")
        )


def _crc(path: Path) -> int:
    """The CRC-32 of a file: damage on disk is chance, not malice."""
    return zlib.crc32(path.read_bytes())


def remove_others(folder: Path, generation: int) -> None:
    """Remove the files of other generations."""
    for path in folder.glob("*_*"):
        match = re.fullmatch(
            r"(?:snapshot|catalogue|refusals|checksums)_(\d+)(?:\.json)?", path.name
        )
        if match and int(match[1]) != generation:
            path.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _row(entry: Entry) -> list[object]:
    file, summary = entry.file, entry.summary
    return [
        file.path,
        file.id,
        file.size,
        file.modified,
        file.changed,
        entry.digest,
        summary.title,
        summary.paragraphs,
        summary.source,
        summary.section,
        summary.author,
        summary.date.isoformat() if summary.date else None,
        summary.url,
        summary.credit,
    ]


def _entry(row: list[str]) -> Entry:
    path, id, size, modified, changed, digest, title, paragraphs, *known = row
    source, section, author, date, url, credit = known
    summary = Summary(
        id,
        title,
        int(paragraphs),
        source,
        section,
        author,
        datetime.date.fromisoformat(date) if date else None,
        url,
        credit,
    )
    return Entry(File(path, id, int(size), int(modified), int(changed)), digest, summary)
