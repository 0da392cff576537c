"""What is known of a network's nodes, by their own word."""

from __future__ import annotations

from dataclasses import dataclass


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
