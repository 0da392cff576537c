"""A header from a later version, or one that somebody has altered: it costs little, and opens nothing."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import (
    VaultDamaged,
    VaultTooNew,
    WrongPassphrase,
)
from jamjar.vault.vault import Vault

from .conftest import PASSPHRASE


def write_header(path: Path, **changes: Any) -> None:
    with sqlite3.connect(path) as connection:
        header = {**json.loads(connection.execute("SELECT header FROM jamjar_vault").fetchone()[0]), **changes}
        data = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
        connection.execute("UPDATE jamjar_vault SET header=?, checksum=?", (data, sha256(data).digest()))
    connection.close()


def test_from_a_newer_version(file: Path) -> None:
    write_header(file, format="jamjar.vault.2", more=True)
    with pytest.raises(VaultTooNew, match=r"format jamjar\.vault\.2; open it with a newer version"):
        Vault.open(str(file), PASSPHRASE)


COST = {"memory_kib": 8, "passes": 1, "lanes": 1}


@pytest.mark.parametrize("changes", [
    {"cost": {**COST, "memory_kib": 100 * 2**20}}, {"cost": {**COST, "passes": 10**9}}, {"cost": {**COST, "lanes": 0}},
    {"cost": {}}, {"cost": 7}, {"cost": {**COST, "more": 1}}, {"kdf": "pbkdf2"}, {"salt": "00"}, {"salt": "zz"},
    {"vault": ""}, {"wrapped": None}, {"more": 1}, {"format": "jamjar.vault.0"}, {"format": 7}])  # fmt: skip
def test_a_hostile_header(file: Path, changes: dict[str, Any]) -> None:
    write_header(file, **changes)
    with pytest.raises(VaultDamaged, match="header is damaged; restore a backup"):
        Vault.open(str(file), PASSPHRASE)


@pytest.mark.parametrize("changes", [{"cost": {**COST, "passes": 2}}, {"salt": "00" * 16}, {"vault": "00" * 16}])
def test_an_altered_header_opens_nothing(file: Path, changes: dict[str, Any]) -> None:
    write_header(file, **changes)
    with pytest.raises(WrongPassphrase):
        Vault.open(str(file), PASSPHRASE)
