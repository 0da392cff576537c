"""What a message costs a relayer, its database and the ledger, counted: among many it is no more than among few.

Given three times as many messages wait   no more of anything for one
Given the ledger is replayed              the node is asked nothing about one
Given any                                 the same gas; signers are recovered at the door alone
"""

import tempfile
from collections.abc import Iterator

import pytest

from benchmarks.relayer.workload import OPTIONS, Stage
from jamjar.sandbox.local_chain import local_chain
from tests.figures.relayer_costs import Costs, relayer_costs
from tests.support import postgres

FEW, MANY = 1_000, 3_000
MORE = 1.1
DOOR = {"statements": 5, "commits": 2, "requests": 0, "questions": 0, "recoveries": 1, "hashes": 14, "calls": 2_000}
DRIVER = {"calls": 600}
"""What is counted beside in PostgreSQL's driver, which is written in Python; SQLite's is not."""
ASKING = DOOR | {"requests": 3, "questions": 6, "calls": 20_000}
WAY = {"statements": 0.5, "commits": 0.2, "requests": 0.2, "questions": 0.2, "recoveries": 0, "calls": 1_000}
STEPS = {"door": 250, "way": 250}
BYTES = {"database": 2_500, "ledger": 400}
ROWS = 100
"""What PostgreSQL reads for one message is far from what reading all that wait, for each, would be."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with local_chain(*OPTIONS) as chain:
        yield Stage(chain, FEW + MANY)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def costs(request: pytest.FixtureRequest, stage: Stage) -> Iterator[tuple[Costs, Costs]]:
    sizes = slice(0, FEW), slice(FEW, FEW + MANY)
    if request.param == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield tuple(relayer_costs(stage, f"sqlite:///{folder}/{each.start}.db", each) for each in sizes)
    else:
        with postgres.server() as server:
            yield tuple(relayer_costs(stage, server.new_database(), each) for each in sizes)


@pytest.mark.parametrize("what", [*DOOR, "steps"])
def test_at_the_door(costs: tuple[Costs, Costs], what: str) -> None:
    few, many = (each.door.get(what, 0) for each in costs)
    driver = 0 if costs[0].read is None else DRIVER.get(what, 0)
    assert many <= MORE * few
    assert few <= (DOOR | {"steps": STEPS["door"]})[what] + driver


@pytest.mark.parametrize("what", ASKING)
def test_at_the_door_of_one_that_replays_nothing(costs: tuple[Costs, Costs], what: str) -> None:
    few, many = (each.asking.get(what, 0) for each in costs)
    assert many <= MORE * few
    assert few <= ASKING[what]


@pytest.mark.parametrize("what", [*WAY, "steps"])
def test_on_its_way(costs: tuple[Costs, Costs], what: str) -> None:
    few, many = (each.way.get(what, 0) for each in costs)
    assert many <= MORE * few
    assert few <= (WAY | {"steps": STEPS["way"]})[what]


@pytest.mark.parametrize("what", BYTES)
def test_bytes(costs: tuple[Costs, Costs], what: str) -> None:
    few, many = (each.kept[what] for each in costs)
    assert many <= MORE * few
    assert few <= BYTES[what]


def test_rows_that_are_read(costs: tuple[Costs, Costs]) -> None:
    for each in costs:
        if each.read is not None:
            assert 0 < each.read < ROWS


def test_gas(costs: tuple[Costs, Costs]) -> None:
    few, many = (each.gas for each in costs)
    assert many == pytest.approx(few, rel=0.001)
