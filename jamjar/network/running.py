"""Starts and ends the nodes of a network on this machine."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network import processes
from jamjar.network.building import built
from jamjar.network.engine import Engine, NetworkError
from jamjar.network.engines import engine_of
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.setting_up import GENESIS, NODES
from jamjar.service import private_file
from jamjar.service.json_rpc import JsonRpc, RpcError

PROGRAM: Final = "program"
"""The file in a node's folder that names its program, where it runs another than the one built here."""
ANSWER_SECONDS: Final = 10
START_SECONDS: Final = 240.0
"""How long nodes may take to answer, to find their peers, and to have a new block; engines dial again after 30 s."""

TELL_SECONDS: Final = 5.0
"""After how long it is told what is waited for."""


def node_folder(folder: Path, node: NetworkNode) -> Path:
    """Return where a node's files are."""
    return folder / NODES / str(node.number)


def url_of(node: NetworkNode) -> str:
    """Return a node's JSON-RPC address."""
    return f"http://127.0.0.1:{node.rpc_port}"


def rpc_of(node: NetworkNode) -> JsonRpc:
    """Return a connection to a node."""
    return JsonRpc(url_of(node), seconds=ANSWER_SECONDS, name=f"Node {node.number}")


def up(
    folder: Path, plan: NetworkPlan, numbers: Iterable[int], progress: Callable[[str], None], other: Path | None = None
) -> None:
    """Start those of these nodes that do not run, and wait until all have new blocks alike; raises NetworkError.

    Where too few validators run for blocks, it waits only until the nodes answer.

    other  the engine's program that these nodes run from now on; else what they ran before, or the one built here
    """
    engine, chosen = engine_of(plan.engine), [plan.node(number) for number in numbers]
    for node in chosen:
        place = node_folder(folder, node)
        if processes.running(place):
            continue
        if is_taken(node):
            raise NetworkError(f"The ports of node {node.number} are in use, so it may run elsewhere; end that first.")
        if not (place / engine.key_file).exists():
            raise InvalidInput(f"Node {node.number} has no key in {place}; restore the node from its backup.")
        program = _program(place, other) or built(engine, progress)
        marker = place / "initialised"
        if not marker.exists():
            processes.once(place, engine.initialise(program, place, folder / GENESIS))
            private_file.create(marker, b"")
        processes.start(place, engine.start(program, place, plan, node))
    waiting = _Waiting(folder, plan, progress)
    nodes = waiting.nodes
    waiting.until("does not answer", lambda node: height(node) >= 0)
    if not can_go_on(engine, plan, nodes):
        progress("Too few validators run for a new block; start more.")
        return
    waiting.until("finds no peer", lambda node: peers(node) > 0)
    before = max(map(height, nodes.values()))
    engine.begin(plan, nodes)
    waiting.until("has no new block", lambda node: height(node) > before)
    newest = max(map(height, nodes.values()))
    waiting.until("stays behind", lambda node: height(node) >= newest)


def _program(place: Path, other: Path | None) -> Path | None:
    """Return the program that a node was given, and keep which it is; raises InvalidInput where it is none."""
    file = place / PROGRAM
    if other is None and not file.exists():
        return None
    program = check_program(other or Path(file.read_text(encoding="utf-8")))
    if other is not None:
        private_file.replace(file, str(program).encode())
    return program


def check_program(program: Path) -> Path:
    """Return the whole path of a program that can be run; raises InvalidInput for another file."""
    if not (program.is_file() and os.access(program, os.X_OK)):
        raise InvalidInput(f"{program} is no program to run; name the engine's with --program.")
    return program.absolute()


def down(folder: Path, plan: NetworkPlan, numbers: Iterable[int]) -> list[int]:
    """End those of these nodes that run, and return their numbers."""
    chosen = [plan.node(number) for number in numbers]
    return [node.number for node in chosen if processes.end(node_folder(folder, node))]


def can_go_on(engine: Engine, plan: NetworkPlan, nodes: Mapping[int, object]) -> bool:
    """Return whether enough validators are among these nodes for blocks to go on."""
    validators = plan.validators()
    return sum(node.number in nodes for node in validators) >= engine.quorum(len(validators))


def is_taken(node: NetworkNode) -> bool:
    """Return whether something listens at a node's ports."""
    for port in (node.peer_port, node.rpc_port):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
    return False


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


class _Waiting:
    """Waits for the nodes that run; one that is too busy to answer is waited for, and one that ended is not."""

    def __init__(self, folder: Path, plan: NetworkPlan, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self._folders = {node.number: node_folder(folder, node) for node in plan.nodes}
        self.nodes = {node.number: rpc_of(node) for node in plan.nodes if processes.running(self._folders[node.number])}

    def until(self, otherwise: str, is_so: Callable[[JsonRpc], bool]) -> None:
        deadline, tell_at = time.monotonic() + START_SECONDS, time.monotonic() + TELL_SECONDS
        while left := [number for number, node in self.nodes.items() if not self._is(number, node, is_so)]:
            if time.monotonic() > deadline:
                log = self._folders[left[0]] / processes.LOG
                raise NetworkError(f"Node {left[0]} {otherwise}; ask jamjar network doctor, and look at {log}.")
            if time.monotonic() > tell_at:
                self._progress(f"Waiting: node {left[0]} {otherwise}.")
                tell_at = deadline  # once
            time.sleep(0.2)

    def _is(self, number: int, node: JsonRpc, is_so: Callable[[JsonRpc], bool]) -> bool:
        if not processes.running(self._folders[number]):
            raise NetworkError(f"Node {number} has ended; the end of {self._folders[number] / processes.LOG} says why.")
        try:
            return is_so(node)
        except NodeUnavailable:
            return False
