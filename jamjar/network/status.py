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
from jamjar.network.following import following, sealing, strangers
from jamjar.network.plan import NetworkNode, NetworkPlan
from jamjar.network.problems import ENOUGH, problems
from jamjar.network.running import node_folder, rpc_of
from jamjar.service.json_rpc import JsonRpc, RpcError

SEALED: Final = ENOUGH
"""The newest blocks whose sealers are counted, unless told."""


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """One node: what its process and its JSON-RPC say.

    pid      its process id, 0 when it does not run
    answers  whether it answers; what follows is empty when it does not
    height   the newest block's number, `hash` the hash of the block that all have, `behind` how many blocks it lacks
    age      seconds from the newest block's time to this machine's clock; negative when that time is still to come
    peers    how many peers it has, `pool` how many transactions wait in it
    linked   which other nodes of the network it names as its peers, None where it does not say
    clock    how many seconds its clock is ahead of this machine's, None where it does not say
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
    linked: tuple[int, ...] | None = None
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class NetworkStatus:
    """All nodes, what each validator sealed of the newest blocks, and what is wrong, in sentences.

    strangers  the addresses that seal blocks by the nodes' word, and have no node in this network's folder
    """

    nodes: tuple[NodeStatus, ...]
    sealed: dict[str, int]
    problems: tuple[str, ...]
    strangers: tuple[str, ...] = ()

    def validators(self) -> int:
        """Return how many validators there are."""
        return sum(node.validates for node in self.nodes) + len(self.strangers)


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
        newest = _answer(rpc, "eth_getBlockByNumber", "latest", False)
        with rpc.reading():
            known |= {"height": int(newest["number"], 16), "age": now - int(newest["timestamp"], 16)}
            known["genesis"] = str(_answer(rpc, "eth_getBlockByNumber", "0x0", False)["hash"])
            known["peers"] = int(_answer(rpc, "net_peerCount"), 16)
            pool = _answer(rpc, "txpool_status")
            known["pool"] = sum(int(str(count), 0) for count in pool.values())
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
