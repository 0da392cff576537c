"""What a database's error means for a vault, and what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from jamjar.errors import JamjarError, VaultBusy, VaultDamaged, VaultError, VaultFull, VaultUnavailable

# What a database, its driver and SQLAlchemy raise: some of it, for damaged files, is Python's own.
ERRORS: Final = (SQLAlchemyError, sqlite3.Error, TypeError, ValueError, ArithmeticError, MemoryError)

# What SQLite says (its list of result codes, in English), and how the codes of PostgreSQL (appendix A) begin.
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
        "There is no permission for the vault at {name}; give this program leave to read and write there.",
    ),
    (
        ("disk i/o error", "out of memory", "locking protocol", "interrupted", "within a transaction", "reconnect"),
        ("08", "57", "3D", "58"),
        VaultUnavailable,
        "The storage of the vault at {name} does not answer; see that it works, and open the vault again.",
    ),
    (
        ("not a database",),
        (),
        VaultDamaged,
        "{name} is no vault, or its beginning is damaged; name the right file, or restore a backup.",
    ),
)


@contextmanager
def clear(name: str) -> Iterator[None]:
    """Turn whatever the storage of the vault called `name` raises within the block into one of our errors."""
    try:
        yield
    except JamjarError:
        raise
    except ERRORS as error:
        raise explained(error, name) from error


def explained(error: Exception, name: str) -> VaultError:
    """Return our error for a database's or its driver's, about the vault called `name`."""
    original = getattr(error, "orig", None) or error
    said, code = str(original).lower(), getattr(original, "sqlstate", "")
    for phrases, codes, kind, sentence in _MEANINGS:
        if any(phrase in said for phrase in phrases) or (code and code.startswith(codes)):
            return kind(sentence.format(name=name))
    if code is None or isinstance(original, MemoryError):  # psycopg has no code for a server that is not there
        return VaultUnavailable(
            f"The storage of the vault at {name} does not answer; see that it works, and open the vault again."
        )
    return VaultDamaged(f"What is stored at {name} is damaged; restore a backup.")
