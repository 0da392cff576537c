"""Who may open a vault: one program at a time, with the permission that only its owner has."""

import multiprocessing
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import (
    VaultBusy,
    VaultError,
    VaultUnavailable,
)
from jamjar.vault.vault import Vault

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder of somebody without root's powers, who runs the block."""
    folder = Path(tempfile.mkdtemp())
    os.chmod(folder, 0o777)  # noqa: PTH101, S103
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        yield folder
    finally:
        os.seteuid(user)
        shutil.rmtree(folder)


def test_without_permission() -> None:
    with as_nobody() as folder:
        path = folder / "inner" / "vault"
        path.parent.mkdir()
        fill(str(path)).close()
        path.chmod(0)
        with pytest.raises(VaultUnavailable, match="permission"):
            Vault.open(str(path), PASSPHRASE)
        path.chmod(0o400)
        with pytest.raises(VaultUnavailable, match="permission"):
            Vault.open(str(path), PASSPHRASE)
        path.chmod(0o600)
        path.parent.chmod(0o500)
        with pytest.raises(VaultUnavailable, match="permission"):
            Vault.open(str(path), PASSPHRASE)
        with pytest.raises(VaultUnavailable, match="permission"):
            Vault.create(str(path.parent / "new"), PASSPHRASE, cost=CHEAP)
        path.parent.chmod(0o700)
        with Vault.open(str(path), PASSPHRASE) as vault:
            assert content(vault) == CONTENT


def _attempt(where: str, told: Any) -> None:
    try:
        Vault.open(where, PASSPHRASE).close()
        told.put("opened")
    except VaultError as error:
        told.put(type(error).__name__)


def test_another_process_has_it(where: str) -> None:
    context = multiprocessing.get_context("fork")
    for expected in ("VaultBusy", "opened"):
        with fill(where) if expected == "VaultBusy" else Vault.open(where, PASSPHRASE) as vault:
            if expected == "opened":
                vault.close()
            else:
                with pytest.raises(VaultBusy, match="Another program has the vault open; close it there"):
                    Vault.open(where, PASSPHRASE)
            told = context.Queue()
            process = context.Process(target=_attempt, args=(where, told))
            process.start()
            assert told.get(timeout=120) == expected
            process.join()


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with fill(str(tmp_path / "a file ? # %41")) as vault, vault.writing() as transaction:
            transaction.put("k", "n", b"")
            assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    finally:
        os.umask(before)
    assert [path.name for path in tmp_path.iterdir()] == ["a file ? # %41"]
