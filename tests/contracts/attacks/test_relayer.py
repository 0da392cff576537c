"""What a relayer can do with signed messages by keeping, reordering or copying them.

When a relayer carries
├── a grant after its `validFrom`                    it reverts with ValidityOutOfRange
├── a resumption before its pause                    it reverts with SequenceMismatch
├── a pause again after its resumption               it reverts with SequenceMismatch
├── a resumption in place of which the claimant signed something else     it reverts with SequenceMismatch
├── a resumption after the withdrawal, or the end    it reverts with ConsentNotOpen
├── a reconfirmation after the date it promises      it reverts with ReconfirmByOutOfRange
├── a withdrawal before its grant                    it is recorded, and the grant reverts with ConsentExists
└── what another has carried already                 it reverts, and the record is as if only one had come
"""

import pytest

from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Grant

SCHEDULED, EXPIRED, WITHDRAWN = 1, 6, 8
ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32


@pytest.fixture
def relayer(people):
    return {"from": people.stranger}


@pytest.mark.parametrize("late", [1, DAY])
def test_keeps_a_grant(late, attack, claimants, refusal):
    """P2: a grant not carried by its start is worth nothing, so none is brought out later."""
    key, grant = attack.ready(Grant)
    signature = attack.sign(key, grant)
    claimants.move_to(grant.valid_from + late)
    refused_with = refusal(lambda: attack.carry(grant, signature))
    now = claimants.now()
    expected = (grant.valid_from, grant.valid_until, now, now + 366 * DAY)
    assert refused_with == f"ValidityOutOfRange: {', '.join(map(str, expected))}"


def test_resumes_before_the_pause(system, claimants, relayer, refused):
    """P3: a claimant's pause and resumption cannot be swapped."""
    key = claimants.live()
    with refused("SequenceMismatch", key.address, 1, 0):
        system.consents.resume(*claimants.resume(key, 1), relayer)


@pytest.mark.parametrize("what", ["pause", "resume"])
def test_pauses_or_resumes_again(what, system, claimants, relayer, refused):
    """P3: a pause or resumption counts once."""
    key = claimants.live()
    system.consents.pause(*claimants.pause(key, 0), relayer)
    system.consents.resume(*claimants.resume(key, 1), relayer)
    sequence = {"pause": 0, "resume": 1}[what]
    with refused("SequenceMismatch", key.address, sequence, 2):
        getattr(system.consents, what)(*getattr(claimants, what)(key, sequence), relayer)


def test_keeps_a_resumption_that_was_overtaken(system, claimants, relayer, refused):
    """P3: signing anything else in its place makes a kept resumption worthless, also for the next pause."""
    key = claimants.live()
    kept = claimants.resume(key, 1)
    system.consents.pause(*claimants.pause(key, 0), relayer)
    system.consents.pause(*claimants.pause(key, 1), relayer)
    with refused("SequenceMismatch", key.address, 1, 2):
        system.consents.resume(*kept, relayer)
    system.consents.resume(*claimants.resume(key, 2), relayer)
    system.consents.pause(*claimants.pause(key, 3), relayer)
    with refused("SequenceMismatch", key.address, 1, 4):
        system.consents.resume(*kept, relayer)


@pytest.mark.parametrize(("end", "status"), [("withdrawn", WITHDRAWN), ("expired", EXPIRED)])
def test_keeps_a_resumption_past_the_end(end, status, system, claimants, relayer, refused):
    """P3: nothing that was signed before brings an ended consent back."""
    key = claimants.live()
    kept = claimants.resume(key, 1)
    system.consents.pause(*claimants.pause(key, 0), relayer)
    if end == "withdrawn":
        system.consents.withdraw(claimants.withdraw(key), relayer)
    else:
        claimants.move_to(system.consents.getConsent(key.address)["validUntil"] + 1)
    with refused("ConsentNotOpen", key.address, status):
        system.consents.resume(*kept, relayer)


def test_keeps_a_reconfirmation(system, claimants, relayer, refusal):
    """P2: a reconfirmation is worth nothing past the date it promises, so a stale consent stays stale."""
    key = claimants.live()
    by = claimants.now() + 10 * DAY
    kept = claimants.reconfirm(key, 0, by)
    claimants.move_to(by)
    refused_with = refusal(lambda: system.consents.reconfirm(*kept, relayer))
    now = claimants.now()
    assert now >= by
    assert refused_with == f"ReconfirmByOutOfRange: {by}, {now + 1}, {now + 90 * DAY}"


def test_withdraws_before_the_grant(attack, system, claimants, people, refused, events):
    """P3: a withdrawal works at once and for ever, even when it overtakes its grant."""
    key, grant = attack.ready(Grant)
    tx = system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
    assert events(tx) == [("ConsentWithdrawn", {"consent": key.address, "carrier": people.operator})]
    with refused("ConsentExists", key.address, WITHDRAWN):
        attack.carry(grant, attack.sign(key, grant))


def test_copies_what_is_on_its_way(kind, attack, people, refused):
    """P6: a message counts once, whoever is quicker, and carrying it gives the carrier nothing."""
    second_is_refused = {
        "Grant": ("ConsentExists", SCHEDULED),
        "Pause": ("SequenceMismatch", 0, 1),
        "Resume": ("SequenceMismatch", 1, 2),
        "Reconfirm": ("SequenceMismatch", 0, 1),
        "Withdraw": ("ConsentNotOpen", WITHDRAWN),
        "Commit": ("HeadMismatch", bytes(32), ROOT),
        "Acknowledge": ("AdviceAlreadyAcknowledged", ROOT, ADVICE),
    }
    key, message = attack.ready(kind)
    signature = attack.sign(key, message)
    attack.carry(message, signature, by=people.sponsor)  # the quicker one
    recorded = attack.record_of(key.address)
    error, *arguments = second_is_refused[kind.__name__]
    with refused(error, key.address, *arguments):
        attack.carry(message, signature, by=people.operator)
    assert attack.record_of(key.address) == recorded
