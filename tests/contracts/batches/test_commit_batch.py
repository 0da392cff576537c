"""commitBatch: many commitments, each recorded or rejected on its own.

When one of five items is bad, at each place
├── given its root is zero                            it is rejected with RootZero
├── given it replaces itself                          ... with RootUnchanged
├── given its consent is not live                     ... with ConsentNotLive
├── given it names another head                       ... with HeadMismatch
└── given another key signed it                       ... with NotSignedByConsent
    (the other four are recorded; the single call reverts with the same error)
When the same item comes twice                        the second is rejected with HeadMismatch
When A, then B in place of A, come in one batch       both are recorded, and the head is B
When B in place of A comes before A                   B is rejected with HeadMismatch, and the head is A
When all are bad                                      all are rejected, and no head changes
When all are good                                     all are recorded, as by single calls
"""

import pytest

NONE, A, B = bytes(32), b"\xaa" * 32, b"\xbb" * 32
UNGRANTED, ACTIVE, PAUSED, WITHDRAWN = 0, 2, 3, 8


@pytest.fixture
def bad(request, system, claimants, people, governing, make_error):
    """A bad item: what is sent, its consent, and why it is rejected."""
    stranger = {"from": people.stranger}
    key = claimants.key() if request.param == "never granted" else claimants.live(recipient=3)
    consent = key.address

    def not_live(status, prepare=lambda: None):
        prepare()
        return claimants.commit(key, A), make_error("ConsentNotLive(address,uint8)", consent, status)

    def head_mismatch():
        reason = make_error("HeadMismatch(address,bytes32,bytes32)", consent, A, NONE)
        return claimants.commit(key, B, A), reason

    def anothers():
        commitment, _ = claimants.commit(key, A)
        signature = claimants.commit(claimants.key(), A)[1]
        return (commitment, signature), make_error("NotSignedByConsent(address)", consent)

    item, reason = {
        "root zero": lambda: (claimants.commit(key, NONE), make_error("RootZero(address)", consent)),
        "root unchanged": lambda: (
            claimants.commit(key, A, A),
            make_error("RootUnchanged(address,bytes32)", consent, A),
        ),
        "never granted": lambda: not_live(UNGRANTED),
        "paused": lambda: not_live(PAUSED, lambda: system.consents.pause(*claimants.pause(key, 0), stranger)),
        "withdrawn": lambda: not_live(WITHDRAWN, lambda: system.consents.withdraw(claimants.withdraw(key), stranger)),
        "recipient suspended": lambda: not_live(ACTIVE, lambda: governing.suspend(3)),
        "another head": head_mismatch,
        "another key": anothers,
    }[request.param]()
    return item, consent, reason


BAD = ["root zero", "root unchanged", "never granted", "paused", "withdrawn", "recipient suspended",
       "another head", "another key"]  # fmt: skip


@pytest.fixture(scope="module")
def good(live, claimants):
    """The first commitments of five live consents."""
    return [claimants.commit(key, bytes([i + 1]) * 32) for i, key in enumerate(live)]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_one_bad_item(at, bad, good, kinds, system):
    item, consent, reason = bad
    kinds["commit"].check_bad(good, at, item, consent, reason)
    assert system.commitments.headOf(consent) == "0x" + NONE.hex()
    for (other, root, _), _ in good[:4]:
        assert system.commitments.headOf(other) == "0x" + root.hex()


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_single_call_agrees(bad, kinds):
    item, _, reason = bad
    kinds["commit"].check_single(item, reason)


def test_twice_the_same(good, kinds, make_error, events):
    consent, root, _ = good[0][0]
    reason = make_error("HeadMismatch(address,bytes32,bytes32)", consent, NONE, root)
    batch = kinds["commit"]
    assert events(batch.send([good[0], good[0]])) == [
        batch.kind.recorded(good[0]),
        batch.rejection(1, consent, reason),
    ]


def test_in_order(live, claimants, kinds, system, events):
    items = [claimants.commit(live[0], A), claimants.commit(live[1], A), claimants.commit(live[0], B, A)]
    assert events(kinds["commit"].send(items)) == [kinds["commit"].kind.recorded(item) for item in items]
    assert system.commitments.headOf(live[0].address) == "0x" + B.hex()


def test_out_of_order(live, claimants, kinds, system, make_error, events):
    consent = live[0].address
    items = [claimants.commit(live[0], B, A), claimants.commit(live[0], A)]
    reason = make_error("HeadMismatch(address,bytes32,bytes32)", consent, A, NONE)
    batch = kinds["commit"]
    assert events(batch.send(items)) == [batch.rejection(0, consent, reason), batch.kind.recorded(items[1])]
    assert system.commitments.headOf(consent) == "0x" + A.hex()


def test_all_bad(live, claimants, kinds, system, make_error, events):
    items = [claimants.commit(key, NONE) for key in live]
    reasons = [make_error("RootZero(address)", key.address) for key in live]
    expected = [kinds["commit"].rejection(i, live[i].address, reasons[i]) for i in range(5)]
    assert events(kinds["commit"].send(items)) == expected
    assert all(system.commitments.headOf(key.address) == "0x" + NONE.hex() for key in live)


def test_all_good(good, kinds, events):
    assert events(kinds["commit"].send(good)) == [kinds["commit"].kind.recorded(item) for item in good]
