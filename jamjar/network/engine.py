"""What a consensus engine is to a network: how it is built, set up, started, and what it cannot do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jamjar.errors import JamjarError

if TYPE_CHECKING:
    from jamjar.network.plan import NetworkNode, NetworkPlan
    from jamjar.network.voting import Voting
    from jamjar.service.json_rpc import JsonRpc


class NetworkError(JamjarError):
    """A network of nodes, or the engine that they run, is not as it must be."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and what it needs in its environment."""

    words: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine.

    package     what Go builds in the engine's module, and `needs_c` whether that takes a C compiler
    depth       how many blocks after one make it final
    quorum      how many validators of so many must run for blocks to go on
    voting      how validators change who seals
    key_file    which of a node's files is its private key, and `peers_file` which names its peers
    peer_url    by what address a node is known to its peers
    admits      the calls that let a running node have a peer of this address, `expels` those that end it
    lacks       what the product must do without
    recovery    what to do when enough validators run and blocks stand still
    genesis     the first block's file
    files       the other files of a node, from its private key
    initialise  makes a node's database from the first block's file
    start       runs a node until it is told to stop
    begin       what nodes have to be told once all of them answer, some for the first time
    sealer      the address of the validator that sealed a block, "" where the node does not say
    """

    name: str
    consensus: str
    package: str
    needs_c: bool
    depth: int
    lacks: tuple[str, ...]
    recovery: str
    quorum: Callable[[int], int]
    voting: Voting
    key_file: str
    peers_file: str
    peer_url: Callable[[NetworkNode], str]
    admits: tuple[str, ...]
    expels: tuple[str, ...]
    genesis: Callable[[NetworkPlan], Mapping[str, Any]]
    files: Callable[[NetworkPlan, NetworkNode, bytes], Mapping[str, bytes]]
    initialise: Callable[[Path, Path, Path], Command]
    start: Callable[[Path, Path, NetworkPlan, NetworkNode], Command]
    begin: Callable[[NetworkPlan, Mapping[int, JsonRpc]], None]
    sealer: Callable[[JsonRpc, int], str]
