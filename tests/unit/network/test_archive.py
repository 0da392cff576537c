"""network.archive: a backup is whole, or it is refused; what is unpacked is what was packed, and nothing outside.

When a folder is written and read                    every file is the same, private, and the fingerprint too
Given it was cut off anywhere, or one bit changed    refused
Given a file was added, left out, twice, or a link   refused
Given it names a path outside, or is no backup       refused, and nothing is outside
Given the file is there, or a disk that is full      refused; what was there is as before, and nothing is half written
"""

import hashlib
import io
import json
import stat
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import archive
from jamjar.network.archive import Backup

CONTENT = {"nodekey": b"secret", "data/blocks": bytes(range(256)) * 5000, "data/empty": b""}


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Backup]:
    """A backup of three files."""
    folder = tmp_path / "node"
    for name, data in CONTENT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    backup = Backup("toy", "Toy/1", 7, "0xaa", "bb", 3, "0xcc", 12, "0xdd", 99, archive.sums(folder, CONTENT))
    archive.write(tmp_path / "node.tar", folder, backup)
    return tmp_path / "node.tar", backup


def packed(file: Path, members: list[tuple[str, bytes | None]], **changes: Any) -> Path:
    """Write a tar file by hand, of these members, None for a link, with a manifest that fits them unless changed."""
    files = {name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in members if data is not None}
    whole = Backup("toy", "Toy/1", 7, "0xaa", "bb", 3, "0xcc", 12, "0xdd", 99, {})
    manifest = {**json.loads(whole.to_json()), "files": files, **changes}
    with tarfile.open(file, "w") as out:
        for name, data in [("backup.json", json.dumps(manifest).encode()), *members]:
            member = tarfile.TarInfo(name)
            member.size = len(data or b"")
            member.type, member.linkname = (tarfile.REGTYPE, "") if data is not None else (tarfile.SYMTYPE, "/etc")
            out.addfile(member, io.BytesIO(data or b""))
    return file


def test_the_same(made: tuple[Path, Backup], tmp_path: Path) -> None:
    file, backup = made
    found = archive.read(file, tmp_path / "again")
    assert found == backup
    assert found.fingerprint() == backup.fingerprint()
    assert {name: (tmp_path / "again" / name).read_bytes() for name in CONTENT} == CONTENT
    everything = [file, *(tmp_path / "again" / name for name in CONTENT)]
    assert {stat.S_IMODE(each.stat().st_mode) for each in everything} == {0o600}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["again", "node", "node.tar"]


def test_other_tools_read_it(made: tuple[Path, Backup]) -> None:
    with tarfile.open(made[0]) as opened:
        assert opened.getnames() == ["backup.json", *sorted(CONTENT)]


@pytest.mark.parametrize("part", [0, 0.0001, 0.2, 0.5, 0.9, 0.99])
def test_cut_off(made: tuple[Path, Backup], part: float) -> None:
    data = made[0].read_bytes()
    made[0].write_bytes(data[: int(len(data) * part)])
    with pytest.raises(InvalidInput, match=r"backup|altered|whole"):
        archive.read(made[0])


def test_one_bit(made: tuple[Path, Backup]) -> None:
    data = made[0].read_bytes()
    for place in (*range(600, 2000, 97), data.index(b"secret"), data.index(bytes(range(256))) + 400_000):
        changed = bytearray(data)
        changed[place] ^= 1
        made[0].write_bytes(changed)
        try:
            found = archive.read(made[0])
        except InvalidInput:
            continue
        assert found.fingerprint() != made[1].fingerprint() or not any(data[place : place + 1]), place


FILE = ("nodekey", b"secret")
WRONG: list[tuple[list[tuple[str, bytes | None]], dict[str, Any], str]] = [
    ([FILE, FILE], {}, "altered at 'nodekey'"),
    ([FILE, ("more", b"")], {"files": {"nodekey": [6, hashlib.sha256(b"secret").hexdigest()]}}, "altered at 'more'"),
    ([FILE], {"files": {"nodekey": [6, "0" * 64]}}, "altered at 'nodekey'"),
    ([FILE], {"files": {"nodekey": [7, hashlib.sha256(b"secret").hexdigest()]}}, "altered"),
    ([], {"files": {"nodekey": [6, "0" * 64]}}, "'nodekey' is missing"),
    ([("link", None)], {"files": {"link": [0, hashlib.sha256(b"").hexdigest()]}}, "altered at 'link'"),
    ([("../outside", b"x")], {}, "names the file '../outside'"),
    ([("/tmp/outside", b"x")], {}, "names the file '/tmp/outside'"),  # noqa: S108 - never written
    ([("a/../../outside", b"x")], {}, "names the file"),
    ([("", b"x")], {}, "names the file ''"),
    ([FILE], {"format": "jamjar.node-backup.2"}, "not in the format"),
    ([FILE], {"files": 3}, "damaged"),
    ([FILE], {"extra": 3}, "damaged"),
    ([FILE], {"files": {"nodekey": "ab"}}, "damaged"),
]


@pytest.mark.parametrize(("members", "changes", "says"), WRONG)
def test_refused(tmp_path: Path, members: list[tuple[str, bytes | None]], changes: dict[str, Any], says: str) -> None:
    file = packed(tmp_path / "wrong.tar", members, **changes)
    with pytest.raises(InvalidInput, match=says):
        archive.read(file, tmp_path / "deep" / "into")
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize("content", [b"", b"no tar", b"\0" * 10240])
def test_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(InvalidInput, match="is no backup of a node"):
        archive.read(tmp_path / "file")
    with pytest.raises(InvalidInput, match="cannot be read"):
        archive.read(tmp_path / "nothing")


def test_nothing_is_overwritten_or_half_written(made: tuple[Path, Backup], tmp_path: Path) -> None:
    before = made[0].read_bytes()
    with pytest.raises(InvalidInput, match="is there already"):
        archive.write(made[0], tmp_path / "node", made[1])
    changed = replace(made[1], files={**made[1].files, "nodekey": (6, "0" * 64)})  # as if it changed meanwhile
    with pytest.raises(InvalidInput, match="altered at 'nodekey'"):
        archive.write(tmp_path / "other.tar", tmp_path / "node", changed)
    with pytest.raises(InvalidInput, match="cannot be written"):
        archive.write(tmp_path / "nofolder" / "other.tar", tmp_path / "node", made[1])
    assert made[0].read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["node", "node.tar"]
