"""A node's backup: one file of its folder as it was when the node had ended, with what it is of and a sum of each file.

It is a tar archive (POSIX.1-2001, pax). Its first member, `backup.json`, has the network, the newest block and, of each
other member, the size and the SHA-256; the SHA-256 of `backup.json` is therefore a fingerprint of the whole.
It holds the node's private key, so the file is its owner's alone.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.service import private_file

FORMAT: Final = "jamjar.node-backup.1"
MANIFEST: Final = "backup.json"
_MOST_BYTES: Final = 64 << 20
_PART: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup is of.

    genesis       the hash of the network's first block, `genesis_file` the SHA-256 of the file that it is made from
    number        the node's number when it was taken, `address` what its key makes it
    block, hash   the newest block that the node had, at least
    taken         Unix seconds
    files         the size and the SHA-256 of each file of the node, by its path
    """

    engine: str
    version: str
    chain_id: int
    genesis: str
    genesis_file: str
    number: int
    address: str
    block: int
    hash: str
    taken: int
    files: dict[str, tuple[int, str]]

    def to_json(self) -> bytes:
        """Return the content of `backup.json`."""
        return (json.dumps({"format": FORMAT, **asdict(self)}, indent=1) + "\n").encode()

    def fingerprint(self) -> str:
        """Return what tells this backup from any other, in hex."""
        return hashlib.sha256(self.to_json()).hexdigest()


def sums(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the size and the SHA-256 of these files in a folder."""
    found = {}
    for name in sorted(names):
        with (folder / name).open("rb") as opened:
            found[name] = _copied(opened, None)
    return found


def write(file: Path, folder: Path, backup: Backup) -> None:
    """Write a backup, whole or not at all; raises InvalidInput where it cannot, or a file changes meanwhile."""
    if file.exists() or file.is_symlink():
        raise InvalidInput(f"{file} is there already; name a new file.")
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)  # of an attempt that was broken off
        with private_file.appended(unfinished) as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
                _add(archive, MANIFEST, io.BytesIO(backup.to_json()), len(backup.to_json()))
                for name, (size, _) in backup.files.items():
                    with (folder / name).open("rb") as opened:
                        _add(archive, name, opened, size)
            out.flush()
            os.fsync(out.fileno())
        read(unfinished)
        unfinished.rename(file)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written ({error.strerror}); name a file elsewhere.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def read(file: Path, into: Path | None = None) -> Backup:
    """Read a whole backup and compare all sums; raises InvalidInput where anything is missing, added or different.

    into  a new folder that its files are written to, as they are read
    """
    try:
        with tarfile.open(file, mode="r|") as archive:
            return _read(archive, file, into)
    except tarfile.TarError as error:
        raise InvalidInput(f"{file} is no backup of a node, or is not whole; take an earlier one.") from error
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read or unpacked ({error.strerror}); free the disk or copy it again."
        ) from None


def _read(archive: tarfile.TarFile, file: Path, into: Path | None) -> Backup:
    first = archive.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > _MOST_BYTES:
        raise InvalidInput(f"{file} is no backup of a node; name the file that jamjar network backup wrote.")
    content = archive.extractfile(first)
    backup = _manifest(content.read() if content else b"", file)
    left = dict(backup.files)
    while (member := archive.next()) is not None:
        expected = left.pop(member.name, None)
        opened = archive.extractfile(member) if member.isreg() else None
        if expected is None or opened is None or member.size != expected[0]:
            raise InvalidInput(f"{file} was altered at {member.name!r}; take an earlier one.")
        if _copied(opened, into / member.name if into else None) != expected:
            raise InvalidInput(f"{file} was altered at {member.name!r}; take an earlier one.")
    if left:
        raise InvalidInput(f"{file} is not whole: {min(left)!r} is missing; copy it again, or take an earlier one.")
    return backup


def _manifest(content: bytes, file: Path) -> Backup:
    try:
        data: Any = strict_json.loads(content.decode(), f"{MANIFEST} in {file}", _MOST_BYTES)
        written = data.pop("format")
        files = {name: (int(size), str(digest)) for name, (size, digest) in data.pop("files").items()}
        backup = Backup(**data, files=files)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"{file} has a damaged {MANIFEST}; take an earlier one.") from error
    if written != FORMAT:
        raise InvalidInput(f"{file} is not in the format {FORMAT}; update Jamjar.")
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or str(path) != name or name in ("", "."):
            raise InvalidInput(f"{file} names the file {name[:80]!r}, which no node has; take an earlier one.")
    return backup


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, private_file.PRIVATE
    archive.addfile(member, content)


def _copied(content: IO[bytes], to: Path | None) -> tuple[int, str]:
    """Read a file, to another where one is named, and return its size and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    if to is not None:
        private_file.make_folder(to.parent)
    out = private_file.appended(to) if to else io.BytesIO()
    with out:
        while part := content.read(_PART):
            digest.update(part)
            size += len(part)
            if to is not None:
                out.write(part)
    return size, digest.hexdigest()
