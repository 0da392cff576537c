"""withdrawBatch: many withdrawals, each recorded or rejected on its own.

When one of five items is bad, at each place
├── given its consent has expired, was released, or was withdrawn   it is rejected with ConsentNotOpen
├── given its consent was never granted, and a stranger carries it  ... with CarrierNotActiveMember
└── given another key signed it                                     ... with NotSignedByConsent
    (the other four are recorded; the single call reverts with the same error)
When the same item comes twice            the second is rejected with ConsentNotOpen
When all are bad                          all are rejected, and nothing ends
When all are good                         all are recorded, as by single calls
When a member carries them                one that was never granted is recorded too
"""

import pytest

EXPIRED, RELEASED, WITHDRAWN = 6, 7, 8


@pytest.fixture
def bad(request, system, claimants, people, make_error):
    """A bad item: what is sent, its consent, and why it is rejected."""
    now = claimants.now()
    key = claimants.live(valid_until=now + 7200, reconfirm_by=now + 7200)
    consent = key.address
    item = claimants.withdraw(key)
    prepare, status = {
        "expired": (lambda: claimants.move_to(now + 7201), EXPIRED),
        "released": (lambda: system.consents.release(consent, {"from": people.adviser}), RELEASED),
        "withdrawn": (lambda: system.consents.withdraw(item, {"from": people.operator}), WITHDRAWN),
        "another key": (None, None),
        "never granted": (None, None),
    }[request.param]
    if request.param == "never granted":
        key = claimants.key()
        return (
            claimants.withdraw(key),
            key.address,
            make_error("CarrierNotActiveMember(address)", people.stranger.address),
        )
    if not prepare:
        signature = claimants.withdraw(claimants.key())[1]
        return (consent, signature), consent, make_error("NotSignedByConsent(address)", consent)
    prepare()
    return item, consent, make_error("ConsentNotOpen(address,uint8)", consent, status)


BAD = ["expired", "released", "withdrawn", "another key", "never granted"]


@pytest.fixture(scope="module")
def good(live, claimants):
    """Withdrawals of five live consents."""
    return [claimants.withdraw(key) for key in live]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_one_bad_item(at, bad, good, kinds, system):
    item, consent, reason = bad
    before = system.consents.status(consent)
    kinds["withdraw"].check_bad(good, at, item, consent, reason)
    assert system.consents.status(consent) == before
    assert [system.consents.status(other) for other, _ in good[:4]] == [WITHDRAWN] * 4


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_single_call_agrees(bad, kinds):
    item, _, reason = bad
    kinds["withdraw"].check_single(item, reason)


def test_twice_the_same(good, kinds, make_error, events):
    consent = good[0][0]
    batch = kinds["withdraw"]
    ended = make_error("ConsentNotOpen(address,uint8)", consent, WITHDRAWN)
    assert events(batch.send([good[0], good[0]])) == [
        batch.kind.recorded(good[0]),
        batch.rejection(1, consent, ended),
    ]


def test_all_bad(live, kinds, claimants, system, make_error, events):
    anothers = claimants.withdraw(claimants.key())[1]
    items = [(key.address, anothers) for key in live]
    reasons = [make_error("NotSignedByConsent(address)", key.address) for key in live]
    expected = [kinds["withdraw"].rejection(i, live[i].address, reasons[i]) for i in range(5)]
    assert events(kinds["withdraw"].send(items)) == expected
    assert all(system.consents.isLive(key.address) for key in live)


def test_all_good(good, kinds, system, events):
    assert events(kinds["withdraw"].send(good)) == [kinds["withdraw"].kind.recorded(item) for item in good]
    assert [system.consents.status(consent) for consent, _ in good] == [WITHDRAWN] * 5


def test_one_never_granted_by_a_member(good, claimants, system, people, events):
    items = [*good[:2], claimants.withdraw(claimants.key()), *good[3:]]
    tx = system.consents.withdrawBatch(items, {"from": people.operator})
    carried = {"carrier": people.operator}
    assert events(tx) == [("ConsentWithdrawn", {"consent": consent} | carried) for consent, _ in items]
    assert system.consents.status(items[2][0]) == WITHDRAWN
