"""The place of a program's database, as an option names it."""

from pathlib import Path

from jamjar.cli import options
from jamjar.errors import InvalidInput


def place(text: str, option: str = "--database", what: str = "database") -> str:
    """Return the address of a database; raises InvalidInput for what is none, or has a password."""
    if "://" not in text:
        raise InvalidInput(f"The {what} is neither sqlite:///FILE nor postgresql://...; correct {option}.")
    return options.place(text)


def existing(text: str, whose: str) -> str:
    """Return the address of a database as `place` does, and make no new file; `whose` says whose to name instead."""
    found, file = place(text), text.removeprefix("sqlite:///")
    if file != text and not Path(file).exists():
        raise InvalidInput(f"There is no database {file}; name the {whose}'s with --database.")
    return found
