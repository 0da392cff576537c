"""carrier: what goes wrong with one thing ends nothing else, and is told until it is right.

When one carriage fails unexpectedly      the others go on; its kind is told, and its text is not
When one message type fails so            the others are carried
When the node's answer about one          makes no sense: so it is
When its answer about the price           makes no sense: the last price counts
When the node refuses a transaction       it is told in every pass until the node takes it
"""

import pytest

from jamjar.errors import LedgerError, NodeAnswerInvalid
from jamjar.relayer.journal import Journal

TEXT = "0x5ec2e7"


@pytest.mark.parametrize("error", [OverflowError(TEXT), ValueError(TEXT), NodeAnswerInvalid("no sense")])
def test_one_carriage_fails(at_work, monkeypatch, error):
    for n in range(2):
        at_work.accept("Pause", n, sequence=0)
    at_work.accept("Withdraw", 5)
    at_work.acknowledge(7)
    at_work.go()
    ending = at_work.carrier._follower.ending

    def failing(carriage, *rest):
        if carriage.number == 1:
            raise error
        return ending(carriage, *rest)

    monkeypatch.setattr(at_work.carrier._follower, "ending", failing)
    for _ in range(5):
        at_work.node.mine()
        at_work.go()
    assert sorted(at_work.states()) == ["CARRIED"] + ["RECORDED"] * 3
    said = "no sense" if isinstance(error, LedgerError) else f"could not be carried ({type(error).__name__})"
    assert said in at_work.carrier.problem
    assert TEXT not in at_work.carrier.problem
    monkeypatch.undo()
    at_work.finish()
    at_work.check()


@pytest.mark.parametrize("broken", ["Withdraw", "Pause", "Acknowledge"])
def test_one_message_type_fails(at_work, monkeypatch, broken):
    due = Journal.due
    monkeypatch.setattr(Journal, "due", lambda self, kind, *rest: [None] if kind == broken else due(self, kind, *rest))
    at_work.accept("Withdraw", 1)
    at_work.accept("Pause", 2, sequence=0)
    at_work.acknowledge(3)
    for _ in range(5):
        at_work.go()
        at_work.node.mine()
    assert sorted(at_work.states()) == ["RECORDED"] * 2 + ["WAITING"]
    assert "could not be carried (AttributeError)" in at_work.carrier.problem


def test_the_price_makes_no_sense(at_work, monkeypatch):
    at_work.go()

    def nonsense():
        raise NodeAnswerInvalid("no sense")

    monkeypatch.setattr(at_work.node, "price", nonsense)
    at_work.accept("Withdraw", 1)
    for _ in range(5):
        at_work.go()
        at_work.node.mine()
        assert "no sense" in at_work.carrier.problem
    assert at_work.states() == ["RECORDED"]


def test_a_refusal_is_told_until_one_succeeds(at_work):
    at_work.node.refuses = True
    at_work.accept("Withdraw", 1)
    at_work.go(seconds=0)
    at_work.node.refuses = False
    at_work.go(seconds=0)  # nothing is due again
    assert at_work.carrier.problem == "refused"
    at_work.go(seconds=2)
    assert at_work.carrier.problem == ""
    at_work.finish()
    at_work.check()
