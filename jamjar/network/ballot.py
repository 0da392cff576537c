"""A vote on who seals blocks: who may cast one, what was cast, and what would follow for the network."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network.engine import NetworkError
from jamjar.network.running import height
from jamjar.network.votes import counted_of, told, validators_of, waiting_of
from jamjar.network.voting import Vote, Voting, majority
from jamjar.service.json_rpc import JsonRpc

PASS_SECONDS: Final = 240.0
"""How long a vote that has enough may take to be in a block of each voter: a halted network needs the longest round."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who seals, who of them runs as far as is known here, how many votes are needed, and which were cast.

    waiting  in no block yet: the nodes that were asked tell of their own alone
    counted  in blocks; those of a consensus that does not tell them are missing
    Addresses are in lower case.
    """

    validators: tuple[str, ...]
    running: tuple[str, ...]
    needed: int
    waiting: tuple[Vote, ...]
    counted: tuple[Vote, ...]

    def voters(self, address: str, *, adds: bool) -> set[str]:
        """Return which validators voted so, in a block or not."""
        votes = (*self.waiting, *self.counted)
        return {each.voter for each in votes if (each.address, each.adds) == (address, adds)} & {*self.validators}

    def decided(self) -> tuple[tuple[str, bool], ...]:
        """Return what has enough votes in blocks and is not so: one more vote like them, by anyone, does it again."""
        found = {(each.address, each.adds) for each in self.counted}
        return tuple(
            sorted(
                (address, adds)
                for address, adds in found
                if (address in self.validators) != adds
                and sum((each.address, each.adds) == (address, adds) for each in self.counted) >= self.needed
            )
        )


@dataclass(frozen=True, slots=True)
class Risk:
    """What a change would do to the quorum: whether blocks would stand still, and a sentence, "" where all is well."""

    halts: bool
    sentence: str


def ballot(voting: Voting, nodes: Mapping[str, JsonRpc]) -> Ballot:
    """Ask nodes, each by its validator's address, of which one at least has to answer; raises NodeUnavailable."""
    waiting, furthest = list[Vote](), (-1, "")
    for address, node in nodes.items():
        try:
            furthest = max(furthest, (height(node), address))
            own = waiting_of(voting, node)
        except (NetworkError, NodeUnavailable):
            continue
        waiting += [Vote(address.lower(), voted, adds) for voted, adds in own.items()]
    if furthest[0] < 0:
        raise NodeUnavailable("No node answers; start one, or name another.")
    best = nodes[furthest[1]]
    validators = validators_of(voting, best)
    return Ballot(validators, (), majority(len(validators)), tuple(waiting), counted_of(voting, best))


def risk(voting: Voting, found: Ballot, address: str, *, adds: bool) -> Risk:
    """Return what would follow from a change of who seals, given who runs now; one that is added does not run yet."""
    after = {*found.validators, address} if adds else {*found.validators} - {address}
    running, needed = len(after & set(found.running)), voting.quorum(len(after))
    if not after:
        raise InvalidInput("This is the only validator; vote another in before it goes.")
    counted = f"{running} of then {len(after)} validators run, and blocks need {needed}"
    if running < needed:
        return Risk(True, f"Blocks would stand still: {counted}.")
    if running == needed:
        return Risk(False, f"Blocks would stand still when one more is missing: {counted}.")
    return Risk(False, "")


def cast(voting: Voting, node: JsonRpc, address: str, *, adds: bool) -> None:
    """Vote through a validator's own node; raises NetworkError where it refuses."""
    told(node, voting.propose(address, adds))


def take_back(voting: Voting, node: JsonRpc, address: str) -> None:
    """Take a vote back that is in no block yet; raises InvalidInput where the consensus cannot."""
    if voting.discard is None:
        raise InvalidInput(f"A vote cannot be taken back here; vote the other way once it has passed. {voting.lasts}")
    told(node, voting.discard(address))


def await_outcome(voting: Voting, nodes: Mapping[str, JsonRpc], address: str, *, adds: bool) -> bool:
    """Wait until an address seals blocks, or no longer does, by the furthest node, and return whether it came so."""
    deadline = time.monotonic() + PASS_SECONDS
    while (address in ballot(voting, nodes).validators) != adds:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True
