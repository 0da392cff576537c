"""The typed data that claimants sign: eth-account and the contracts mean the same by it. (And jamjar: tests/unit.)

When a message of each type is signed by eth-account      the contract takes it
When random messages are signed by eth-account            the contract objects to none
"""

import secrets
from dataclasses import astuple

from eth_account import Account

from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Reconfirm, Resume, Withdraw, full_message

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32


class Outsider:
    """A wallet made of eth-account alone."""

    def __init__(self):
        self.account = Account.create()
        self.address = self.account.address

    def sign(self, domain, message):
        signed = self.account.sign_typed_data(full_message=full_message(domain, message))
        parity = (signed.v - 27) << 255
        return signed.r.to_bytes(32, "big"), (signed.s | parity).to_bytes(32, "big")


def test_the_whole_life(system, claimants, people):
    """Every message, in the order of a life, is signed outside and taken."""
    outsider = Outsider()
    consent, stranger = outsider.address, {"from": people.stranger}

    def sign(message):
        return outsider.sign(claimants.domain(message), message)

    grant = claimants.grant_message(outsider)
    system.consents.grant((astuple(grant), sign(grant)), {"from": people.operator})
    claimants.move_to(grant.valid_from)
    system.consents.pause(consent, 0, sign(Pause(consent, 0)), stranger)
    system.consents.resume(consent, 1, sign(Resume(consent, 1)), stranger)
    by = claimants.now() + 60 * DAY
    system.consents.reconfirm(consent, 2, by, sign(Reconfirm(consent, 2, by)), stranger)
    commit = Commit(consent, ROOT, bytes(32))
    system.commitments.commit((astuple(commit), sign(commit)), stranger)
    system.advice.record((consent, ROOT, ADVICE), {"from": people.adviser})
    acknowledge = Acknowledge(consent, ROOT, ADVICE)
    system.advice.acknowledge((astuple(acknowledge), sign(acknowledge)), stranger)
    system.consents.withdraw((consent, sign(Withdraw(consent))), stranger)
    assert system.consents.getConsent(consent)["sequence"] == 3
    assert system.consents.status(consent) == 8


def test_random_messages(system, claimants, people):
    """The contracts object to no outside signature; that they do object to false ones, the attacks show."""
    now, some = claimants.now(), secrets.randbelow
    for _ in range(100):
        outsider = Outsider()
        start = now + 100 + some(89 * DAY)
        end = start + 1 + some(270 * DAY)
        by = start + 1 + some(min(end, now + 90 * DAY) - start)
        grant = Grant(outsider.address, 2 + some(2), start, end, by, 1 + some(1000), secrets.token_bytes(32))
        signature = outsider.sign(claimants.domain(grant), grant)
        system.consents.checkGrant((astuple(grant), signature), people.operator)
        withdrawal = Withdraw(outsider.address)
        signature = outsider.sign(claimants.domain(withdrawal), withdrawal)
        system.consents.checkWithdrawal((outsider.address, signature), people.operator)


def test_random_messages_about_a_live_consent(system, claimants, people):
    """As above, for what can only be asked of a consent that has begun; what follows in its life is asked, not sent."""
    stranger = {"from": people.stranger}
    for _ in range(10):
        outsider = Outsider()
        consent = outsider.address

        def sign(message, outsider=outsider):
            return outsider.sign(claimants.domain(message), message)

        grant = claimants.grant_message(outsider, max_uses=1000)
        system.consents.grant((astuple(grant), sign(grant)), {"from": people.operator})
        claimants.move_to(grant.valid_from)
        for _ in range(10):
            commit = Commit(consent, secrets.token_bytes(32), bytes(32))
            system.commitments.checkCommitment((astuple(commit), sign(commit)))
            reconfirm = Reconfirm(consent, 0, grant.valid_from + 60 + secrets.randbelow(89 * DAY))
            system.consents.reconfirm.call(consent, 0, reconfirm.reconfirm_by, sign(reconfirm), stranger)
        system.consents.pause(consent, 0, sign(Pause(consent, 0)), stranger)
        system.consents.resume(consent, 1, sign(Resume(consent, 1)), stranger)
        acknowledge = Acknowledge(consent, secrets.token_bytes(32), secrets.token_bytes(32))
        system.advice.record(astuple(acknowledge), {"from": people.adviser})
        system.advice.checkAcknowledgement((astuple(acknowledge), sign(acknowledge)))
