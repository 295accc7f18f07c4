"""ZIP files, read within limits: nothing is extracted, and no member is larger than is said."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from reader.errors import UnreadableFile

# Members of an archive. The e-book of a thick newspaper has 2,000.
_MOST_MEMBERS = 20_000
# Bytes that all the members that are read have together. The text of a thick book is 2 MB, the XML
# of a word processor ten times its text.
_LARGEST_TOTAL = 128 * 1024 * 1024
_CHUNK = 1024 * 1024
# Where the record of each member begins in the archive's directory.
_RECORD = b"PK\x01\x02"
# How a compound file begins (MS-CFB): what Word writes when a document is encrypted, and what it
# wrote before 2007.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IS_ENCRYPTED = 0x1


# The suffixes of formats by what is near the beginning of their archives: a media type, which is
# the first member's content, or the names of members.
_MARKS = (
    (b"mimetypeapplication/epub+zip", ".epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"),
    (b"word/", ".docx"),
    (b"datapackage.json", ".wacz"),
)
# Bytes at the beginning and the end in which these are looked for.
_MARKS_WITHIN = 64 * 1024


def guess_kind(content: bytes) -> str:
    """The suffix of the format that a ZIP file without a file name seems to have; ".md", as for
    all others, if it is none that is read.
    """
    both = content[:_MARKS_WITHIN] + content[-_MARKS_WITHIN:]
    return next((suffix for mark, suffix in _MARKS if mark in both), ".md")


class Archive:
    """The members of a ZIP file by their names. `kind` is for messages: "a Word document".

    Raises UnreadableFile for what is no ZIP file, is damaged, or exceeds the limits.
    """

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        self._left = _LARGEST_TOTAL
        if content.startswith(_COMPOUND_FILE):
            raise UnreadableFile(f"{kind} that is encrypted, or of before 2007")
        if content.count(_RECORD) > _MOST_MEMBERS:
            raise UnreadableFile(f"{kind} of more than {_MOST_MEMBERS:,} parts")
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableFile(f"{kind} that is damaged: it is no ZIP file") from error
        self._members: dict[str, ZipInfo] = {}
        for member in self._zip.infolist():
            self._members.setdefault(member.filename.lstrip("/"), member)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> list[str]:
        """The names of the members, in the archive's order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises UnreadableFile, also if there is no such member."""
        member = self._members.get(name)
        if member is None:
            raise UnreadableFile(f"{self.kind} that is damaged: {name} is missing")
        if member.flag_bits & _IS_ENCRYPTED:
            raise UnreadableFile(f"{self.kind} that is encrypted")
        content = bytearray()
        try:
            with self._zip.open(member) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        megabytes = _LARGEST_TOTAL // 1024**2
                        raise UnreadableFile(f"{self.kind} larger than {megabytes} MiB unpacked")
                    content += chunk
        except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as e:
            raise UnreadableFile(f"{self.kind} that is damaged: {name} cannot be unpacked") from e
        return bytes(content)
