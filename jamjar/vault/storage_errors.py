"""Translation of database errors into errors of a vault, with what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from jamjar.errors import JamjarError, VaultBusy, VaultDamaged, VaultError, VaultFull, VaultUnavailable

# The errors of a database, its driver and SQLAlchemy; for damaged files, some are Python's own.
ERRORS: Final = (SQLAlchemyError, sqlite3.Error, TypeError, ValueError, ArithmeticError, MemoryError)

# Messages of SQLite (its list of result codes, in English), and prefixes of codes of PostgreSQL (appendix A).
_MEANINGS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...], type[VaultError], str], ...]] = (
    (
        ("is locked",),
        ("55P03",),
        VaultBusy,
        "Another program has the vault open; close it there and try again.",
    ),
    (
        ("is full",),
        ("53",),
        VaultFull,
        "There is no room for the vault at {name}; make room and try again.",
    ),
    (
        ("unable to open", "readonly", "read-only", "authorization"),
        ("42501", "28", "25006"),
        VaultUnavailable,
        "There is no permission for the vault at {name}; allow this program to read and write there.",
    ),
    (
        ("disk i/o error", "out of memory", "locking protocol", "interrupted", "within a transaction", "reconnect"),
        ("08", "57", "3D", "58"),
        VaultUnavailable,
        "The storage of the vault at {name} does not answer; check that it works, and open the vault again.",
    ),
    (
        ("not a database",),
        (),
        VaultDamaged,
        "{name} is not a vault, or its beginning is damaged; name the right file, or restore a backup.",
    ),
)


@contextmanager
def clear(name: str) -> Iterator[None]:
    """Turn errors of the storage of the vault called `name` within the block into subclasses of VaultError."""
    try:
        yield
    except JamjarError:
        raise
    except ERRORS as error:
        raise explained(error, name) from error


def explained(error: Exception, name: str) -> VaultError:
    """Return the VaultError for an error of a database or its driver, about the vault called `name`."""
    original = getattr(error, "orig", None) or error
    said, code = str(original).lower(), getattr(original, "sqlstate", "")
    for phrases, codes, kind, sentence in _MEANINGS:
        if any(phrase in said for phrase in phrases) or (code and code.startswith(codes)):
            return kind(sentence.format(name=name))
    if code is None or isinstance(original, MemoryError):  # psycopg has no code for an unreachable server
        return VaultUnavailable(
            f"The storage of the vault at {name} does not answer; check that it works, and open the vault again."
        )
    return VaultDamaged(f"What is stored at {name} is damaged; restore a backup.")
