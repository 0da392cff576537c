"""The mailbox as it is meant: a package goes one way, advice and a deletion come back, and then it is empty.

When the claimant deposits, again, or after a restart     it is there once
When the recipient looked                                 advice and deletion reach the claimant, also after the end
When the claimant deletes or erases                       it is gone
"""

from jamjar.disclosure.advice import Advice
from jamjar.disclosure.package import open_package
from jamjar.disclosure.reply import Deletion, open_reply, seal_advice, seal_deletion, sign_deletion
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Status
from tests.support.disclosures import REGISTRY

ADVICE = Advice("Ask for a payment plan.", b"\1" * 32)


def advice_about(world, sealed):
    content, key = sealed.content, world.reply_key.public_bytes
    return seal_advice(ADVICE, key, REGISTRY, consent=content.consent, commitment=content.root)


def test_deposits_once(world):
    key, sealed = world.deposited()
    assert world.client(key).deposit(sealed) is False
    assert world.client(world.adviser).waiting() == (sealed.id.hex(),)


def test_goes_there_and_back(world):
    key, _ = world.deposited()
    adviser, claimant = world.client(world.adviser), world.client(key)

    (name,) = adviser.waiting()
    fetched = adviser.fetch(name)
    world.ledger.use(fetched.body.consent, fetched.body.root)
    opened = open_package(adviser.key(fetched.body), world.adviser_key, REGISTRY)
    assert opened.disclosure.consent == key.address

    reply = seal_advice(ADVICE, opened.reply_key, REGISTRY, consent=key.address, commitment=opened.disclosure.root)
    assert adviser.reply(reply) is True
    assert adviser.reply(reply) is False
    world.ledger.set(key.address, Status.WITHDRAWN)
    deletion = Deletion(key.address, (opened.disclosure.root,), int(world.clock.now))
    signed = sign_deletion(deletion, world.account, REGISTRY)
    world.clock.now += 1
    assert adviser.reply(seal_deletion(signed, opened.reply_key, REGISTRY)) is True

    replies = claimant.replies(key.address)
    assert [open_reply(each, world.reply_key, REGISTRY) for each in replies] == [ADVICE, signed]
    assert signed.account(REGISTRY) == world.adviser.address
    for each in replies:
        claimant.delete_reply(each)
    assert claimant.replies(key.address) == ()


def test_a_restart_loses_nothing(stopped, refuses):
    with stopped.running():
        key, sealed = stopped.deposited()
        stopped.ledger.use(key.address, sealed.content.root)
        stopped.client(stopped.adviser).key(sealed.content)
        stopped.client(stopped.adviser).reply(advice_about(stopped, sealed))
    with stopped.running():
        adviser = stopped.client(stopped.adviser)
        assert adviser.fetch(sealed.id.hex()).body == sealed.content
        with refuses(Code.USE_ALREADY_CONSUMED):
            adviser.key(sealed.content)
        assert len(stopped.client(key).replies(key.address)) == 1


def test_only_the_recipient_replies(world, refuses):
    _, sealed = world.deposited()
    with refuses(Code.NOT_THE_RECIPIENT):
        world.client(world.other).reply(advice_about(world, sealed))


def test_only_the_claimant_reads_and_deletes_replies(world, refuses):
    key, sealed = world.deposited()
    other, _ = world.deposited()
    reply = advice_about(world, sealed)
    world.client(world.adviser).reply(reply)
    with refuses(Code.NOT_THE_CLAIMANT):
        world.client(other).replies(key.address)
    with refuses(Code.UNKNOWN_REPLY):
        world.client(other).delete_reply(reply)
    assert len(world.client(key).replies(key.address)) == 1


def test_erases(world, refuses):
    (key, sealed), (_, other) = world.deposited(), world.deposited()
    world.client(world.adviser).reply(advice_about(world, sealed))
    world.ledger.down = True
    world.client(key).erase(key.address)
    world.ledger.down = False
    assert world.client(world.adviser).waiting() == (other.id.hex(),)
    assert world.client(key).replies(key.address) == ()
    with refuses(Code.NOT_THE_CLAIMANT):
        world.client(key).erase(other.content.consent)


def test_erasing_does_not_give_a_use_back(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    world.client(world.adviser).key(sealed.content)
    world.client(key).erase(key.address)
    world.client(key).deposit(sealed)
    with refuses(Code.USE_ALREADY_CONSUMED):
        world.client(world.adviser).key(sealed.content)
