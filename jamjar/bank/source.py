"""A bank's file, read in bounded parts: its bytes, and its lines in whatever encoding they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from jamjar.errors import InvalidInput

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read, in bytes."""

MAX_ROWS = 250_000
"""The most rows one file may have."""

PART = 16 * 1024
"""How many bytes are read at once."""

MAX_LINE = 64 * 1024
MAX_ROW = 1024 * 1024
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HEAD = 4096


class Readable(Protocol):
    """What can be read in parts."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


class BankFile(io.RawIOBase):
    """A binary file of limited size, whose beginning can be inspected before it is read.

    Raises InvalidInput for more than 256 MiB in all, or more than 1 MiB since `row_done` was last called.
    `remarks` gains a sentence when the encoding is not UTF-8.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file = file
        self.remarks: list[str] = []
        self._total = self._since = 0
        self._decode = _Decoder(self.remarks)
        self._buffered = io.BufferedReader(self, PART)
        self.head = bytes(self._buffered.peek(_HEAD)[:_HEAD])
        self._mark = next((mark for mark in _MARKS if self.head.startswith(mark)), b"")
        self.encoding = _MARKS[self._mark] if self._mark else _unmarked(self.head)

    @property
    def beginning(self) -> str:
        """The first characters, without a byte order mark and what is blank; undecodable ones are replaced."""
        return self.head[len(self._mark) :].decode(self.encoding, "replace").lstrip()

    def readable(self) -> bool:
        """Return that this can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with the next bytes, and return how many they are."""
        data = self.file.read(len(buffer))
        if not isinstance(data, bytes):
            raise InvalidInput("The bank's file was opened as text; open it as binary.")
        self._total += len(data)
        self._since += len(data)
        if self._total > MAX_BYTES:
            raise InvalidInput(f"The file is larger than {MAX_BYTES // 1024**2} MiB; export fewer months at a time.")
        if self._since > MAX_ROW:
            raise InvalidInput("A row of the file is larger than 1 MiB; check that this is a bank's file.")
        buffer[: len(data)] = data
        return len(data)

    def row_done(self) -> None:
        """Mark the end of a row, from which the bytes of the next one are counted."""
        self._since = 0

    def content(self, most: int) -> bytes:
        """Return all bytes that are left, without counting rows; raises InvalidInput for more than `most`."""
        parts, size = [], 0
        while part := self._buffered.read(MAX_LINE):
            self.row_done()
            parts.append(part)
            size += len(part)
            if size > most:
                raise InvalidInput(f"A file of this kind is read up to {most // 1024**2} MiB; export fewer months.")
        return b"".join(parts)

    def utf8(self) -> Readable:
        """Return the rest of the file as bytes in UTF-8, without a byte order mark."""
        self._buffered.read(len(self._mark))
        if self.encoding == "utf-8":
            return _Parts(self._buffered, self.decoded)
        self.remarks.append("The file is in UTF-16.")
        return _Recoded(io.TextIOWrapper(self._buffered, self.encoding, "replace", newline=""))

    def raw(self) -> io.BufferedIOBase:
        """Return the file as it is, for a parser that finds the encoding itself."""
        return self._buffered

    def texts(self) -> Iterator[str]:
        """Iterate over the text in parts."""
        parts = self.utf8()
        while part := parts.read(MAX_LINE):
            yield part.decode()

    def decoded(self, data: bytes) -> str:
        """Return bytes as text: UTF-8, or Windows-1252 where it is not that."""
        return data.decode("ascii") if data.isascii() else self._decode(data.decode("latin-1"), 0)

    def lines(self) -> Iterator[str]:
        """Iterate over the lines, each with its end, which is CR, LF or both.

        A byte order mark decides the encoding; without one UTF-16 is recognised by its zeros; then it is UTF-8, and
        from the first line that is not on it is Windows-1252. Raises InvalidInput, which names the line, for one of
        more than 64 KiB, for NUL characters, and for text that is in no one encoding.
        """
        self._buffered.read(len(self._mark))
        wide = self.encoding != "utf-8"
        if wide:
            self.remarks.append("The file is in UTF-16.")
        text = io.TextIOWrapper(self._buffered, self.encoding if wide else "latin-1", "replace", newline="")
        number = 0
        while line := text.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise InvalidInput(f"Line {number} of the file is longer than {MAX_LINE // 1024} KiB; export it again.")
            if "\0" in line:
                raise InvalidInput(f"Line {number} of the file has NUL characters; export it again as CSV.")
            yield line if wide or line.isascii() else self._decode(line, number)


class _Decoder:
    """Decodes lines that hold one character for each byte."""

    def __init__(self, remarks: list[str]) -> None:
        self._remarks = remarks
        self._found = ""

    def __call__(self, line: str, number: int) -> str:
        data = line.encode("latin-1")
        for name in ("utf-8", "cp1252"):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if self._found not in ("", name):
                break
            if not self._found and name == "cp1252":
                self._remarks.append("The file is not in UTF-8, and was read as Windows-1252.")
            self._found = name
            return text
        where = f"Line {number} of the file" if number else "A part of the file"
        raise InvalidInput(f"{where} is in another encoding than the rest; export it again, as UTF-8.")


class _Recoded:
    """Text as bytes in UTF-8; more than `size` at once, as letters have several."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, size: int) -> bytes:
        """Return the next characters, none at the end."""
        return self._text.read(size).encode("utf-8", "replace")


class _Parts:
    """Bytes in UTF-8 or Windows-1252 as bytes in UTF-8: each part is decoded without cutting a letter in two."""

    def __init__(self, file: io.BufferedIOBase, decoded: Callable[[bytes], str]) -> None:
        self._file, self._decoded, self._rest = file, decoded, b""

    def read(self, size: int) -> bytes:
        """Return the next part, none at the end."""
        part = self._file.read(size)
        data = self._rest + part
        whole = data[: -_begun(data)] if part and _begun(data) else data
        self._rest = data[len(whole) :]
        return self._decoded(whole).encode() if whole or not part else self.read(size)


def _begun(data: bytes) -> int:
    """Return how many bytes at the end are the beginning of a letter in UTF-8."""
    for back in range(1, min(4, len(data) + 1)):
        lead = data[-back]
        if lead >= 0xC0:
            return back if back < (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4) else 0
        if lead < 0x80:
            break
    return 0


def _unmarked(head: bytes) -> str:
    """Return the encoding of a file without a byte order mark: UTF-16 where every second byte is a zero."""
    even, odd = head[0:200:2], head[1:200:2]
    if even and odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    if odd and even.count(0) > 0.8 * len(even) and not odd.count(0):
        return "utf-16-be"
    return "utf-8"
