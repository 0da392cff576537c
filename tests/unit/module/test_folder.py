"""The files of a module, and their hash.

Given a symbolic link, a pipe, a huge file, bytes that are no text, an unknown kind, or names that machines confuse
                                         it is named, not read, and there is no hash
Given many files, or folders in folders  reading ends, and says so
Given caches and hidden entries          they are no part of the module, and are named
When the hash is computed                it is that of the bytes in docs/modules.md, whatever the order on the disk
"""

import hashlib
import os
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.module.folder import MOST_BYTES, code_hash, read
from tests.unit.module.scene import checked, made, sentences

UNREAD = {
    "huge file": ("data.csv", b"1" * (MOST_BYTES + 1), "at most 1048576 bytes"),
    "not UTF-8": ("data.csv", b"caf\xe9", "is not UTF-8 text"),
    "zero byte": ("values.py", b"a = 1\0", "is not UTF-8 text"),
    "compiled code": ("values.pyc", b"", "is of a kind that cannot be read here"),
    "library": ("values.so", b"", "is of a kind that cannot be read here"),
    "no ending": ("values", b"", "is of a kind that cannot be read here"),
    "space": ("my values.py", b"", "has a name that not every machine can have"),
    "accent": ("caf\u00e9.py", b"", "has a name that not every machine can have"),
    "capitals": ("VALUES.py", b"", "differ in capitals alone"),
    "too deep": ("a/b/c/d/e/f.py", b"", "lies too deep"),
}


@pytest.mark.parametrize(("path", "content", "said"), UNREAD.values(), ids=UNREAD)
def test_it_is_named(tmp_path: Path, path: str, content: bytes, said: str) -> None:
    found = checked(tmp_path, {path: content})
    assert any(said in each for each in sentences(found))
    assert found.code_hash is None


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret", "values.py", "nowhere", "/dev/zero", "."])
def test_no_link_is_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_text("a secret")
    folder = made(tmp_path)
    (folder / "linked.py").symlink_to(target)
    found = read(folder)
    assert [each for each in found.wrong if "symbolic link" in each]
    assert "linked.py" not in found.contents


@pytest.mark.parametrize("target", ["..", "/"])
def test_no_linked_folder_is_entered(tmp_path: Path, target: str) -> None:
    folder = made(tmp_path)
    (folder / "pages").symlink_to(target, target_is_directory=True)
    assert len(read(folder).contents) == 6


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = made(tmp_path)
    os.mkfifo(folder / "pipe.py")
    assert [each for each in read(folder).wrong if "pipe.py is no file" in each]


@pytest.mark.parametrize("name", ["{}.py", "f{}/a.py"])
def test_reading_ends(tmp_path: Path, name: str) -> None:
    found = checked(tmp_path, {name.format(n): b"" for n in range(250)})
    assert any("The folder has over 200 files" in each for each in sentences(found))
    assert found.code_hash is None


def test_many_large_files_are_too_much(tmp_path: Path) -> None:
    found = checked(tmp_path, {f"{n}.csv": b"1" * MOST_BYTES for n in range(5)})
    assert any("4 MiB" in each for each in sentences(found))


def test_caches_are_no_part_of_it(tmp_path: Path) -> None:
    plain = checked(tmp_path)
    found = checked(tmp_path, {"__pycache__/values.pyc": b"\0", ".git/config": b"x", ".hidden.py": b"import x"})
    assert found.files.left_out == (".git", ".hidden.py", "__pycache__")
    assert found.code_hash == plain.code_hash is not None


@pytest.mark.parametrize("place", ["nowhere", "file"])
def test_there_is_no_folder(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match=r"is no folder; name the folder of a module\."):
        read(tmp_path / place)


def test_the_hash_is_of_these_bytes() -> None:
    """Written out by hand, as docs/modules.md says."""
    label = bytes.fromhex("6a616d6a61722e6d6f64756c652d636f64652e3100")  # "jamjar.module-code.1" and a zero byte
    first = bytes(7) + b"\x03" + b"B.a" + bytes(7) + b"\x02" + b"xy"
    second = bytes(7) + b"\x05" + b"a/b.c" + bytes(8)
    expected = hashlib.sha256(label + first + second).digest()
    assert code_hash({"a/b.c": b"", "B.a": b"xy"}) == code_hash({"B.a": b"xy", "a/b.c": b""}) == expected


@pytest.mark.parametrize("other", [{"a": b"bc"}, {"ab": b"c"}, {"a": b"", "b": b"c"}, {"a": b"c", "b": b""}, {}])
def test_no_other_files_have_the_same_bytes(other: dict[str, bytes]) -> None:
    assert code_hash(other) != code_hash({"a": b"b", "c": b""})
