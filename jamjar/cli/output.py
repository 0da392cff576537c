"""What commands print: tables that fit a terminal, JSON for programs, sentences of which each is one line.

What other people wrote (notices, advice, payees, a mailbox's sentences) is printed as it reads, and as nothing else:
markup in it means nothing, and no control character in it reaches the terminal, which would obey it.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from jamjar.protocol.signing import SignedMessage

_SHOWN = 10


class OutputTable:
    """A table for people; a cell that is too wide goes on in the next line, and nothing of it is cut off."""

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

    def print(self, *, err: bool = False) -> None:
        """Print the table, as wide as the terminal is, or 80 columns."""
        from rich.console import Console

        Console(stderr=err).print(self._table)


def clean(text: str) -> str:
    """Return a text without characters that a terminal obeys or that hide how it reads; its lines stay."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)


def short(name: str) -> str:
    """Return the beginning of an address, id or digest, enough to name it by; two dots say that it goes on."""
    return f"{name[:_SHOWN]}.."


def beginning(text: str) -> str:
    """Return what somebody typed, or copied from a table, as the beginning of a name."""
    return text.strip().lower().rstrip(".…")


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    plain = (getattr(sys.stdout, "encoding", None) or "").lower() not in ("utf-8", "utf8")
    typer.echo(json.dumps(value, indent=2, ensure_ascii=plain))


def print_error(sentence: object) -> None:
    """Say on the error output, in one line, what was refused or went wrong."""
    typer.echo(f"jamjar: {' '.join(clean(str(sentence)).split())}", err=True)


def print_signed(signed: SignedMessage) -> None:
    """Say that something was signed."""
    typer.echo(f"Signed: {type(signed.message).__name__} of {signed.message.consent}. It waits: jamjar wallet send.")
