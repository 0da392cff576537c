"""jamjar metrics: what nodes, a mailbox and a log show of themselves, in the text format of Prometheus.

Given nothing, half a log, one name twice, no name, or repeating without a file    refused in one line
Given nodes that answer        their blocks, peers and pool; whether they have the same block at the lowest height
Given one that does not        it is down, and the others are told all the same
Given one that says less       what it does not say is left out
Given a file                   it is replaced whole, for others to read
Given a mailbox, and a log, that are not there   they are down
"""

from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.metrics import text
from jamjar.errors import NodeUnavailable
from jamjar.service.json_rpc import JsonRpc, RpcError
from tests.unit.cli.home import here

NOWHERE = "http://127.0.0.1:1"
NODES = {"a": (0x20, "0xaa"), "b": (0x1F, "0xaa"), "c": (0x1E, "0xcc")}
"""Height, and the hash that it shows for any block."""


@pytest.fixture
def nodes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What nodes answer beside their blocks, which tests change; one that is not in NODES is down."""
    says: dict[str, Any] = {"net_peerCount": "0x4", "txpool_status": {"pending": "0x2", "queued": 1}}

    def one(self: JsonRpc, method: str, *parameters: Any) -> Any:
        if self.name not in NODES:
            raise NodeUnavailable(f"{self.name} did not answer; start it.")
        height, digest = NODES[self.name]
        if method == "eth_getBlockByNumber":
            number = hex(height) if parameters[0] == "latest" else parameters[0]
            return {"number": number, "hash": digest, "timestamp": "0x10"}
        return says.get(method, RpcError("no such method"))

    monkeypatch.setattr(JsonRpc, "one", one)
    monkeypatch.setattr("time.time", lambda: 20.5)
    return says


def lines(*names: str) -> list[str]:
    done = here("metrics", *(word for name in names for word in ("--node", f"{name}={NOWHERE}")))
    assert done.status == 0, done.err
    return [line for line in done.out.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "name --node, --mailbox, --hop or --log"),
        (("--log", "www"), "both --log and --policy"),
        (("--policy", "policy"), "name --node, --mailbox, --hop or --log"),
        (("--node", f"a={NOWHERE}", "--node", f"a={NOWHERE}"), "the same name"),
        (("--node", NOWHERE), "write --node ours="),
        (("--node", f"={NOWHERE}"), "write --node ours="),
        (("--node", f"a={NOWHERE}", "--every", "5"), "name it with --out"),
        (("--node", f"a={NOWHERE}", "--out", "missing/a.prom"), "name another place"),
    ],
)
def test_refused(nodes: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Any, why: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert why in here("metrics", *words).refusal


def test_nodes_that_agree(nodes: dict[str, Any]) -> None:
    assert lines("a", "b") == [
        "jamjar_metrics_time_seconds 20",
        *('jamjar_node_up{node="a"} 1', 'jamjar_node_up{node="b"} 1'),
        *('jamjar_node_height{node="a"} 32', 'jamjar_node_height{node="b"} 31'),
        *('jamjar_node_block_age_seconds{node="a"} 4', 'jamjar_node_block_age_seconds{node="b"} 4'),
        *('jamjar_node_peers{node="a"} 4', 'jamjar_node_peers{node="b"} 4'),
        *('jamjar_node_pool{node="a"} 3', 'jamjar_node_pool{node="b"} 3'),
        "jamjar_nodes_agree 1",
    ]


def test_nodes_that_differ(nodes: dict[str, Any]) -> None:
    assert "jamjar_nodes_agree 0" in lines("a", "b", "c")


def test_one_that_is_down(nodes: dict[str, Any]) -> None:
    found = lines("a", "gone")
    assert 'jamjar_node_up{node="gone"} 0' in found
    assert 'jamjar_node_height{node="a"} 32' in found
    assert not [line for line in found if "agree" in line]  # there is nothing to compare


def test_one_that_says_less(nodes: dict[str, Any]) -> None:
    nodes.clear()
    assert not [line for line in lines("a") if "peers" in line or "pool" in line]


def test_a_file(nodes: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "jamjar.prom"
    file.write_text("old")
    assert here("metrics", "--node", f"a={NOWHERE}", "--out", file).out == ""
    assert 'jamjar_node_up{node="a"} 1\n' in file.read_text()
    assert list(tmp_path.iterdir()) == [file]


def test_a_mailbox_and_a_log_that_are_not_there(tmp_path: Path, log_policy: Path) -> None:
    done = here("metrics", "--mailbox", NOWHERE, "--log", tmp_path, "--policy", log_policy)
    assert [line for line in done.out.splitlines() if "_up " in line and line[0] != "#"] == [
        "jamjar_mailbox_up 0",
        "jamjar_log_up 0",
    ]


def test_a_label_cannot_break_out() -> None:
    printed = text([("jamjar_node_up", {"node": 'a"} 1\nother{x="\\'}, 1.0)])
    assert printed.splitlines()[-1] == 'jamjar_node_up{node="a\\"} 1\\nother{x=\\"\\\\"} 1'


@pytest.fixture
def log_policy(tmp_path: Path) -> Path:
    keys = [here("log", "key", "log.example/a", "--out", tmp_path / "log.key").out.strip()]
    keys.append(here("witness", "key", "witness.example/a", "--out", tmp_path / "witness.key").out.strip())
    file = tmp_path / "policy"
    file.write_text(f"log {keys[0]}\nwitness one {keys[1]}\nquorum one\n")
    return file
