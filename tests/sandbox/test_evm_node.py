"""The chain in this process, as whoever asks it badly or attacks it sees it.

When a request is no JSON-RPC, or too large              it is refused over HTTP, and the next one is answered
When a method or its parameters are wrong                an error of JSON-RPC
When a transaction is damaged, or for another chain      it is refused, and nothing is mined
When its number is not the account's next                likewise
When it moves more than the account has                  likewise
When a state is asked for that is no longer kept         it is refused, not answered with another
When a contract reverts                                  its data come with the refusal; sent, it is mined as failed
Given a snapshot                                         all that came later is undone, once, also the account's number
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests
from eth_account import Account

from jamjar.sandbox.anvil import CHAIN_ID
from jamjar.sandbox.evm_node import evm_node
from jamjar.service.json_rpc import JsonRpc, RpcError

KEY = Account.from_key(b"\1" * 32)
OTHER = "0x" + "22" * 20
REVERTS = "0x60ff60005260206000fd"
"""A creation that reverts with one word, 255."""


@pytest.fixture
def node() -> Iterator[JsonRpc]:
    with evm_node([KEY.address]) as url:
        yield JsonRpc(url, seconds=60)


def signed(**changes: Any) -> str:
    fields = {"nonce": 0, "gas": 100_000, "gasPrice": 0, "to": OTHER, "value": 5, "data": b"", "chainId": CHAIN_ID}
    raw: bytes = KEY.sign_transaction({**fields, **changes}).raw_transaction
    return "0x" + raw.hex()


def refused(node: JsonRpc, method: str, *parameters: Any) -> RpcError:
    """The error that a call ends with; no block is mined by it."""
    before = node.one("eth_blockNumber")
    answer = node.one(method, *parameters)
    assert isinstance(answer, RpcError)
    assert node.one("eth_blockNumber") == before
    return answer


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"id": 1}', b"\xff", b"7"])
def test_what_is_no_json_rpc(node: JsonRpc, body: bytes) -> None:
    assert requests.post(node.url, data=body, timeout=60).status_code == 400
    assert node.one("eth_chainId") == hex(CHAIN_ID)


@pytest.mark.parametrize("length", [str(9 * 1024 * 1024), "-1", "many"])
def test_a_length_that_is_wrong(node: JsonRpc, length: str) -> None:
    with suppress(requests.ConnectionError):  # what it refuses it does not read, and closes
        answer = requests.post(node.url, data=b"{}", headers={"Content-Length": length}, timeout=60)
        assert answer.status_code in (400, 413)
    assert node.one("eth_chainId") == hex(CHAIN_ID)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("debug_traceTransaction", ["0x"]),
        ("eth_getBalance", []),
        ("eth_getBalance", ["0x12"]),
        ("eth_getBlockByNumber", ["0xzz"]),
        ("eth_call", ["nothing"]),
        ("eth_getLogs", [{"fromBlock": "0xffff"}]),
        ("evm_increaseTime", ["soon"]),
    ],
)
def test_a_wrong_question(node: JsonRpc, method: str, parameters: list[Any]) -> None:
    refused(node, method, *parameters)


@pytest.mark.parametrize("raw", ["0x", "0x00", "0x02c0", "nothing", signed()[:-2], signed(chainId=1)])
def test_a_transaction_that_is_none(node: JsonRpc, raw: str) -> None:
    refused(node, "eth_sendRawTransaction", raw)
    assert node.one("eth_getTransactionCount", KEY.address, "latest") == "0x0"


@pytest.mark.parametrize("changes", [{"nonce": 1}, {"value": 10**25}, {"gas": 10**9}, {"gas": 20_000}])
def test_a_transaction_that_no_node_takes(node: JsonRpc, changes: dict[str, int]) -> None:
    refused(node, "eth_sendRawTransaction", signed(**changes))
    assert not isinstance(node.one("eth_sendRawTransaction", signed()), RpcError)
    assert node.one("eth_getBalance", OTHER, "latest") == "0x5"


def test_fees_of_later_kinds_are_taken(node: JsonRpc) -> None:
    fields = {"nonce": 0, "gas": 21_000, "to": OTHER, "value": 5, "chainId": CHAIN_ID}
    raw = KEY.sign_transaction({**fields, "maxFeePerGas": 0, "maxPriorityFeePerGas": 0}).raw_transaction
    digest = node.one("eth_sendRawTransaction", "0x" + raw.hex())
    assert node.one("eth_getTransactionReceipt", digest)["gasUsed"] == hex(21_000)


def test_an_older_state_is_not_invented(node: JsonRpc) -> None:
    node.one("eth_sendRawTransaction", signed())
    assert "missing state" in refused(node, "eth_getBalance", OTHER, "0x0").message
    assert node.one("eth_getBalance", OTHER, "0x1") == "0x5"


def test_a_revert(node: JsonRpc) -> None:
    word = "0x" + "ff".rjust(64, "0")
    assert refused(node, "eth_estimateGas", {"from": KEY.address, "data": REVERTS}).data == word
    digest = node.one("eth_sendRawTransaction", signed(to=b"", value=0, data=REVERTS))
    receipt = node.one("eth_getTransactionReceipt", digest)
    assert (receipt["status"], receipt["logs"]) == ("0x0", [])
    assert node.one("eth_getTransactionCount", KEY.address, "latest") == "0x1"


def test_a_snapshot(node: JsonRpc) -> None:
    number = node.one("evm_snapshot")
    digest = node.one("eth_sendRawTransaction", signed())
    assert node.one("evm_revert", number) is True
    assert node.one("evm_revert", number) is False
    assert node.one("eth_getTransactionReceipt", digest) is None
    state = [node.one(f"eth_{each}", OTHER, "latest") for each in ("getBalance", "getTransactionCount", "getCode")]
    assert (node.one("eth_blockNumber"), state) == ("0x0", ["0x0", "0x0", "0x"])
    assert node.one("eth_sendRawTransaction", signed()) == digest


def test_a_batch(node: JsonRpc) -> None:
    body = [{"id": place, "method": method} for place, method in enumerate(("eth_chainId", "eth_no", "eth_gasPrice"))]
    answers = requests.post(node.url, data=json.dumps(body), timeout=60).json()
    assert [each["id"] for each in answers] == [0, 1, 2]
    assert ["result" in each for each in answers] == [True, False, True]
