"""What is deleted, and what an old passphrase opens: nothing is left of it in the storage's files."""

import sqlite3
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput, VaultDamaged, WrongPassphrase
from jamjar.vault.vault import Vault
from tests.support.postgres import Server

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill

SECRET = b"the secret of one consent" * 300
NEW = "another passphrase"


def sealed(vault: Vault) -> bytes:
    """The bytes in which the secret is stored, from within."""
    row = vault._store.row(vault._keys.place("secret", "0x2"))
    assert row is not None
    assert b"secret" not in row.sealed
    return row.sealed


def pieces(data: bytes) -> list[bytes]:
    """Parts of 16 bytes, for a database cuts a large record into pages."""
    return [data[at : at + 16] for at in range(0, len(data) - 16, 512)]


def holding(files: list[Path], data: bytes) -> set[str]:
    found = set()
    for path in files:
        if path.is_file():
            stored = path.read_bytes()
            found |= {path.name} if any(piece in stored for piece in pieces(data)) else set()
    return found


@pytest.mark.parametrize("size", [100, 3000, 7500])
def test_scoured_in_sqlite(tmp_path: Path, size: int) -> None:
    where = tmp_path / "vault"
    with fill(str(where)) as vault:
        with vault.writing() as transaction:
            transaction.put("secret", "0x2", SECRET[:size])
            transaction.add_all("many", ((str(number), bytes(900)) for number in range(50)))
        stored = sealed(vault)
    assert holding(list(tmp_path.iterdir()), stored) == {"vault"}
    with Vault.open(str(where), PASSPHRASE) as vault:
        with vault.writing() as transaction:
            transaction.delete("secret", "0x2")
            for number in range(40):
                transaction.delete("many", str(number))
        vault.scour()
        kept = Path(where).with_name("vault-journal").stat().st_size
        assert vault.check() == len(CONTENT) + 10
    assert kept == 0
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]
    assert holding(list(tmp_path.iterdir()), stored) == set()


def test_scoured_in_postgresql(postgres: Server) -> None:
    where = postgres.new_database()
    name = where.partition("@/")[2].partition("?")[0]
    number = postgres.run_sql(f"SELECT oid FROM pg_database WHERE datname = '{name}'").strip()  # noqa: S608

    def files() -> list[Path]:
        postgres.run_sql("CHECKPOINT")  # writes what it holds in memory, and removes files that are no longer used
        return list((postgres.data / "base" / number).rglob("*"))

    with fill(where) as vault:
        with vault.writing() as transaction:
            transaction.put("secret", "0x2", SECRET)
        stored = sealed(vault)
        assert holding(files(), stored)
        with vault.writing() as transaction:
            transaction.delete("secret", "0x2")
        assert holding(files(), stored)
        vault.scour()
        assert holding(files(), stored) == set()
        assert content(vault) == CONTENT
        assert vault.check() == len(CONTENT)


def test_nothing_is_stored_in_the_clear(tmp_path: Path) -> None:
    with Vault.create(str(tmp_path / "vault"), PASSPHRASE, cost=CHEAP) as vault, vault.writing() as transaction:
        transaction.put("a kind of record", "a name of a record", b"a value of a record")
    data = (tmp_path / "vault").read_bytes()
    for part in (b"a kind of", b"a name of", b"a value of", PASSPHRASE.encode()):
        assert part not in data


@pytest.mark.parametrize(("one", "other"), [(0, 200), (250, 450), (1100, 1900)])
def test_lengths_are_padded(one: int, other: int) -> None:
    with Vault.create(":memory:", PASSPHRASE, cost=CHEAP) as vault:
        with vault.writing() as transaction:
            transaction.put("k", "one", bytes(one))
            transaction.put("k", "another", bytes(other))
        assert len({len(row.sealed) for row in vault._store.rows()}) == 1


def test_a_new_passphrase(where: str) -> None:
    with fill(where) as vault:
        with pytest.raises(InvalidInput):
            vault.change_passphrase("short")
        assert vault.has_outdated_cost
        vault.change_passphrase(NEW)
        assert not vault.has_outdated_cost
        vault.change_passphrase(NEW, CHEAP)
        assert list(content(vault)) == list(CONTENT)
        with vault.writing() as transaction:
            transaction.add("k", "n", b"v")
    with pytest.raises(WrongPassphrase):
        Vault.open(where, PASSPHRASE)
    with Vault.open(where, NEW) as vault:
        assert content(vault) == {**CONTENT, ("k", "n"): b"v"}
        assert vault.check() == len(CONTENT) + 1


def test_an_old_header_opens_nothing_new(file: Path) -> None:
    def parts(connection: sqlite3.Connection) -> tuple[bytes, bytes, bytes]:
        found: tuple[bytes, bytes, bytes] = connection.execute(
            "SELECT header, checksum, manifest FROM jamjar_vault"
        ).fetchone()
        return found

    with sqlite3.connect(file) as connection:
        old = parts(connection)
    connection.close()
    with Vault.open(str(file), PASSPHRASE) as vault:
        vault.change_passphrase(NEW, CHEAP)
    stored = file.read_bytes()
    assert all(piece not in stored for part in old[1:] for piece in pieces(part))
    for part in (old, old[:2]):
        with sqlite3.connect(file) as connection:
            names = ("header", "checksum", "manifest")[: len(part)]
            connection.execute(f"UPDATE jamjar_vault SET {', '.join(f'{name}=?' for name in names)}", part)  # noqa: S608
        connection.close()
        with pytest.raises(VaultDamaged):
            Vault.open(str(file), PASSPHRASE)
