"""A mailbox that is asked through a hop: the client's own checks hold, and the mailbox's errors are what it raises.

When a claimant leaves a package, and fetches and deletes replies    as if the mailbox were asked directly
When the mailbox refuses                                             its own refusal
When its gateway is down, or the hop is gone                         MailboxUnavailable, and nothing is kept by the hop
"""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.disclosure.advice import Advice
from jamjar.disclosure.reply import seal_advice
from jamjar.hop.client import HttpByHop
from jamjar.hop.gateway import Gateway
from jamjar.hop.message import GatewayKind
from jamjar.hop.passing import GatewayClient
from jamjar.mailbox.app import HOP_PATHS, create_app
from jamjar.mailbox.client import MailboxClient
from jamjar.mailbox.refusal import MailboxCode, MailboxUnavailable
from jamjar.mailbox.store import MailboxStore
from jamjar.service.refusal import Refused
from tests.support.disclosures import REGISTRY
from tests.support.serving import served
from tests.unit.hop.world import HOP_ADDRESS, HopWorld, rules, secret
from tests.unit.mailbox.world import AUDIENCE, World


class ToMailbox(GatewayClient):
    """The way of a hop to the mailbox that a test runs."""

    url = ""

    def pass_on(self, gateway: str, data: bytes, length: int) -> bytes:
        return super().pass_on(self.url, data, length)

    def key(self, gateway: str) -> Any:
        return secret(AUDIENCE, GatewayKind.MAILBOX).signed


class Scene:
    def __init__(self, folder: Path) -> None:
        self.mailbox, self.way = World(f"sqlite:///{folder / 'mailbox.db'}"), ToMailbox(30)
        self.hop = HopWorld(folder, self.way, gateways={AUDIENCE: GatewayKind.MAILBOX})

    def client(self, signer: Any) -> MailboxClient:
        hop = self.hop.client(rules(AUDIENCE, GatewayKind.MAILBOX))
        http = HttpByHop("The mailbox", MailboxUnavailable, hop)
        parts = {"clock": self.mailbox.clock, "random_bytes": secrets.token_bytes, "http": http}
        return MailboxClient(AUDIENCE, AUDIENCE, REGISTRY, signer, **parts)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    box = made.mailbox
    gateway = Gateway(GatewayKind.MAILBOX, HOP_PATHS, (secret(AUDIENCE, GatewayKind.MAILBOX),), (HOP_ADDRESS,))
    app = create_app(box.settings, box.ledger, MailboxStore(box.database), box.clock, gateway)
    with served(app) as box.url, made.hop.running():
        made.way.url = box.url
        yield made
    made.hop.store.close()


def test_a_package_and_a_reply(scene: Scene) -> None:
    by, package = scene.mailbox.claim()
    claimant = scene.client(by)
    assert [claimant.deposit(package), claimant.deposit(package)] == [True, False]
    adviser = scene.mailbox.client(scene.mailbox.adviser)
    assert adviser.waiting() == (package.id.hex(),)
    advice = Advice("Ask for a social tariff.", b"\5" * 32)
    about = {"consent": by.address, "commitment": package.content.root}
    reply = seal_advice(advice, scene.mailbox.reply_key.public_bytes, REGISTRY, **about)
    adviser.reply(reply)
    assert claimant.replies(by.address) == (reply,)
    claimant.delete_reply(reply)
    assert claimant.replies(by.address) == ()
    claimant.erase(by.address)
    assert adviser.waiting() == ()
    assert sum(scene.hop.store.counts().values()) == 0


def test_a_refusal_is_the_mailbox_s(scene: Scene) -> None:
    _, package = scene.mailbox.claim()
    with pytest.raises(Refused) as refused:
        scene.client(scene.mailbox.other).deposit(package)
    assert refused.value.refusal.code == MailboxCode.NOT_THE_CLAIMANT


def test_what_is_down(scene: Scene) -> None:
    by, package = scene.mailbox.claim()
    claimant = scene.client(by)
    claimant.replies(by.address)
    scene.way.url = "http://127.0.0.1:9"
    with pytest.raises(MailboxUnavailable, match="GATEWAY_UNAVAILABLE"):
        claimant.deposit(package)
    scene.hop.url = "http://127.0.0.1:9"
    with pytest.raises(MailboxUnavailable):
        scene.client(by).deposit(package)
    assert sum(scene.hop.store.counts().values()) == 0
