"""What an audit costs, counted: questions to its node, signers recovered, work of its database and its own.

Given three times as many events    no more of each for one event
Given any                           each signed message has its signer recovered once
"""

from collections import Counter
from pathlib import Path

import pytest

from jamjar.sandbox.local_chain import BATCH, local_chain, record
from tests.nodes.audited import audit
from tests.support.counting import counted

FEW, MANY = (2, 100), (6, 300)
"""Batches of grants, of commitments and of uses; messages one by one, of which every second is a use."""
MOST = {"questions": 1.5, "requests": 0.05, "statements": 0.15, "steps": 60, "hashes": 4, "calls": 1_000}
"""For an event, where there are few; what is asked and done once for each audit is in it."""
MORE = 1.02


def audit_costs(folder: Path, batches: int, singles: int) -> tuple[Counter[str], int]:
    with local_chain() as chain:
        record(chain, batches, singles)
        with counted() as counts:
            report = audit(chain, folder, samples=3)
    assert report.sound, report.findings
    assert counts["recoveries"] == 2 * batches * BATCH + singles // 2
    return counts, report.figures.events


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Counter[str], int]]:
    return [audit_costs(tmp_path_factory.mktemp("audit"), *size) for size in (FEW, MANY)]


@pytest.mark.parametrize("what", MOST)
def test_an_event_costs_no_more_among_many(costs: list[tuple[Counter[str], int]], what: str) -> None:
    (few, fewer), (many, more) = costs
    assert more > 2.9 * fewer
    assert many[what] / more <= MORE * few[what] / fewer
    assert few[what] / fewer < MOST[what]
