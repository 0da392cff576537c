"""ledger at its edge: whatever a node answers, what comes out is an error of ours.

Asking
    When the node refuses with revert data, as hex or within an object           Rejected, decoded
    When it refuses with none, or with what is no hex                            LedgerError
    When it answers another shape                                                NodeUnavailable
    When an argument is not one                                                  InvalidInput
Sending
    When a transaction is recorded as failed                                     Rejected, or LedgerError
    When the node is lost in between                                             LedgerError
"""

from collections.abc import Callable
from typing import Any

import pytest
import rlp
from eth_account import Account
from eth_utils import keccak

from jamjar.errors import InvalidInput, LedgerError, Rejected
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import Deployment

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
REVERT = "0x" + (keccak(text="ConsentNotPaused(address)")[:4] + bytes.fromhex(CONSENT[2:]).rjust(32, b"\0")).hex()
GARBAGE = [b"", b"<html>no node here</html>", b"\xff\xfe", b"[]", b"null", b'"x"', b"3", b"{}", b'{"result":']


@pytest.fixture(scope="module")
def connected(server: Any, deployment_of: Callable[..., Deployment]) -> Ledger:
    server.reset()
    return Ledger(server.url, deployment_of())


@pytest.fixture
def ledger(node: Any, connected: Ledger) -> Ledger:
    return connected


@pytest.mark.parametrize("data", [REVERT, {"result": REVERT}, {"data": REVERT}, {"result": None, "data": REVERT}])
def test_refused_with_a_reason(node: Any, ledger: Ledger, data: Any) -> None:
    node.answers["eth_call"] = {"error": {"code": 3, "message": "execution reverted", "data": data}}
    with pytest.raises(Rejected) as caught:
        ledger.status(CONSENT)
    assert (caught.value.name, caught.value.arguments) == ("ConsentNotPaused", (CONSENT,))


@pytest.mark.parametrize("data", [None, "", "0x", "0xabc", "reverted", 3, [], {}, {"result": 7}, {"data": {"a": 1}}])
@pytest.mark.parametrize("message", ["execution reverted", "intrinsic gas too low"])
def test_refused_without_one(node: Any, ledger: Ledger, message: str, data: Any) -> None:
    node.answers["eth_call"] = {"error": {"code": -32000, "message": message, "data": data}}
    with pytest.raises(LedgerError):
        ledger.status(CONSENT)


@pytest.mark.parametrize(
    "answer",
    [
        *GARBAGE,
        500,
        {"error": None},
        {"error": "no"},
        {"error": {}},
        {"error": []},
        "0x",
        "0x01",
        "zz",
        7.5,
        None,
        [],
        "0x" + "ff" * 32,
    ],
)
def test_another_shape(node: Any, ledger: Ledger, answer: Any) -> None:
    node.answers |= dict.fromkeys(("eth_call", "eth_blockNumber", "eth_getBlockByNumber"), answer)
    for question in (lambda: ledger.status(CONSENT), lambda: list(ledger.events()), ledger.time):
        with pytest.raises(LedgerError):
            question()


@pytest.mark.parametrize("logs", [[{}], [{"topics": []}], {"a": 1}, "0x", [7], *GARBAGE])
def test_logs_of_another_shape(node: Any, ledger: Ledger, logs: Any) -> None:
    node.answers |= {"eth_blockNumber": "0x2", "eth_getLogs": logs}
    with pytest.raises(LedgerError):
        list(ledger.events())


@pytest.mark.parametrize("consent", ["", "nonsense", "0x12", CONSENT.replace("a", "A"), 7, None, b"\1" * 19])
def test_an_argument_that_is_none(ledger: Ledger, consent: Any) -> None:
    with pytest.raises(InvalidInput):
        ledger.status(consent)


def test_a_local_transaction_that_failed(node: Any, ledger: Ledger) -> None:
    receipt = {
        "status": "0x0",
        "blockNumber": "0x2",
        "gasUsed": "0x5208",
        "logs": [],
        "transactionHash": "0x" + "11" * 32,
    }
    node.answers |= {
        "eth_estimateGas": "0x5208", "eth_getTransactionCount": "0x0", "eth_sendRawTransaction": "0x" + "11" * 32,
        "eth_getTransactionReceipt": receipt, "eth_call": {"error": {"code": 3, "message": "reverted", "data": REVERT}},
    }  # fmt: skip
    sender = Account.from_key(b"\1" * 32)
    with pytest.raises(Rejected, match="ConsentNotPaused"):
        ledger.release(CONSENT, sender)
    node.answers["eth_call"] = "0x"
    with pytest.raises(LedgerError, match="failed"):
        ledger.release(CONSENT, sender)
    (raw,) = node.parameters["eth_sendRawTransaction"]
    assert int.from_bytes(rlp.decode(bytes.fromhex(raw[2:]))[2], "big") == 0x5208 + 60_000  # estimated, and to spare


@pytest.mark.parametrize("at", ["gasPrice", "estimateGas", "getTransactionCount", "sendRawTransaction"])
@pytest.mark.parametrize("answer", [500, b"<html>", {"error": {"code": -32000, "message": "no"}}])
def test_the_node_is_lost_in_between(node: Any, ledger: Ledger, at: str, answer: Any) -> None:
    node.answers |= {"eth_estimateGas": "0x5208", "eth_getTransactionCount": "0x0", f"eth_{at}": answer}
    with pytest.raises(LedgerError):
        ledger.release(CONSENT, Account.from_key(b"\1" * 32))
    assert f"eth_{at}" in node.asked
