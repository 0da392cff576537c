"""How validators vote on who seals blocks: what each consensus calls it, and what its nodes say of it.

A validator votes through its own node, whose next block carries the vote. On every engine here more than half of
the validators change who seals, and nobody else has a say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from jamjar.network.engine import NetworkError
from jamjar.service.json_rpc import JsonRpc, RpcCall, RpcError

RECENT: Final = 64
"""Of how many of the newest blocks the sealers are counted, where no other node tells who runs."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A validator's vote that an address shall seal blocks, or shall not; addresses are in lower case."""

    voter: str
    address: str
    adds: bool


@dataclass(frozen=True, slots=True)
class Voting:
    """The voting of one consensus.

    validators  the call that answers who seals the next block
    propose     the call by which a node's validator votes on an address: in, or out
    discard     the call that takes a vote back which is in no block yet, None where there is none
    waiting     the call that answers a node's own such votes, and what reads its answer: (address, in or out)
    counted     the call that answers the votes in blocks, and what reads its answer, None where there is none
    sealed      how many of the newest blocks each validator sealed
    own         whether a validator can vote on taking itself out
    quorum      how many validators of so many must run for blocks to go on
    lasts       for how long a vote counts
    """

    validators: RpcCall
    propose: Callable[[str, bool], RpcCall]
    discard: Callable[[str], RpcCall] | None
    waiting: tuple[RpcCall, Callable[[Any], Iterable[tuple[str, bool]]]]
    counted: tuple[RpcCall, Callable[[Any], Iterable[Vote]]] | None
    sealed: Callable[[JsonRpc, int], dict[str, int]]
    own: bool
    quorum: Callable[[int], int]
    lasts: str


def majority(validators: int) -> int:
    """Return how many votes of so many validators change who seals."""
    return validators // 2 + 1


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


def _metrics(node: JsonRpc, blocks: int) -> dict[str, int]:
    answer = told(node, ("eth_blockNumber", ()))
    with node.reading():
        newest = int(answer, 16)
    answer = told(node, ("qbft_getSignerMetrics", (hex(max(0, newest - blocks)), "latest")))
    with node.reading():
        return {each["address"].lower(): int(each["proposedBlockCount"], 16) for each in answer}


QBFT: Final = Voting(
    validators=("qbft_getValidatorsByBlockNumber", ("latest",)),
    propose=lambda address, adds: ("qbft_proposeValidatorVote", (address, adds)),
    discard=lambda address: ("qbft_discardValidatorVote", (address,)),
    waiting=(("qbft_getPendingVotes", ()), lambda answer: answer.items()),
    counted=None,
    sealed=_metrics,
    own=True,
    quorum=lambda validators: -(-2 * validators // 3),
    lasts="Besu counts a vote until its epoch ends, and does not tell which are counted; a node keeps voting until its "
    "vote is discarded or it starts again.",
)
"""Hyperledger Besu's QBFT, by its documented calls (API QBFT); no node of it runs here."""
