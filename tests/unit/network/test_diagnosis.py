"""network.diagnosis: from two looks at a network, why it stands still and what to do.

Given all go on                              nothing is wrong
Given validators are missing                 who, how many are needed, and the command that starts them
Given a process that does not answer         its id, and how it goes on
Given one node that stays behind             that node
Given other first blocks, blocks, no peer, a clock    each is named
Given enough validators and no block         what this engine needs then
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.network.diagnosis import Diagnosis, diagnose
from jamjar.network.node_status import NetworkStatus, NodeStatus
from jamjar.network.setting_up import planned

KEYS = [bytes([n]) * 32 for n in range(1, 6)]
FOLDER = Path("trial")


def plan_of(engine: str) -> Any:
    return planned(engine, chain_id=5, began=1, keys=KEYS, followers=0, ports=list(range(15)))[0]


def seen(height: int, **changed: dict[str, Any]) -> NetworkStatus:
    """Five nodes at this height; `n4=dict(...)` is what is different about node 4."""
    node = NodeStatus(1, True, "0x", 100, True, height, hash="0xaa", genesis="0xbb", peers=4)
    nodes = (replace(node, **{"number": n, "pid": 100 + n, **changed.get(f"n{n}", {})}) for n in range(1, 6))
    return NetworkStatus(tuple(nodes), {}, ())


def asked(before: NetworkStatus, after: NetworkStatus, engine: str = "kaia") -> Diagnosis:
    return diagnose(plan_of(engine), FOLDER, before, after)


GONE = {"pid": 0, "answers": False, "height": -1}


def test_all_go_on() -> None:
    assert asked(seen(7), seen(17)) == Diagnosis(10, (), ())


@pytest.mark.parametrize(("engine", "needed"), [("kaia", 4), ("geth", 3)])
def test_missing(engine: str, needed: int) -> None:
    halted = seen(7, n3=GONE, n4=GONE, n5=GONE)
    found = asked(halted, halted, engine)
    assert found.causes[0].startswith("2 of 5 validators answer")
    assert found.causes[0].endswith(f"needs {needed}.")
    assert found.causes[1] == "These nodes do not run: 3, 4, 5."
    assert found.steps[0] == "Start them: jamjar network up trial --node 3 --node 4 --node 5"
    assert "down" in found.steps[-1]


def test_one_is_missing_and_blocks_go_on() -> None:
    found = asked(seen(7, n2=GONE), seen(17, n2=GONE))
    assert found.causes == ("These nodes do not run: 2.",)
    assert found.steps == ("Start them: jamjar network up trial --node 2",)


def test_nobody() -> None:
    silent = seen(0, **{f"n{n}": GONE for n in range(1, 6)})
    assert asked(silent, silent).blocks == 0
    assert "0 of 5 validators answer" in asked(silent, silent).causes[0]


def test_stopped() -> None:
    silent = {"answers": False}
    found = asked(seen(7, n4=silent), seen(9, n4=silent))
    assert found.causes == ("Node 4 runs as process 104, and does not answer.",)
    assert ["kill -CONT 104" in found.steps[0], "trial/nodes/4/log" in found.steps[1]] == [True, True]


def test_one_stays() -> None:
    found = asked(seen(7), seen(17, n5={"height": 7, "behind": 10}))
    assert found.causes == ("Node 5 stays at block 7, 10 behind.",)
    assert "jamjar network down trial --node 5; jamjar network up trial --node 5" in found.steps[0]


@pytest.mark.parametrize(
    ("different", "cause"),
    [
        ({"genesis": "0xcc"}, "Node 3 began with the first block 0xcc."),
        ({"hash": "0xdd"}, "different blocks at one height"),
        ({"peers": 0}, "Node 3 has no peer."),
        ({"age": -30}, "node 3 is 30 s ahead of this machine's clock"),
    ],
)
def test_what_differs(different: dict[str, Any], cause: str) -> None:
    found = asked(seen(7), seen(17, n3=different))
    assert any(cause in each for each in found.causes)
    assert found.steps


@pytest.mark.parametrize(("engine", "says"), [("kaia", "twice as long"), ("geth", "set one signer back")])
def test_no_block_with_enough(engine: str, says: str) -> None:
    found = asked(seen(7), seen(7), engine)
    assert found.causes == ("Enough validators answer, and no block was made.",)
    assert says in found.steps[0]
