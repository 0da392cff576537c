"""A chain in another process: an Anvil node of one's own, spoken to in plain JSON-RPC, as web3 is too slow here."""

import http.client
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from jamjar.protocol.address import checksum_address
from jamjar.sandbox.anvil import anvil
from tests.stateful.chain import GAS, Call, Log, Reverted


class RpcError(Exception):
    """The node refused a request; `data` is what a reverting call returned."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error.get("message"))
        self.data = _bytes(error.get("data") or "0x")


class Rpc:
    """One connection to a node, kept open."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, method: str, *params: Any) -> Any:
        """Return the result of one request; raises RpcError."""
        answer = self._post(_request(0, method, params))
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer["result"]

    def batch(self, requests: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        """Return results in the order of the requests, an RpcError in the place of a refused one."""
        answers = self._post([_request(i, method, params) for i, (method, params) in enumerate(requests)])
        by_id = {answer["id"]: answer for answer in answers}
        ordered = [by_id[i] for i in range(len(requests))]
        return [RpcError(a["error"]) if "error" in a else a["result"] for a in ordered]

    def _post(self, body: Any) -> Any:
        self._connection.request("POST", "/", json.dumps(body), {"Content-Type": "application/json"})
        return json.loads(self._connection.getresponse().read())

    def close(self) -> None:
        self._connection.close()


class Node:
    """A Chain, through a node that mines when it is told to."""

    def __init__(self, rpc: Rpc) -> None:
        self.rpc = rpc
        self.accounts = [_address(account) for account in rpc.call("eth_accounts")]

    def deploy(self, sender: str, code: bytes) -> tuple[str, list[Log]]:
        receipt = self._mine([{"from": sender, "data": _hex(code), "gas": hex(GAS)}])[0]
        assert receipt["status"] == "0x1", "it cannot be deployed"
        return _address(receipt["contractAddress"]), _logs(receipt)

    def send(self, time: int, sender: str, to: str, data: bytes, value: int) -> list[Log] | Reverted:
        receipt = self._mine([{**_request_of(Call(sender, to, data)), "value": hex(value)}], time)[0]
        if receipt["status"] == "0x1":
            return _logs(receipt)
        trace = self.rpc.call("debug_traceTransaction", receipt["transactionHash"], {"tracer": "callTracer"})
        return Reverted(_bytes(trace.get("output", "0x")))

    def tried(self, calls: Sequence[Call]) -> list[bytes | Reverted]:
        answers = self.rpc.batch([("eth_call", (_request_of(call), "latest")) for call in calls])
        return [Reverted(answer.data) if isinstance(answer, RpcError) else _bytes(answer) for answer in answers]

    def act_as(self, address: str) -> None:
        self.rpc.call("anvil_impersonateAccount", address)

    def wait_until(self, time: int) -> None:
        self._mine([], time)

    def now(self) -> int:
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    def balances(self, addresses: Sequence[str]) -> list[int]:
        wanted = [("eth_getBalance", (address, "latest")) for address in addresses]
        return [int(answer, 16) for answer in self.rpc.batch(wanted)]

    def snapshot(self) -> Any:
        return self.rpc.call("evm_snapshot")

    def revert(self, snapshot: Any) -> None:
        assert self.rpc.call("evm_revert", snapshot)

    def _mine(self, requests: list[dict[str, str]], time: int | None = None) -> list[Any]:
        """Mine the transactions in one block, in their order, and return their receipts."""
        hashes = [self.rpc.call("eth_sendTransaction", request) for request in requests]
        if time is not None:
            self.rpc.call("evm_setNextBlockTimestamp", time)
        self.rpc.call("evm_mine")
        return [self.rpc.call("eth_getTransactionReceipt", each) for each in hashes]


def _request_of(call: Call) -> dict[str, str]:
    return {"from": call.sender, "to": call.to, "data": _hex(call.data), "gas": hex(GAS), "gasPrice": "0x0"}


def _logs(receipt: dict[str, Any]) -> list[Log]:
    return [
        Log(_address(log["address"]), tuple(_bytes(topic) for topic in log["topics"]), _bytes(log["data"]))
        for log in receipt["logs"]
    ]


def _address(text: str) -> str:
    return checksum_address(_bytes(text))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"


def _request(number: int, method: str, params: Sequence[Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}


@contextmanager
def own_node() -> Iterator[Node]:
    """Run an Anvil that mines when told to, until the block ends."""
    with anvil() as process:
        rpc = Rpc(process.port)
        try:
            yield Node(rpc)
        finally:
            rpc.close()
