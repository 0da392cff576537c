"""A file that appears under its name whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jamjar.errors import VaultError, VaultExists, VaultFull, VaultUnavailable


@contextmanager
def appearing(file: Path) -> Iterator[Path]:
    """Give a path beside `file` to write to, which gets the name `file` once the block has ended without an error.

    What an earlier, broken-off attempt left there is removed first. Raises VaultExists when `file` is there already,
    and VaultUnavailable or VaultFull when the folder cannot be written to.
    """
    unfinished = file.with_name(file.name + ".unfinished")
    try:
        if os.path.lexists(file):
            raise VaultExists(f"{file} is there already; name another file.")
        remove(unfinished)
        yield unfinished
        os.link(unfinished, file)  # unlike renaming, never replaces what somebody else put there meanwhile
        sync_folder(file.parent)
    except OSError as error:
        raise explained(error, str(file)) from error
    finally:
        remove(unfinished)


def create_private(file: Path) -> None:
    """Make an empty file that only its owner reads and writes (mode 0600); raises VaultExists and as `appearing`."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        sync_folder(file.parent)
    except (OSError, ValueError) as error:
        raise explained(error, str(file)) from error


def remove(file: Path) -> None:
    """Remove a database file with its journal, as far as they are there and can be removed."""
    for path in (file, file.with_name(file.name + "-journal")):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue  # what could not be removed could not be written either, and that is the error to be told


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk: without it a power failure can take a new file away."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def explained(error: Exception, place: str) -> VaultError:
    """Return the error that says what to do about an operating system's."""
    number = getattr(error, "errno", None)
    if number == errno.EEXIST:
        return VaultExists(f"{place} is there already; name another file, or open what is there.")
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return VaultFull(f"There is no room for {place}; make room and try again.")
    return VaultUnavailable(f"{place} cannot be reached or written; check folder, name and permission, and try again.")
