"""Whatever the node, the chain and the program do, in whatever order: every item ends once, recorded or rejected.

When the node is down, mute, refuses or forgets receipts    nothing is lost, nothing is doubled
When any one of its answers fails                           the next pass goes on
When anything happens in any order                          so it is still
"""

import tempfile
from collections.abc import Callable
from itertools import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.relayer.carrying import ACCOUNTS, Carrying
from tests.unit.relayer.fake_contracts import BAD
from tests.unit.relayer.fake_node import EACH

FAULTS = ("down", "mute", "refuses", "forgetful")


def fault(name: str) -> Callable[[Carrying], None]:
    return lambda at_work: setattr(at_work.node, name, not getattr(at_work.node, name))


def amount(name: str, value: int) -> Callable[[Carrying], None]:
    return lambda at_work: setattr(at_work.node, name, value - getattr(at_work.node, name))


def lie(count: int) -> Callable[[Carrying], None]:
    return lambda at_work: setattr(at_work.node, "lies", repeat(count))


def crash(at_work: Carrying) -> None:
    at_work.engine.dispose()
    at_work.restart()


def wait(at_work: Carrying) -> None:
    at_work.now += 7


STEPS: dict[str, Callable[[Carrying], object]] = {
    "acknowledge": lambda at_work: at_work.acknowledge(at_work.wanted),
    "more of them": lambda at_work: [at_work.acknowledge(at_work.wanted) for _ in range(4)],
    "the same consent": lambda at_work: at_work.acknowledge(1),
    "bad": lambda at_work: at_work.acknowledge(at_work.wanted, "0x" + BAD.hex()),
    "commit": lambda at_work: at_work.commit(at_work.wanted, 7),
    "commit badly": lambda at_work: at_work.commit(at_work.wanted, 7, replaces=3),
    "withdraw": lambda at_work: at_work.accept("Withdraw", at_work.wanted),
    "pause": lambda at_work: at_work.accept("Pause", at_work.wanted, sequence=0),
    "pause badly": lambda at_work: at_work.accept("Pause", at_work.wanted, sequence=9),
    "go": Carrying.go,
    "go on": Carrying.go,
    "go at once": lambda at_work: at_work.go(everything=True),
    "wait": wait,
    "crash": crash,
    "mine": lambda at_work: at_work.node.mine(),
    "mine more": lambda at_work: at_work.node.mine(3),
    "reorganise": lambda at_work: at_work.node.reorganise(1),
    "reorganise deeply": lambda at_work: at_work.node.reorganise(2),
    "lose a block": lambda at_work: at_work.node.reorganise(1, lost=True),
    "lose blocks": lambda at_work: at_work.node.reorganise(2, lost=True),
    "drop": lambda at_work: at_work.node.pool.clear(),
    "another's": lambda at_work: at_work.node.use_nonce(ACCOUNTS[0]),
    "another's too": lambda at_work: at_work.node.use_nonce(ACCOUNTS[1]),
    "behind": amount("behind", 3),
    "boast": amount("boast", 9),
    "fee": amount("fee", 50),
    "a price of 2^62": amount("fee", 2**62),
    "a count too low": lie(-1),
    "a count too high": lie(3),
    "a count far too high": lie(2**40),
    "a count of before": lie(0),
    "poor": amount("wealth", 10**24),
    "cost": amount("cost", 4 * EACH),
    **{name: fault(name) for name in FAULTS},
}


@settings(max_examples=150)
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=5, max_size=40))
def test_every_item_ends_once(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at_work = Carrying(f"sqlite:///{folder}/relayer.db")
        for step in ["more of them", "go", *steps]:
            STEPS[step](at_work)
        at_work.finish(200)
        at_work.check()
        at_work.engine.dispose()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_node_that_is_not_well(at_work, fault, when):
    for n in range(4):
        at_work.acknowledge(n)
    if when == "after":
        at_work.go()
        at_work.node.mine(3)
    setattr(at_work.node, fault, True)
    for _ in range(8):
        at_work.go()
        at_work.node.mine()
    at_work.finish()
    at_work.check()


@pytest.mark.parametrize("answer", range(1, 40))
def test_one_answer_fails(at_work, answer):
    for n, advice in enumerate(["", "", "0x" + BAD.hex(), "", ""]):
        at_work.acknowledge(n, advice)
    at_work.accept("Withdraw", 7)
    at_work.accept("Pause", 8, sequence=0)
    at_work.node.fail_at = answer
    at_work.finish()
    at_work.check()
    assert at_work.states().count("RECORDED") == 6
