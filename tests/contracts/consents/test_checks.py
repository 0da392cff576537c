"""checkGrant, checkWithdrawal, checkUse: they revert exactly as the call would in the same block, or do nothing.

Each case is one of the call's refusals, or none; both are asked of one and the same block, and say the same to the
last argument. Whoever asks makes no difference: the account that would call is an argument.
"""

import pytest
from brownie.exceptions import VirtualMachineError

from jamjar.protocol.settings import DAY

ZERO = "0x" + "00" * 20
NOBODYS = (bytes(32), bytes(32))
ENDED = ["EXPIRED", "RELEASED", "WITHDRAWN"]


def outcome(call, *arguments):
    """The error's name and arguments, or nothing."""
    try:
        assert call(*arguments) in ((), None)
    except VirtualMachineError as error:
        return str(error.revert_msg)
    return ""


@pytest.fixture
def agree(system, people):
    """What the check says, having made sure that the call says the same."""

    def ask(name, check, item, account=None):
        registry, account = system.consents, account or people.operator
        checked = outcome(getattr(registry, check).call, item, account, {"from": people.stranger})
        assert outcome(getattr(registry, name).call, item, {"from": account}) == checked
        return checked

    return ask


GRANTS = {
    "CarrierNotActiveMember": lambda c, key: c.grant(key),
    "RecipientNotActiveAdviser": lambda c, key: c.grant(key, recipient=1),
    "ValidityOutOfRange": lambda c, key: c.grant(key, valid_from=c.now() - 1),
    "ReconfirmByOutOfRange": lambda c, key: c.grant(key, reconfirm_by=c.now() + 90 * DAY + 1),
    "MaxUsesOutOfRange": lambda c, key: c.grant(key, max_uses=1001),
    "TermsDigestZero": lambda c, key: c.grant(key, terms_digest=bytes(32)),
    "NotSignedByConsent": lambda c, key: (c.grant(key)[0], NOBODYS),
    "": lambda c, key: c.grant(key),
}


@pytest.mark.parametrize(("error", "make"), GRANTS.items(), ids=GRANTS)
def test_check_grant(agree, claimants, people, error, make):
    carrier = people.stranger if error == "CarrierNotActiveMember" else people.operator
    assert agree("grant", "checkGrant", make(claimants, claimants.key()), carrier).partition(":")[0] == error


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", *ENDED])
def test_check_grant_of_a_used_key(agree, claimants, states, name):
    key = states.make(name)
    said = agree("grant", "checkGrant", claimants.grant(key))
    assert said == f"ConsentExists: {key.address.lower()}, {states.code(name)}"


@pytest.mark.parametrize("name", ["NONE", "SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", *ENDED])
def test_check_withdrawal(agree, claimants, states, name):
    key = states.make(name)
    said = agree("withdraw", "checkWithdrawal", claimants.withdraw(key))
    assert said == (f"ConsentNotOpen: {key.address.lower()}, {states.code(name)}" if name in ENDED else "")


@pytest.mark.parametrize("carrier", ["founder", "stranger"])
def test_check_withdrawal_by_no_member(agree, claimants, people, states, carrier):
    account = getattr(people, carrier)
    said = agree("withdraw", "checkWithdrawal", claimants.withdraw(states.make("NONE")), account)
    assert said == f"CarrierNotActiveMember: {account.address.lower()}"
    assert agree("withdraw", "checkWithdrawal", claimants.withdraw(states.make("ACTIVE")), account) == ""


def test_check_withdrawal_by_a_suspended_member(agree, claimants, people, states, governing):
    governing.suspend(1)
    said = agree("withdraw", "checkWithdrawal", claimants.withdraw(states.make("NONE")), people.operator)
    assert said == f"CarrierNotActiveMember: {people.operator.address.lower()}"


@pytest.mark.parametrize("consent", [ZERO, None])
def test_check_withdrawal_not_signed(agree, claimants, consent):
    consent = consent or claimants.key().address
    said = agree("withdraw", "checkWithdrawal", (consent, NOBODYS))
    assert said == f"NotSignedByConsent: {consent.lower()}"


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", *ENDED])
def test_check_use(agree, people, states, name):
    key = states.make(name)
    refusals = {"ACTIVE": "", "EXHAUSTED": f"ConsentExhausted: {key.address.lower()}, 3"}
    expected = refusals.get(name, f"ConsentNotLive: {key.address.lower()}, {states.code(name)}")
    assert agree("use", "checkUse", (key.address, b"\1" * 32), people.adviser) == expected


@pytest.mark.parametrize("caller", ["founder", "operator", "other_adviser", "stranger"])
def test_check_use_by_another(agree, people, states, caller):
    key, account = states.make("ACTIVE"), getattr(people, caller)
    said = agree("use", "checkUse", (key.address, b"\1" * 32), account)
    assert said == f"NotTheRecipient: {key.address.lower()}, {account.address.lower()}"


def test_check_use_of_no_commitment(agree, people, states):
    key = states.make("ACTIVE")
    said = agree("use", "checkUse", (key.address, bytes(32)), people.adviser)
    assert said == f"CommitmentZero: {key.address.lower()}"


@pytest.mark.parametrize("name", ["ACTIVE", "EXHAUSTED"])
def test_check_use_given_a_fallen_recipient(agree, people, states, recipient, name):
    key = states.make(name)
    recipient.fall()
    said = agree("use", "checkUse", (key.address, b"\1" * 32), people.adviser)
    assert said == f"ConsentNotLive: {key.address.lower()}, {states.code(name)}"
