"""A hop and its client over HTTP, and gateways that answer nonsense or not at all.

When a request is sent                            the answer is the gateway's, at once or later
When it has another size, format or gateway       it is refused, and nothing is passed on
When the hop answers nonsense, or another's       the client says so, and relies on nothing
When the key is asked for                         all get the same, and the gateway is asked once
"""

import json
import logging

import pytest
import requests

from jamjar.errors import InvalidInput
from jamjar.hop.client import HopClient, HttpByHop
from jamjar.hop.message import GatewayKind, HopRequest, HopResponse
from jamjar.hop.passing import GatewayClient
from jamjar.hop.refusal import GatewayRefused, GatewayUnavailable, HopLied, HopUnavailable
from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.settings import gateway_id
from jamjar.mailbox.refusal import MailboxUnavailable
from tests.unit.hop.world import EPOCH, MAILBOX, OTHER, RELAYER, rules, secret

ASKED = HopRequest("POST", "/messages", body=b"x")


def test_at_once(served):
    answer = served.client().at_once(ASKED)
    assert (answer.status, answer.content_type, answer.body) == (200, "application/json", b'{"did":"1"}')
    assert sum(served.store.counts().values()) == 0
    found = HttpByHop("The relayer", MailboxUnavailable, served.client()).ask("GET", f"{RELAYER}/messages/7")
    assert (found.status, served.passes.opened[-1].path) == (200, "/messages/7")


def test_kept_fetched_deleted(served, refuses):
    client = served.client()
    sealed = client.seal(ASKED)
    assert client.keep(sealed) == client.keep(sealed) == served.clock.now + EPOCH
    assert client.response(sealed.id, sealed.seed) is None
    served.clock.now += EPOCH
    served.passing.pass_once()
    assert client.response(sealed.id, sealed.seed).body == b'{"did":"1"}'
    client.forget(sealed.id)
    with refuses(Code.UNKNOWN_ID):
        client.response(sealed.id, sealed.seed)


@pytest.mark.parametrize("path", ["requests", "messages", "urgent"])
@pytest.mark.parametrize(
    ("to", "body", "status", "code"),
    [
        (RELAYER, b"", 400, Code.WRONG_SIZE),
        (RELAYER, b"x" * 18_783, 400, Code.WRONG_SIZE),
        (MAILBOX, b"x" * 18_784, 400, Code.WRONG_SIZE),
        (RELAYER, b"x" * 18_784, 415, Code.UNKNOWN_FORMAT),
        (RELAYER, b"x" * 1_000_000, 400, Code.WRONG_SIZE),
        ("https://elsewhere.example", b"x", 404, Code.UNKNOWN_GATEWAY),
    ],
)
def test_refusals(served, path, to, body, status, code):
    try:
        answer = requests.post(f"{served.url}/gateways/{gateway_id(to)}/{path}", data=body, timeout=60)
    except requests.ConnectionError:  # it was told before it had said all
        assert len(body) == 1_000_000
        return
    assert (answer.status_code, answer.json()["code"], served.passes.passed) == (status, code, [])


@pytest.mark.parametrize("method", ["get", "delete"])
@pytest.mark.parametrize("name", ["x", "0" * 63, "A" * 64, "0" * 64 + "0"])
def test_an_id_that_is_none(served, method, name):
    answer = requests.request(method, f"{served.url}/messages/{name}", timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (404, Code.UNKNOWN_ID)


def test_the_key_is_the_same_to_all(served):
    for _ in range(3):
        served.client().seal(ASKED)
    assert served.passes.keys == 1
    served.passes.secret = secret(seed=b"\13" * 32)
    served.clock.now += served.settings.key
    with pytest.raises(InvalidInput, match="signed for member 4"):
        served.client(rules(members=(5,))).seal(ASKED)
    assert served.passes.keys == 2


def test_a_hop_that_gives_its_own_key(served):
    served.passes.secret = secret(signer=OTHER, seed=b"\14" * 32)
    with pytest.raises(InvalidInput, match="signed for member 5"):
        served.client().at_once(ASKED)
    assert served.passes.passed == []


def test_a_gateway_that_is_down(served, refuses):
    sealed = served.client().seal(ASKED)
    served.passes.down = True
    client = served.client()
    with refuses(Code.GATEWAY_UNAVAILABLE):
        client.at_once(ASKED)
    client.keep(sealed, urgent=True)
    assert client.response(sealed.id, sealed.seed) is None


def test_another_requests_response(served):
    client = served.client()
    served.passes.answers = served.passes.gateway.seal(
        served.passes.gateway.open(client.seal(ASKED).data, "127.0.0.1"), HopResponse(200)
    )
    with pytest.raises(HopLied):
        client.at_once(ASKED)
    with pytest.raises(MailboxUnavailable):
        HttpByHop("The mailbox", MailboxUnavailable, client).ask("GET", f"{RELAYER}/messages/7")


@pytest.mark.parametrize("answer", [200, b"", b"[]", b'{"epoch":0,"key":{}}', b"\xff"])
def test_a_hop_that_answers_nonsense(node, answer):
    node.answers = {}
    node._answer = lambda _: (answer, b"broken") if isinstance(answer, int) else (200, answer)
    client = HopClient(node.url, rules(), bytes, seconds=10)
    with pytest.raises(HopUnavailable):
        client.seal(ASKED)
    del node._answer
    with pytest.raises(HopUnavailable):
        HopClient("http://127.0.0.1:9", rules(), bytes, seconds=5).seal(ASKED)


@pytest.mark.parametrize(("status", "error"), [(400, GatewayRefused), (403, GatewayRefused), (429, GatewayUnavailable),
    (503, GatewayUnavailable), (302, GatewayUnavailable), (200, GatewayUnavailable)])  # fmt: skip
def test_what_a_gateway_answers(node, status, error):
    node._answer = lambda _: (status, b"nonsense")
    with pytest.raises(error):
        GatewayClient(10).pass_on(node.url, b"[]", GatewayKind.RELAYER.response_bytes)
    del node._answer


def test_health_metrics_and_a_log_without_names(served, caplog):
    caplog.set_level(logging.INFO, "jamjar.hop")
    client = served.client()
    client.at_once(ASKED)
    client.keep(client.seal(ASKED))
    requests.post(f"{served.url}/gateways/{gateway_id(RELAYER)}/messages", data=b"", timeout=60)
    health = requests.get(f"{served.url}/health", timeout=60)
    assert (health.status_code, health.json()["problems"], health.json()["next_epoch_in"]) == (200, [], EPOCH)
    page = requests.get(f"{served.url}/metrics", timeout=60).text
    for line in ('jamjar_hop_taken_total{how="kept"} 1.0', 'jamjar_hop_refused_total{code="WRONG_SIZE"} 1.0',
                 'jamjar_hop_kept{state="HELD"} 1.0', "jamjar_hop_oldest_due_seconds 0.0"):  # fmt: skip
        assert line in page
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "jamjar.hop"]
    assert lines == [{"event": "keep", "code": "WRONG_SIZE"}]
