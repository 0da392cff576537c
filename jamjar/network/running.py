"""Starts and ends the nodes of a network on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from jamjar.errors import NodeUnavailable
from jamjar.network import processes
from jamjar.network.building import built
from jamjar.network.engine import Engine, NetworkError
from jamjar.network.engines import engine_of
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.setting_up import GENESIS, NODES
from jamjar.service import private_file
from jamjar.service.json_rpc import JsonRpc, RpcError

ANSWER_SECONDS: Final = 5
START_SECONDS: Final = 120.0
"""How long nodes may take to answer, to find their peers, and to have a new block; engines dial again after 30 s."""


def node_folder(folder: Path, node: NetworkNode) -> Path:
    """Return where a node's files are."""
    return folder / NODES / str(node.number)


def url_of(node: NetworkNode) -> str:
    """Return a node's JSON-RPC address."""
    return f"http://127.0.0.1:{node.rpc_port}"


def rpc_of(node: NetworkNode) -> JsonRpc:
    """Return a connection to a node."""
    return JsonRpc(url_of(node), seconds=ANSWER_SECONDS, name=f"Node {node.number}")


def up(folder: Path, plan: NetworkPlan, numbers: Iterable[int], progress: Callable[[str], None]) -> None:
    """Start those of these nodes that do not run, and wait until they have a new block; raises NetworkError.

    Where too few validators run for blocks, it waits only until the nodes answer.
    """
    engine, chosen = engine_of(plan.engine), [plan.node(number) for number in numbers]
    program = built(engine, progress)
    for node in chosen:
        place = node_folder(folder, node)
        if processes.running(place):
            continue
        marker = place / "initialised"
        if not marker.exists():
            processes.once(place, engine.initialise(program, place, folder / GENESIS))
            private_file.create(marker, b"")
        processes.start(place, engine.start(program, place, plan, node))
    nodes = {node.number: rpc_of(node) for node in plan.nodes if processes.running(node_folder(folder, node))}
    _await(lambda: _silent(folder, plan, nodes), "does not answer", folder)
    if not can_go_on(engine, plan, nodes):
        progress("Too few validators run for a new block; start more.")
        return
    _await(lambda: [number for number in nodes if not peers(nodes[number])], "finds no peer", folder)
    before = {number: height(node) for number, node in nodes.items()}
    engine.begin(plan, nodes)
    _await(lambda: [number for number in nodes if height(nodes[number]) <= before[number]], "has no new block", folder)


def down(folder: Path, plan: NetworkPlan, numbers: Iterable[int]) -> list[int]:
    """End those of these nodes that run, and return their numbers."""
    chosen = [plan.node(number) for number in numbers]
    return [node.number for node in chosen if processes.end(node_folder(folder, node))]


def can_go_on(engine: Engine, plan: NetworkPlan, nodes: Mapping[int, object]) -> bool:
    """Return whether enough validators are among these nodes for blocks to go on."""
    validators = plan.validators()
    return sum(node.number in nodes for node in validators) >= engine.quorum(len(validators))


def height(node: JsonRpc) -> int:
    """Return the newest block's number; raises NodeUnavailable."""
    return _number(node, "eth_blockNumber")


def peers(node: JsonRpc) -> int:
    """Return how many peers a node has; raises NodeUnavailable."""
    return _number(node, "net_peerCount")


def _number(node: JsonRpc, method: str) -> int:
    answer = node.one(method)
    if isinstance(answer, RpcError):
        raise NodeUnavailable(f"{node.name} refuses {method} ({answer.message}); look at its log.")
    with node.reading():
        return int(answer, 16)


def _silent(folder: Path, plan: NetworkPlan, nodes: Mapping[int, JsonRpc]) -> list[int]:
    silent = []
    for number, node in nodes.items():
        if not processes.running(node_folder(folder, plan.node(number))):
            raise NetworkError(f"Node {number} has ended; the end of {folder / NODES / str(number) / 'log'} says why.")
        try:
            height(node)
        except NodeUnavailable:
            silent.append(number)
    return silent


def _await(missing: Callable[[], list[int]], what: str, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while left := missing():
        if time.monotonic() > deadline:
            raise NetworkError(f"Node {left[0]} {what}; ask jamjar network doctor {folder}, and look at its log.")
        time.sleep(0.2)
