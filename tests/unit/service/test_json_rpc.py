"""One node's JSON-RPC: whatever it answers, there is an answer, a refusal, or NodeUnavailable.

When a call is refused                       an RpcError with its message and data
When calls are made together                 their answers in order, whatever the order in which they come
Given the node takes no batches              each is asked for alone, and so are all after it
Given more calls than one request takes      they are made in several
When answers lack, or make no sense          NodeUnavailable
When a connection was closed meanwhile       it is asked once more
When the node is not there                   NodeUnavailable
When an answer's head has the time           it is told how far it is from this machine's; None where it has none
"""

import json
import time
from email.utils import formatdate
from typing import Any

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.service.json_rpc import MOST_AT_ONCE, JsonRpc, RpcError
from tests.unit.service.hostile import says, serving

SECONDS = 5


@pytest.fixture
def rpc(node: Any) -> JsonRpc:
    return JsonRpc(node.url, seconds=SECONDS)


def body(value: object) -> bytes:
    text = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text)


def test_one(node: Any, rpc: JsonRpc) -> None:
    node.answers["eth_call"] = {"error": {"code": 3, "message": "reverted", "data": "0x12"}}
    assert rpc.one("eth_chainId") == "0x539"
    assert rpc.one("eth_call", {}) == RpcError("reverted", "0x12")


def test_several(node: Any, rpc: JsonRpc) -> None:
    node.answers["eth_call"] = {"error": {"code": 3, "message": "reverted"}}
    assert rpc.ask([("eth_chainId", ()), ("eth_call", ({},)), ("eth_getCode", ())]) == [
        "0x539",
        RpcError("reverted"),
        "0x6001",
    ]
    assert rpc.ask([]) == []


def test_in_any_order() -> None:
    answers = [{"id": place, "result": place} for place in reversed(range(20))]
    with serving(says(body(answers))) as url:
        assert JsonRpc(url, seconds=SECONDS).ask([("eth_chainId", ())] * 20) == list(range(20))


def test_more_than_one_request_takes(node: Any, rpc: JsonRpc) -> None:
    assert rpc.ask([("eth_chainId", ())] * (2 * MOST_AT_ONCE + 1)) == ["0x539"] * (2 * MOST_AT_ONCE + 1)


def test_a_node_that_takes_no_batches(node: Any, rpc: JsonRpc, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal, answer = {"id": None, "error": {"code": -32600, "message": "no batches"}}, node._answer

    def alone(request: Any) -> tuple[int, bytes]:
        return (200, json.dumps(refusal).encode()) if isinstance(request, list) else answer(request)

    monkeypatch.setattr(node, "_answer", alone)
    for _ in range(2):
        assert rpc.ask([("eth_chainId", ()), ("eth_getCode", ())]) == ["0x539", "0x6001"]
    assert node.asked == ["eth_chainId", "eth_getCode"] * 3  # the batch once, and alone twice


@pytest.mark.parametrize(
    "value",
    [None, 3, "x", [], {}, [3, 4], [{"id": 0, "result": 1}], [{"id": 0}, {"id": 1}], {"result": 1}],
    ids=str,
)
def test_no_sense_in_it(value: object) -> None:
    with serving(says(body(value))) as url, pytest.raises(NodeUnavailable, match="is invalid"):
        JsonRpc(url, seconds=SECONDS).ask([("eth_chainId", ())] * 2)


@pytest.mark.parametrize("data", [b"", b"<html>", b"[" * 100_000, b"\xff"], ids=["empty", "html", "deep", "bytes"])
def test_no_json(data: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data)
    with serving(says(head + data)) as url, pytest.raises(NodeUnavailable, match="is invalid"):
        JsonRpc(url, seconds=SECONDS).one("eth_chainId")


def test_a_connection_that_was_closed() -> None:
    asked = list[int]()

    def first_closes(connection: Any, _: object) -> None:
        asked.append(1)
        if len(asked) > 1:
            connection.sendall(body({"result": 7}))

    with serving(first_closes) as url:
        assert JsonRpc(url, seconds=SECONDS).one("eth_chainId") == 7
    assert len(asked) == 2


def test_nobody_is_there(free_url: str) -> None:
    with pytest.raises(NodeUnavailable, match="the node did not answer"):
        JsonRpc(free_url, seconds=SECONDS, name="the node").one("eth_chainId")


def dated(date: str) -> bytes:
    return body({"id": 0, "result": "Toy/1"}).replace(b"OK\r\n", f"OK\r\nDate: {date}\r\n".encode())


@pytest.mark.parametrize("ahead", [-86_400, -30, 0, 30, 86_400])
def test_its_clock(ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.4)
    with serving(says(dated(formatdate(1_800_000_000 + ahead, usegmt=True)))) as url:
        assert JsonRpc(url, seconds=SECONDS).clock("web3_clientVersion") == ahead


def test_a_clock_that_is_not_told() -> None:
    with serving(says(body({"id": 0, "result": "Toy/1"}))) as url:
        assert JsonRpc(url, seconds=SECONDS).clock("web3_clientVersion") is None
    for wrong in ("yesterday", "", "Thu, 01 Jan 1970"):
        with serving(says(dated(wrong))) as url, pytest.raises(NodeUnavailable, match="ask another node"):
            JsonRpc(url, seconds=SECONDS).clock("web3_clientVersion")
