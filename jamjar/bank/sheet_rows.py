"""The cells of a spreadsheet's sheet, and the strings that cells share, read from XML in a stream by expat.

Formulas are their own text, and do nothing. What XML can do to its reader is refused: document types, endless or deep
elements, endless names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from jamjar.bank.source import MAX_LINE, MAX_ROW
from jamjar.errors import InvalidInput

_MOST_COLUMNS = 64
_MOST_ROWS = 1 << 20
_DEEPEST = 40
_MOST_NAMES = 10_000
_MOST_PIECES = 16
"""Pieces of at most 64 KiB that the text of one cell comes in."""
_TEXTS = ("v", "t", "f")
_CODE = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff])_")
"""A character that XML cannot have, and the line that begins such a code (ECMA-376 part 1, section 22.9.2.19)."""


def too_large() -> InvalidInput:
    """Return the refusal of what is larger than any statement."""
    return InvalidInput("The spreadsheet is larger than any statement; save it as CSV.")


class _SheetXml:
    """What expat tells of a part, whose elements have the prefix of the first; a subclass makes something of it."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text, self._parser.buffer_size = True, MAX_LINE
        self._parser.StartDoctypeDeclHandler = self._refused
        self._parser.StartElementHandler = self._first
        self._parser.EndElementHandler = self._closed
        self._parser.CharacterDataHandler = self._text
        self._prefix = self._depth = self._spoken = 0
        self._inside = ""
        self._pieces: list[str] = []
        self._formula = False
        self.found: list[Any] = []

    def parsed(self, file: IO[bytes]) -> Iterator[Any]:
        """Iterate over what is found, holding no more than a part of the file."""
        fed = 0
        while data := file.read(MAX_LINE):
            self._parser.Parse(data)
            fed += len(data)
            if fed - self._parser.CurrentByteIndex > MAX_ROW or len(self._parser.intern) > _MOST_NAMES:
                raise too_large()
            yield from self.found
            self.found.clear()
        self._parser.Parse(b"", True)
        yield from self.found

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element that is no text."""

    def closed(self, name: str) -> None:
        """Take the end of an element that is no text."""

    def text(self) -> str:
        """Return the text since it was taken last, a formula with its sign."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        self._prefix = name.rfind(":") + 1
        self._parser.StartElementHandler = self._opened
        self._opened(name, attributes)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise too_large()
        name = name[self._prefix :]
        if name in _TEXTS:
            self._inside = name
            if name == "f":
                self._pieces[:], self._formula = ["="], True
        elif name == "rPh":  # how a word is pronounced
            self._spoken = self._depth
        else:
            self.opened(name, attributes)

    def _closed(self, name: str) -> None:
        self._depth -= 1
        name = name[self._prefix :]
        if name in _TEXTS:
            self._inside = ""
        elif name == "rPh":
            self._spoken = 0
        else:
            self.closed(name)

    def _text(self, text: str) -> None:
        if self._inside and not self._spoken and not (self._formula and self._inside == "v"):
            self._pieces.append(text)
            if len(self._pieces) > _MOST_PIECES:
                raise too_large()

    def _refused(self, *_: object) -> None:
        raise InvalidInput("The spreadsheet has what none has, a document type; save it as CSV.")


class SheetStrings(_SheetXml):
    """The strings that cells share."""

    def closed(self, name: str) -> None:
        """Take the end of a string, whose runs are joined."""
        if name == "si":
            self.found.append(_unescaped(self.text()))


class SheetRows(_SheetXml):
    """The rows of a sheet, without the empty cells at their ends; a row that the sheet leaves out is empty."""

    def __init__(self, strings: list[str], written: Callable[[str, int], str]) -> None:
        super().__init__()
        self._strings, self._written = strings, written
        self._rows = self._column = 0
        self._cell: dict[str, str] = {}
        self._cells: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of a cell or row."""
        if name == "c":
            self._cell = attributes
            place = attributes.get("r")
            self._column = _column(place.rstrip("0123456789")) if place else self._column + 1
            self._formula = False
        elif name == "row":
            number = int(attributes.get("r", 0))
            if number > _MOST_ROWS:
                raise too_large()
            self.found.extend([[]] * (number - self._rows - 1))
            self._rows = max(self._rows + 1, number)
            self._column = 0
            self._cells = []

    def closed(self, name: str) -> None:
        """Take the end of a cell or row."""
        if name == "row":
            self.found.append(self._cells)
        elif name == "c" and self._pieces and self._column <= _MOST_COLUMNS:
            if value := self._value(self.text()):
                missing = self._column - len(self._cells)
                if missing > 0:
                    self._cells.extend([""] * missing)
                self._cells[self._column - 1] = value
        elif name == "c":
            self._pieces.clear()

    def _value(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return _unescaped(text)
        if self._formula or kind not in ("s", "n", "b", "d"):
            return text
        if kind == "s":
            return self._strings[int(text)]
        if kind == "n":
            return self._written(text, int(self._cell.get("s", 0)))
        return text.removesuffix("T00:00:00").replace("T", " ") if kind == "d" else str(text.strip() == "1")


@lru_cache(_MOST_COLUMNS)
def _column(letters: str) -> int:
    """Return the number of a column from its letters; those that are none are far to the right."""
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if letters.isascii() and letters.isupper() else _MOST_COLUMNS + 1


def _unescaped(text: str) -> str:
    return _CODE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
