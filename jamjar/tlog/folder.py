"""A log's files in a folder, which any web server or USB stick can serve unchanged."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jamjar.service import private_file
from jamjar.tlog.errors import LogUnavailable


class Folder:
    """The files of a log in a folder, as `jamjar.tlog.tiles.Reader`, and for its publisher to write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the folder during the block, as its only writer; raises LogUnavailable."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDONLY)
        except OSError as error:
            raise LogUnavailable(f"{self.path} cannot be made ({error.strerror}); name another folder.") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise LogUnavailable(f"Another publisher writes to {self.path}; stop one of them.") from None
        finally:
            os.close(handle)

    def read(self, path: str) -> bytes | None:
        """Return what the file at this path holds, None when there is none; raises LogUnavailable."""
        try:
            return (self.path / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LogUnavailable(f"{self.path / path} cannot be read ({error.strerror}); give permission.") from None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files in this order, each whole or not at all, and return when all are on the disk.

        Raises LogUnavailable when one cannot be written; those before it stay written.
        """
        try:
            for path, data in files.items():
                _write(self.path / path, data)
        except OSError as error:
            raise LogUnavailable(
                f"{self.path} cannot be written ({error.strerror}); make room or give permission, and publish again."
            ) from None


def _write(file: Path, data: bytes) -> None:
    made = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    private_file.replace(file, data, private_file.PUBLIC)
    for folder in (file.parent, *(each.parent for each in made)):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # otherwise a power failure could undo the rename
    finally:
        os.close(handle)
