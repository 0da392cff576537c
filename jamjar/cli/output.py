"""The output of commands: tables that fit a terminal, JSON for programs, and sentences of one line each.

Text of others (notices, advice, payees, a mailbox's sentences) is printed literally: markup in it is not interpreted,
and its control characters do not reach the terminal, which would execute them.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from jamjar.protocol.signing import SignedMessage


class OutputTable:
    """A table for people, in which wide cells are wrapped and never cut off."""

    def __init__(self, *columns: str, title: str = "", right: tuple[str, ...] = ()) -> None:
        from rich.table import Column, Table
        from rich.text import Text

        headers = [Column(name, overflow="fold", justify="right" if name in right else "left") for name in columns]
        self._table = Table(
            *headers, title=Text(clean(title)) if title else None, title_justify="left", show_header=any(columns)
        )

    def add(self, *cells: object) -> None:
        """Add a row."""
        from rich.text import Text

        self._table.add_row(*(Text(clean(str(cell))) for cell in cells))

    def print(self, *, err: bool = False, empty: str = "") -> None:
        """Print the table, as wide as the terminal is, or 80 columns; or a sentence where it would be `empty`."""
        from rich.console import Console

        if empty and not self._table.row_count:
            typer.echo(empty, err=err)
            return
        Console(stderr=err).print(self._table)


def clean(text: str) -> str:
    """Return a text without characters that control a terminal or hide other text; its lines stay."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)


def clock(at: int) -> str:
    """Return a time in Unix seconds as a clock on this machine shows it."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    plain = (getattr(sys.stdout, "encoding", None) or "").lower() not in ("utf-8", "utf8")
    typer.echo(json.dumps(value, indent=2, ensure_ascii=plain))


def print_error(sentence: object) -> None:
    """Print an error in one line on the error output."""
    typer.echo(f"jamjar: {' '.join(clean(str(sentence)).split())}", err=True)


def print_signed(signed: SignedMessage) -> None:
    """Print that a message was signed."""
    what = f"{type(signed.message).__name__} of {signed.message.consent}"
    typer.echo(f"Signed: {what}. It is queued; send it with jamjar wallet send.")
