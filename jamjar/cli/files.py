"""Files that commands read and write: bounded, whole or not at all, and for their owner only."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jamjar.errors import InvalidInput

_LARGEST = 64 * 1024


def read(file: Path, what: str, most: int = _LARGEST) -> bytes:
    """Return the content of a file of at most `most` bytes."""
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read ({error.strerror}); name the {what}.") from None
    if len(data) > most:
        raise InvalidInput(f"{file} is larger than any {what}; name the right file.")
    return data


def text(file: Path, what: str, most: int = _LARGEST) -> str:
    """Return the UTF-8 text in a file."""
    try:
        return read(file, what, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{file} is not UTF-8 text; name the {what}.") from None


def write(contents: Mapping[Path, bytes]) -> None:
    """Write new files, all of them or none, for their owner only; refuses an existing one."""
    made = list[Path]()
    try:
        for file, data in contents.items():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            made.append(file)
            with os.fdopen(handle, "wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
    except BaseException as error:
        for each in made:
            each.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise InvalidInput(f"{file} exists already; name another file.") from None
        if isinstance(error, OSError):
            raise InvalidInput(f"{file} cannot be written ({error.strerror}); name another place.") from None
        raise


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder with these files, whole or not at all; refuses an existing one that is not empty."""
    place = folder.absolute()
    unfinished: Path | None = None
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise InvalidInput(f"{folder} exists already, and is not an empty folder; name a new one.")
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".jamjar-", dir=place.parent))
        write({unfinished / name: data for name, data in contents.items()})
        unfinished.rename(place)  # also replaces an empty folder
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be made ({error.strerror}); name a new folder elsewhere.") from None
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
