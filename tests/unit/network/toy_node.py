"""A node of a toy engine: a process that answers JSON-RPC, makes a block twenty times a second, and votes at once.

python toy_node.py FOLDER PORT ADDRESS VERSION

All nodes of a network share a folder above, `votes`, of one file a vote: voter-address-in or voter-address-out.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FOLDER, PORT, ADDRESS, VERSION = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].lower(), sys.argv[4]
NETWORK = FOLDER.parents[1]
VOTES = NETWORK / "votes"
GENESIS = json.loads((NETWORK / "genesis.json").read_text())


def validators() -> list[str]:
    sealing = {each.lower() for each in GENESIS["validators"]}
    for way, change in (("in", sealing.add), ("out", sealing.discard)):
        cast = [each.name.split("-")[1] for each in VOTES.glob(f"*-{way}")]
        for address in {each for each in cast if cast.count(each) > len(GENESIS["validators"]) // 2}:
            change(address)
    return sorted(sealing)


def block(which: str) -> dict[str, str]:
    newest = int((time.time() - GENESIS["began"]) * 20)
    number = newest if which == "latest" else int(which, 16)
    return {"number": hex(number), "hash": f"0x{number:064x}", "timestamp": hex(int(time.time()))}


def vote(address: str, adds: bool) -> None:
    VOTES.mkdir(exist_ok=True)
    (VOTES / f"{ADDRESS}-{address}-{'in' if adds else 'out'}").touch()


ANSWERS: dict[str, Any] = {
    "eth_blockNumber": lambda: block("latest")["number"],
    "eth_getBlockByNumber": lambda which, _: block(which),
    "net_peerCount": lambda: "0x2",
    "admin_peers": lambda: (
        json.loads((NETWORK / "peers.json").read_text()) if (NETWORK / "peers.json").exists() else []
    ),
    "admin_addPeer": lambda url: (NETWORK / "told").open("a").write(f"{ADDRESS} + {url}\n") and None,
    "admin_removePeer": lambda url: (NETWORK / "told").open("a").write(f"{ADDRESS} - {url}\n") and None,
    "txpool_status": lambda: {"pending": "0x0", "queued": "0x0"},
    "web3_clientVersion": lambda: f"Toy/{VERSION}",
    "toy_validators": validators,
    "toy_propose": vote,
    "toy_waiting": dict,
}


class Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["method"] in ANSWERS:
            answer = {"result": ANSWERS[asked["method"]](*asked["params"])}
        else:
            answer = {"error": {"message": "the method does not exist"}}
        body = json.dumps({"jsonrpc": "2.0", "id": asked["id"], **answer}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    (FOLDER / "data").mkdir(exist_ok=True)
    (FOLDER / "data" / "blocks").write_text("the record\n" * 1000)
    ThreadingHTTPServer(("127.0.0.1", PORT), Answers).serve_forever()
