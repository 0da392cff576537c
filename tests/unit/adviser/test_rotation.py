"""An adviser's encryption key is rotated, and no package is lost: not before, not after, not in between.

When the key was rotated                      what was sealed to the old key and to the new one opens
When it is killed at any statement            the key on the ledger is in the vault, and so is the one before;
                                              run again, it goes on, and publishes no third key
When it is not published after all            the next time takes the same key
When an older key is dropped                  what was sealed to it is refused before a use is recorded
"""

import os
import shutil
from pathlib import Path

import pytest

from jamjar.adviser import keys
from jamjar.errors import InvalidInput, NodeUnavailable, VerificationFailed
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.vault.vault import Vault
from tests.support.killing import dies
from tests.unit.adviser.scene import Desk
from tests.unit.adviser.test_mail import never
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS


@pytest.fixture
def desk() -> Desk:
    return Desk(TERMS)


def rotated(desk: Desk) -> None:
    keys.rotate(desk.vault, keys.digest_of(desk.key), lambda public, _: desk.ledger.keys.append(public))


def test_old_and_new_packages_open(desk: Desk) -> None:
    rotated(desk)
    new = desk.letters.show(desk.consent, ["fixed.home.rent"], new_key=True).hex()
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    for package in (desk.package, new):
        assert desk.mail.look(package, never).figures["fixed.home.rent"] == 11914
    assert [content.content.sealed_to for content in desk.mailbox.packages] == [
        keys.digest_of(desk.key),
        keys.digest_of(keys.encryption_key(desk.vault)),
    ]


def test_old_packages_open_while_the_new_key_is_not_current(desk: Desk) -> None:
    desk.ledger.keys.append(keys.prepare(desk.vault).public_bytes)
    new = desk.letters.show(desk.consent, ["fixed.home.rent"], new_key=True).hex()
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    for package in (desk.package, new):
        assert desk.mail.look(package, never).figures["fixed.home.rent"] == 11914


def test_what_is_not_published_is_taken_again(desk: Desk) -> None:
    tried: list[bytes] = []

    def fails(public: bytes, _digest: bytes) -> None:
        tried.append(public)
        raise NodeUnavailable("The node did not answer; start it.")

    for _ in range(2):
        with pytest.raises(NodeUnavailable):
            keys.rotate(desk.vault, keys.digest_of(desk.key), fails)
    assert tried[0] == tried[1]
    assert keys.encryption_key(desk.vault).public_bytes == desk.key.public_bytes


def test_an_older_key_is_dropped(desk: Desk) -> None:
    rotated(desk)
    with pytest.raises(InvalidInput, match="no such older key"):
        keys.drop(desk.vault, keys.digest_of(keys.encryption_key(desk.vault)))
    keys.drop(desk.vault, keys.digest_of(desk.key))
    with pytest.raises(VerificationFailed, match="sealed to another key than this vault's"):
        desk.mail.look(desk.package, never)
    assert (desk.uses(), keys.older(desk.vault)) == (0, [])


def test_a_vault_without_a_key_has_none_to_rotate() -> None:
    with Vault.create(":memory:", PASSPHRASE, cost=CHEAP) as vault:
        with pytest.raises(InvalidInput, match="has no encryption key"):
            keys.prepare(vault)
        with pytest.raises(InvalidInput, match="has no encryption key"):
            keys.encryption_key(vault)


def test_killed_at_each_statement(tmp_path: Path) -> None:
    where, ledger = str(tmp_path / "desk.vault"), tmp_path / "ledger"
    with Vault.create(where, PASSPHRASE, cost=CHEAP) as vault:
        old = keys.make_encryption_key(vault)
    kept = shutil.copy(where, tmp_path / "kept")
    opened: list[Vault] = []
    published: set[bytes] = set()

    def publish(_public: bytes, digest: bytes) -> None:
        with ledger.open("ab") as file:
            file.write(digest)
            os.fsync(file.fileno())

    def act(vault: Vault) -> None:
        keys.rotate(vault, ledger.read_bytes()[-32:], publish)

    def opens() -> None:
        opened.append(Vault.open(where, PASSPHRASE))

    statement = 0
    while True:
        statement += 1
        shutil.copy(kept, where)
        ledger.write_bytes(keys.digest_of(old))
        if not dies(statement, lambda: act(opened[0]), beforehand=opens):
            break
        with Vault.open(where, PASSPHRASE) as vault:
            assert {ledger.read_bytes()[-32:], keys.digest_of(old)} <= keys.all_keys(vault).keys()
            if keys.digest_of(keys.encryption_key(vault)) == keys.digest_of(old):  # otherwise it had ended
                act(vault)
            current = keys.digest_of(keys.encryption_key(vault))
            assert ledger.read_bytes() == keys.digest_of(old) + current  # one key was published, once
            assert keys.older(vault) == [keys.digest_of(old)]
            published.add(current)
    assert len(published) == statement - 1 > 10
