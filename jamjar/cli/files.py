"""Files that commands read and write: bounded, whole or not at all, and for their owner only."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jamjar.errors import InvalidInput
from jamjar.service import private_file

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


def write(contents: Mapping[Path, bytes], mode: int = private_file.PRIVATE) -> None:
    """Write new files, all of them or none, for their owner only unless `mode` is PUBLIC; refuses an existing one."""
    made = list[Path]()
    try:
        for file, data in contents.items():
            private_file.create(file, data, mode)
            made.append(file)
    except BaseException as error:
        for each in made:
            each.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise InvalidInput(f"{file} exists already; name another file.") from None
        if isinstance(error, OSError):
            raise InvalidInput(f"{file} cannot be written ({error.strerror}); name another place.") from None
        raise


def replace(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all and for its owner only, in the place of an older one."""
    try:
        private_file.replace(file, data)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written ({error.strerror}); name another place.") from None


def replace_public(file: Path, data: bytes) -> None:
    """Write a file that everybody may read, whole or not at all, in the place of an older one."""
    try:
        private_file.replace(file, data, private_file.PUBLIC)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written ({error.strerror}); name another place.") from None


def make_folder(folder: Path) -> None:
    """Make a folder that is not there, for its owner only."""
    try:
        private_file.make_folder(folder)
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be made ({error.strerror}); name another place.") from None


def require_new_folder(folder: Path) -> None:
    """Refuse a folder that is there already and not empty, and anything else of that name."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise InvalidInput(f"{folder} is there already, and not an empty folder; name a new one.")


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder with these files, whole or not at all; refuses an existing one that is not empty."""
    with _new_folder(folder) as unfinished:
        write({unfinished / name: data for name, data in contents.items()})


def write_public_folder(folder: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Make a folder with files, in folders of its own, that everybody may read; whole or not at all, as `write_folder`.

    contents  each file's path below the folder, with slashes, and its content
    """
    with _new_folder(folder) as unfinished:
        for name, data in contents:
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            (unfinished / name).write_bytes(data)
        unfinished.chmod(0o755)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Give an unfinished folder, which takes its name when the block ends well."""
    place = folder.absolute()
    unfinished: Path | None = None
    try:
        require_new_folder(place)
        private_file.make_folder(place.parent)
        unfinished = Path(tempfile.mkdtemp(prefix=".jamjar-", dir=place.parent))
        yield unfinished
        unfinished.rename(place)  # also replaces an empty folder
    except OSError as error:
        raise InvalidInput(f"{folder} cannot be made ({error.strerror}); name a new folder elsewhere.") from None
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
