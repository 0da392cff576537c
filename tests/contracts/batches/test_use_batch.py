"""useBatch: many uses by one recipient, each recorded or rejected on its own.

When one of five items is bad, at each place
├── given it names no commitment                      it is rejected with CommitmentZero
├── given its consent is another's, or nobody's       ... with NotTheRecipient
├── given its consent is not live                     ... with ConsentNotLive
└── given its consent's uses are spent                ... with ConsentExhausted
    (the other four are recorded and counted; the single call reverts with the same error)
When one consent is used more often than it allows    the rest is rejected with ConsentExhausted
When a stranger sends them                            all are rejected with NotTheRecipient
When the recipient is suspended                       all are rejected with ConsentNotLive
When all are good                                     all are recorded, as by single calls
"""

import pytest

ROOT = b"\xaa" * 32
ACTIVE, PAUSED, WITHDRAWN = 2, 3, 8


@pytest.fixture
def bad(request, system, claimants, people, make_error):
    """A bad item: what is sent, its consent, and why it is rejected."""
    stranger, adviser = {"from": people.stranger}, {"from": people.adviser}
    recipient = 3 if request.param == "another's" else 2
    key = claimants.key() if request.param == "nobody's" else claimants.live(recipient=recipient, max_uses=1)
    consent = key.address
    not_the_recipient = make_error("NotTheRecipient(address,address)", consent, people.adviser.address)
    commitment, prepare, reason = {
        "no commitment": (bytes(32), None, make_error("CommitmentZero(address)", consent)),
        "another's": (ROOT, None, not_the_recipient),
        "nobody's": (ROOT, None, not_the_recipient),
        "paused": (
            ROOT,
            lambda: system.consents.pause(*claimants.pause(key, 0), stranger),
            make_error("ConsentNotLive(address,uint8)", consent, PAUSED),
        ),
        "withdrawn": (
            ROOT,
            lambda: system.consents.withdraw(claimants.withdraw(key), stranger),
            make_error("ConsentNotLive(address,uint8)", consent, WITHDRAWN),
        ),
        "exhausted": (
            ROOT,
            lambda: system.consents.use((consent, ROOT), adviser),
            make_error("ConsentExhausted(address,uint16)", consent, 1),
        ),
    }[request.param]
    if prepare:
        prepare()
    return (consent, commitment), consent, reason


BAD = ["no commitment", "another's", "nobody's", "paused", "withdrawn", "exhausted"]


@pytest.fixture(scope="module")
def good(live):
    """The first uses of five live consents."""
    return [(key.address, bytes([i + 1]) * 32) for i, key in enumerate(live)]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_one_bad_item(at, bad, good, kinds, system):
    item, consent, reason = bad
    before = system.consents.getConsent(consent)
    kinds["use"].check_bad(good, at, item, consent, reason)
    assert system.consents.getConsent(consent) == before
    assert [system.consents.getConsent(other)["uses"] for other, _ in good] == [1, 1, 1, 1, 0]


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_single_call_agrees(bad, kinds):
    item, _, reason = bad
    kinds["use"].check_single(item, reason)


def test_more_often_than_allowed(good, kinds, system, make_error, events):
    consent = good[0][0]
    batch = kinds["use"]
    name, first = batch.kind.recorded(good[0])
    spent = make_error("ConsentExhausted(address,uint16)", consent, 3)
    assert events(batch.send([good[0]] * 5)) == [
        *((name, first | {"uses": uses}) for uses in (1, 2, 3)),
        *(batch.rejection(index, consent, spent) for index in (3, 4)),
    ]
    assert system.consents.getConsent(consent)["uses"] == 3


def test_by_a_stranger(good, system, people, make_error, events):
    tx = system.consents.useBatch(good, {"from": people.stranger})
    for index, (name, event) in enumerate(events(tx)):
        consent = good[index][0]
        reason = make_error("NotTheRecipient(address,address)", consent, people.stranger.address)
        assert (name, event) == (
            "UseRejected",
            {
                "consent": consent,
                "account": people.stranger,
                "index": index,
                "reason": "0x" + reason.data.hex(),
            },
        )
    assert len(events(tx)) == 5


def test_by_a_suspended_recipient(good, kinds, system, governing, make_error, events):
    governing.suspend(2)
    reasons = [make_error("ConsentNotLive(address,uint8)", consent, ACTIVE) for consent, _ in good]
    expected = [kinds["use"].rejection(i, good[i][0], reasons[i]) for i in range(5)]
    assert events(kinds["use"].send(good)) == expected
    assert [system.consents.getConsent(consent)["uses"] for consent, _ in good] == [0] * 5


def test_all_good(good, kinds, events):
    assert events(kinds["use"].send(good)) == [kinds["use"].kind.recorded(item) for item in good]
