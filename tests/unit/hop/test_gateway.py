"""A gateway of a relayer over HTTP: what it refuses, what it reaches, and what it keeps.

When a wallet sends through hop and gateway      the relayer answers as if it were asked directly
When it is a dummy                               it is dropped, and answered
When a path is asked for that hops do not reach  404, sealed: no metrics, no gateway in a gateway
When the bytes are wrong                         one code each, and the service sees nothing
When a request is passed on twice                it is accepted once
Given many wallets behind one hop                it has a share of its own, and they do not use up one sender's
When logs and databases are searched             there is no address of a wallet in them
"""

import logging
import secrets
from dataclasses import replace

import pytest
import requests

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import seal
from jamjar.encoding.padding import pad
from jamjar.hop import message
from jamjar.hop.message import ROOM, GatewayKind, HopRequest, dummy, open_response, seal_request
from jamjar.hop.refusal import HopCode as Code
from jamjar.relayer.app import create_app
from jamjar.relayer.refusal import RelayerCode
from tests.unit.hop.world import RELAYER, gateway, post, secret, through
from tests.unit.relayer.world import SETTINGS, World, grant, key, text

KEY = secret().signed.key.key


@pytest.fixture
def relayer(tmp_path):
    world = World(f"sqlite:///{tmp_path / 'relayer.db'}", replace(SETTINGS, most=100, burst=3, hop_burst=12, share=0.1))
    app = create_app(world.intake, world.metrics, lambda: None, gateway=gateway())
    with world.running(app):
        yield world
    world.queue.close()


def taken(message):
    return HopRequest("POST", "/messages", body=text(message).encode())


def test_a_relayer_behind_a_gateway(relayer):
    message = grant(key())
    first, again = (through(relayer.url, taken(message)) for _ in range(2))
    assert (first.status, again.status, first.content_type, first.body) == (202, 200, "application/json", again.body)
    refused = through(relayer.url, HopRequest("POST", "/messages", body=b"{"))
    assert (refused.status, b"MALFORMED" in refused.body, relayer.queue.open()) == (400, True, 1)
    assert through(relayer.url, HopRequest("GET", f"/messages/{'0' * 64}")).status == 404


def test_a_replay_is_known(relayer):
    made = seal_request(taken(grant(key())), secret().signed.key.key, RELAYER, GatewayKind.RELAYER, secrets.token_bytes)
    answers = [
        open_response(post(relayer.url, made.data).content, made.id, made.seed, GatewayKind.RELAYER) for _ in "123"
    ]
    assert ([answer.status for answer in answers], relayer.queue.open()) == ([202, 200, 200], 1)


@pytest.mark.parametrize("path", ["/metrics", "/health", "/hop/key", "/openapi.json", "/messagesx", "//messages", ""])
def test_what_hops_do_not_reach(relayer, path):
    assert through(relayer.url, HopRequest("GET", path)).status == 404


def test_odd_requests_inside_are_answered(relayer):
    odd = HopRequest("GET", "/messages/../metrics"), HopRequest("BREW", "/messages"), HopRequest("", "/messages")
    assert [through(relayer.url, each).status for each in odd] == [404, 405, 405]


def test_a_dummy_is_dropped(relayer):
    assert (through(relayer.url, dummy()).status, relayer.queue.open()) == (204, 0)


def test_what_is_refused(relayer):
    good = seal_request(dummy(), secret().signed.key.key, RELAYER, GatewayKind.RELAYER, secrets.token_bytes).data
    for data, status, code in (
        (b"", 400, Code.WRONG_SIZE),
        (good[:-1], 400, Code.WRONG_SIZE),
        (good + b"\0", 400, Code.WRONG_SIZE),
        (b"\1" + good[1:], 415, Code.UNKNOWN_FORMAT),
        (good[:16] + b"\1" * 32 + good[48:], 422, Code.UNKNOWN_KEY),
        (good[:-1] + bytes([good[-1] ^ 1]), 400, Code.NOT_OPENED),
    ):
        answer = post(relayer.url, data)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_reply_key_that_is_none(relayer):
    inside = b"\xff" * 1216 + pad(b'{"headers":{},"method":"NOTHING","path":"/"}\n', (ROOM[GatewayKind.RELAYER][0],))
    info = message._request_info(RELAYER, GatewayKind.RELAYER)
    answer = post(relayer.url, message.FORMAT + keccak256(KEY) + seal(inside, KEY, info))
    assert (answer.status_code, answer.json()["code"]) == (400, Code.NOT_OPENED)


def test_a_hop_has_a_share_of_its_own(relayer, caplog):
    caplog.set_level(logging.INFO, "jamjar.relayer")
    answers = [through(relayer.url, taken(grant(key()))).status for _ in range(14)]
    assert answers == [202] * 12 + [429] * 2  # its own limit, and not a sender's
    direct = [requests.post(f"{relayer.url}/messages", data=text(grant(key())), timeout=60) for _ in range(4)]
    assert [each.status_code for each in direct] == [202] * 3 + [429]
    assert direct[-1].json()["code"] == RelayerCode.TOO_FAST
    assert "127.0.0.1" not in caplog.text
