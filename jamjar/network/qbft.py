"""Voting in QBFT on Hyperledger Besu, by its documented calls (API QBFT): no node of it runs here."""

from __future__ import annotations

from typing import Final

from jamjar.network.votes import told
from jamjar.network.voting import Voting
from jamjar.service.json_rpc import JsonRpc


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
