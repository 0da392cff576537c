"""Files for their owner only, and databases; under umasks that would let everybody read and write.

When a file is made, or replaced           its mode is 0600; a public one's is the umask's
When folders are made                      each is 0700, and one that was there keeps its mode
Given a symbolic link in its place         refused with one sentence, and what it points to is untouched
Given one in the place of the unfinished   replaced by the file, and what it points to is untouched
When a database is opened                  it is 0600, with its write-ahead log, shared memory and lock
Given a database that others could read    it is 0600 from now on
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert

from jamjar.errors import InvalidInput, VaultError
from jamjar.service.database import DatabaseUnavailable, alone, open_engine, transaction
from jamjar.service.private_file import PUBLIC, create, make_folder, replace
from jamjar.vault.vault import Vault
from tests.unit.wallet.scene import CHEAP, PASSPHRASE


@pytest.fixture(params=[0o000, 0o022], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Return the mode of everything below a folder, by its path there."""
    return {str(each.relative_to(folder)): each.lstat().st_mode & 0o777 for each in sorted(folder.rglob("*"))}


def test_files_and_folders(umask: int, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    make_folder(tmp_path / "old" / "new" / "newer")
    create(tmp_path / "one", b"1")
    (tmp_path / "two").write_bytes(b"1")
    replace(tmp_path / "two", b"2")
    replace(tmp_path / "three", b"3", PUBLIC)
    assert modes(tmp_path) == {
        "old": 0o777 & ~umask, "old/new": 0o700, "old/new/newer": 0o700, "one": 0o600, "two": 0o600,
        "three": 0o666 & ~umask,
    }  # fmt: skip
    assert (tmp_path / "two").read_bytes() == b"2"


@pytest.mark.parametrize("write", [create, replace])
def test_a_link_is_not_followed(tmp_path: Path, write: object) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "mine").symlink_to("theirs")
    with pytest.raises((InvalidInput, FileExistsError)):
        write(tmp_path / "mine", b"mine")  # type: ignore[operator]
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert (tmp_path / "mine").is_symlink()


def test_nor_one_where_the_unfinished_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / ".mine.unfinished").symlink_to("theirs")
    replace(tmp_path / "mine", b"mine")
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert modes(tmp_path).keys() == {"theirs", "mine"}


TABLES = MetaData()
TABLE = Table("numbers", TABLES, Column("number", Integer, primary_key=True))


@pytest.mark.parametrize("before", [None, 0o644])
def test_a_database(umask: int, tmp_path: Path, before: int | None) -> None:
    if before is not None:
        (tmp_path / "mailbox.db").touch(before)
    engine = open_engine(f"sqlite:///{tmp_path}/mailbox.db", TABLES, write_ahead=True)
    with alone(engine), transaction(engine) as connection:
        connection.execute(insert(TABLE), {"number": 1})
        found = modes(tmp_path)
    engine.dispose()
    assert found.keys() >= {"mailbox.db", "mailbox.db-shm", "mailbox.db-wal", "mailbox.db.lock"}
    assert set(found.values()) == {0o600}


@pytest.mark.parametrize("name", ["mailbox.db", "mailbox.db.lock"])
def test_a_database_behind_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "theirs").touch()
    (tmp_path / name).symlink_to("theirs")
    said = f"{name} is a symbolic link, which is not written through; name the file itself"
    with pytest.raises(InvalidInput, match=said), alone(open_engine(f"sqlite:///{tmp_path}/mailbox.db", TABLES)):
        pass
    assert (tmp_path / "theirs").read_bytes() == b""


def test_a_database_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be made"):
        open_engine(f"sqlite:///{tmp_path}/nowhere/mailbox.db", TABLES)
    with pytest.raises(InvalidInput, match=r"without \?uri"):
        open_engine(f"sqlite:///file:{tmp_path}/mailbox.db?uri=true", TABLES)
    assert modes(tmp_path) == {}


def test_a_vault_and_its_backup(umask: int, tmp_path: Path) -> None:
    with Vault.create(str(tmp_path / "vault"), PASSPHRASE, cost=CHEAP) as vault:
        vault.backup(tmp_path / "backup", PASSPHRASE)
        found = modes(tmp_path)
    assert found.keys() >= {"vault", "backup"}
    assert set(found.values()) == {0o600}


def test_a_vault_behind_a_link(tmp_path: Path) -> None:
    Vault.create(str(tmp_path / "vault"), PASSPHRASE, cost=CHEAP).close()
    (tmp_path / "link").symlink_to("vault")
    before = (tmp_path / "vault").read_bytes()
    for attempt in (
        lambda: Vault.open(str(tmp_path / "link"), PASSPHRASE),
        lambda: Vault.create(str(tmp_path / "link"), PASSPHRASE, cost=CHEAP),
    ):
        with pytest.raises((InvalidInput, VaultError), match="link"):
            attempt()
    assert (tmp_path / "vault").read_bytes() == before
    Vault.restore(tmp_path / "link", PASSPHRASE, str(tmp_path / "new"), PASSPHRASE, cost=CHEAP).close()
