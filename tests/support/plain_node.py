"""A node that can do only what every engine can: a proxy in front of an Anvil, for tests of what asks nodes.

Its blocks have the extra data of Clique and no base fee; it takes no batch, no transaction with fees (EIP-1559), no
long search for logs; it holds no account, knows no final block, and nothing beside the plain `eth_` methods.
"""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from jamjar.sandbox.anvil import ANSWER_SECONDS

EXTRA_DATA: Final = "0x" + "d7" * 97
"""As long as Clique's: 32 bytes, and a signature of 65."""
MOST_BLOCKS: Final = 20
"""Blocks of the longest search for logs."""
_NO_METHOD: Final = ("eth_feeHistory", "eth_maxPriorityFeePerGas", "eth_getBlockReceipts", "eth_sendTransaction",
                     "eth_createAccessList", "eth_getProof", "eth_subscribe", "eth_newFilter")  # fmt: skip
_NO_FAMILY: Final = ("evm_", "anvil_", "hardhat_", "ganache_", "debug_", "trace_", "txpool_")
_NO_BLOCK: Final = ("finalized", "safe")


class PlainNode:
    """The proxy: its address, and what it refused, as `batch` or the method's name."""

    def __init__(self, url: str) -> None:
        self.refused, self._address = set[str](), urlsplit(url).netloc
        node = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version, wbufsize = "HTTP/1.1", -1

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                body = json.dumps(node.answer(request)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: Any) -> dict[str, Any]:
        """Return the answer to a request: a refusal, or the node's own without what is not plain."""
        if isinstance(request, list):
            return self._refusal("batch", None, "batches are not taken")
        method, parameters, number = request["method"], request.get("params", []), request["id"]
        if method in _NO_METHOD or method.startswith(_NO_FAMILY):
            return self._refusal(method, number, f"the method {method} does not exist/is not available", -32601)
        if any(each in _NO_BLOCK for each in parameters if isinstance(each, str)):
            return self._refusal(method, number, "block not found")
        if method == "eth_sendRawTransaction" and parameters[0][2:4] < "7f":  # EIP-2718: not the plain kind
            return self._refusal(method, number, "transaction type not supported")
        if method == "eth_getLogs" and (why := self._too_far(parameters[0])):
            return self._refusal(method, number, why)
        if method in ("eth_accounts", "eth_gasPrice"):
            return {"jsonrpc": "2.0", "id": number, "result": [] if method == "eth_accounts" else "0x0"}
        answer = self._ask(request)
        if method.startswith("eth_getBlockBy") and answer.get("result"):
            answer["result"]["extraData"] = EXTRA_DATA
            answer["result"].pop("baseFeePerGas", None)
        return answer

    def _too_far(self, asked: dict[str, Any]) -> str:
        head = int(self._ask({"jsonrpc": "2.0", "id": 1, "method": "eth_blockNumber", "params": []})["result"], 16)
        first, last = (head if asked.get(end, "latest") == "latest" else int(asked[end], 16)
                       for end in ("fromBlock", "toBlock"))  # fmt: skip
        if first > last or last > head:
            return "invalid block range params"
        return "exceed maximum block range" if last - first >= MOST_BLOCKS else ""

    def _refusal(self, what: str, number: Any, message: str, code: int = -32000) -> dict[str, Any]:
        self.refused.add(what)
        return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}

    def _ask(self, request: Any) -> Any:
        connection = http.client.HTTPConnection(self._address, timeout=ANSWER_SECONDS)
        try:
            connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


@contextmanager
def plain_node(url: str) -> Iterator[PlainNode]:
    """Put the proxy in front of the node at an address, until the block ends."""
    node = PlainNode(url)
    thread = threading.Thread(target=node.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield node
    finally:
        node.server.shutdown()
        node.server.server_close()
        thread.join()
