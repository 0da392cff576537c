"""The chain in this process as a node: JSON-RPC over HTTP on this machine's loopback address, at a port of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from typing import Any, Final

from jamjar.sandbox.evm_chain import EvmChain
from jamjar.sandbox.evm_records import EvmRefusal

_MOST_BYTES: Final = 8 * 1024 * 1024
"""Of a request."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request and closes, as one thread answers all."""

    server: "_Server"
    timeout = 10

    def do_POST(self) -> None:
        """Answer a JSON-RPC call, or a batch of them."""
        try:
            if not 0 <= (length := int(self.headers.get("Content-Length") or 0)) <= _MOST_BYTES:
                self.send_error(413)
                return
            asked = json.loads(self.rfile.read(length))
            answer = [self._one(each) for each in asked] if isinstance(asked, list) else self._one(asked)
        except (AttributeError, KeyError, TypeError, ValueError):
            self.send_error(400)
            return
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _one(self, asked: dict[str, Any]) -> dict[str, Any]:
        answer, method, parameters = {"jsonrpc": "2.0", "id": asked.get("id")}, asked["method"], asked.get("params")
        try:
            return {**answer, "result": self.server.chain.answer(method, parameters or [])}
        except EvmRefusal as refusal:
            return {
                **answer,
                "error": {"code": 3 if refusal.data else -32000, "message": str(refusal), "data": refusal.data},
            }
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            return {**answer, "error": {"code": -32602, "message": f"invalid parameters ({type(error).__name__})"}}

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(TCPServer):
    request_queue_size = 64
    funded: list[str]

    @cached_property
    def chain(self) -> EvmChain:
        """The chain, made by the thread that serves, as pyrevm is used by the thread that made it."""
        return EvmChain(self.funded)


@contextmanager
def evm_node(funded: list[str]) -> Iterator[str]:
    """Run a chain on which these accounts have ether until the block ends; yield its address."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.funded = funded
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True, name="jamjar-evm")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
