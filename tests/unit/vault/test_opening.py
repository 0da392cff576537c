"""Vault.create and Vault.open: what is not there, not a vault, or not the passphrase."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import (
    InvalidInput,
    PackagesMissing,
    VaultDamaged,
    VaultExists,
    VaultUnavailable,  # fmt: skip
    WrongPassphrase,
)
from jamjar.vault.vault import Vault
from tests.support.postgres import Server

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill


@pytest.mark.parametrize("where", ["", None, 7, "mysql://host/db", "postgresql:/", "postgresql://[", "a\0b"])
def test_no_place(where: Any) -> None:
    with pytest.raises((InvalidInput, VaultUnavailable)):
        Vault.create(where, PASSPHRASE, cost=CHEAP).close()
    with pytest.raises((InvalidInput, VaultUnavailable)):
        Vault.open(where, PASSPHRASE).close()


def test_not_there(tmp_path: Path) -> None:
    for missing in (tmp_path / "none", tmp_path, tmp_path / "none" / "none", tmp_path / ("n" * 300)):
        with pytest.raises(VaultUnavailable, match=r"There is no vault at .*; name the right file"):
            Vault.open(str(missing), PASSPHRASE)
    with pytest.raises(VaultUnavailable, match="check folder, name and permission"):
        Vault.create(str(tmp_path / "none" / "none"), PASSPHRASE, cost=CHEAP)
    with pytest.raises(VaultUnavailable, match="contains no vault"):
        Vault.open(":memory:", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_no_such_database(postgres: Server) -> None:
    for url in (postgres.url("none"), "postgresql://x:hush@127.0.0.1:1/db", "postgresql://x:hush@h/db?nonsense=hush"):
        with pytest.raises(VaultUnavailable, match=r"the database (none|db) on .*check that it works") as refusal:
            Vault.open(url, PASSPHRASE)
        assert "hush" not in str(refusal.value)
    with pytest.raises(VaultUnavailable, match="contains no vault"):
        Vault.open(postgres.new_database(), PASSPHRASE)


def test_postgresql_without_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for at in (Vault.open, Vault.create):
        with pytest.raises(PackagesMissing, match=r"PostgreSQL's packages; .* 'FILE\.whl\[postgresql\]'"):
            at("postgresql://x:hush@host/db", PASSPHRASE)


@pytest.mark.parametrize("data", [b"x", b"Dear diary, " * 500, bytes(9000), b"SQLite format 3\0" + bytes(5000)])
def test_no_vault(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "diary"
    path.write_bytes(data)
    with pytest.raises(VaultDamaged, match="diary is not a vault, or its beginning is damaged; name the right file"):
        Vault.open(str(path), PASSPHRASE)
    assert path.read_bytes() == data


def test_an_empty_file_and_another_database(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(VaultDamaged, match="empty; delete it"):
        Vault.open(str(tmp_path / "empty"), PASSPHRASE)
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE contacts (name)")
    connection.close()
    with pytest.raises(VaultUnavailable, match="other contains no vault; name the right place"):
        Vault.open(str(tmp_path / "other"), PASSPHRASE)


def test_something_is_there(where: str) -> None:
    fill(where).close()
    with pytest.raises(VaultExists, match="already; name another"):
        Vault.create(where, PASSPHRASE, cost=CHEAP)
    with Vault.open(where, PASSPHRASE) as vault:
        assert content(vault) == CONTENT


@pytest.mark.parametrize("passphrase", ["", "another passphrase", PASSPHRASE + " ", PASSPHRASE.upper(), "x" * 5000])
def test_a_wrong_passphrase(where: str, passphrase: str) -> None:
    fill(where).close()
    with pytest.raises(WrongPassphrase, match="does not open the vault; type it again") as refusal:
        Vault.open(where, passphrase)
    assert refusal.value.__cause__ is None
    Vault.open(where, PASSPHRASE).close()
