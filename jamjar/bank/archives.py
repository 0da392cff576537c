"""ZIP archives: a spreadsheet in XLSX, or one statement, which is taken out."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, TypeVar, cast

from jamjar.bank.source import MAX_BYTES
from jamjar.errors import InvalidInput

T = TypeVar("T")

_MOST_FILES = 1000
LARGEST_INSIDE = 64 * 1024 * 1024
"""The most bytes of a spreadsheet that is itself in an archive, as it is held whole."""
_ENDS = (".csv", ".tsv", ".ofx", ".qfx", ".qif", ".json", ".xml", ".sta", ".mt940", ".xlsx")
_DOCUMENTS = {
    "mimetype": "an OpenDocument file", "word/": "a text document", "Index/": "a document of Apple's programs",
}  # fmt: skip
_UNREADABLE = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive in `file`, once its declared sizes were found to be within bounds.

    Raises InvalidInput for what is no archive, and for one that would unpack to more than 256 MiB.
    """
    try:
        file.seek(0)
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except _UNREADABLE:
        raise InvalidInput(
            "The file is a spreadsheet or a ZIP archive that is damaged; download it again, or save it as CSV."
        ) from None
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise InvalidInput("The archive unpacks to more than any statement; unpack it, and import what is in it.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InvalidInput("The archive needs a password; unpack it, and import what is in it.")
    return archive


def is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    """Return whether an archive is a workbook in XLSX."""
    return "xl/workbook.xml" in archive.namelist()


class Unpacked(io.RawIOBase):
    """A file in an archive; raises InvalidInput where the archive is damaged."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        super().__init__()
        self._file = _readable(lambda: archive.open(name))

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, none at the end."""
        return _readable(lambda: self._file.read(size))


def _readable(what: Callable[[], T]) -> T:
    try:
        return what()
    except _UNREADABLE:
        raise InvalidInput(
            "The archive is damaged or packed in an unknown way; unpack it with its own program."
        ) from None


def statement(archive: zipfile.ZipFile) -> BinaryIO:
    """Return the one statement in an archive, open; raises InvalidInput unless there is one."""
    names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    for part, what in _DOCUMENTS.items():
        if any(name.startswith(part) for name in names):
            raise InvalidInput(f"The file is {what}; open it, and save it as CSV or XLSX.")
    names = [name for name in names if not name.startswith("__MACOSX/") and name.rpartition("/")[2][:1] != "."]
    if len(names) > 1:
        names = [name for name in names if name.lower().endswith(_ENDS)] or names
    if len(names) != 1:
        raise InvalidInput(
            f"The archive has {len(names)} files, and not one statement; unpack it, and import the statements."
        )
    return cast(BinaryIO, Unpacked(archive, names[0]))
