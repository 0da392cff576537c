"""A bank's file, read in bounded parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jamjar.errors import InvalidInput

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read, in bytes."""

MAX_ROWS = 250_000
"""The most rows one file may have."""

MAX_LINE = 64 * 1024
MAX_ROW = 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class BankFile:
    """A binary file of limited size, whose beginning can be inspected before it is read.

    Raises InvalidInput for more than 256 MiB in all, or more than 1 MiB since `row_done` was last called.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        head = file.readline(MAX_LINE + 1)
        if not isinstance(head, bytes):
            raise InvalidInput("The bank's file was opened as text; open it as binary.")
        self._head = head[len(_BOM) :] if head.startswith(_BOM) else head
        self._read = self._since = len(self._head)

    @property
    def is_json(self) -> bool:
        """Whether the file begins as a JSON object or array does."""
        return self._head.lstrip()[:1] in (b"{", b"[")

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size` of them if it is not negative; none at the end."""
        if size == 0:
            return b""
        if self._head:
            size = len(self._head) if size < 0 else size
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._counted(self._file.read(size if size > 0 else MAX_LINE))

    def lines(self) -> Iterator[bytes]:
        """Iterate over the lines of the file; raises InvalidInput for one of more than 64 KiB."""
        line, self._head = self._head, b""
        number = 0
        while line:
            number += 1
            if len(line) > MAX_LINE:
                raise InvalidInput(f"Line {number} of the file is longer than {MAX_LINE // 1024} KiB; export it again.")
            yield line
            line = self._counted(self._file.readline(MAX_LINE + 1))

    def row_done(self) -> None:
        """Mark the end of a row, from which the bytes of the next one are counted."""
        self._since = 0

    def _counted(self, data: bytes) -> bytes:
        self._read += len(data)
        self._since += len(data)
        if self._read > MAX_BYTES:
            raise InvalidInput(f"The file is larger than {MAX_BYTES // 1024**2} MiB; export fewer months at a time.")
        if self._since > MAX_ROW:
            raise InvalidInput("A row of the file is larger than 1 MiB; check that this is a bank's file.")
        return data
