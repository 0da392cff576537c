"""Files of blocks of lines, of which each says one thing: QIF, and the text that Santander gives."""

from __future__ import annotations

from collections.abc import Iterator

from jamjar.bank.layout import Layout
from jamjar.bank.source import BankFile
from jamjar.bank.text import folded
from jamjar.errors import InvalidInput

_TAGGED = "^"
_OTHER_KINDS = ("!type:invst", "!type:memorized", "!type:prices", "!type:security")


def blocks(source: BankFile, layout: Layout) -> Iterator[dict[str, str]]:
    """Iterate over the blocks, each as its cells by folded name."""
    return _tagged(source) if layout.separates == _TAGGED else _named(source, folded(layout.separates))


def _tagged(source: BankFile) -> Iterator[dict[str, str]]:
    """Blocks whose lines begin with a letter, and that a "^" ends."""
    block: dict[str, str] = {}
    is_list = False
    for line in source.lines():
        text = line.strip()
        if text.startswith("!"):
            is_list = not text.lower().startswith("!type:") or text.lower() in ("!type:cat", "!type:class")
            if text.lower().startswith(_OTHER_KINDS):
                raise InvalidInput("The QIF file is of investments; export the transactions of a bank account.")
        elif text == _TAGGED:
            source.row_done()
            if block and not is_list:
                yield block
            block = {}
        elif text:
            name = text[0].lower()
            # Lines of a split transaction repeat; the amount of the whole is in T. A year may follow an apostrophe.
            block.setdefault(name, text[1:].replace("'", "/").replace(" ", "") if name == "d" else text[1:])
    if block and not is_list:
        raise InvalidInput("The file is cut off in its last block; export it again.")


def _named(source: BankFile, start: str) -> Iterator[dict[str, str]]:
    """Blocks whose lines are a name, a colon and a cell, and that begin with the line of one name."""
    block: dict[str, str] | None = None
    for line in source.lines():
        name, colon, cell = line.partition(":")
        if not colon:
            if not line.strip():
                continue
            raise InvalidInput("A line of the file has no name before a colon; export the file again, unaltered.")
        if folded(name) == start:
            source.row_done()
            if block is not None:
                yield block
            block = {}
        if block is not None:
            block[folded(name)] = " ".join(cell.split())
    if block is not None:
        yield block
