"""A storage without room: VaultFull, nothing is half done, and what was there is there."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from jamjar.errors import VaultError, VaultFull, VaultUnavailable
from jamjar.vault.vault import Vault

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with 300 KB of room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk: run this test as root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def overfill(vault: Vault) -> None:
    with vault.writing() as transaction:
        transaction.delete("budget", "2026-01")
        for number in range(100):
            transaction.put("many", str(number), bytes(10_000))


def test_no_page_more(file: Path) -> None:
    with Vault.open(str(file), PASSPHRASE) as vault:
        vault._store._connection.exec_driver_sql("PRAGMA max_page_count=20")
        for act in (overfill, overfill):
            with pytest.raises(VaultFull, match=r"There is no room for the vault at .*; make room and try again"):
                act(vault)
            assert content(vault) == CONTENT
            assert vault.check() == 3
        with vault.writing() as transaction:
            transaction.put("k", "n", b"v")
    with Vault.open(str(file), PASSPHRASE) as vault:
        assert content(vault) == {**CONTENT, ("k", "n"): b"v"}


def test_an_error_caught_within_the_block(file: Path) -> None:
    with Vault.open(str(file), PASSPHRASE) as vault:
        vault._store._connection.exec_driver_sql("PRAGMA max_page_count=20")
        with (  # noqa: PT012
            pytest.raises(VaultUnavailable, match="nothing was changed; try again"),
            vault.writing() as transaction,
        ):
            transaction.put("k", "n", b"v")
            with pytest.raises(VaultFull):
                transaction.put("k", "large", bytes(10**6))
        assert content(vault) == CONTENT


def test_a_full_disk(small_disk: Path) -> None:
    where = str(small_disk / "vault")
    with fill(where) as vault:
        with pytest.raises(VaultFull):
            overfill(vault)
        with suppress(OSError), (small_disk / "rest").open("wb", buffering=0) as rest:
            while True:
                rest.write(bytes(1024))
        for act in (overfill, lambda vault: vault.backup(small_disk / "backup", PASSPHRASE), Vault.scour,
                    lambda vault: vault.change_passphrase("another passphrase", CHEAP)):  # fmt: skip
            with pytest.raises(VaultError, match=r"room|does not answer"):
                act(vault)
            assert content(vault) == CONTENT
    with pytest.raises(VaultError, match=r"room|does not answer"):
        Vault.create(str(small_disk / "another"), PASSPHRASE, cost=CHEAP)
    assert sorted(path.name for path in small_disk.iterdir()) == ["rest", "vault"]
    (small_disk / "rest").unlink()
    with Vault.open(where, PASSPHRASE) as vault:
        assert content(vault) == CONTENT
        assert vault.check() == 3


def test_a_limit_on_the_size_of_files(file: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Vault.open(str(file), PASSPHRASE) as vault:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
            with pytest.raises(VaultError, match=r"try again|open the vault again"):
                overfill(vault)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert content(vault) == CONTENT
    with Vault.open(str(file), PASSPHRASE) as vault:
        assert vault.check() == 3
