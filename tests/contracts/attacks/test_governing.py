"""P2, P3, P6: what governs the members governs no consent: founder, council, and the governance contract itself.

When a founder, one of the council, or the governance by a proposal
├── carries a message that the consent's key did not sign    it reverts with NotSignedByConsent, of each kind
├── uses, advises under or releases a consent                it reverts with NotTheRecipient
├── grants without acting for a member                       it reverts with CarrierNotActiveMember
└── does all it can to the members                           no consent, commitment or advice on the record changes
When every member is suspended, and has lost its roles
├── a withdrawal by any carrier, alone or in a batch         is recorded, but of a key that was never granted
├── a pause, resumption or reconfirmation                    is recorded
└── an acknowledgement of advice                             is recorded
"""

import pytest

from jamjar.protocol.typed_data import Acknowledge, Grant, Pause, Reconfirm, Resume, Withdraw

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
WITHDRAWN = 8
ROLES = ((1, "OPERATOR"), (2, "ADVISER"), (3, "ADVISER"), (4, "SPONSOR"), (5, "AUDITOR"), (4, "COUNCIL"))


@pytest.fixture
def takes_everything(system, governing):
    """Founders and council together suspend all members for good, and take their roles."""
    consortium = system.consortium

    def propose():
        changes = [governing.operation("suspend", member, 2) for member in range(1, 6)]
        changes += [
            governing.operation("revokeRole", getattr(consortium, role)(), consortium.seatOf(member))
            for member, role in ROLES
        ]
        for change in changes:
            governing.propose(change)
        governing.wait(7 * 24 * 60 * 60)

        def take():
            for change in changes:
                governing.execute(change)

        return take

    return propose


@pytest.fixture
def against_their_will(attack, takes_everything):
    """What a claimant signed is recorded, though all who govern have done all they can."""

    def check(kind):
        take = takes_everything()
        key, message = attack.ready(kind)
        take()
        before = attack.record_of(key.address)
        attack.carry(message, attack.sign(key, message))
        assert attack.record_of(key.address) != before
        return key

    return check


@pytest.mark.parametrize("kind_of", [Withdraw, Pause, Resume, Reconfirm, Acknowledge], ids=lambda kind: kind.__name__)
def test_the_claimants_words(kind_of, against_their_will, system):
    """P3: no member, role or fault stops a withdrawal, nor anything else that a claimant says of a consent."""
    key = against_their_will(kind_of)
    assert (system.consents.status(key.address) == WITHDRAWN) == (kind_of is Withdraw)


@pytest.mark.parametrize("carrier", ["founder", "operator", "adviser", "sponsor", "stranger"])
def test_withdrawals_in_a_batch(carrier, system, claimants, people, takes_everything, events):
    """P3: whoever has an account on the ledger carries a withdrawal of what was granted; not of what never was."""
    take = takes_everything()
    keys, unknown = [claimants.live(), claimants.granted()], claimants.key()
    take()
    account = getattr(people, carrier)
    items = [claimants.withdraw(key) for key in (*keys, unknown)]
    tx = system.consents.withdrawBatch(items, {"from": account})
    done = [("ConsentWithdrawn", {"consent": key.address, "carrier": account}) for key in keys]
    assert events(tx)[:2] == done
    assert [name for name, _ in events(tx)[2:]] == ["WithdrawalRejected"]
    assert [system.consents.status(key.address) for key in (*keys, unknown)] == [WITHDRAWN, WITHDRAWN, 0]


@pytest.mark.parametrize("who", ["founder", "sponsor", "auditor", "governance"])
def test_no_message_but_the_keys(who, kind, attack, claimants, people, governing, refused):
    """P2: no power over members is a key: none grants, commits, pauses or ends in a claimant's name."""
    key, message = attack.ready(kind)
    before, forged = attack.record_of(key.address), attack.sign(claimants.key(), message)
    account = attack.system.governance if who == "governance" else getattr(people, who)
    member = who in {"sponsor", "auditor"} or kind is not Grant
    error = ("NotSignedByConsent", key.address) if member else ("CarrierNotActiveMember", account.address)
    arguments = attack.arguments(message, forged)
    with refused(*error):
        if who == "governance":
            governing(attack.call(message).abi["name"], *arguments, on=attack.contract(message))
        else:
            attack.call(message)(*arguments, {"from": account})
    assert attack.record_of(key.address) == before


@pytest.mark.parametrize("act", ["use", "release", "record"])
def test_no_recipient(act, system, claimants, governing, attack, refused):
    """P2: a proposal of the governance that uses, releases or advises under a consent is a stranger's call."""
    key, _ = attack.ready(Acknowledge)
    before = attack.record_of(key.address)
    contract = system.advice if act == "record" else system.consents
    arguments = {"use": ((key.address, ROOT),), "release": (key.address,), "record": ((key.address, ROOT, ROOT),)}
    with refused("NotTheRecipient", key.address, system.governance.address):
        governing(act, *arguments[act], on=contract)
    assert attack.record_of(key.address) == before


def test_no_change_to_the_record(attack, takes_everything):
    """P6: what is on the record stays, whoever is put out of the consortium."""
    take = takes_everything()
    key, _ = attack.ready(Acknowledge)
    before = attack.record_of(key.address)
    take()
    assert attack.record_of(key.address) == before
