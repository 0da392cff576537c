"""network.voting: what nodes of each consensus say of votes on who seals, and how one is cast.

Given each engine's answers, as its nodes or documents have them    validators, votes, and who sealed are read
When a vote is cast or taken back                                   the call has the engine's own name and form
Given a node has none of the calls, or refuses, or lies             one sentence says what to do
"""

from typing import Any

import pytest

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network.ballot import cast, take_back
from jamjar.network.engine import NetworkError
from jamjar.network.engines import VOTINGS
from jamjar.network.geth import CLIQUE
from jamjar.network.kaia import ISTANBUL
from jamjar.network.qbft import QBFT
from jamjar.network.votes import counted_of, validators_of, voting_of, waiting_of
from jamjar.network.voting import Vote
from tests.unit.network.answers import A, AnsweringNode, B, C, X, clique

# As Besu's documents have them: https://besu.hyperledger.org/private-networks/reference/api, QBFT methods.
BESU = {
    "qbft_getValidatorsByBlockNumber": [
        "0x42d4287eac8078828cf5f3486cfe601a275a49a5",
        "0xb1b2bc9582d2901afdc579f528a35ca41403fa85",
        "0xef1bfb6a12794615c9b0b5a21e6741f01e570185",
    ],
    "qbft_getPendingVotes": {
        "0xef1bfb6a12794615c9b0b5a21e6741f01e570185": True, "0x42d4287eac8078828cf5f3486cfe601a275a49a5": True
    },
    "qbft_getSignerMetrics": [
        {"address": "0x7ffc57839b00206d1ad20c69a1981b489f772031", "proposedBlockCount": "0x21",
         "lastProposedBlockNumber": "0x61"},
        {"address": "0x42eb768f2244c8811c63729a21a3569731535f06", "proposedBlockCount": "0x0",
         "lastProposedBlockNumber": "0x0"},
    ],
    "qbft_proposeValidatorVote": True,
    "qbft_discardValidatorVote": True,
}  # fmt: skip
# As a node of Kaia 1.0.3 answered.
KAIA: dict[str, Any] = {
    "kaia_getCouncil": [C, A, B],
    "governance_myVotes": [
        {"Key": "governance.addvalidator", "Value": X, "Casted": False, "BlockNum": 0},
        {"Key": "governance.removevalidator", "Value": B, "Casted": True, "BlockNum": 4},
        {"Key": "governance.unitprice", "Value": 0, "Casted": False, "BlockNum": 0},
    ],
    "governance_votes": [
        {"validator": A, "key": "governance.removevalidator", "value": B},
        {"validator": C, "key": "governance.unitprice", "value": 0},
    ],
    "kaia_getBlockWithConsensusInfoByNumber": {"proposer": A},
    "governance_vote": "Your vote is prepared.",
}


def test_besu() -> None:
    node = AnsweringNode(BESU)
    assert voting_of(node, VOTINGS) is QBFT
    assert validators_of(QBFT, node) == tuple(BESU["qbft_getValidatorsByBlockNumber"])
    assert waiting_of(QBFT, node) == BESU["qbft_getPendingVotes"]
    assert counted_of(QBFT, node) == ()
    found = QBFT.sealed(node, 64)
    assert found == {"0x7ffc57839b00206d1ad20c69a1981b489f772031": 33, "0x42eb768f2244c8811c63729a21a3569731535f06": 0}
    assert node.asked[-1] == ("qbft_getSignerMetrics", "0x24", "latest")
    cast(QBFT, node, X, adds=True)
    take_back(QBFT, node, X)
    assert node.asked[-2:] == [("qbft_proposeValidatorVote", X, True), ("qbft_discardValidatorVote", X)]
    assert [QBFT.quorum(n) for n in (1, 3, 4, 5, 6, 7)] == [1, 2, 3, 4, 4, 5]


def test_kaia() -> None:
    node = AnsweringNode(KAIA, height=3)
    assert voting_of(node, VOTINGS) is ISTANBUL
    assert validators_of(ISTANBUL, node) == (A, B, C)
    assert waiting_of(ISTANBUL, node) == {X: True}
    assert counted_of(ISTANBUL, node) == (Vote(A, B, False),)
    assert ISTANBUL.sealed(node, 64) == {A: 3}
    cast(ISTANBUL, node, X, adds=True)
    cast(ISTANBUL, node, X, adds=False)
    assert [each[1] for each in node.asked[-2:]] == ["governance.addvalidator", "governance.removevalidator"]
    with pytest.raises(InvalidInput, match="cannot be taken back here; vote the other way"):
        take_back(ISTANBUL, node, X)


def test_clique() -> None:
    votes = [{"signer": A, "block": 7, "address": X.upper().replace("0X", "0x"), "authorize": True}]
    node = clique([A, B, C], votes, {X: True})
    assert voting_of(node, VOTINGS) is CLIQUE
    assert counted_of(CLIQUE, node) == (Vote(A, X, True),)
    assert counted_of(CLIQUE, AnsweringNode({"clique_getSnapshot": {"votes": None}})) == ()
    assert CLIQUE.sealed(node, 64) == {A: 3, B: 3, C: 3}
    take_back(CLIQUE, node, X)
    assert node.asked[-1] == ("clique_discard", X)


def test_a_node_that_has_no_votes() -> None:
    with pytest.raises(
        NetworkError, match=r"none of kaia_getCouncil, clique_getSigners, qbft_.*; name the node of a val"
    ):
        voting_of(AnsweringNode({}), VOTINGS)
    with pytest.raises(NetworkError, match="refuses clique_propose"):
        cast(CLIQUE, AnsweringNode({}), X, adds=True)


@pytest.mark.parametrize("lie", [None, 7, [None], [7], {"a": {}, 1: 2}])
def test_a_node_that_lies(lie: Any) -> None:
    for method, read in (("clique_getSigners", validators_of), ("clique_getSnapshot", counted_of)):
        with pytest.raises(NodeUnavailable, match="ask another node"):
            read(CLIQUE, AnsweringNode({method: lie}))
