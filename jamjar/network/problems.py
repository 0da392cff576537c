"""What is wrong with a network, in sentences, from what its nodes say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from jamjar.network.engine import Engine
from jamjar.network.node_status import NetworkStatus, NodeStatus

ENOUGH: Final = 20
"""Of how many sealed blocks a validator that sealed none is called silent."""
CLOCK_SECONDS: Final = 5
"""How far a node's clock may be from this machine's."""


def problems(engine: Engine, found: NetworkStatus) -> Iterator[str]:
    """Yield what is wrong."""
    for node in found.nodes:
        if not node.answers:
            why = "runs, and does not answer; look at its log" if node.pid else "does not run; start it"
            yield f"Node {node.number} {why}."
        elif not node.peers:
            yield f"Node {node.number} has no peer; start others, and check that its ports are free."
    there = [node for node in found.nodes if node.answers]
    if len({node.genesis for node in there}) > 1:
        yield "Nodes have different first blocks; give all of them the same genesis file."
    elif len({node.hash for node in there}) > 1:
        yield "Nodes have different blocks at one height; wait, and if it stays so ask the doctor."
    yield from (f"{each} Wait a minute, and if it stays so ask the doctor." for each in apart(found))
    yield from (f"{each} Set it." for each in wrong_clocks(found))
    silent = [address for address, count in found.sealed.items() if not count and sum(found.sealed.values()) >= ENOUGH]
    for node in there:
        if node.address in silent:
            yield f"Validator {node.number} runs, and sealed none of the newest blocks; look at its log."
    yield from _about_the_quorum(engine, found)


def apart(found: NetworkStatus) -> Iterator[str]:
    """Yield, of the nodes that have peers, which two are none of each other's, or of one's alone."""
    asked = [node for node in found.nodes if node.answers and node.peers and node.linked is not None]
    for one, other in combinations(asked, 2):
        ways = _has(one, other), _has(other, one)
        if not any(ways):
            yield f"Nodes {one.number} and {other.number} are not connected."
        elif not all(ways):
            sees, unseen = (one, other) if ways[0] else (other, one)
            yield f"Node {sees.number} has node {unseen.number} as a peer, which does not have it."


def wrong_clocks(found: NetworkStatus) -> Iterator[str]:
    """Yield which nodes have another time than this machine, and by how much."""
    for node in found.nodes:
        if node.clock is not None and abs(node.clock) > CLOCK_SECONDS:
            direction = "ahead of" if node.clock > 0 else "behind"
            yield f"The clock of node {node.number} is {abs(node.clock)} s {direction} this machine's."


def _has(one: NodeStatus, other: NodeStatus) -> bool:
    return other.number in (one.linked or ())


def _about_the_quorum(engine: Engine, found: NetworkStatus) -> Iterator[str]:
    running = sum(node.validates and node.answers for node in found.nodes)
    needed = engine.quorum(found.validators())
    if found.strangers:
        others = ", ".join(found.strangers)
        yield f"These seal blocks, and have no node here: {others}; vote them out unless they run elsewhere."
    if running < needed:
        yield f"Blocks stand still: {running} validators answer, and {needed} are needed; start more."
    elif running == needed < found.validators():
        yield f"Blocks will stand still when one more validator is missing: {running} answer; start the others."
