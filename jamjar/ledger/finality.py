"""How deep a block has to be to be final, read from what a node says of its consensus.

Every program that waits for finality takes the depth from here: relayer, mailbox, publisher and audit wait alike.

Given BFT consensus (QBFT, IBFT, Istanbul)    0: a block is final when it is there
Given a development node                      0: it is alone, and nothing competes with its blocks
Given a node that names its final blocks      the distance at which it does, and 96 at least (three epochs of 32)
Given anything else, Clique among them        12, or as many as the first block names signers, if that is more
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from jamjar.errors import InvalidInput, LedgerError, NodeAnswerInvalid
from jamjar.service.json_rpc import JsonRpc, RpcError

ANSWER_SECONDS: Final = 10
WITHOUT: Final = 12
"""Deeper than any reorganisation that was seen on Clique; where nothing is known, no less."""
NAMED: Final = 96
_ALONE: Final = ("anvil", "ganache", "hardhat", "ethereumjs testrpc", "pyrevm")
"""How the versions of development nodes begin."""
_BFT_DIGEST: Final = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"
"""The mixHash of each block of IBFT and QBFT (EIP-650): "practical byzantine fault tolerance", its last 32 bytes."""
_BFT_HIDDEN: Final = ("kaia", "klaytn")
"""Engines that hide it, and answer `istanbul_getValidators` where they run Istanbul."""
_VANITY, _SEAL, _ADDRESS = 32, 65, 20


@dataclass(frozen=True, slots=True)
class Finality:
    """How many blocks have to follow one that is final, and on what consensus, in words."""

    depth: int
    consensus: str

    def at_least(self, asked: int | None) -> int:
        """Return the depth to use: the one asked for, which may be more; None for this one.

        Raises InvalidInput for less: what is not final can still be taken back.
        """
        if asked is not None and asked < self.depth:
            raise InvalidInput(
                f"The depth {asked} is too small: on {self.consensus} a block is final {self.depth} blocks later; "
                f"leave --depth out, or give {self.depth} or more."
            )
        return self.depth if asked is None else asked


UNKNOWN: Final = Finality(WITHOUT, "an unknown consensus")


def finality(url: str) -> Finality:
    """Return the finality of the chain of the node at an address; raises NodeUnavailable when it does not answer."""
    node = JsonRpc(url, seconds=ANSWER_SECONDS, name="The node")
    version = str(_answer(node, "web3_clientVersion") or "").lower()
    if version.startswith(_ALONE):
        return Finality(0, "a development node")
    newest, first = (_block(node, at) for at in ("latest", "0x0"))
    if newest is None or first is None:
        raise NodeAnswerInvalid("The node does not show its first or its newest block; ask another node.")
    if newest.get("mixHash") == _BFT_DIGEST:
        return Finality(0, "BFT consensus")
    if version.startswith(_BFT_HIDDEN) and _answer(node, "istanbul_getValidators", "latest"):
        return Finality(0, "Istanbul BFT")
    if named := _block(node, "finalized"):
        with node.reading():
            distance = int(newest["number"], 16) - int(named["number"], 16)
        return Finality(max(NAMED, distance), "a chain that names its final blocks")
    with node.reading():
        signers = _signers(str(first.get("extraData", "")))
    return Finality(max(WITHOUT, signers), "Clique") if signers else UNKNOWN


def depth_of(url: str, asked: int | None) -> int:
    """Return how many blocks a program waits: what was asked for, or what the node's consensus needs.

    A node that does not answer has no say, so that it is at least what any needs that has no final blocks of its own.
    Raises InvalidInput for less than the consensus needs.
    """
    try:
        return finality(url).at_least(asked)
    except LedgerError:
        return max(UNKNOWN.depth, asked or 0)


def _signers(extra: str) -> int:
    """Return how many signers the extra data of Clique's first block names, 0 for other data (EIP-225)."""
    size = (len(extra) - 2) // 2 - _VANITY - _SEAL
    is_clique = size > 0 and size % _ADDRESS == 0 and not int(extra[-2 * _SEAL :], 16)
    return size // _ADDRESS if is_clique else 0


def _block(node: JsonRpc, at: str) -> dict[str, Any] | None:
    found = _answer(node, "eth_getBlockByNumber", at, False)
    return found if isinstance(found, dict) else None


def _answer(node: JsonRpc, method: str, *parameters: Any) -> Any:
    """Return a node's answer, None where it refuses the call."""
    answer = node.one(method, *parameters)
    return None if isinstance(answer, RpcError) else answer
