"""No log, no key: an adviser that cheats gets the refusal that says so, and nothing else.

Given no use, a use of another, a use not deep    no key
Given a use that gave a key, or is gone           no key
Given the consent is not live                     no key, whatever is on the record
"""

import threading
from dataclasses import replace

import pytest

from jamjar.disclosure.package import open_package
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Status
from jamjar.service.refusal import Refused
from tests.support.disclosures import REGISTRY


def test_fetches_without_a_use(world, refuses):
    _, sealed = world.deposited()
    adviser = world.client(world.adviser)
    body = adviser.fetch(sealed.id.hex()).body
    with refuses(Code.NO_USE_ON_RECORD):
        adviser.key(body)


def test_uses_without_fetching(world):
    """It is on the record as a look, though nothing was seen: the record errs to the claimant's side."""
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    assert world.client(world.adviser).waiting() == (sealed.id.hex(),)


def test_opens_twice(world, refuses):
    key, sealed = world.deposited()
    adviser = world.client(world.adviser)
    world.ledger.use(key.address, sealed.content.root)
    assert adviser.key(sealed.content) == sealed
    with refuses(Code.USE_ALREADY_CONSUMED):
        adviser.key(sealed.content)
    world.ledger.use(key.address, sealed.content.root)
    assert adviser.key(sealed.content) == sealed


def test_opens_two_packages_with_one_use(world, refuses):
    key, first = world.deposited()
    shown = open_package(first, world.adviser_key, REGISTRY).disclosure
    second = world.seal(shown)
    assert world.client(key).deposit(second)
    world.ledger.use(key.address, first.content.root)
    adviser = world.client(world.adviser)
    adviser.key(second.content)
    with refuses(Code.USE_ALREADY_CONSUMED):
        adviser.key(first.content)


def test_opens_once_however_many_ask_at_once(world):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    got = []

    def ask():
        try:
            got.append(world.client(world.adviser).key(sealed.content))
        except Refused as error:
            got.append(error.refusal.code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert got.count(sealed) == 1
    assert got.count(Code.USE_ALREADY_CONSUMED) == 7


def test_opens_with_a_use_that_is_not_deep(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root, deep=False)
    adviser = world.client(world.adviser)
    for missing in (3, 2, 1):
        with refuses(Code.NOT_DEEP_ENOUGH, blocks=missing):
            adviser.key(sealed.content)
        world.ledger.tip += 1
    assert adviser.key(sealed.content) == sealed


def test_opens_with_a_use_that_a_reorganisation_took_back(world, refuses):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    world.ledger.records.clear()
    with refuses(Code.NO_USE_ON_RECORD):
        world.client(world.adviser).key(sealed.content)


def test_opens_twice_with_a_use_that_a_reorganisation_moved(world, refuses):
    key, sealed = world.deposited()
    use = world.ledger.use(key.address, sealed.content.root)
    adviser = world.client(world.adviser)
    adviser.key(sealed.content)
    world.ledger.records[0] = replace(use, block=use.block - 1, index=7, transaction="0x" + 64 * "b")
    with refuses(Code.USE_ALREADY_CONSUMED):
        adviser.key(sealed.content)


@pytest.mark.parametrize(
    "status", [Status.WITHDRAWN, Status.PAUSED, Status.STALE, Status.EXPIRED, Status.RELEASED, Status.SCHEDULED]
)
def test_opens_after_the_consent_is_live_no_more(world, refuses, status):
    key, sealed = world.deposited()
    world.ledger.use(key.address, sealed.content.root)
    world.ledger.set(key.address, status)
    with refuses(Code.CONSENT_NOT_LIVE, status=status.name):
        world.client(world.adviser).key(sealed.content)


def test_opens_with_the_use_of_another_commitment_or_consent(world, refuses):
    key, sealed = world.deposited()
    other, _ = world.deposited()
    world.ledger.use(key.address, b"\1" * 32)
    world.ledger.use(other.address, sealed.content.root)
    with refuses(Code.NO_USE_ON_RECORD):
        world.client(world.adviser).key(sealed.content)
