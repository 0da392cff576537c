"""A network's nodes change while it runs: one is added, taken out, or has a new key; those that run are told at once.

Who may connect is changed here, and who seals blocks by votes alone (`voting`), in the order that keeps both true:
a node is added before it is voted in, and voted out before it is taken out or has another key.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network import processes
from jamjar.network.engine import NetworkError
from jamjar.network.engines import engine_of
from jamjar.network.following import followed
from jamjar.network.plan import MOST_FOLLOWERS, SIZES, NetworkNode, NetworkPlan
from jamjar.network.running import node_folder, rpc_of
from jamjar.network.setting_up import ALLOWED, NODES, PLAN, allowed, node_of
from jamjar.network.votes import told
from jamjar.service import private_file
from jamjar.service.json_rpc import RpcCall

REMOVED: Final = "removed"
MOST_NODES: Final = max(SIZES) + MOST_FOLLOWERS


def added(folder: Path, plan: NetworkPlan, key: bytes, ports: Sequence[int]) -> NetworkPlan:
    """Make one more node, which begins from the network's first block, and let the others have it as a peer."""
    if len(plan.nodes) >= MOST_NODES:
        raise InvalidInput(f"A network has at most {MOST_NODES} nodes; take one out first: jamjar network remove.")
    before, number = followed(plan), max(node.number for node in plan.nodes) + 1
    while (folder / NODES / str(number)).exists():  # of an attempt that was broken off
        number += 1
    node = node_of(number, key, ports, validates=False)
    after = replace(before, nodes=(*before.nodes, node))
    place = node_folder(folder, node)
    unfinished = place.with_name(f".{number}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name, data in engine_of(plan.engine).files(after, node, key).items():
        private_file.make_folder((unfinished / name).parent)
        private_file.create(unfinished / name, data)
    unfinished.rename(place)
    _adopt(folder, before, after)
    return after


def removed(folder: Path, plan: NetworkPlan, number: int) -> tuple[NetworkPlan, Path]:
    """Take a node out that was ended and voted out, and return the plan and where its files are now."""
    before, node, place = _at_rest(folder, plan, number)
    after = replace(before, nodes=tuple(each for each in before.nodes if each.number != number))
    kept = folder / REMOVED / f"{number}-{node.address}"
    if place.exists():  # it may be what was lost
        if kept.exists():
            raise InvalidInput(f"{kept} is there already; move it elsewhere first.")
        private_file.make_folder(kept.parent)
        place.rename(kept)
    _adopt(folder, before, after)
    return after, kept


def rotated(folder: Path, plan: NetworkPlan, number: int, key: bytes) -> NetworkPlan:
    """Give a node that was ended and voted out another key, and return the plan; its database stays, its old key not.

    It seals with the new key once that was voted in.
    """
    before, node, place = _at_rest(folder, plan, number)
    ports = (node.peer_port, node.rpc_port, node.spare_port)
    changed = node_of(number, key, ports, validates=False)
    after = replace(before, nodes=tuple(changed if each == node else each for each in before.nodes))
    for name, data in engine_of(plan.engine).files(after, changed, key).items():
        private_file.make_folder((place / name).parent)
        private_file.replace(place / name, data)
    _adopt(folder, before, after)
    return after


def kept_up(folder: Path, plan: NetworkPlan) -> NetworkPlan:
    """Return the plan as the nodes say that it is now, with all files made to agree with it."""
    after = followed(plan)
    _adopt(folder, plan, after)
    return after


def _at_rest(folder: Path, plan: NetworkPlan, number: int) -> tuple[NetworkPlan, NetworkNode, Path]:
    """Return the plan as it is now, a node and its folder; raises InvalidInput where it runs, or seals blocks."""
    before = followed(plan)
    node = before.node(number)
    place = node_folder(folder, node)
    if processes.running(place):
        raise InvalidInput(f"Node {number} runs; end it first: jamjar network down {folder} --node {number}.")
    if node.validates:
        raise InvalidInput(
            f"Node {number} seals blocks; vote it out first: jamjar network validator propose {folder} {number} --out."
        )
    return before, node, place


def _adopt(folder: Path, before: NetworkPlan, after: NetworkPlan) -> None:
    """Write what all nodes know of each other, and tell those that run who came and who went."""
    engine = engine_of(after.engine)
    _write(folder / PLAN, after.to_json().encode())
    _write(folder / ALLOWED, (json.dumps(allowed(after), indent=2) + "\n").encode())
    for node in after.nodes:
        place = node_folder(folder, node)
        if not (place / engine.key_file).exists():  # lost, until it is restored
            continue
        key = read_key(place / engine.key_file)
        for name, data in engine.files(after, node, key).items():
            if name == engine.peers_file or not (place / name).exists():
                private_file.make_folder((place / name).parent)
                _write(place / name, data)
    known, there = ({node.public_key: node for node in plan.nodes} for plan in (before, after))
    went = [engine.peer_url(node) for public, node in known.items() if public not in there]
    came = {public: engine.peer_url(node) for public, node in there.items() if public not in known}
    silent = list[int]()
    for node in after.nodes if went or came else ():
        if processes.running(node_folder(folder, node)):
            calls = [(method, (url,)) for url in went for method in engine.expels]
            calls += [(method, (url,)) for public, url in came.items() if public != node.public_key
                      for method in engine.admits]  # fmt: skip
            silent += [] if _heard(node, calls) else [node.number]
    if silent:
        again = " ".join(f"--node {number}" for number in silent)
        raise NetworkError(f"It is done, and not all nodes heard of it; jamjar network restart {folder} {again}.")


def _heard(node: NetworkNode, calls: Sequence[RpcCall]) -> bool:
    rpc = rpc_of(node)
    try:
        for call in calls:
            told(rpc, call)
    except (NetworkError, NodeUnavailable):
        return False
    return True


def read_key(file: Path) -> bytes:
    """Return a node's private key; raises InvalidInput where there is none."""
    try:
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise InvalidInput(f"{file} is not a node's key; restore it from the node's backup.") from None


def _write(file: Path, data: bytes) -> None:
    if not file.exists() or file.read_bytes() != data:
        private_file.replace(file, data)
