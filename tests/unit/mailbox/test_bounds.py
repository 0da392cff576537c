"""A mailbox has bounds, says which one was reached, and keeps what it had.

When a body is too long, a consent or the mailbox full, a signer too fast    refused
Given the database cannot be reached                                         STORE_UNAVAILABLE, and nothing of why
When the settings cannot work                                                InvalidInput
"""

from dataclasses import replace
from pathlib import Path

import pytest
import requests

from jamjar.disclosure.package import MAX_BYTES
from jamjar.errors import InvalidInput
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.settings import MailboxSettings
from jamjar.mailbox.store import MailboxStore
from jamjar.service.rates import MOST_SIGNERS, Rates
from tests.support.disclosures import REGISTRY, disclosure
from tests.unit.mailbox.test_mailbox import advice_about
from tests.unit.mailbox.world import signed


@pytest.mark.parametrize(
    "change",
    [{"audience": ""}, {"audience": "a\nb"}, {"depth": -1}, {"window": 0}, {"packages_each": 0}, {"packages_most": 0},
     {"replies_each": 0}, {"replies_most": 0}, {"reply_days": 0}, {"burst": 0}, {"per_second": 0}],
)  # fmt: skip
def test_refuses_settings_that_cannot_work(change):
    with pytest.raises(InvalidInput):
        MailboxSettings(**{"audience": "x", "registry": REGISTRY, **change})


@pytest.mark.parametrize("url", ["", "mailbox.db", "mysql://secret@host/x"])
def test_refuses_another_database(url):
    with pytest.raises(InvalidInput) as refused:
        MailboxStore(url)
    assert "secret" not in str(refused.value)


def test_refuses_a_body_that_is_too_long(world):
    path, body = "/packages/" + 64 * "0", bytes(MAX_BYTES + 1)
    headers = signed(world, "PUT", path, body)
    answer = requests.put(world.url + path, data=body, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")


@pytest.mark.parametrize("path", ["/packages/00", "/packages/" + 64 * "A", "/packages/" + 65 * "0"])
def test_refuses_an_id_of_another_form(world, path):
    answer = requests.get(world.url + path, headers=signed(world, "GET", path), timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (400, "MALFORMED")


@pytest.mark.parametrize("path", ["/packages/", "/replies/"])
def test_refuses_a_body_of_another_form_or_id(world, path):
    path += 64 * "0"
    key, sealed = world.claim()
    for body in (b"", b"jamjar", sealed.to_bytes()):
        headers = signed(world, "PUT", path, body, signer=key)
        answer = requests.put(world.url + path, data=body, headers=headers, timeout=60)
        assert (answer.status_code, answer.json()["code"]) == (400, "MALFORMED")


def test_refuses_too_many_for_a_consent_and_in_all(stopped, refuses):
    stopped.settings = replace(stopped.settings, packages_each=2, packages_most=3)
    with stopped.running():
        key, sealed = stopped.deposited()
        shown = disclosure(key.address)
        stopped.ledger.grant(key.address, shown.root)
        assert stopped.client(key).deposit(stopped.seal(shown))
        with refuses(Code.TOO_MANY) as refused:
            stopped.client(key).deposit(stopped.seal(shown))
        assert "consent" in refused.value.refusal.sentence
        stopped.deposited()
        other, late = stopped.claim()
        with refuses(Code.TOO_MANY) as refused:
            stopped.client(other).deposit(late)
        assert "full" in refused.value.refusal.sentence
        stopped.ledger.grant(key.address, sealed.content.root)
        assert stopped.client(key).deposit(sealed) is False
        assert len(stopped.client(stopped.adviser).waiting()) == 3


def test_one_recipient_has_a_share_of_the_mailbox(stopped, refuses):
    stopped.settings = replace(stopped.settings, packages_member=2, packages_most=3)
    with stopped.running():
        stopped.deposited(), stopped.deposited()
        key, late = stopped.claim()
        with refuses(Code.TOO_MANY) as refused:
            stopped.client(key).deposit(late)
        assert "recipient" in refused.value.refusal.sentence


def test_one_recipient_has_a_share_of_the_replies(stopped, refuses):
    stopped.settings = replace(stopped.settings, replies_member=1, replies_most=3)
    with stopped.running():
        adviser, (key, first), (_, second) = stopped.client(stopped.adviser), stopped.deposited(), stopped.deposited()
        adviser.reply(advice_about(stopped, first))
        with refuses(Code.TOO_MANY) as refused:
            adviser.reply(advice_about(stopped, second))
        assert "recipient" in refused.value.refusal.sentence
        [kept] = stopped.client(key).replies(key.address)
        stopped.client(key).delete_reply(kept)
        assert adviser.reply(advice_about(stopped, second))


def test_refuses_a_signer_that_is_too_fast(stopped, refuses):
    stopped.settings = replace(stopped.settings, burst=2, per_second=0.5)
    with stopped.running():
        adviser = stopped.client(stopped.adviser)
        adviser.waiting()
        adviser.waiting()
        with refuses(Code.TOO_FAST):
            adviser.waiting()
        assert stopped.client(stopped.other).waiting() == ()
        stopped.clock.now += 2
        assert adviser.waiting() == ()


def test_rates_forget_who_was_long_quiet():
    rates = Rates(1, 0.001)
    assert rates.allow("first", 0)
    assert not rates.allow("first", 0)
    for each in range(MOST_SIGNERS):
        assert rates.allow(str(each), 0)
    assert rates.allow("first", 0)


def test_says_no_more_when_the_database_is_gone(world, refuses):
    path = Path(world.database.removeprefix("sqlite:///"))
    path.write_bytes(b"no database" * 1000)
    with refuses(Code.STORE_UNAVAILABLE) as refused:
        world.client(world.adviser).waiting()
    assert str(path) not in str(refused.value)
    assert "SELECT" not in str(refused.value)
