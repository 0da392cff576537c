"""Copies of the files made before: to open some of them is to change them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.tlog.folder import Folder
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.formats.known import DEPLOYMENT, FILES, KNOWN


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of all files."""
    return shutil.copytree(FILES, tmp_path / "files")


@pytest.fixture
def wallet(files: Path) -> Iterator[Wallet]:
    """The claimant's wallet, in a copy of its vault."""
    with Vault.open(str(files / "wallet.vault"), KNOWN["passphrase"]) as vault:
        yield Wallet(DEPLOYMENT, vault)


@pytest.fixture
def log(files: Path) -> Folder:
    """The log, in a copy of its folder."""
    return Folder(files / "log")
