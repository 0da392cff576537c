"""What a network's nodes say of themselves, and whether they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from jamjar.errors import JamjarError, NodeUnavailable
from jamjar.network import processes
from jamjar.network.engine import Engine
from jamjar.network.engines import engine_of
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.running import node_folder, rpc_of
from jamjar.service.json_rpc import JsonRpc, RpcError

SEALED: Final = 20
"""The newest blocks whose sealers are counted, unless told."""


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """One node: what its process and its JSON-RPC say.

    pid      its process id, 0 when it does not run
    answers  whether it answers; what follows is empty when it does not
    height   the newest block's number, `hash` the hash of the block that all have, `behind` how many blocks it lacks
    age      seconds from the newest block's time to this machine's clock; negative when that time is still to come
    peers    how many peers it has, `pool` how many transactions wait in it
    disk     bytes of its folder
    """

    number: int
    validates: bool
    address: str
    pid: int
    answers: bool = False
    height: int = -1
    behind: int = 0
    hash: str = ""
    genesis: str = ""
    age: int = 0
    peers: int = 0
    pool: int = 0
    version: str = ""
    disk: int = 0


@dataclass(frozen=True, slots=True)
class NetworkStatus:
    """All nodes, what each validator sealed of the newest blocks, and what is wrong, in sentences."""

    nodes: tuple[NodeStatus, ...]
    sealed: dict[str, int]
    problems: tuple[str, ...]


def look(folder: Path, plan: NetworkPlan, now: int, blocks: int = SEALED) -> NetworkStatus:
    """Ask all nodes, and return what they say and what is wrong.

    now     Unix seconds by this machine's clock
    blocks  how many of the newest blocks count for what each validator sealed
    """
    connections = {node.number: rpc_of(node) for node in plan.nodes}
    raw = [_asked(folder, node, connections[node.number], now) for node in plan.nodes]
    there = [each for each in raw if each.answers]
    if not there:
        return NetworkStatus(tuple(raw), {}, _problems(plan, raw, {}))
    common, newest = min(each.height for each in there), max(there, key=lambda each: each.height)
    nodes = [_compared(each, connections[each.number], common, newest.height) for each in raw]
    sealed = _sealed(engine_of(plan.engine), plan, connections[newest.number], range(newest.height, 0, -1)[:blocks])
    return NetworkStatus(tuple(nodes), sealed, _problems(plan, nodes, sealed))


def _asked(folder: Path, node: NetworkNode, rpc: JsonRpc, now: int) -> NodeStatus:
    place = node_folder(folder, node)
    known: dict[str, Any] = {
        "number": node.number,
        "validates": node.validates,
        "address": node.address,
        "pid": processes.running(place),
        "disk": _size(place),
    }
    try:
        newest = _answer(rpc, "eth_getBlockByNumber", "latest", False)
        with rpc.reading():
            known |= {"height": int(newest["number"], 16), "age": now - int(newest["timestamp"], 16)}
            known["genesis"] = str(_answer(rpc, "eth_getBlockByNumber", "0x0", False)["hash"])
            known["peers"] = int(_answer(rpc, "net_peerCount"), 16)
            pool = _answer(rpc, "txpool_status")
            known["pool"] = sum(int(str(count), 0) for count in pool.values())
            known["version"] = str(_answer(rpc, "web3_clientVersion"))
    except JamjarError:
        return NodeStatus(**{name: value for name, value in known.items() if name in _WITHOUT_ANSWER})
    return NodeStatus(**known, answers=True)


_WITHOUT_ANSWER: Final = ("number", "validates", "address", "pid", "disk")


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


def _problems(plan: NetworkPlan, nodes: Sequence[NodeStatus], sealed: dict[str, int]) -> tuple[str, ...]:
    found = []
    for node in nodes:
        if not node.answers:
            why = "runs, and does not answer; look at its log" if node.pid else "does not run; start it"
            found.append(f"Node {node.number} {why}.")
        elif not node.peers:
            found.append(f"Node {node.number} has no peer; start others, and check that its ports are free.")
    there = [node for node in nodes if node.answers]
    if len({node.genesis for node in there}) > 1:
        found.append("Nodes have different first blocks; give all of them the same genesis file.")
    elif len({node.hash for node in there}) > 1:
        found.append("Nodes have different blocks at one height; wait, and if it stays so ask the doctor.")
    silent = [address for address, count in sealed.items() if not count and sum(sealed.values()) >= SEALED]
    for node in nodes:
        if node.address in silent and node.answers:
            found.append(f"Validator {node.number} runs, and sealed none of the newest blocks; look at its log.")
    running = sum(node.validates and node.answers for node in nodes)
    needed = engine_of(plan.engine).quorum(len(plan.validators()))
    if running < needed:
        found.append(f"Blocks stand still: {running} validators answer, and {needed} are needed; start more.")
    elif running == needed < len(plan.validators()):
        found.append(f"Blocks will stand still when one more validator is missing: {running} answer; start the others.")
    return tuple(found)


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
