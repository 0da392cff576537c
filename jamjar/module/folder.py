"""The files of a module, read within bounds, and the SHA-256 (FIPS 180-4) of all of them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamjar.errors import InvalidInput

LABEL: Final = b"jamjar.module-code.1\0"
MOST_FILES: Final = 200
MOST_BYTES: Final = 1 << 20
"""The most bytes of one file; all of them together have at most four times as many."""
KINDS: Final = frozenset(
    {".py", ".sol", ".toml", ".json", ".md", ".html", ".css", ".js", ".svg", ".csv", ".txt", ".po"}
)
"""The endings that a file may have: all are text, which people can read before they admit it."""
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class ModuleFiles:
    """What a folder holds.

    contents  each file's bytes by its path in the folder, with slashes
    wrong     a sentence for each entry that was not read
    left_out  hidden entries, and Python's caches, which are no part of the module
    """

    contents: Mapping[str, bytes]
    wrong: tuple[str, ...]
    left_out: tuple[str, ...]

    def text(self, path: str) -> str | None:
        """Return a file's text, None where there is no such file or it is not UTF-8."""
        try:
            return self.contents[path].decode("utf-8") if path in self.contents else None
        except UnicodeDecodeError:
            return None


def read(folder: Path) -> ModuleFiles:
    """Read a module's files; no symbolic link below the folder is followed, and nothing but files is opened.

    Raises InvalidInput where there is no folder.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder; name the folder of a module.")
    contents, wrong, left_out = dict[str, bytes](), list[str](), list[str]()
    left = 4 * MOST_BYTES
    try:
        for count, (path, entry) in enumerate(_entries(folder, "")):
            if _is_left_out(entry):
                left_out.append(path)
            elif said := _refusal(path, entry):
                wrong.append(said)
            elif not entry.is_dir(follow_symlinks=False):
                contents[path] = _bytes(entry.path)
                left -= len(contents[path])
            if left < 0 or count >= MOST_FILES:
                wrong.append(
                    f"The folder has over {MOST_FILES} files or 4 MiB; leave out what is no part of the module."
                )
                break
    except OSError as error:
        raise InvalidInput(f"{error.filename} cannot be read ({error.strerror}); see who may read it.") from None
    wrong += _alike(contents)
    wrong += [f"{path} is not UTF-8 text; save it as UTF-8." for path in contents if not _is_text(contents[path])]
    return ModuleFiles(contents, tuple(wrong), tuple(left_out))


def code_hash(contents: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 over all files of a module, 32 bytes.

    Hashed are `LABEL`, then, for each file in the order of the bytes of its path: the length of the path in 8 bytes,
    the path in ASCII with slashes, the length of the content in 8 bytes, the content. Lengths are big-endian.
    """
    made = hashlib.sha256(LABEL)
    for path, content in sorted((path.encode("ascii"), content) for path, content in contents.items()):
        made.update(len(path).to_bytes(8, "big") + path + len(content).to_bytes(8, "big") + content)
    return made.digest()


def _entries(folder: Path | str, above: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = f"{above}{entry.name}"
        yield path, entry
        if entry.is_dir(follow_symlinks=False) and not _is_left_out(entry) and not _refusal(path, entry):
            yield from _entries(entry.path, f"{path}/")


def _is_left_out(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or (entry.name == "__pycache__" and entry.is_dir(follow_symlinks=False))


def _refusal(path: str, entry: os.DirEntry[str]) -> str:
    """Return why an entry is not read, empty where it is."""
    shown = path.encode("ascii", "replace").decode()
    if not _NAME.fullmatch(entry.name):
        return f"{shown} has a name that not every machine can have; use letters, digits, _, - and dots."
    if entry.is_symlink():
        return f"{shown} is a symbolic link, which can lead anywhere; put the file itself there."
    if entry.is_dir(follow_symlinks=False):
        too_deep = f"{shown} lies too deep; use at most {_DEEPEST} folders in each other."
        return too_deep if path.count("/") >= _DEEPEST else ""
    if Path(entry.name).suffix not in KINDS:
        return f"{shown} is of a kind that cannot be read here; a module has {', '.join(sorted(KINDS))}."
    found = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
        return f"{shown} is no file of at most {MOST_BYTES} bytes; remove it, or make it smaller."
    return ""


def _bytes(path: str) -> bytes:
    """Read at most one byte more than is allowed, of a file that is no link now, either."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _alike(contents: Mapping[str, bytes]) -> Iterator[str]:
    seen = dict[str, str]()
    folders = (path.rsplit("/", up)[0] for path in contents for up in range(1, path.count("/") + 1))
    for path in dict.fromkeys((*contents, *folders)):
        other = seen.setdefault(path.lower(), path)
        if other != path:
            yield f"{path} and {other} differ in capitals alone, which some machines cannot keep apart; rename one."


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
