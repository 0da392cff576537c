"""What a hostile item can cost whoever carries it is bounded, and the largest batches fit a block."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.gas.hostile_input import over
from benchmarks.gas.hostile_input_meter import BLOCK_GAS, Row

ABIS = Path(__file__).parents[2] / "jamjar" / "abi"
# What the governance takes in batches, founders send: no carrier pays for another's item.
CARRIED = ("AdviceLog", "CommitmentRegistry", "ConsentRegistry")
BATCHES = [
    entry
    for contract in CARRIED
    for entry in json.loads((ABIS / f"{contract}.json").read_text(encoding="utf-8"))
    if entry.get("name", "").endswith("Batch")
]
GOOD = [Row("useBatch", 64, 640_000, 64), Row("useBatch", 256, 2_560_000, 256)]


def test_it_is_within_its_bounds():
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.gas.hostile_input"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    print(run.stdout)


def fixed_size(parameter):
    """Whether the ABI gives a parameter the same number of bytes whatever its value."""
    if parameter["type"] == "tuple":
        return all(map(fixed_size, parameter["components"]))
    return "[" not in parameter["type"] and parameter["type"] not in ("bytes", "string")


def test_there_are_batches():
    assert len(BATCHES) == 5


@pytest.mark.parametrize("function", BATCHES, ids=lambda function: function["name"])
def test_nobody_can_sign_an_item_larger_than_others(function):
    (items,) = function["inputs"]
    assert items["type"] == "tuple[]"
    assert fixed_size({**items, "type": "tuple"})


@pytest.mark.parametrize(
    ("growth", "hostile", "said"),
    [
        (GOOD, [], []),
        ([Row("admit", 9, BLOCK_GAS + 1)], [], ["admit of 9 does not fit a block: 30,000,001 gas."]),
        ([GOOD[0], Row("useBatch", 256, 2_700_000, 256)], [], ["useBatch: an item costs more in a larger batch."]),
        (
            GOOD,
            [Row("useBatch: a good item", 1, 9, 1), Row("useBatch: a bad one", 1, 10, 1)],
            ["useBatch: a bad one costs the carrier 10 gas, more than a good item."],
        ),
    ],
)
def test_what_exceeds_a_bound_is_said(growth, hostile, said):
    assert over(growth, hostile) == said
