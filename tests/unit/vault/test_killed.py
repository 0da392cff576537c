"""A process that is killed (-9) at any statement leaves the vault as it was before or as it is afterwards, and free."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from jamjar.errors import VaultDamaged, VaultUnavailable, WrongPassphrase
from jamjar.vault.vault import Vault
from tests.support import killing

from .conftest import CHEAP, CONTENT, PASSPHRASE, content, fill

NEW = "another passphrase"
MANY = [(str(number), bytes(3000)) for number in range(60)]
AFTER = {**CONTENT, **{("many", name): value for name, value in MANY}}
FEW_PAGES = "PRAGMA cache_size=5"  # so that SQLite writes to the file within a transaction, too


def write(vault: Vault) -> None:
    with vault.writing() as transaction:
        transaction.add_all("many", MANY[:30])
        transaction.add_all("many", MANY[30:])


def dies(where: str, act: Callable[..., None], statement: int, *, is_open: bool = True) -> bool:
    """Act on a vault in a process of its own that is killed at its nth statement; whether there was one."""
    opened: list[Vault] = []

    def beforehand() -> None:
        if is_open:
            opened.append(Vault.open(where, PASSPHRASE))
            if "://" not in where:
                opened[0]._store._connection.exec_driver_sql(FEW_PAGES)

    return killing.dies(statement, lambda: act(*opened), beforehand=beforehand)


def test_while_writing(where: str) -> None:
    fill(where).close()
    statement, outcomes = 1, []
    while dies(where, write, statement):
        with Vault.open(where, PASSPHRASE) as vault:
            found = content(vault)
            assert vault.check() == len(found)
            assert found in (CONTENT, AFTER)
            outcomes.append(found == AFTER)
            if found == AFTER:
                with vault.writing() as transaction:
                    for name, _ in MANY:
                        transaction.delete("many", name)
        statement += 1
    assert outcomes.count(False) > 8
    assert outcomes.count(True) >= 1


def test_while_changing_the_passphrase(where: str) -> None:
    with fill(where) as vault:
        write(vault)
    statement, outcomes = 1, []
    while dies(where, lambda vault: vault.change_passphrase(NEW, CHEAP), statement):
        opened = []
        for passphrase in (PASSPHRASE, NEW):
            with suppress(WrongPassphrase), Vault.open(where, passphrase) as vault:
                opened.append(passphrase)
                assert content(vault) == AFTER
                assert vault.check() == len(AFTER)
                if passphrase == NEW:
                    vault.change_passphrase(PASSPHRASE, CHEAP)
        outcomes += opened[:1]
        assert len(opened) == 1 or opened == [PASSPHRASE]
        statement += 1
    assert {PASSPHRASE, NEW} == set(outcomes)


def test_while_scouring(where: str) -> None:
    fill(where).close()
    statement = 1
    while dies(where, lambda vault: vault.scour(), statement):
        with Vault.open(where, PASSPHRASE) as vault:
            assert content(vault) == CONTENT
            assert vault.check() == len(CONTENT)
        statement += 1
    assert statement > 2


def test_while_creating(where: str) -> None:
    statement = 1
    while dies(where, lambda: fill(where).close(), statement, is_open=False):
        try:
            with Vault.open(where, PASSPHRASE) as vault:
                assert content(vault) in ({}, CONTENT)
        except (VaultUnavailable, VaultDamaged) as error:
            assert any(said in str(error) for said in ("is empty; delete it", "contains no vault"))  # noqa: PT017
            Path(where).unlink(missing_ok=True)
        else:
            break
        statement += 1
    assert statement > 10


@pytest.mark.parametrize("statement", [1, 8, 20, 30, 40, 50, 60, 70, 80])
def test_while_backing_up(file: Path, tmp_path: Path, statement: int) -> None:
    backup = tmp_path / "backup"
    was_killed = dies(str(file), lambda vault: vault.backup(backup, NEW), statement)
    with Vault.open(str(file), PASSPHRASE) as vault:
        assert content(vault) == CONTENT
        assert backup.exists() == (not was_killed)
        if was_killed:
            vault.backup(backup, NEW)
    with Vault.restore(backup, NEW, ":memory:", PASSPHRASE, cost=CHEAP) as restored:
        assert content(restored) == CONTENT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", file.name]


def test_statements_of_a_backup_reach_that_far(file: Path, tmp_path: Path) -> None:
    assert dies(str(file), lambda vault: vault.backup(tmp_path / "backup", NEW), 80)
