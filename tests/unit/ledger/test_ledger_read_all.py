"""Several views in one question: what each returns, in their order, or an error of ours whatever the node answers.

When the node answers each                     their values, asked as web3 asks
When it refuses one with revert data           Rejected
When it answers another shape                  LedgerError
Given it takes no batches                      the same, asked one by one
"""

import json

import pytest
from eth_utils import keccak
from web3 import Web3

from jamjar.errors import LedgerError, Rejected
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.abi import abi_of

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
VIEWS = ("CommitmentRegistry", "headOf", CONSENT), ("Consortium", "isActiveAs", 7, b"\3" * 32)
HEAD, YES = "0x" + "ab" * 32, "0x" + "1".zfill(64)
REVERT = "0x" + (keccak(text="ConsentNotPaused(address)")[:4] + bytes.fromhex(CONSENT[2:]).rjust(32, b"\0")).hex()


@pytest.fixture
def ask(node, deployment_of, monkeypatch):
    """Ask for the VIEWS a node that gives these answers, and return what comes out and what it was asked."""
    ledger, asked = Ledger(node.url, deployment_of()), []

    def ask(answers):
        provider = ledger._web3.provider
        monkeypatch.setattr(provider, "make_batch_request", lambda requests: asked.extend(requests) or answers)
        return ledger.read_all(*VIEWS), asked

    return ask


def test_it_returns_what_they_return(ask):
    assert ask([{"result": HEAD}, {"result": YES}])[0] == [b"\xab" * 32, True]


def test_it_asks_as_web3_does(ask):
    _, asked = ask([{"result": HEAD}, {"result": YES}])
    for (contract, function, *arguments), (method, (call, block)) in zip(VIEWS, asked, strict=True):
        encoded = Web3().eth.contract(abi=list(abi_of(contract))).encode_abi(function, arguments)
        assert (method, call["data"], block) == ("eth_call", encoded, "latest")


def test_refused_with_a_reason(ask):
    with pytest.raises(Rejected):
        ask([{"result": HEAD}, {"error": {"code": 3, "message": "execution reverted", "data": REVERT}}])


@pytest.mark.parametrize("second", [{}, {"result": None}, {"result": "0x"}, {"result": "zz"}, {"result": 7}, None, 7])
def test_another_shape(ask, second):
    with pytest.raises(LedgerError):
        ask([{"result": HEAD}, second])


@pytest.mark.parametrize("answers", [{"error": {"code": -32600, "message": "no batches"}}, {}, [], None, [{}]])
def test_no_answer_to_each(ask, answers):
    with pytest.raises(LedgerError):
        ask(answers)


def test_a_node_that_takes_no_batches(node, deployment_of, monkeypatch):
    refusal, answer = {"id": None, "error": {"code": -32600, "message": "no batches"}}, node._answer

    def alone(request):
        return (200, json.dumps(refusal).encode()) if isinstance(request, list) else answer(request)

    monkeypatch.setattr(node, "_answer", alone)
    node.answers["eth_call"] = YES
    assert Ledger(node.url, deployment_of()).read_all(*VIEWS) == [(1).to_bytes(32, "big"), True]
