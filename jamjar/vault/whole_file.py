"""Files that appear under their names whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jamjar.errors import VaultError, VaultExists, VaultFull, VaultUnavailable


@contextmanager
def appearing(file: Path) -> Iterator[Path]:
    """Yield a path next to `file` to write to, which is named `file` when the block ends without an error.

    The remains of an interrupted attempt are removed first. Raises VaultExists when `file` exists already,
    and VaultUnavailable or VaultFull when the folder cannot be written to.
    """
    unfinished = file.with_name(file.name + ".unfinished")
    try:
        if os.path.lexists(file):
            raise VaultExists(f"{file} exists already; name another file.")
        remove(unfinished)
        yield unfinished
        os.link(unfinished, file)  # unlike renaming, never replaces a file of somebody else
        sync_folder(file.parent)
    except OSError as error:
        raise explained(error, str(file)) from error
    finally:
        remove(unfinished)


def create_private(file: Path, data: bytes = b"") -> None:
    """Create a file that only its owner reads and writes (mode 0600), on the disk; raises as `appearing`."""
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        sync_folder(file.parent)
    except (OSError, ValueError) as error:
        raise explained(error, str(file)) from error


def remove(file: Path) -> None:
    """Remove a database file with its journal, if they exist and can be removed."""
    for path in (file, file.with_name(file.name + "-journal")):
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue  # writing has failed then, too, and that error is reported


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk: otherwise a power failure can lose a new file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def explained(error: Exception, place: str) -> VaultError:
    """Return the VaultError for an error of the operating system."""
    number = getattr(error, "errno", None)
    if number == errno.EEXIST:
        return VaultExists(f"{place} exists already; name another file, or open it.")
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return VaultFull(f"There is no room for {place}; make room and try again.")
    return VaultUnavailable(f"{place} cannot be reached or written; check folder, name and permission, and try again.")
