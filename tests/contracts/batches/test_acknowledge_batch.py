"""acknowledgeBatch: many acknowledgements, each recorded or rejected on its own.

When one of five items is bad, at each place
├── given no such advice is on the record     it is rejected with AdviceUnknown
├── given it is acknowledged already          ... with AdviceAlreadyAcknowledged
└── given another key signed it               ... with NotSignedByConsent
    (the other four are recorded; the single call reverts with the same error)
When the same item comes twice                the second is rejected with AdviceAlreadyAcknowledged
When all are bad                              all are rejected, and no stage changes
When all are good                             all are recorded, as by single calls
"""

import pytest

ROOT, ADVICE, OTHER = b"\x11" * 32, b"\x22" * 32, b"\x33" * 32
RECORDED, ACKNOWLEDGED = 1, 2


@pytest.fixture(scope="module")
def recorded(live, system, people):
    """Advice on the record under five live consents."""
    advice = [(key.address, ROOT, bytes([i + 1]) * 32) for i, key in enumerate(live)]
    for each in advice:
        system.advice.record(each, {"from": people.adviser})
    return advice


@pytest.fixture(scope="module")
def good(live, recorded, claimants):
    return [claimants.acknowledge(key, *each[1:]) for key, each in zip(live, recorded, strict=True)]


@pytest.fixture
def bad(request, system, claimants, people, make_error):
    """A bad item: what is sent, its consent, and why it is rejected."""
    key = claimants.live()
    consent = key.address
    system.advice.record((consent, ROOT, ADVICE), {"from": people.adviser})
    item = claimants.acknowledge(key, ROOT, ADVICE)
    named = "(address,bytes32,bytes32)"
    if request.param == "unknown":
        item = claimants.acknowledge(key, ROOT, OTHER)
        return item, consent, make_error("AdviceUnknown" + named, consent, ROOT, OTHER)
    if request.param == "already":
        system.advice.acknowledge(item, {"from": people.operator})
        return item, consent, make_error("AdviceAlreadyAcknowledged" + named, consent, ROOT, ADVICE)
    signature = claimants.acknowledge(claimants.key(), ROOT, ADVICE)[1]
    return (item[0], signature), consent, make_error("NotSignedByConsent(address)", consent)


BAD = ["unknown", "already", "another key"]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_one_bad_item(at, bad, good, kinds, system):
    item, consent, reason = bad
    before = system.advice.stageOf(item[0])
    kinds["acknowledge"].check_bad(good, at, item, consent, reason)
    assert system.advice.stageOf(item[0]) == before
    assert [system.advice.stageOf(advice) for advice, _ in good] == [ACKNOWLEDGED] * 4 + [RECORDED]


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_single_call_agrees(bad, kinds):
    item, _, reason = bad
    kinds["acknowledge"].check_single(item, reason)


def test_twice_the_same(good, kinds, make_error, events):
    advice = good[0][0]
    batch = kinds["acknowledge"]
    already = make_error("AdviceAlreadyAcknowledged(address,bytes32,bytes32)", *advice)
    assert events(batch.send([good[0], good[0]])) == [
        batch.kind.recorded(good[0]),
        batch.rejection(1, advice[0], already),
    ]


def test_all_bad(good, kinds, system, make_error, events):
    items = [(good[i][0], good[i - 1][1]) for i in range(5)]
    reasons = [make_error("NotSignedByConsent(address)", advice[0]) for advice, _ in items]
    expected = [kinds["acknowledge"].rejection(i, items[i][0][0], reasons[i]) for i in range(5)]
    assert events(kinds["acknowledge"].send(items)) == expected
    assert [system.advice.stageOf(advice) for advice, _ in items] == [RECORDED] * 5


def test_all_good(good, kinds, events):
    expected = [kinds["acknowledge"].kind.recorded(item) for item in good]
    assert events(kinds["acknowledge"].send(good)) == expected
