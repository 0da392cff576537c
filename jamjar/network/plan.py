"""What a local network is: which engine, which nodes, at which ports; everything in its files but the private keys."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput

FORMAT: Final = "jamjar.network.1"
SIZES: Final = (3, 5, 7)
"""How many validators a network may have: with an even number, Clique needs as many as with one more."""
MOST_FOLLOWERS: Final = 5
_MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """One institution's node: its number, public key (64 bytes in hex), address, and ports on this machine.

    A validator seals blocks with the key that also identifies it to its peers; a follower only reads and sends.
    Which of them a node is changes by votes: `validates` is what it was when the network was last looked at.
    """

    number: int
    validates: bool
    public_key: str
    address: str
    peer_port: int
    rpc_port: int
    spare_port: int


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """A network: its engine, chain id, the time of its first block (Unix seconds), and its nodes."""

    engine: str
    chain_id: int
    began: int
    nodes: tuple[NetworkNode, ...]

    def validators(self) -> tuple[NetworkNode, ...]:
        """Return the nodes that seal blocks."""
        return tuple(node for node in self.nodes if node.validates)

    def node(self, number: int) -> NetworkNode:
        """Return one node; raises InvalidInput where there is none of this number."""
        for each in self.nodes:
            if each.number == number:
                return each
        numbers = [each.number for each in self.nodes]
        whole = numbers == list(range(1, len(numbers) + 1))
        which = f"from 1 to {len(numbers)}" if whole else f"of {', '.join(map(str, numbers))}"
        raise InvalidInput(f"There is no node {number}; name one {which}.")

    def to_json(self) -> str:
        """Return the content of `network.json`."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"


def from_json(text: str, where: str) -> NetworkPlan:
    """Read the content of `network.json`; raises InvalidInput, which names `where` it is from."""
    data: Any = strict_json.loads(text, where, _MOST_BYTES)
    try:
        if data.pop("format") != FORMAT:
            raise InvalidInput(f"{where} is not in the format {FORMAT}; make the network again, or update Jamjar.")
        nodes = tuple(NetworkNode(**each) for each in data.pop("nodes"))
        plan = NetworkPlan(**data, nodes=nodes)
    except (AttributeError, KeyError, TypeError) as error:
        raise InvalidInput(f"{where} is damaged; restore it, or make the network again.") from error
    return plan
