"""What an operator's services answer, and what they may answer instead.

Given a relayer, node, mailbox that are well     their figures, and no problem
Given one that says what is wrong                its sentences, bounded in length and number
Given silence, garbage, the wrong shape          one sentence, and nothing else is lost
Given a log                                      its size, each witness' last cosignature, and every alarm
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.operator_pages import services
from jamjar.operator_pages.services import Fact, LogLook, ServiceSeen, see
from jamjar.service.json_rpc import JsonRpc
from jamjar.tlog.monitor import Monitor
from tests.support.serving import served
from tests.unit.tlog.world import NOW, WITNESSES, Ledger, files_of, leaves, note_of, policy

METRICS = b"""# TYPE jamjar_relayer_items gauge
jamjar_relayer_items{state="WAITING"} 4.0
jamjar_relayer_items{state="RECORDED"} 90.0
"""
WELL = {"next_epoch_in": 60, "last_pass_age": 1, "oldest_due_age": 0, "node": True, "problems": []}


def answering(*bodies: bytes, status: int = 200) -> Callable[..., Awaitable[None]]:
    """An application that gives these answers, one after another, and then the last again."""
    left = list(bodies)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            while (await receive()).get("more_body"):
                pass
            body = left.pop(0) if len(left) > 1 else left[0]
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": body})

    return app


def looked(look: Callable[[str], Any], *bodies: bytes, status: int = 200) -> ServiceSeen:
    with served(answering(*bodies, status=status)) as url:
        return see("It", url, lambda: look(url))


def test_a_relayer() -> None:
    seen = looked(services.relayer, json.dumps(WELL).encode(), METRICS)
    assert seen.problems == ()
    assert seen.facts[:2] == (Fact("Messages that wait", 4), Fact("Until the next epoch", 60, "seconds"))


def test_a_relayer_with_problems() -> None:
    problems = ["x" * 9999, *["Restart it."] * 99]
    seen = looked(services.relayer, json.dumps(WELL | {"problems": problems}).encode(), METRICS, status=503)
    assert len(seen.problems) == 20
    assert len(seen.problems[0]) == 500
    assert Fact("Messages that wait", 4) not in seen.facts  # its figures were refused


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"problems": 3}', b'{"problems": [3]}', b"[" * 9999])
def test_a_relayer_of_another_kind(body: bytes) -> None:
    assert ["tell its operator" in each for each in looked(services.relayer, body).problems] == [True]


def test_a_mailbox() -> None:
    assert looked(services.mailbox, b'{"info": {"title": "Jamjar mailbox"}}').facts[0].value == "Jamjar mailbox"
    assert len(looked(services.mailbox, b"<html>").problems) == 1
    assert "did not answer" in see("It", "", lambda: services.mailbox("http://127.0.0.1:9")).problems[0]


def node(*results: Any, age: int = 5) -> ServiceSeen:
    block, (peers, syncing) = {"number": "0x10", "timestamp": hex(NOW - age)}, results
    pool = {"error": {"code": -32601, "message": "unknown method"}}
    answers = ({"result": block}, peers, pool, syncing)
    bodies = (json.dumps({"jsonrpc": "2.0", "id": 0, **each}).encode() for each in answers)
    return looked(lambda url: services.node(JsonRpc(url, seconds=10), lambda: NOW), *bodies)


def test_a_node() -> None:
    seen = node({"result": "0x4"}, {"result": False})
    assert [each.value for each in seen.facts] == [16, 5, 4]
    assert seen.problems == ()
    refuses = {"error": {"code": -32601, "message": "unknown method"}}
    assert [each.value for each in node(refuses, refuses).facts] == [16, 5]


def test_a_node_with_problems() -> None:
    still = node({"result": "0x0"}, {"result": {"currentBlock": "0x1"}}, age=600).problems
    assert ["no block for a while" in still[0], "catches up" in still[1]] == [True, True]
    assert len(node({"result": "four"}, {"result": False}).problems) == 1


def test_a_log() -> None:
    files, edge = files_of(leaves(12))
    files["checkpoint"] = str(note_of(edge, cosigners=WITNESSES, time=NOW + 5000)).encode()
    tries = [NodeUnavailable("The node does not answer; start it."), None]

    def connect() -> Monitor:
        if error := tries.pop(0):
            raise error
        return Monitor(files, policy(), silence=60, source=Ledger(12))

    look = LogLook(connect, policy(), lambda: NOW + 5010)
    assert see("Log", "www", look).problems == ("The node does not answer; start it.",)
    for _ in range(2):
        seen = see("Log", "www", look)
        assert seen.facts[0] == Fact("Events in the log", 12)
        assert {(each.value, each.unit) for each in seen.facts[1:]} == {(10, "seconds")}
        assert len(seen.facts) == 1 + len(WITNESSES)
    files["checkpoint"] = b"forged"
    assert "no valid checkpoint" in see("Log", "www", look).problems[0]
