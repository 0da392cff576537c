"""What a network's nodes say of themselves, and whether they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from jamjar.errors import JamjarError, NodeUnavailable
from jamjar.network import node_look, processes
from jamjar.network.engine import Engine
from jamjar.network.engines import engine_of
from jamjar.network.following import following, sealing, strangers
from jamjar.network.node_status import NetworkStatus, NodeStatus
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.problems import ENOUGH, problems
from jamjar.network.running import node_folder, rpc_of
from jamjar.service.json_rpc import JsonRpc, RpcError

SEALED: Final = ENOUGH
"""The newest blocks whose sealers are counted, unless told."""


def look(folder: Path, plan: NetworkPlan, now: int, blocks: int = SEALED) -> NetworkStatus:
    """Ask all nodes, and return what they say and what is wrong.

    now     Unix seconds by this machine's clock
    blocks  how many of the newest blocks count for what each validator sealed
    """
    engine, connections = engine_of(plan.engine), {node.number: rpc_of(node) for node in plan.nodes}
    sealers = sealing(engine, connections.values())
    plan = following(plan, sealers)
    raw = [_asked(folder, plan, node, connections[node.number], now) for node in plan.nodes]
    there = [each for each in raw if each.answers]
    if not there:
        return _found(engine, raw, {}, ())
    common, newest = min(each.height for each in there), max(there, key=lambda each: each.height)
    nodes = [_compared(each, connections[each.number], common, newest.height) for each in raw]
    sealed = _sealed(engine, plan, connections[newest.number], range(newest.height, 0, -1)[:blocks])
    return _found(engine, nodes, sealed, strangers(plan, sealers))


def _found(
    engine: Engine, nodes: Sequence[NodeStatus], sealed: dict[str, int], others: tuple[str, ...]
) -> NetworkStatus:
    found = NetworkStatus(tuple(nodes), sealed, (), others)
    return replace(found, problems=tuple(problems(engine, found)))


def _asked(folder: Path, plan: NetworkPlan, node: NetworkNode, rpc: JsonRpc, now: int) -> NodeStatus:
    place = node_folder(folder, node)
    known: dict[str, Any] = {
        "number": node.number,
        "validates": node.validates,
        "address": node.address,
        "pid": processes.running(place),
        "disk": _size(place),
    }
    try:
        seen = node_look.look(rpc)
        known |= {"height": seen.height, "age": now - seen.time, "peers": seen.peers or 0, "pool": seen.pool or 0}
        with rpc.reading():
            known["genesis"] = str(_answer(rpc, "eth_getBlockByNumber", "0x0", False)["hash"])
            known["version"] = str(_answer(rpc, "web3_clientVersion"))
            known["clock"] = rpc.clock("web3_clientVersion")
        known["linked"] = linked(plan, rpc)
    except JamjarError:
        return NodeStatus(**{name: value for name, value in known.items() if name in _WITHOUT_ANSWER})
    return NodeStatus(**known, answers=True)


_WITHOUT_ANSWER: Final = ("number", "validates", "address", "pid", "disk")


def linked(plan: NetworkPlan, rpc: JsonRpc) -> tuple[int, ...] | None:
    """Return which nodes of the plan one has as peers, by the key that engines name them by; None if it refuses."""
    answer = rpc.one("admin_peers")
    if isinstance(answer, RpcError):
        return None
    with rpc.reading():
        named = " ".join(f"{each.get('enode', '')} {each.get('id', '')}" for each in answer).lower()
    return tuple(node.number for node in plan.nodes if node.public_key in named)


def _compared(node: NodeStatus, rpc: JsonRpc, common: int, newest: int) -> NodeStatus:
    if not node.answers:
        return node
    try:
        with rpc.reading():
            found = str(_answer(rpc, "eth_getBlockByNumber", hex(common), False)["hash"])
    except JamjarError:
        found = ""
    return replace(node, hash=found, behind=newest - node.height)


def _sealed(engine: Engine, plan: NetworkPlan, rpc: JsonRpc, blocks: Sequence[int]) -> dict[str, int]:
    try:
        counted = Counter(engine.sealer(rpc, block).lower() for block in blocks)
    except JamjarError:
        return {}
    return {node.address: counted[node.address.lower()] for node in plan.validators()} if any(counted) else {}


def _answer(rpc: JsonRpc, method: str, *parameters: Any) -> Any:
    answer = rpc.one(method, *parameters)
    if isinstance(answer, RpcError):
        raise NodeUnavailable(f"{rpc.name} refuses {method} ({answer.message}); look at its log.")
    return answer


def _size(folder: Path) -> int:
    total = 0
    for each in folder.rglob("*"):
        try:
            total += each.stat().st_size if each.is_file() else 0
        except OSError:  # a database removes its files while it runs
            continue
    return total
