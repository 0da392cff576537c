"""Who seals blocks by the nodes' own word, which changes by votes while a network runs; a plan follows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jamjar.errors import NodeUnavailable
from jamjar.network.engine import Engine, NetworkError
from jamjar.network.engines import engine_of
from jamjar.network.plan import NetworkPlan
from jamjar.network.running import height, rpc_of
from jamjar.network.votes import validators_of
from jamjar.service.json_rpc import JsonRpc


def sealing(engine: Engine, nodes: Iterable[JsonRpc]) -> tuple[str, ...]:
    """Return who seals the next block by the node that is furthest, in lower case; () when none says."""
    heights = list[tuple[int, JsonRpc]]()
    for node in nodes:
        try:
            heights.append((height(node), node))
        except NodeUnavailable:
            continue
    for _, node in sorted(heights, key=lambda each: -each[0]):
        try:
            return validators_of(engine.voting, node)
        except (NetworkError, NodeUnavailable):
            continue
    return ()


def followed(plan: NetworkPlan) -> NetworkPlan:
    """Return the plan with those nodes as validators that seal by the nodes' own word; as it is when none says."""
    return following(plan, sealing(engine_of(plan.engine), map(rpc_of, plan.nodes)))


def following(plan: NetworkPlan, sealers: Iterable[str]) -> NetworkPlan:
    """Return the plan with these addresses, in lower case, as its validators; as it is when there are none."""
    chosen = set(sealers)
    if not chosen:
        return plan
    nodes = (replace(node, validates=node.address.lower() in chosen) for node in plan.nodes)
    return replace(plan, nodes=tuple(nodes))


def strangers(plan: NetworkPlan, sealers: Iterable[str]) -> tuple[str, ...]:
    """Return who seals and has no node in the plan."""
    known = {node.address.lower() for node in plan.nodes}
    return tuple(each for each in sealers if each not in known)
