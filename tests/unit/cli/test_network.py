"""jamjar network: what it makes, and what it says of nodes that do not run; `tests/network` has some that do.

When a network is made                   its plan is said, and nothing is started
Given no node runs                       status says so, node by node, and its exit status is 3
Given the folder or a node is no such    one sentence says what to do
Given there is no Go                     up says what to install, and starts nothing
"""

import json
from pathlib import Path

import pytest

from tests.unit.cli.home import here


@pytest.fixture
def network(home: Path) -> str:
    done = here("network", "init", "net", "--validators", 3, "--engine", "geth", "--chain-id", 77)
    assert "3 nodes of geth on chain 77" in done.out
    return "net"


def test_none_runs(network: str) -> None:
    done = here("network", "status", network, "--json")
    assert done.status == 3
    problems = json.loads(done.out)["problems"]
    assert problems[0] == "Node 1 does not run; start it."
    assert "0 validators answer, and 2 are needed" in problems[-1]
    shown = here("network", "status", network)
    assert (shown.status, "Blocks stand still" in shown.out) == (3, True)
    assert here("network", "down", network).out == "None of them ran.\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("init", "net"), "net is there already"),
        (("init", "new", "--engine", "besu"), "no engine 'besu'"),
        (("init", "new", "--members", "members.toml"), "members.toml cannot be read"),
        (("init", "new", "--validators", 4), "3, 5, 7 validators"),
        (("status", "nothere"), "There is no network in nothere"),
        (("down", "net", "--node", 4), "no node 4; name one from 1 to 3"),
        (("up", "net", "--node", 0), "no node 0"),
    ],
)
def test_refused(network: str, words: tuple[object, ...], says: str) -> None:
    assert says in here("network", *words).refusal
    assert not Path("new").exists()


def test_no_go(network: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    assert "install Go 1.24 or newer" in here("network", "up", network).refusal
    assert not (home / "net" / "nodes" / "1" / "log").exists()
