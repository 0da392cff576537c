"""A mailbox that swaps, invents, withholds, forgets: its client finds out before relying on anything.

When bodies, keys or packages are swapped    MailboxLied, or the seal is broken
When it invents a package or a reply         MailboxLied, or the seal is broken
When it is wiped                             nothing is lost that the claimant cannot send again
"""

import sqlite3
from base64 import b64encode

import pytest

from jamjar.crypto.sealing import SealBroken, seal
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.package import open_package, seal_package
from jamjar.disclosure.reply import SealedReply, open_reply, seal_advice
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.refusal import MailboxLied
from tests.support.disclosures import REGISTRY, disclosure


@pytest.fixture
def database(world):
    """What only the mailbox's operator can reach."""
    connection = sqlite3.connect(world.database.removeprefix("sqlite:///"), isolation_level=None)
    yield connection
    connection.close()


def swap(database, column, one, other):
    value = dict(database.execute(f"SELECT id, {column} FROM packages"))  # noqa: S608
    for here, there in ((one, other), (other, one)):
        database.execute(f"UPDATE packages SET {column} = ? WHERE id = ?", (value[there.id.hex()], here.id.hex()))  # noqa: S608


@pytest.mark.parametrize("column", ["body", "sealed_key", "root", "consent"])
def test_swaps_a_part(world, database, column):
    (_, one), (_, other) = world.deposited(), world.deposited()
    swap(database, column, one, other)
    with pytest.raises(MailboxLied, match="another package"):
        world.client(world.adviser).fetch(one.id.hex())


@pytest.mark.parametrize("lie", ["packages SET recipient = 3", "sealed_to SET key_digest = randomblob(32)"])
def test_names_another_recipient_or_key(world, database, lie):
    _, sealed = world.deposited()
    database.execute(f"UPDATE {lie}")
    member = world.other if "recipient" in lie else world.adviser
    world.ledger.members[world.other.address] = 3
    with pytest.raises(MailboxLied, match="another package"):
        world.client(member).fetch(sealed.id.hex())


def test_swaps_the_key_once_the_body_was_fetched(world, database):
    (key, one), (_, other) = world.deposited(), world.deposited()
    adviser = world.client(world.adviser)
    body = adviser.fetch(one.id.hex()).body
    world.ledger.use(key.address, one.content.root)
    swap(database, "sealed_key", one, other)
    with pytest.raises(MailboxLied, match="another package"):
        adviser.key(body)


def test_invents_a_package(world, database):
    """Anyone who knows a consent, its head and the adviser's public key can seal something, but not as its claimant."""
    key, _ = world.deposited()
    made_up = world.seal(disclosure(key.address))
    parts = made_up.id.hex(), made_up.content.root, made_up.content.body, made_up.sealed_key
    database.execute("UPDATE packages SET id = ?, root = ?, body = ?, sealed_key = ?", parts)
    database.execute("UPDATE sealed_to SET package = ?", (made_up.id.hex(),))
    with pytest.raises(MailboxLied, match="did not deposit this package"):
        world.client(world.adviser).fetch(made_up.id.hex())


def test_makes_a_package_look_newer(world, database):
    _, sealed = world.deposited()
    database.execute("UPDATE packages SET deposit_time = deposit_time + 1")
    with pytest.raises(MailboxLied, match="did not deposit this package"):
        world.client(world.adviser).fetch(sealed.id.hex())


def test_delays(world):
    _, sealed = world.deposited()
    sent = world.clock.now
    world.clock.now += 30 * 24 * 3600
    assert world.client(world.adviser).fetch(sealed.id.hex()).sent_at == sent


def test_is_wiped(world, database, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    database.execute("DELETE FROM packages")
    with refuses(Code.UNKNOWN_PACKAGE):
        world.client(world.adviser).key(sealed.content)
    assert world.client(key).deposit(sealed)
    assert world.client(world.adviser).key(sealed.content) == sealed


def test_reads_nothing(world, database):
    """All that it has, its files and every column, holds no figure, name or text."""
    world.deposited()
    with open(world.database.removeprefix("sqlite:///"), "rb") as file:  # noqa: PTH123
        kept = file.read()
    for text in (b"rent", b"groceries", b"adviser look", b"11914"):
        assert text not in kept
        assert b64encode(text) not in kept


def test_substitutes_the_reply_key(world):
    """To be sent the advice itself it would have to seal a disclosure that opens to the head, which it never saw."""
    key, sealed = world.deposited()
    forged = disclosure(key.address)
    theirs = seal_package(forged, b"\1" * 1216, world.adviser_key.public_bytes, REGISTRY, lambda n: b"\1" * n)
    assert theirs.content.root != sealed.content.root
    opened = open_package(sealed, world.adviser_key, REGISTRY)
    assert opened.reply_key == world.reply_key.public_bytes


def advice(world, key, sealed):
    return seal_advice(
        Advice("Wait.", b"\1" * 32), world.reply_key.public_bytes, REGISTRY,
        consent=key.address, commitment=sealed.content.root,
    )  # fmt: skip


def test_gives_another_reply_than_was_asked_for(world, database):
    key, sealed = world.deposited()
    one, other = advice(world, key, sealed), advice(world, key, sealed)
    world.client(world.adviser).reply(one)
    database.execute("UPDATE replies SET reply = ?", (other.to_bytes(),))
    with pytest.raises(MailboxLied, match="another reply"):
        world.client(key).replies(key.address)


def test_gives_the_reply_of_another_consent(world, database):
    (key, sealed), (other, _) = world.deposited(), world.deposited()
    world.client(world.adviser).reply(advice(world, key, sealed))
    moved = SealedReply(other.address, sealed.content.root, advice(world, key, sealed).sealed)
    database.execute(
        "UPDATE replies SET id = ?, reply = ?, consent = ?", (moved.id.hex(), moved.to_bytes(), other.address)
    )
    with pytest.raises(SealBroken):
        open_reply(world.client(other).replies(other.address)[0], world.reply_key, REGISTRY)


def test_invents_advice(world):
    key, sealed = world.deposited()
    invented = seal(bytes(8192), world.reply_key.public_bytes, b"")
    with pytest.raises(SealBroken):
        open_reply(SealedReply(key.address, sealed.content.root, invented), world.reply_key, REGISTRY)
