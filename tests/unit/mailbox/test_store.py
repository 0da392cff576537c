"""What a mailbox keeps, on SQLite and on PostgreSQL: once each, until deleted.

When something is kept again, or by two at once    it is there once
When a use is spent                                it stays spent, whatever is deleted
"""

import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from jamjar.disclosure.package import SealedPackage
from jamjar.disclosure.reply import SEALED_BYTES, SealedReply
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.service.refusal import Refused
from tests.support.disclosures import RECIPIENT
from tests.unit.mailbox.world import CAME, package, use

LIMITS = {"each": 2, "share": 3, "most": 3}
SHARES = {"each": 2, "member": 3, "most": 3}


def reply(consent, filler=b"\1"):
    return SealedReply(consent, b"\1" * 32, filler * SEALED_BYTES[0])


def test_a_nonce_is_new_once_for_each_signer_until_forgotten(store):
    assert store.remember("a", b"\1", forget_after=10, now=5)
    assert not store.remember("a", b"\1", forget_after=10, now=10)
    assert store.remember("b", b"\1", forget_after=10, now=10)
    assert store.remember("a", b"\1", forget_after=10, now=11)


def test_a_package_is_there_once_and_whole(store):
    sealed, name = package(), None
    name = sealed.id.hex()
    assert store.package(name) is None
    assert store.put_package(sealed, CAME, **SHARES)
    assert not store.put_package(sealed, CAME, **SHARES)
    assert store.package(name) == (sealed.content, CAME)
    assert (store.waiting(RECIPIENT), store.waiting(3)) == ((name,), ())
    assert store.consents() == (sealed.content.consent,)
    store.delete_packages(sealed.content.consent)
    assert store.package(name) is None


def test_a_package_of_the_first_format(store):
    made = package()
    first = SealedPackage(replace(made.content, sealed_to=b""), made.sealed_key)
    assert first.id != made.id
    assert store.put_package(first, CAME, **SHARES)
    assert store.put_package(made, CAME, **SHARES)
    assert [store.package(each.id.hex())[0] for each in (first, made)] == [first.content, made.content]


def test_a_use_is_spent_once(store):
    sealed = package()
    name = sealed.id.hex()
    assert store.spend(name, use(sealed), 9) is None
    assert store.spent(sealed.content.consent) == frozenset()
    store.put_package(sealed, CAME, **SHARES)
    assert store.spend(name, use(sealed), 9) == sealed.sealed_key
    assert store.spend(name, use(sealed), 9) is None
    assert store.spend(name, use(sealed, 2), 9) == sealed.sealed_key
    store.erase(sealed.content.consent)
    assert store.spent(sealed.content.consent) == {1, 2}


def test_replies_come_in_order_and_go(store):
    consent = package().content.consent
    first, second, third = (reply(consent, bytes([n])) for n in (9, 8, 7))
    assert store.put_reply(first, 2, now=1, **LIMITS)
    assert store.put_reply(second, 2, now=2, **LIMITS)
    assert not store.put_reply(second, 2, now=3, **LIMITS)
    with pytest.raises(Refused) as refused:
        store.put_reply(third, 2, now=3, **LIMITS)
    assert refused.value.refusal.code == Code.TOO_MANY
    assert store.replies(consent) == (first.id.hex(), second.id.hex())
    assert store.reply(first.id.hex()) == first
    store.delete_replies_before(2)
    assert store.replies(consent) == (second.id.hex(),)
    assert store.holds(consent)
    store.delete_reply(second.id.hex())
    assert not store.holds(consent)


@pytest.mark.parametrize("_", range(5))
def test_no_more_are_kept_than_may_be_when_many_come_at_once(store, _):
    consent, together = package().content.consent, threading.Barrier(5)

    def put(n):
        store.holds(consent)  # so that each has its connection before they start
        together.wait(60)
        with suppress(Refused):
            store.put_reply(reply(consent, bytes([n])), 2, now=1, **LIMITS)

    threads = [threading.Thread(target=put, args=(n,)) for n in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(store.replies(consent)) == LIMITS["each"]
