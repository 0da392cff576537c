"""What a command shows while it waits: one line that counts, and is told at once where nothing would come by itself."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer

from jamjar.cli.output import clean
from jamjar.errors import NodeUnavailable

if TYPE_CHECKING:
    from jamjar.ledger.development import DevelopmentNode

Mine = Annotated[
    bool, typer.Option("--mine", help="On a development node: have it make the blocks that are waited for.")
]
_Item = TypeVar("_Item")
_Line = TypeVar("_Line", bound="CountingLine")
_PAUSE, _PAUSE_AFTER_MINING = 1.0, 0.1
_LARGE: Final = 1 << 20
"""Bytes of a file that takes a second or more to read."""


class CountingLine:
    """A line on the error output: a terminal's is written over, elsewhere it is written again only when it changes."""

    def __init__(self) -> None:
        self._began, self._last, self._width = time.monotonic(), "", 0

    def __enter__(self: _Line) -> _Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._width:
            typer.echo("", err=True)

    def show(self, sentence: str) -> None:
        """Show what is waited for, and on a terminal for how many seconds."""
        if sys.stderr.isatty():
            line = f"{sentence} {time.monotonic() - self._began:.0f} s"
            typer.echo(f"\r{line.ljust(self._width)}", nl=False, err=True)
            self._width = len(line)
        elif sentence != self._last:
            typer.echo(sentence, err=True)
        self._last = sentence


class CountedFile(io.FileIO):
    """A file to read that shows on a line how far it was read, on a terminal and where it is large."""

    def __init__(self, file: Path, line: CountingLine) -> None:
        super().__init__(file)
        self._size, self._line = file.stat().st_size, line
        self._sentence = f"Reading {clean(file.name)}:"

    def readinto(self, buffer: Any) -> int | None:
        """Read as any file, and show how far."""
        count = super().readinto(buffer)
        if self._size >= _LARGE and sys.stderr.isatty():
            self._line.show(f"{self._sentence} {min(100, 100 * self.tell() // self._size)}%,")
        return count


def counted(done: Iterable[_Item], total: int) -> Iterator[_Item]:
    """Yield what is done one by one; before each of several, a terminal shows which of how many it is."""
    each = iter(done)
    for place in range(1, total + 1):
        if total > 1 and sys.stderr.isatty():
            typer.echo(f"{place} of {total}: ", nl=False, err=True)
        yield next(each)


class BlockWait(CountingLine):
    """Waits for blocks of a node, for so many seconds in all.

    mine  have a development node make them; raises InvalidInput where the node is none
    """

    def __init__(self, url: str, seconds: float, *, mine: bool) -> None:
        from jamjar.ledger.development import DevelopmentNode

        super().__init__()
        self._node: DevelopmentNode = DevelopmentNode(url)
        self._until, self._mine, self._is_first = time.monotonic() + seconds, mine, True
        if mine:
            self._node.check()

    def wait(self, sentence: str) -> bool:
        """Show what is waited for, wait a little, or have a block made; return whether there is time left."""
        if self._is_first and not self._mine:
            self._say_at_once()
        self._is_first = False
        self.show(sentence)
        if self._mine:
            self._node.mine()
        time.sleep(_PAUSE_AFTER_MINING if self._mine else _PAUSE)
        return time.monotonic() < self._until

    def _say_at_once(self) -> None:
        with suppress(NodeUnavailable):  # what asks the node next says so
            if self._node.waits():
                sentence = "makes a block only when it is sent something, unless it was told otherwise"
                typer.echo(f"The node is {self._node.kind()}, which {sentence}; --mine has it make them now.", err=True)
