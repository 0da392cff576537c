"""Where a vote is cast: a network in a folder here, or the one node of an institution's own, by its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jamjar.errors import InvalidInput

if TYPE_CHECKING:
    from jamjar.network.ballot import Ballot
    from jamjar.network.plan import NetworkPlan
    from jamjar.network.voting import Voting
    from jamjar.service.json_rpc import JsonRpc

OWN = "this node"


@dataclass(frozen=True, slots=True)
class VotingPlace:
    """A network's folder with its plan, or neither; the nodes to ask, by address, and how they vote."""

    folder: Path | None
    plan: NetworkPlan | None
    nodes: Mapping[str, JsonRpc]
    voting: Voting

    def ballot(self) -> Ballot:
        """Return what its nodes say, and who runs: those that answer, or sealed of late."""
        from jamjar.network import ballot
        from jamjar.network.voting import RECENT

        found = ballot.ballot(self.voting, self.nodes)
        if self.plan is None:
            sealed = self.voting.sealed(self.nodes[OWN], RECENT)
            running = tuple(each for each in found.validators if sealed.get(each))
        else:
            answering = self._answering()
            running = tuple(each for each in found.validators if each in answering)
        return replace(found, running=running)

    def address(self, who: str) -> str:
        """Return the address of a node by its number, or one that is typed, in lower case."""
        from jamjar.protocol.address import parse_address

        if not who.isdigit():
            return f"0x{parse_address(who).hex()}"
        if self.plan is None:
            raise InvalidInput(f"{who} is a node's number, which only a network's folder knows; name an address.")
        return self.plan.node(int(who)).address.lower()

    def label(self, address: str) -> str:
        """Return an address with its node's number, where the folder has it."""
        for node in self.plan.nodes if self.plan else ():
            if node.address.lower() == address.lower():
                return f"node {node.number}, {node.address}"
        return address

    def _answering(self) -> set[str]:
        from jamjar.errors import NodeUnavailable
        from jamjar.network.running import height

        found = set[str]()
        for address, node in self.nodes.items():
            try:
                height(node)
            except NodeUnavailable:
                continue
            found.add(address)
        return found


def open_place(where: str) -> VotingPlace:
    """Return the place that a folder, or a node's address, names."""
    from jamjar.cli import options
    from jamjar.network.engines import VOTINGS, engine_of
    from jamjar.network.running import ANSWER_SECONDS, rpc_of
    from jamjar.network.setting_up import read
    from jamjar.network.votes import voting_of
    from jamjar.service.json_rpc import JsonRpc

    if "://" in where:
        node = JsonRpc(options.web_address(where, "node"), seconds=ANSWER_SECONDS)
        return VotingPlace(None, None, {OWN: node}, voting_of(node, VOTINGS))
    plan = read(Path(where))
    nodes = {node.address.lower(): rpc_of(node) for node in plan.nodes}
    return VotingPlace(Path(where), plan, nodes, engine_of(plan.engine).voting)
