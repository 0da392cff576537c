"""Vault.backup and Vault.restore: one file under another passphrase, whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput, VaultDamaged, VaultExists, VaultUnavailable, WrongPassphrase
from jamjar.vault import whole_file
from jamjar.vault.records import Manifest, RecordKeys
from jamjar.vault.vault import Vault

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill

OTHER = "the passphrase of a backup"


@pytest.fixture
def backup(file: Path, tmp_path: Path) -> Path:
    with Vault.open(str(file), PASSPHRASE) as vault:
        vault.backup(tmp_path / "backup", OTHER)
    return tmp_path / "backup"


def test_refused(file: Path, tmp_path: Path) -> None:
    with Vault.open(str(file), PASSPHRASE) as vault:
        with pytest.raises(InvalidInput, match="8 to 1024 characters"):
            vault.backup(tmp_path / "backup", "short")
        with pytest.raises(VaultUnavailable, match="check folder, name and permission"):
            vault.backup(tmp_path / "none" / "backup", OTHER)
        (tmp_path / "there").write_text("letters")
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        for name in ("there", "link", file.name):
            with pytest.raises(VaultExists, match="exists already; name another file"):
                vault.backup(tmp_path / name, OTHER)
        assert content(vault) == CONTENT
    assert (tmp_path / "there").read_text() == "letters"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([file.name, "there", "link"])


def test_a_name_taken_meanwhile(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "backup"
    link = os.link

    def take_first(source: Path, target: Path) -> None:
        taken.write_text("letters")
        link(source, target)

    monkeypatch.setattr(whole_file.os, "link", take_first)
    with Vault.open(str(file), PASSPHRASE) as vault, pytest.raises(VaultExists):
        vault.backup(taken, OTHER)
    assert taken.read_text() == "letters"


def test_read_back_before_it_gets_its_name(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordKeys, "seal_manifest", lambda *_: bytes(76))
    with Vault.open(str(file), PASSPHRASE) as vault, pytest.raises(VaultDamaged):
        vault.backup(tmp_path / "backup", OTHER)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_restore_refused(backup: Path, where: str) -> None:
    before = backup.read_bytes()
    where += "" if "://" in where else ".new"  # `file` has that of SQLite
    for passphrase, new, error in ((PASSPHRASE, PASSPHRASE, WrongPassphrase), (OTHER, "short", InvalidInput)):
        with pytest.raises(error):
            Vault.restore(backup, passphrase, where, new, cost=CHEAP)
    with pytest.raises(VaultUnavailable, match="There is no vault at"):
        Vault.restore(backup.parent / "none", OTHER, where, PASSPHRASE, cost=CHEAP)
    for damaged in (before[:-1], before[:5000], b""):
        backup.write_bytes(damaged)
        with pytest.raises(VaultDamaged):
            Vault.restore(backup, OTHER, where, PASSPHRASE, cost=CHEAP)
    with Vault.create(where, PASSPHRASE, cost=CHEAP) as vault:  # for nothing is there
        assert content(vault) == {}


def test_given_the_restore_fails_half_way(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Manifest, "add", lambda *_: 1 / 0)
    with pytest.raises((ZeroDivisionError, VaultUnavailable, VaultDamaged)):
        Vault.restore(backup, OTHER, str(tmp_path / "new"), PASSPHRASE, cost=CHEAP)
    assert not (tmp_path / "new").exists()


def test_from_one_storage_to_the_other_and_back(where: str, tmp_path: Path) -> None:
    with fill(where) as vault:
        with vault.writing() as transaction:
            transaction.add_all("many", ((str(number), bytes(number)) for number in range(700)))
            transaction.delete("budget", "2026-02")
        expected = content(vault)
        vault.backup(tmp_path / "backup", OTHER)
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    (tmp_path / "backup").chmod(0o400)
    with Vault.restore(tmp_path / "backup", OTHER, str(tmp_path / "new"), "the passphrase after", cost=CHEAP) as vault:
        assert list(content(vault).items()) == list(expected.items())
        assert vault.check() == len(expected)
    with Vault.open(str(tmp_path / "new"), "the passphrase after") as vault:
        assert content(vault) == expected
        assert vault.has_outdated_cost


def test_a_restore_into_postgresql(backup: Path, where: str) -> None:
    if "://" in where:
        with Vault.restore(backup, OTHER, where, PASSPHRASE, cost=CHEAP) as vault:
            assert content(vault) == CONTENT
        with pytest.raises(VaultExists):
            Vault.restore(backup, OTHER, where, PASSPHRASE, cost=CHEAP)
