"""A hop over real HTTP, between a wallet and gateways: a relayer's, or one that does what the test tells it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import requests
from eth_account import Account

from jamjar.crypto.sealing import EncryptionKey
from jamjar.hop.app import create_app
from jamjar.hop.client import HopClient
from jamjar.hop.gateway import Gateway
from jamjar.hop.gateway_key import GatewayKey, GatewaySecret, KeyRules, SignedGatewayKey, domain_of, sign_key
from jamjar.hop.message import (
    GatewayKind,
    HopRequest,
    HopResponse,
    SealedRequest,
    open_response,
    seal_request,
)
from jamjar.hop.metrics import HopMetrics, examine_hop
from jamjar.hop.passing import Passing
from jamjar.hop.refusal import GatewayRefused, GatewayUnavailable
from jamjar.hop.service import Hop
from jamjar.hop.settings import HopSettings, gateway_id
from jamjar.hop.store import HopStore
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant
from tests.support.serving import served
from tests.unit.relayer.world import DEPLOYMENT, NOW, Clock

RELAYER, MAILBOX = "https://relayer.example", "https://mailbox.example"
MEMBER, OTHER_MEMBER = 4, 5
DOMAIN = domain_of(DEPLOYMENT.domain_of(Grant))
OPERATOR = AccountSigner(Account.from_key(b"\4" * 32))
OTHER = AccountSigner(Account.from_key(b"\5" * 32))
MEMBERS = {OPERATOR.address: MEMBER, OTHER.address: OTHER_MEMBER}
HOP_ADDRESS = "127.0.0.1"
EPOCH = 300


def secret(
    address: str = RELAYER,
    kind: GatewayKind = GatewayKind.RELAYER,
    seed: bytes = b"\7" * 32,
    signer: AccountSigner = OPERATOR,
    valid_until: int = NOW + 10**6,
) -> GatewaySecret:
    """A gateway's key, signed by its member's account."""
    private = EncryptionKey(seed)
    signed = sign_key(GatewayKey(address, kind, private.public_bytes, valid_until), signer, DOMAIN)
    return GatewaySecret(private, signed)


def rules(address: str = RELAYER, kind: GatewayKind = GatewayKind.RELAYER, **changes: Any) -> KeyRules:
    """What a wallet takes."""
    made = KeyRules(address, kind, DOMAIN, (MEMBER,), lambda account: MEMBERS.get(account, 0), lambda: NOW)
    return replace(made, **changes)


def gateway(kind: GatewayKind = GatewayKind.RELAYER, *secrets_: GatewaySecret) -> Gateway:
    """A gateway that takes from one hop, with the keys given or one that is made."""
    paths = {GatewayKind.RELAYER: ("/messages",), GatewayKind.MAILBOX: ("/packages", "/replies", "/consents")}[kind]
    return Gateway(kind, paths, secrets_ or (secret(kind=kind),), (HOP_ADDRESS,))


def sealed(body: bytes = b"", request: HopRequest | None = None) -> SealedRequest:
    """A request to the relayer's gateway."""
    asked = request or HopRequest("POST", "/messages", body=body)
    return seal_request(asked, secret().signed.key.key, RELAYER, GatewayKind.RELAYER, secrets.token_bytes)


def answer_of(world: "HopWorld", made: SealedRequest) -> HopResponse | None:
    """What a hop has as the response to a request; None while it has none."""
    kept = world.hop.look(made.id.hex())
    return None if kept.response is None else open_response(kept.response, made.id, made.seed, GatewayKind.RELAYER)


def post(url: str, data: bytes) -> requests.Response:
    """Give a gateway a request as a hop does."""
    return requests.post(f"{url}/hop", data=data, timeout=60)


def through(
    url: str, request: HopRequest, kind: GatewayKind = GatewayKind.RELAYER, address: str = RELAYER
) -> HopResponse:
    """Ask as a hop does, and open the answer as a wallet does."""
    made = seal_request(request, secret(address, kind).signed.key.key, address, kind, secrets.token_bytes)
    answer = post(url, made.data)
    assert (answer.status_code, len(answer.content)) == (200, kind.response_bytes)
    return open_response(answer.content, made.id, made.seed, kind)


class Gateways:
    """Gateways that open what they are passed, as the way of a hop to them; or do not, as the test says."""

    def __init__(self) -> None:
        self.gateway, self.secret = gateway(), secret()
        self.opened: list[HopRequest] = []
        self.passed: list[bytes] = []
        self.keys = 0
        self.down = self.refuses = False
        self.answers: bytes | None = None

    def pass_on(self, address: str, data: bytes, length: int) -> bytes:
        self.passed.append(data)
        if self.down:
            raise GatewayUnavailable("The gateway did not answer; try again.")
        if self.refuses:
            raise GatewayRefused("The gateway did not take the request; seal it again.")
        opened = self.gateway.open(data, HOP_ADDRESS)
        self.opened.append(opened.request)
        if self.answers is not None:
            return self.answers
        return self.gateway.seal(opened, HopResponse(200, "application/json", b'{"did":"%d"}' % len(self.opened)))

    def key(self, address: str) -> SignedGatewayKey:
        self.keys += 1
        if self.down:
            raise GatewayUnavailable("The gateway did not answer; try again.")
        return self.secret.signed


class HopWorld:
    """A hop with its database, and what it passes on to."""

    def __init__(self, folder: Path, passes: Any = None, database: str = "", **settings: Any) -> None:
        self.clock, self.passes = Clock(), passes or Gateways()
        self.database = database or f"sqlite:///{folder / 'hop.db'}"
        both = {RELAYER: GatewayKind.RELAYER, MAILBOX: GatewayKind.MAILBOX}
        self.settings = HopSettings(**{"gateways": both, "epoch": EPOCH, **settings})
        self.url = ""
        self.start()

    def start(self) -> None:
        """Start, or start again with what is on disk."""
        self.store = HopStore(self.database)
        self.hop = Hop(self.settings, self.store, self.passes, self.clock)
        self.passing = Passing(self.hop, self.store, self.clock, Random(1), pause=0.01)  # noqa: S311

    def restart(self) -> None:
        """Be killed and start again: only what is on disk is left."""
        self.store.close()
        self.start()

    def keep(self, data: bytes, sender: str = "10.0.0.1", *, urgent: bool = False) -> Any:
        return self.hop.keep(gateway_id(RELAYER), data, sender, urgent=urgent)[0]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve over HTTP; nothing is passed on but by `passing.pass_once`."""
        examined = lambda: examine_hop(self.store, self.passing, self.settings.epoch_after, self.clock())  # noqa: E731
        with served(create_app(self.hop, HopMetrics(self.store, self.clock), examined)) as self.url:
            yield

    def client(self, made: KeyRules | None = None) -> HopClient:
        return HopClient(self.url, made or rules(), secrets.token_bytes)
