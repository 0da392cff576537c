"""Why a network stands still, or will, and what to do: read from what its nodes say twice, some seconds apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamjar.network.engine import Engine
from jamjar.network.engines import engine_of
from jamjar.network.node_status import NetworkStatus, NodeStatus
from jamjar.network.plan import NetworkPlan
from jamjar.network.problems import apart, wrong_clocks

AHEAD_SECONDS: Final = 15
"""How far the newest block's time may be ahead of this machine's clock before one of the clocks is called wrong."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How many blocks were made between the two looks, why no more, and what to do about it, in this order."""

    blocks: int
    causes: tuple[str, ...]
    steps: tuple[str, ...]


def diagnose(plan: NetworkPlan, folder: Path, before: NetworkStatus, after: NetworkStatus) -> Diagnosis:
    """Compare two looks at a network, and return what is wrong and what to do."""
    engine = engine_of(plan.engine)
    blocks = max(0, _newest(after) - _newest(before)) if _newest(before) >= 0 else 0
    causes, steps = list[str](), list[str]()
    _look_for_the_missing(engine, folder, after, causes, steps)
    _look_for_what_differs(folder, after, causes, steps)
    earlier = {node.number: node for node in before.nodes}
    for node in after.nodes:
        if blocks and node.answers and earlier[node.number].answers and node.height == earlier[node.number].height:
            causes.append(f"Node {node.number} stays at block {node.height}, {node.behind} behind.")
            steps.append(_again(folder, node))
    if not blocks and not causes:
        causes.append("Enough validators answer, and no block was made.")
    if not blocks:
        steps.append(engine.recovery)
    return Diagnosis(blocks, tuple(causes), tuple(steps))


def _look_for_the_missing(
    engine: Engine, folder: Path, found: NetworkStatus, causes: list[str], steps: list[str]
) -> None:
    answering = sum(node.validates and node.answers for node in found.nodes)
    needed = engine.quorum(found.validators())
    if answering < needed:
        causes.append(f"{answering} of {found.validators()} validators answer, and {engine.consensus} needs {needed}.")
    if found.strangers:
        causes.append(f"These seal blocks, and have no node here: {', '.join(found.strangers)}.")
        steps.append(f"Vote each out that runs nowhere: jamjar network validator propose {folder} ADDRESS --out")
    ended = [node.number for node in found.nodes if not node.pid]
    if ended:
        causes.append(f"These nodes do not run: {', '.join(map(str, ended))}.")
        steps.append(f"Start them: jamjar network up {folder} {' '.join(f'--node {each}' for each in ended)}")
    for node in found.nodes:
        if node.pid and not node.answers:
            causes.append(f"Node {node.number} runs as process {node.pid}, and does not answer.")
            steps.append(f"If it was stopped, let it go on: kill -CONT {node.pid}. Otherwise end and start it.")
            steps.append(_log(folder, node))


def _look_for_what_differs(folder: Path, found: NetworkStatus, causes: list[str], steps: list[str]) -> None:
    there = [node for node in found.nodes if node.answers]
    genesis = {node.genesis for node in there}
    if len(genesis) > 1:
        for node in there:
            causes.append(f"Node {node.number} began with the first block {node.genesis}.")
        steps.append(f"Give all nodes {folder / 'genesis.json'}; one that began with another must begin again.")
    elif len({node.hash for node in there}) > 1:
        causes.append("Nodes have different blocks at one height.")
        steps.append("Wait for a minute and ask again: after a cut between nodes, the shorter branch is given up.")
    for node in there:
        if not node.peers and len(there) > 1:
            causes.append(f"Node {node.number} has no peer.")
            steps.append(_again(folder, node))
    for between in apart(found):
        causes.append(between)
        steps.append(
            "Engines dial again after half a minute; if it stays so, compare allowed.json and the peers in both nodes' "
            f"files, and start one again: jamjar network restart {folder} --node N"
        )
    for clock in wrong_clocks(found):
        causes.append(clock)
        steps.append("Set that machine's clock, by NTP: a block from ahead is refused until its time has come.")
    for node in there:
        if node.age < -AHEAD_SECONDS:
            causes.append(f"The newest block of node {node.number} is {-node.age} s ahead of this machine's clock.")
            steps.append("Set the clock of this machine, or of the validator that is ahead.")


def _again(folder: Path, node: NodeStatus) -> str:
    name = f"{folder} --node {node.number}"
    return f"End and start it: jamjar network down {name}; jamjar network up {name}. {_log(folder, node)}"


def _log(folder: Path, node: NodeStatus) -> str:
    return f"Its log: {folder / 'nodes' / str(node.number) / 'log'}"


def _newest(found: NetworkStatus) -> int:
    return max((node.height for node in found.nodes if node.answers), default=-1)
