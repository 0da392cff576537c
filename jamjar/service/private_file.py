"""Files that other accounts cannot read: mode 0600, in new folders of mode 0700, and no symbolic link is followed.

A folder that is there already keeps its mode, and so does a file that is public on purpose, such as a log's.
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from jamjar.errors import InvalidInput

PRIVATE: Final = 0o600
PUBLIC: Final = 0o666
"""As the process' umask has it: for what everybody may read."""
_FOLDER: Final = 0o700
_BESIDE: Final = ("-wal", "-shm", "-journal")


def create(file: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write a new file, on the disk when it returns; raises OSError, FileExistsError for a link, too."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def replace(file: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Write a file whole or not at all, in the place of an older one; raises OSError, InvalidInput for a link."""
    refuse_link(file)
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)  # of an attempt that was broken off; of a link, what it points to stays
    create(unfinished, data, mode)
    unfinished.replace(file)


def appended(file: Path) -> BinaryIO:
    """Open a file to append to, a new one if there is none; raises OSError, for a link, too."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, PRIVATE), "ab")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are not there, each for its owner only; raises OSError."""
    for each in reversed([folder, *folder.parents]):
        if not each.is_dir():
            each.mkdir(mode=_FOLDER, exist_ok=True)


def prepare_database(file: Path) -> None:
    """Have SQLite find its file there, so that the file and all that SQLite puts beside it are private.

    One of this account that others could read is made private. Raises OSError, InvalidInput for a link.
    """
    refuse_link(file)
    try:
        create(file, b"")
    except FileExistsError:
        # By name: opening and closing the file would drop the locks that this process has on it (POSIX).
        for each in (file, *(file.with_name(file.name + ending) for ending in _BESIDE)):
            _make_private(each)


def refuse_link(file: Path) -> None:
    """Raise InvalidInput when the last part of a path is a symbolic link."""
    if file.is_symlink():
        raise InvalidInput(f"{file} is a symbolic link, which is not written through; name the file itself.")


def _make_private(file: Path) -> None:
    try:
        found = file.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_mode & 0o077:
        file.chmod(PRIVATE)
