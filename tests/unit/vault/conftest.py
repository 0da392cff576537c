"""A place for a vault in each kind of storage; PostgreSQL's is skipped where it is not installed."""

from pathlib import Path

import pytest

from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSPHRASE = "a passphrase for tests"  # noqa: S105


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "claimant.jamjar")
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small vault in SQLite, closed."""
    path = tmp_path / "claimant.jamjar"
    fill(str(path)).close()
    return path


CONTENT = {("budget", "2026-01"): b"rent", ("budget", "2026-02"): b"", ("secret", "0x1"): b"s" * 700}


def fill(where: str) -> Vault:
    vault = Vault.create(where, PASSPHRASE, cost=CHEAP)
    with vault.writing() as transaction:
        for (kind, name), value in CONTENT.items():
            transaction.put(kind, name, value)
    return vault


def content(vault: Vault) -> dict[tuple[str, str], bytes]:
    with vault.reading() as transaction:
        return {(record.kind, record.name): record.value for record in transaction.records()}
