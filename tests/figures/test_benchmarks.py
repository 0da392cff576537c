"""The benchmarks measure and report; how fast this machine is, and whether that is enough, is not judged here.

`make bench` and `make compare` judge it, by ratios within one run. What a commitment, a bank's file, an audit and a
relayer cost at any speed is counted: test_commitment_costs, test_import_costs, test_audit_costs, test_relayer_costs.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from benchmarks.relayer import compare_growth, compare_throughput
from benchmarks.relayer.capacity import PAGE, rows
from benchmarks.relayer.growth import Growth, grown

COMMITMENTS = ("benchmarks.commitments", "--seconds", 0.2)
IMPORT = ("benchmarks.bank_import", "--rows", 500)
AUDIT = ("benchmarks.audit", "--batches", 1, "--singles", 20, "--tries", 1)
THROUGHPUT = ("benchmarks.relayer.compare_throughput", "--json", "--messages", 300, "--accepted", 40)
GROWTH = ("benchmarks.relayer.compare_growth", "--json", "--sizes", 200, 400)


def measured(module: str, *arguments: object) -> str:
    """What a benchmark prints, whatever it thinks of this machine."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1)
    assert "Traceback" not in run.stderr, run.stderr
    return run.stdout


@pytest.mark.parametrize("command", [COMMITMENTS, IMPORT, AUDIT], ids=lambda command: command[0])
def test_it_says_whether_its_bounds_are_kept(command: tuple[object, ...]) -> None:
    last = measured(*map(str, command)).splitlines()[-1]
    assert last.startswith(("PASS: the bound", "FAIL: the bound"))


def test_all_that_a_relayer_accepts_is_recorded() -> None:
    throughput = json.loads(measured(*THROUGHPUT))
    counted = [row for row in throughput["paces"] if row["counts"]]
    assert [row["commitments"] for row in counted] == ["first", "replacing"]
    assert all(row["share"] > 0 for row in counted)
    assert throughput["doors"]["recorded"] == 10
    assert throughput["doors"]["http_99th_ms"] >= throughput["doors"]["http_median_ms"] > 0
    assert 0 < throughput["doors"]["latency_median"] <= throughput["doors"]["latency_99th"]
    assert {"encode", "sign", "database", "node", "decode"} < set(throughput["profile"])


def test_growth_is_reported() -> None:
    growth = json.loads(measured(*GROWTH))
    assert [(row["database"], row["messages"]) for row in growth["rows"]] == [("sqlite", 200), ("sqlite", 400)]
    assert compare_growth.MOST == growth["most"] == 1.25


def test_the_bound_of_the_relayer_is_a_share_of_its_nodes_ceiling() -> None:
    assert compare_throughput.SHARE == 0.8


def test_what_grows_is_said() -> None:
    few = Growth("sqlite", 10, *[1.0] * 7)
    many = Growth("sqlite", 1000, 1.26, 9.0, 1.25, 9.0, 1.0, 0.5, 2.0)
    assert grown([few, many], 1.25) == [
        "sqlite: accept_cpu_ms is 1.260 with 1,000 messages, 1.000 with 10.",
        "sqlite: gas is 2.000 with 1,000 messages, 1.000 with 10.",
    ]


def test_what_is_needed_follows_from_what_was_measured() -> None:
    pace: dict[str, Any] = {"commitments": "first", "counts": True, "gas": 30_000, "relayer": 900.0, "ceiling": 1000.0}
    doors = {"http_cpu_ms": 20.0, "replay_event_us": 30.0, "replay_consent_bytes": 256.0}
    throughput = {"paces": [pace], "batch": 100, "gas_limit": 30_000_000, "doors": doors}
    growth = {"rows": [{"database": "sqlite", "database_bytes": 1024, "ledger_bytes": 512}]}
    found = dict(rows(throughput, growth))
    # 7,000,000 * 12 / 365.25 * 5 paydays in a day, and half of them in 3,600 seconds.
    assert found["On the busiest payday"] == "1,149,897"
    assert found["In its busiest hour, a second"] == "160"
    assert found["Of the gas of blocks of 30,000,000, one each second, in the busiest hour"] == "16%"
    assert found["Relayers for the busiest hour, by the door"] == "4 (one does 50 a second of one core)"
    assert found["Memory of a relayer that remembers every claimant's consent"] == "1.7 GiB (256 bytes each)"
    assert found["Processor time to replay a year's commitments when it starts"] == "0.7 hours"
    assert found["Blocks and events a year, on every node"] == "40 GiB (512 bytes each)"


def test_the_page_has_its_marks() -> None:
    text = PAGE.path.read_text(encoding="utf-8")
    assert text.count(PAGE.begin) == text.count(PAGE.end) == 1
