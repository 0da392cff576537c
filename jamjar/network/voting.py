"""How validators vote on who seals blocks: what each consensus calls it, and what its nodes say of it.

A validator votes through its own node, whose next block carries the vote. On every engine here more than half of
the validators change who seals, and nobody else has a say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from jamjar.service.json_rpc import JsonRpc, RpcCall

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
