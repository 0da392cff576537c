"""The verifier can disagree: with each kind of answer that was altered, and with a contract that was."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from assurance.verifier.verifier import Disagreement, verify
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.abi import creation_code
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.typed_data import Withdraw
from jamjar.sandbox.local_chain import LocalChain, local_chain

Altering = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def chain() -> Iterator[LocalChain]:
    """A grant, its withdrawal, and the withdrawal once more, which is refused."""
    with local_chain() as chain:
        live_and_end(chain)
        yield chain


def live_and_end(chain: LocalChain) -> None:
    (key,) = chain.keys(1)
    chain.carry(chain.grant_to_adviser(key))
    withdrawal = chain.signed(key, Withdraw(key.address))
    chain.carry(withdrawal)
    chain.mine([chain.request(chain.accounts[1], *chain.call(withdrawal), gas=200_000)])


def give_ether(chain: LocalChain) -> None:
    chain.mine([{"from": chain.accounts[1], "to": chain.at["Governance"], "value": "0x1", "gas": hex(200_000)}])


def last_bit(digits: str) -> str:
    return f"{digits[:-1]}{int(digits[-1], 16) ^ 1:x}"


def a_log(method: str, answer: Any) -> Any:
    if method == "eth_getTransactionReceipt" and answer["logs"] and answer["logs"][-1]["data"] != "0x":
        answer["logs"][-1]["data"] = last_bit(answer["logs"][-1]["data"])
    return answer


def the_order(method: str, answer: Any) -> Any:
    if method == "eth_getTransactionReceipt":
        answer["logs"].reverse()
    return answer


def a_reason(method: str, answer: Any) -> Any:
    if method == "debug_traceTransaction":
        answer["output"] = last_bit(answer["output"])
    return answer


def success(method: str, answer: Any) -> Any:
    return {**answer, "status": "0x1"} if method == "eth_getTransactionReceipt" else answer


def a_view(method: str, answer: Any) -> Any:
    return last_bit(answer) if method == "eth_call" and len(answer) > 2 else answer


@contextmanager
def between(url: str, altering: Altering) -> Iterator[str]:
    """Serve what a node answers, altered."""

    class Altered(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
            answers = json.load(urllib.request.urlopen(asked))  # noqa: S310 - our own node
            questions = json.loads(body)
            many = questions if isinstance(questions, list) else [questions]
            methods = {each["id"]: each["method"] for each in many}
            for each in answers if isinstance(answers, list) else [answers]:
                if "result" in each:
                    each["result"] = altering(methods[each["id"]], each["result"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answers).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Altered)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_what_is_not_altered_is_agreed_with(chain: LocalChain) -> None:
    with between(chain.node.url, lambda _, answer: answer) as url:
        foretold = verify(url, chain.deployment)
    assert foretold.refused == {"ConsentNotOpen": 1}


@pytest.mark.parametrize("altering", [a_log, the_order, a_reason, success, a_view])
def test_an_altered_answer_is_found(chain: LocalChain, altering: Altering) -> None:
    with (
        between(chain.node.url, altering) as url,
        pytest.raises(Disagreement, match=r"(?s)foretold: .*\nfound: "),
    ):
        verify(url, chain.deployment)


@pytest.mark.parametrize(
    ("contract", "right", "wrong", "act"),
    [
        ("ConsentRegistry", "ConsentNotOpen(address,uint8)", "ConsentExists(address,uint8)", live_and_end),
        ("Governance", "EtherRefused()", "ProposalEmpty()", give_ether),
    ],
)
def test_an_altered_contract_is_found(
    contract: str,
    right: str,
    wrong: str,
    act: Callable[[LocalChain], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that gives another reason than it should: the one selector, in the place of the other."""
    altered = creation_code(contract).replace(selector(right), selector(wrong))
    assert altered != creation_code(contract)
    codes = {**{name: creation_code(name) for name in CONTRACTS}, contract: altered}
    monkeypatch.setattr("jamjar.sandbox.local_chain.creation_code", codes.__getitem__)
    with local_chain() as chain:
        act(chain)
        with pytest.raises(Disagreement, match=rf"(?s){right.partition('(')[0]}.*{wrong.partition('(')[0]}"):
            verify(chain.node.url, chain.deployment)


def selector(signature: str) -> bytes:
    return keccak256(signature.encode())[:4]
