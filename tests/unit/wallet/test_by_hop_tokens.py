"""Tokens of a wallet that goes through a hop: they are inside what is sealed, and for the relayer alone.

When a relayer asks for tokens            it gets them with the messages, and the hop sees none, nor whose consent it is
When a consent with a token says nothing  its dummy is one of a wallet without: neither hop nor gateway learns of it
When it withdraws                         neither asks for a token
When a dummy brings a token all the same  it is dropped and answered as any, and counts for nobody
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.encoding.strict_base64 import encode
from jamjar.hop.message import NOTHING, GatewayKind, HopRequest, dummy, open_request
from jamjar.protocol.settings import DAY
from jamjar.protocol.token import Token
from jamjar.service.http_client import HttpClient
from jamjar.vault.secret import ConsentSecret
from jamjar.wallet import spare
from jamjar.wallet.calendar import Calendar
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.sending import SentState
from jamjar.wallet.spare import Spare
from tests.unit.hop.world import RELAYER, secret, through
from tests.unit.relayer.test_vouching import ADMITTING
from tests.unit.relayer.world import DEPLOYMENT, NOW
from tests.unit.wallet.hop_scene import BEGINS, Scene, running
from tests.unit.wallet.scene import TERMS

SECRET = b"\x21" * 32
TOKEN = ADMITTING.token(key_of(ConsentSecret(SECRET)).address, DEPLOYMENT)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A consent without a token, and one with: the scene's own."""
    with running(tmp_path, asks_for_tokens=True) as made:
        with made.wallet.vault.writing() as transaction:
            spare.put(transaction, Spare(SECRET, TOKEN))
        times = {"valid_from": BEGINS, "valid_until": BEGINS + 90 * DAY, "reconfirm_by": BEGINS + 30 * DAY}
        made.bare, made.consent = made.consent, made.wallet.grant(TERMS, **times, max_uses=3).message.consent
        assert made.consent == TOKEN.consent
        yield made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """All that goes over HTTP: addresses, headers and bodies."""
    found, ask = list[bytes](), HttpClient.ask

    def noted(self: Any, method: str, url: str, body: bytes = b"", headers: Any = None) -> Any:
        found.append(f"{method} {url} {json.dumps(dict(headers or {}))} ".encode() + body)
        return ask(self, method, url, body, headers)

    monkeypatch.setattr(HttpClient, "ask", noted)
    return found


def says(data: bytes, token: Token) -> bool:
    """Whether something shows a token or its consent, in any way in which they are written."""
    signature = encode(token.signature)
    raw = bytes.fromhex(token.consent[2:])
    marks = [token.consent.encode(), token.consent.lower().encode(), raw, token.signature, signature.encode()]
    return any(mark in data for mark in [*marks, token.signature.hex().encode(), b"jamjar.token", b"admitter"])


def opened(scene: Scene) -> list[HopRequest]:
    """What the gateway reads of all that the hop passed on."""
    kind, private = GatewayKind.RELAYER, secret().private
    return [open_request(each, private, RELAYER, kind).request for each in scene.way.passed]


def test_the_hop_sees_no_token_and_no_consent(scene: Scene, asked: list[bytes], tmp_path: Path) -> None:
    scene.send()
    scene.hop.store.engine.dispose()
    assert [says(file.read_bytes(), TOKEN) for file in tmp_path.glob("hop.db")] == [False]
    scene.pass_on()
    assert scene.states() == [SentState.TAKEN]
    assert scene.relayer.queue.tokens() == (TOKEN,)
    assert len(asked) >= 5
    assert not any(says(each, TOKEN) for each in asked)
    assert says(opened(scene)[0].body, TOKEN)  # the search finds what there is
    scene.consent = scene.bare
    scene.send()
    scene.pass_on()
    (refused,) = scene.send()
    assert (refused.state, "No admitter's token vouches" in refused.sentence) == (SentState.QUEUED, True)
    assert {len(each) for each in scene.way.passed} == {GatewayKind.RELAYER.request_bytes}


def test_dummies_are_those_of_a_wallet_without_tokens(scene: Scene, asked: list[bytes]) -> None:
    for consent in (scene.bare, scene.consent):
        scene.relayer.clock.now = max(NOW, Calendar(scene.wallet.secret(consent)).on(NOW // DAY + 1))
        assert scene.client().cover(consent)
        scene.pass_on()
    assert opened(scene) == [dummy(), dummy()]
    assert not any(says(each, TOKEN) for each in asked)
    assert scene.relayer.queue.tokens() == ()


def test_a_withdrawal_needs_none(scene: Scene) -> None:
    scene.relayer.ledger.grant(scene.bare)
    scene.wallet.settle(next(each for each in scene.wallet.outgoing() if each.message.consent == scene.bare))
    scene.wallet.withdraw(scene.bare)
    scene.consent = scene.bare
    assert scene.states() == [SentState.TAKEN]


def test_a_dummy_with_a_token_is_as_any_other(scene: Scene) -> None:
    own = {"jamjar-token": encode(TOKEN.to_json().encode())}
    for made in (
        dummy(),
        HopRequest(NOTHING, "/", own),
        HopRequest(NOTHING, "/messages", {}, TOKEN.to_json().encode()),
    ):
        answers = {through(scene.relayer.url, made) for _ in range(3)}
        assert [(each.status, each.body) for each in answers] == [(204, b"")]
    assert (scene.relayer.queue.tokens(), scene.relayer.queue.open()) == ((), 0)
