"""A vault whose storage somebody, or chance, has changed: it opens whole and checks, or there is a clear VaultError.

When any bit of the file is flipped, or it is cut short          VaultError, or everything as it was
When a row is removed, doubled, exchanged, made older            VaultDamaged, on opening
When a trigger, a view or a table is added                       VaultDamaged
"""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jamjar.errors import VaultDamaged, VaultError
from jamjar.vault.records import Manifest, Record, RecordKeys, Row
from jamjar.vault.vault import Vault
from tests.support.postgres import Server

from .conftest import CONTENT, PASSPHRASE, content, fill

SEED = 20_26


def is_whole(path: Path) -> bool:
    """Open and read everything; whether it is as it was, or one of our errors said that it is not."""
    try:
        with Vault.open(str(path), PASSPHRASE) as vault:
            assert content(vault) == CONTENT
            with vault.reading() as transaction:
                assert all(transaction.get(kind, name) == value for (kind, name), value in CONTENT.items())
                assert [name for name, _ in transaction.all("budget")] == ["2026-01", "2026-02"]
            assert vault.check() == len(CONTENT)
    except VaultError:
        return False
    return True


def test_flipped_bits(file: Path) -> None:
    data = file.read_bytes()
    chance = random.Random(SEED)  # noqa: S311
    used = [at for at, byte in enumerate(data) if byte] + list(range(100))
    outcomes = {True: 0, False: 0}
    for _ in range(400):
        at, bit = chance.choice(used), chance.randrange(8)
        file.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        outcomes[is_whole(file)] += 1
    assert outcomes[False] > 100
    assert outcomes[True] > 0  # such as SQLite's own version number


def test_cut_short(file: Path) -> None:
    data = file.read_bytes()
    lengths = {0, 1, 15, 16, 99, 100, 511, 512, 4095, 4096, len(data) - 1, *range(0, len(data), 701)}
    for length in sorted(lengths):
        file.write_bytes(data[:length])
        assert not is_whole(file), length


def test_overwritten_in_parts(file: Path) -> None:
    data = file.read_bytes()
    chance = random.Random(SEED)  # noqa: S311
    for start in range(0, len(data), 512):
        for other in (bytes(512), chance.randbytes(512), data[-512:]):
            file.write_bytes(data[:start] + other + data[start + 512 :])
            is_whole(file)


ALTER = [
    "DELETE FROM jamjar_record WHERE seq=3",
    "DELETE FROM jamjar_vault",
    "UPDATE jamjar_record SET seq=7 WHERE seq=3",
    "UPDATE jamjar_record SET shelf=x'00112233445566778899aabbccddeeff' WHERE seq=3",
    "UPDATE jamjar_record SET sealed=(SELECT sealed FROM jamjar_record WHERE seq=2) WHERE seq=1",
    "UPDATE jamjar_record SET sealed='text' WHERE seq=1",
    "UPDATE jamjar_record SET place=7 WHERE seq=1",
    "INSERT INTO jamjar_record SELECT 4, shelf, randomblob(32), sealed FROM jamjar_record WHERE seq=1",
    "INSERT INTO jamjar_record SELECT -4, shelf, randomblob(32), sealed FROM jamjar_record WHERE seq=1",
    "INSERT INTO jamjar_vault SELECT 2, header, checksum, manifest FROM jamjar_vault",
    "UPDATE jamjar_vault SET manifest=randomblob(length(manifest))",
    "UPDATE jamjar_vault SET manifest=x''",
    "UPDATE jamjar_vault SET header='x'",
    "CREATE TRIGGER t AFTER INSERT ON jamjar_record BEGIN DELETE FROM jamjar_record; END",
    "CREATE VIEW v AS SELECT * FROM jamjar_record",
    "DROP TABLE jamjar_record",
    "ALTER TABLE jamjar_vault RENAME COLUMN manifest TO other",
]


@pytest.mark.parametrize("statement", ALTER)
def test_altered(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(VaultDamaged, match=r"restore a backup\.$"):
        Vault.open(str(file), PASSPHRASE)


@pytest.mark.parametrize("statement", [each for each in ALTER if "randomblob" not in each and "'" not in each][:3])
def test_altered_in_postgresql(postgres: Server, statement: str) -> None:
    where = postgres.new_database()
    fill(where).close()
    postgres.run_sql(statement, where.partition("@/")[2].partition("?")[0])
    with pytest.raises(VaultDamaged, match=r"restore a backup\.$"):
        Vault.open(where, PASSPHRASE)


def test_a_record_made_older(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        old = connection.execute("SELECT sealed FROM jamjar_record WHERE seq=1").fetchone()
    connection.close()
    with Vault.open(str(file), PASSPHRASE) as vault, vault.writing() as transaction:
        transaction.put("budget", "2026-01", b"food")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE jamjar_record SET sealed=? WHERE seq=1", old)
    connection.close()
    with pytest.raises(VaultDamaged, match="altered or additional"):
        Vault.open(str(file), PASSPHRASE)


def test_while_it_is_open() -> None:
    """In another's place, with a manifest that agrees: only whoever has the key could do it, and `check` tells."""
    vault = fill(":memory:")
    keys, store = vault._keys, vault._store
    row = keys.seal(3, Record("budget", "2026-09", b"x"), bytes)
    moved = Row(3, keys.shelf("secret"), row.place, row.sealed)
    store.replace([moved])
    with vault.reading() as transaction, pytest.raises(VaultDamaged, match="A record of the vault is damaged"):
        list(transaction.all("secret"))
    with pytest.raises(VaultDamaged, match="lacks a record"):
        vault.check()


CHANGES: list[Callable[[Row], Row]] = [
    lambda row: row._replace(seq=2), lambda row: row._replace(seq=-1), lambda row: row._replace(shelf=bytes(16)),
    lambda row: row._replace(place=bytes(32)), lambda row: row._replace(sealed=row.sealed[:-1]),
    lambda row: row._replace(sealed=row.sealed[:11]), lambda row: row._replace(sealed=bytes(300))]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_one_row_elsewhere(change: Callable[[Row], Row]) -> None:
    keys = RecordKeys(bytes(16), bytes(32))
    row = keys.seal(1, Record("k", "n", b"v"), bytes)
    assert keys.open(row) == ("k", "n", b"v")
    with pytest.raises(VaultDamaged):
        keys.open(change(row))
    with pytest.raises(VaultDamaged):
        RecordKeys(b"o" * 16, bytes(32)).open(row)
    assert len({keys.digest(each) for each in (row, change(row))}) == 2
    assert Manifest.from_bytes(Manifest(3, 2**255, 9).to_bytes()) == Manifest(3, 2**255, 9)
