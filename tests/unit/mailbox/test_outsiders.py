"""Who is not concerned gets nothing from a mailbox, and leaves nothing in it.

When a package is another member's, or the account acts for none   nothing is fetched
When a stranger deposits, or a package that nobody could open      nothing is kept
Given the ledger cannot be seen                                    nothing is handed over
"""

from dataclasses import replace

import pytest

from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Status
from jamjar.protocol.signing import ConsentKey


def test_opens_what_is_for_another_member(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    other = world.client(world.other)
    assert other.waiting() == ()
    for ask in (lambda: other.fetch(sealed.id.hex()), lambda: other.key(sealed.content)):
        with refuses(Code.NOT_THE_RECIPIENT):
            ask()


def test_asks_with_an_account_that_was_removed(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    world.ledger.members.clear()
    with refuses(Code.NOT_A_MEMBER):
        world.client(world.adviser).key(sealed.content)


def test_a_stranger_fills_nothing(world, refuses):
    key, sealed = world.claim()
    stranger = ConsentKey(b"\x55" * 32)
    with refuses(Code.NOT_THE_CLAIMANT):
        world.client(stranger).deposit(sealed)
    world.ledger.sights.clear()
    with refuses(Code.UNKNOWN_CONSENT):
        world.client(key).deposit(sealed)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"recipient": 3}, Code.NOT_THE_RECIPIENT), ({"head": b"\1" * 32}, Code.NOT_THE_HEAD),
     ({"status": Status.WITHDRAWN}, Code.CONSENT_ENDED)],
)  # fmt: skip
def test_deposits_what_nobody_could_open(world, refuses, change, code):
    key, sealed = world.claim()
    world.ledger.sights[key.address] = replace(world.ledger.sights[key.address], **change)
    with refuses(code):
        world.client(key).deposit(sealed)


def test_nobody_gets_a_key_while_the_ledger_cannot_be_seen(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    world.ledger.down = True
    with refuses(Code.NODE_UNAVAILABLE):
        world.client(world.adviser).key(sealed.content)
    world.ledger.down = False
    assert world.client(world.adviser).key(sealed.content) == sealed
