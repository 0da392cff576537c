"""A network of toy nodes: real processes and folders, without an engine to build."""

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.network import engines, membership, processes, running, setting_up
from jamjar.network.engine import Command, Engine
from jamjar.network.geth import GETH
from jamjar.network.plan import NetworkPlan
from jamjar.network.voting import Voting
from jamjar.service.ports import free_port

KEY = bytes([99]) * 32
NODE = Path(__file__).with_name("toy_node.py")
VOTING = Voting(
    validators=("toy_validators", ()),
    propose=lambda address, adds: ("toy_propose", (address, adds)),
    discard=None,
    waiting=(("toy_waiting", ()), lambda answer: answer.items()),
    counted=None,
    sealed=lambda _node, _blocks: {},
    own=False,
    quorum=lambda validators: validators // 2 + 1,
    lasts="A vote lasts.",
)


def _start(program: Path, folder: Path, plan: NetworkPlan, node: Any) -> Command:
    version = program.name if program != Path(sys.executable) else "1"
    return Command([sys.executable, str(NODE), str(folder), str(node.rpc_port), node.address, version], {})


TOY: Engine = replace(
    GETH,
    name="toy",
    consensus="Toy",
    voting=VOTING,
    quorum=VOTING.quorum,
    key_file="nodekey",
    peers_file="peers",
    peer_url=lambda node: f"toy://{node.public_key}",
    admits=("admin_addPeer",),
    expels=("admin_removePeer",),
    genesis=lambda plan: {"began": plan.began, "validators": [node.address for node in plan.validators()]},
    files=lambda plan, node, key: {
        "nodekey": key.hex().encode(),
        "peers": "\n".join(sorted(each.public_key for each in plan.nodes if each != node)).encode(),
    },
    initialise=lambda _program, _folder, _genesis: Command(["true"], {}),
    start=_start,
    begin=lambda _plan, _nodes: None,
    sealer=lambda _rpc, _block: "",
)


@contextmanager
def toys(folder: Path, monkeypatch: pytest.MonkeyPatch, began: int = 1_700_000_000) -> Iterator[NetworkPlan]:
    """Make a network of three toy validators; whatever runs of it in the end is ended."""
    monkeypatch.setitem(engines.ENGINES, "toy", TOY)
    monkeypatch.setattr(running, "built", lambda _engine, _progress: Path(sys.executable))
    keys: Callable[[int], bytes] = itertools.count(1).__next__  # type: ignore[assignment]
    plan = setting_up.make(
        folder, "toy", validators=3, followers=0, chain_id=7, now=began,
        random=lambda size: bytes([keys()]) * size, port=free_port,
    )  # fmt: skip
    try:
        yield plan
    finally:
        for record in folder.rglob(processes.RECORD):
            processes.end(record.parent)


def added(folder: Path, plan: NetworkPlan, key: bytes = KEY) -> NetworkPlan:
    return membership.added(folder, plan, key, [free_port() for _ in range(3)])


def voted(plan: NetworkPlan, address: str, *, adds: bool) -> None:
    for node in (plan.node(1), plan.node(3)):
        method, parameters = VOTING.propose(address.lower(), adds)
        running.rpc_of(node).one(method, *parameters)
