"""What is written and read in a transaction, the same in SQLite and PostgreSQL.

When kind, name or value cannot be, or it is for reading, or has ended      InvalidInput, nothing is changed
When a block is begun within another                                              InvalidInput
Given the vault is closed                                                         VaultUnavailable
When a block ends with an error                                                   nothing of it is kept
When it ends without one                                                          all of it is kept, and found again
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from jamjar.errors import InvalidInput, VaultUnavailable
from jamjar.vault.vault import Vault

from .conftest import CONTENT, PASSPHRASE, content, fill


@pytest.fixture
def vault(where: str) -> Iterator[Vault]:
    with fill(where) as made:
        yield made


@pytest.mark.parametrize("name", ["", None, 7, b"name", "\ud800", "n" * 1025])
def test_no_name(vault: Vault, name: Any) -> None:
    with vault.writing() as transaction:
        for kind_and_name in ((name, "name"), ("kind", name)):
            for act in (
                lambda *at: transaction.put(*at, b""),
                lambda *at: transaction.add(*at, b""),
                transaction.get,
                transaction.delete,
            ):
                with pytest.raises(InvalidInput, match="kind or the name"):
                    act(*kind_and_name)
    assert content(vault) == CONTENT


@pytest.mark.parametrize("value", [None, "text", bytearray(3), 7, bytes(2**24 + 1)], ids=type)
def test_no_value(vault: Vault, value: Any) -> None:
    with vault.writing() as transaction:
        for act in (transaction.put, transaction.add):
            with pytest.raises(InvalidInput, match="not bytes of at most 16 MiB"):
                act("budget", "new", value)
    assert content(vault) == CONTENT


def test_a_transaction_for_reading(vault: Vault) -> None:
    with vault.reading() as transaction:
        for act in (
            lambda: transaction.put("k", "n", b""),
            lambda: transaction.add("k", "n", b""),
            lambda: transaction.add_all("k", [("n", b"")]),
            lambda: transaction.delete("budget", "2026-01"),
        ):
            with pytest.raises(InvalidInput, match=r"begin one with writing\(\)"):
                act()
    assert content(vault) == CONTENT


def test_a_transaction_that_has_ended(vault: Vault) -> None:
    with vault.writing() as transaction:
        begun = transaction.all("budget")
        next(begun)
    for act in (
        lambda: transaction.put("k", "n", b""),
        lambda: transaction.get("k", "n"),
        lambda: next(begun),
        lambda: list(transaction.all("k")),
        lambda: list(transaction.records()),
        lambda: transaction.delete("k", "n"),
    ):
        with pytest.raises(InvalidInput, match="This transaction has ended"):
            act()


def test_blocks_within_blocks(vault: Vault) -> None:
    for outer in (vault.writing, vault.reading):
        with outer():
            again = (lambda: vault.writing().__enter__(), lambda: vault.reading().__enter__())
            for act in (*again, vault.check, vault.scour, vault.close, lambda: vault.change_passphrase(PASSPHRASE)):
                with pytest.raises(InvalidInput, match="in use by this thread"):
                    act()
    assert content(vault) == CONTENT


def test_a_closed_vault(vault: Vault) -> None:
    vault.close()
    vault.close()
    for act in (vault.check, vault.scour, lambda: content(vault), lambda: vault.writing().__enter__()):
        with pytest.raises(VaultUnavailable, match="is closed; open it again"):
            act()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_a_block_that_ends_with_an_error(vault: Vault, where: str, error: type[BaseException]) -> None:
    with suppress(error), vault.writing() as transaction:
        transaction.put("budget", "2026-01", b"other")
        transaction.add_all("many", ((str(number), b"") for number in range(3000)))
        transaction.delete("secret", "0x1")
        raise error
    assert content(vault) == CONTENT
    assert vault.check() == 3
    vault.close()
    with Vault.open(where, PASSPHRASE) as again:
        assert content(again) == CONTENT
