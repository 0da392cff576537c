"""carrier, on a chain without faults: queued items are recorded, or rejected with a reason.

Given items that are due                     batches of one type, each item recorded at its place
Given several are to go                      one request hands them over, one asks what became of them
Given they are not due                       nothing is sent, unless everything is to go that would be recorded now
Given the contract rejects an item           reported with the reason; the others are recorded
Given the node is older than what it refuses the item waits until the node has caught up
Given an item's consent has another          one after the other, in the order of acceptance
When a withdrawal comes                      it goes at once, whatever waits or is stuck
When a batch runs out of gas                 it goes with more
"""

from eth_account import Account

from jamjar.relayer.calldata import load_of, single
from jamjar.relayer.settings import CarrierSettings
from tests.unit.relayer.fake_contracts import BAD
from tests.unit.relayer.fake_node import EACH


def test_all_is_well(at_work):
    for n in range(8):
        at_work.acknowledge(n)
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 8
    assert len(at_work.node.sent) == 3
    assert at_work.carrier.problem == ""
    assert at_work.carrier.idle()


def test_several_go_in_one_request(at_work, monkeypatch):
    requests = []
    for name in ("send", "mined"):
        ask = getattr(at_work.node, name)
        monkeypatch.setattr(at_work.node, name, lambda of, n=name, ask=ask: requests.append((n, len(of))) or ask(of))
    for n in range(6):
        at_work.acknowledge(n)
    at_work.go()
    assert requests == [("send", 2)]
    at_work.node.mine(3)
    at_work.go()
    assert requests == [("send", 2), ("mined", 2)]
    assert at_work.states() == ["RECORDED"] * 6


def test_nothing_goes_before_it_is_due(at_work):
    at_work.acknowledge(1, due=2000)
    assert at_work.go() == 1
    assert not at_work.node.sent
    at_work.now = 2000
    at_work.finish()
    at_work.check()


def test_drain_carries_what_is_not_due_unless_it_would_be_refused(at_work):
    at_work.acknowledge(1, due=5000)
    late = at_work.acknowledge(2, advice="0x" + BAD.hex(), due=5000)
    for _ in range(5):
        at_work.go(everything=True)
        at_work.node.mine()
    assert at_work.states() == ["RECORDED", "WAITING"]
    at_work.now = 5000
    at_work.finish()
    assert at_work.rows()[late - 1].reason.startswith("AdviceUnknown: AdviceUnknown(")


def test_a_rejected_item_is_reported(at_work):
    for n, advice in enumerate(["", "0x" + BAD.hex(), ""]):
        at_work.acknowledge(n, advice)
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED", "REJECTED", "RECORDED"]
    assert at_work.rows()[1].reason.partition(": ")[0] == "AdviceUnknown"


def test_the_items_of_a_consent_keep_their_order(at_work):
    at_work.commit(1, 5)
    at_work.commit(1, 6, replaces=5)
    at_work.commit(1, 5, replaces=6)
    at_work.finish()
    assert at_work.states() == ["RECORDED"] * 3


def test_a_refused_pause_is_rejected_once_that_is_final(at_work):
    at_work.accept("Pause", 1, sequence=4)
    at_work.accept("Pause", 2, sequence=0)
    at_work.go()
    assert at_work.states() == ["WAITING", "CARRIED"]
    at_work.finish()
    assert at_work.states() == ["REJECTED", "RECORDED"]
    assert at_work.rows()[0].reason.startswith("SequenceMismatch: ")


def test_a_pause_is_not_refused_by_a_node_that_is_behind(at_work):
    at_work.node.time = at_work.now - 1  # as of a node that was down, and has not caught up
    at_work.accept("Pause", 1, sequence=1)
    for _ in range(10):
        at_work.node.mine()
        at_work.go()
    assert at_work.states() == ["WAITING"]
    assert "is behind, or all stand still" in at_work.carrier.problem
    row = at_work.rows()[0]  # what it comes after arrives: another program carried it
    first = load_of(0, row.kind, row.consent, 0, row.signed.replace('"sequence":1', '"sequence":0'))
    at_work.node.use_nonce(Account.from_key(bytes([9]) * 32), single(first))
    at_work.finish()
    assert at_work.states() == ["RECORDED"]


def test_a_withdrawal_overtakes_what_is_stuck(at_work):
    for n in range(20):
        at_work.acknowledge(n)
    at_work.go()
    at_work.node.pool.clear()
    at_work.accept("Withdraw", 3)
    at_work.go()
    at_work.node.mine(3)
    at_work.go()
    assert at_work.states()[-1] == "RECORDED"
    at_work.finish()
    at_work.check()


def test_out_of_gas(at_work):
    at_work.settings = CarrierSettings(depth=0, most_items=50, most_open=2)
    at_work.restart()
    at_work.acknowledge(0)
    at_work.go()
    at_work.node.mine()
    at_work.go()
    at_work.node.cost = 5 * EACH
    for n in range(40):
        at_work.acknowledge(n)
    for _ in range(10):
        at_work.go()
        at_work.node.mine()
    assert at_work.go() == 0
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 41
