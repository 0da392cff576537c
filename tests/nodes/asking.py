"""What a proxy in front of a node is asked, in every spelling, and what comes through to the node."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OTHER = (
    "admin_addPeer",
    "perm_addNodesToAllowlist",
    "qbft_proposeValidatorVote",
    "txpool_besuTransactions",
    "debug_traceTransaction",
    "miner_start",
    "eth_sendTransaction",
    "eth_sign",
    "eth_callX",
    "xeth_call",
    "rpc_modules",
)
"""Methods that no service asks, and names that are nearly those of some."""
SPELLINGS = {
    "an escape": r'{"id":1,"method":"perm\u005faddNodesToAllowlist"}',
    "an escaped key": r'{"id":1,"\u006dethod":"perm_addNodesToAllowlist"}',
    "the key twice": '{"id":1,"method":"eth_call","method":"perm_addNodesToAllowlist"}',
    "a comment with a quote": '{"id":1/*"*/,"method":"perm_addNodesToAllowlist"/*"*/}',
    "a comment": '{"id":1,"method":/*eth_call*/"perm_addNodesToAllowlist"}',
    "a line comment": '//"\n{"id":1,"method":"perm_addNodesToAllowlist"}//"',
    "other quotes": "{'id':1,'method':'perm_addNodesToAllowlist'}",
    "no quotes": "{id:1,method:perm_addNodesToAllowlist}",
    "within a name": '{"id":1,"method":"eth_call perm_addNodesToAllowlist"}',
    "an open quote": '{"id":1,"method":"perm_addNodesToAllowlist}',
    "a line's end": '{"id":1,"method":"eth_call"}\n{"id":1,"method":"perm_addNodesToAllowlist"}',
    "a NUL": '{"id":1,"method":"eth_call"}\0{"id":1,"method":"perm_addNodesToAllowlist"}',
    "a wide underscore": '{"id":1,"method":"perm＿addNodesToAllowlist"}',
}
BYTES = {
    "UTF-16": '{"id":1,"method":"perm_addNodesToAllowlist"}'.encode("utf-16"),
    "UTF-16 without its mark": '{"id":1,"method":"perm_addNodesToAllowlist"}'.encode("utf-16-be"),
    "UTF-32": '{"id":1,"method":"perm_addNodesToAllowlist"}'.encode("utf-32-le"),
    "an overlong underscore": b'{"id":1,"method":"perm\xc1\x9faddNodesToAllowlist"}',
    "a mark before it": b'\xef\xbb\xbf{"id":1,"method":"perm_addNodesToAllowlist"}',
    "nothing": b" ",
}


class Upstream:
    """What a node would hear: the bodies and headers that came through."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.headers: list[dict[str, str]] = []
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                upstream.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                upstream.headers.append(dict(self.headers))
                body = b'{"jsonrpc":"2.0","id":0,"result":"0x1"}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
