"""What one node says of votes, and any other answer that a node must not refuse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jamjar.network.engine import NetworkError
from jamjar.network.voting import Vote, Voting
from jamjar.service.json_rpc import JsonRpc, RpcCall, RpcError


def told(node: JsonRpc, call: RpcCall) -> Any:
    """Return a node's answer; raises NetworkError where it refuses, NodeUnavailable where there is none."""
    answer = node.one(call[0], *call[1])
    if isinstance(answer, RpcError):
        raise NetworkError(f"{node.name} refuses {call[0]} ({answer.message}); look at its log.")
    return answer


def validators_of(voting: Voting, node: JsonRpc) -> tuple[str, ...]:
    """Return who seals the next block by one node's word, in lower case and in order."""
    answer = told(node, voting.validators)
    with node.reading():
        return tuple(sorted(each.lower() for each in answer))


def waiting_of(voting: Voting, node: JsonRpc) -> dict[str, bool]:
    """Return a node's own votes that are in no block yet: address to in or out."""
    call, read = voting.waiting
    answer = told(node, call)
    with node.reading():
        return {address.lower(): adds for address, adds in read(answer)}


def counted_of(voting: Voting, node: JsonRpc) -> tuple[Vote, ...]:
    """Return the votes in blocks by one node's word; none where the consensus does not say."""
    if voting.counted is None:
        return ()
    call, read = voting.counted
    answer = told(node, call)
    with node.reading():
        votes = [Vote(each.voter.lower(), each.address.lower(), each.adds) for each in read(answer)]
    return tuple(sorted(votes, key=lambda vote: (vote.address, vote.adds, vote.voter)))


def voting_of(node: JsonRpc, known: Iterable[Voting]) -> Voting:
    """Return the voting whose calls a node has; raises NetworkError where it has none of them."""
    names = []
    for voting in known:
        names.append(voting.validators[0])
        if not isinstance(node.one(voting.validators[0], *voting.validators[1]), RpcError):
            return voting
    raise NetworkError(f"{node.name} has none of {', '.join(names)}; name the node of a validator, with that API on.")
