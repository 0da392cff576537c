"""The world around a relayer's door: claimants, a ledger that says what the test tells it, a clock that it sets."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from eth_account import Account
from fastapi import FastAPI

from jamjar.errors import NodeUnavailable
from jamjar.model.state import NOTHING, AdviceStage, Consent, Stage
from jamjar.protocol import signed_message
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.signing import AccountSigner, ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Commit, Grant, Message
from jamjar.relayer.answers import MessageAnswer
from jamjar.relayer.app import create_app
from jamjar.relayer.client import RelayerClient
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import Epochs
from jamjar.relayer.health import examine
from jamjar.relayer.intake import Intake
from jamjar.relayer.ledger_view import MessageView, advice_of
from jamjar.relayer.metrics import Metrics
from jamjar.relayer.queue import Queue
from jamjar.relayer.settings import IntakeSettings
from jamjar.relayer.worker import Worker
from tests.support.serving import served

NOW = 1_800_000_000
"""An epoch, as 300 divides it."""
EPOCH, MARGIN, PROMISE = 300, 30, 600
RECIPIENT, DAY = 2, 86400
DEPLOYMENT = Deployment(1337, 1, "test", *(DeployedContract(f"0x{n:040x}", f"0x{n:064x}") for n in range(11, 16)))
TIMING = Timing(Epochs(EPOCH), MARGIN, PROMISE, grants=Epochs(EPOCH), rounded=1)
SETTINGS = IntakeSettings(TIMING, most=40, reserve=4, share=0.5, burst=1000, per_second=100.0)


class Clock:
    """A time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


def nothing() -> None:
    """Nothing happens meanwhile."""


class FakeLedger:
    """A Watch that sees what the test puts there."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.ahead, self.down = clock, 0, False
        self.consents: dict[str, Consent] = {}
        self.heads: dict[str, bytes] = {}
        self.advice: set[Any] = set()
        self.carried: set[Message] = set()
        self.advisers, self.may_carry = {RECIPIENT}, True
        self.meanwhile: Callable[[], object] = nothing

    def look(self, signed: SignedMessage, recipient: int) -> MessageView:
        now, consent, advice = self.time(), signed.message.consent, advice_of(signed)
        stored = self.consents.get(consent, Consent())
        member, head = stored.recipient or recipient, self.heads.get(consent, NOTHING)
        stage = AdviceStage.RECORDED if advice in self.advice else AdviceStage.NONE
        found = MessageView(now, stored, member, member in self.advisers, self.may_carry, head, stage)
        self.meanwhile()
        return found

    def is_carried(self, signed: SignedMessage) -> bool:
        self.time()
        return signed.message in self.carried

    def time(self) -> int:
        if self.down:
            raise NodeUnavailable("down")
        return int(self.clock.now) + self.ahead

    def grant(self, consent: str, **changes: Any) -> None:
        begun = Consent(RECIPIENT, NOW - DAY, NOW + 90 * DAY, NOW + 30 * DAY, max_uses=3, stage=Stage.GRANTED)
        self.consents[consent] = replace(begun, **changes)


class Carries:
    """A carrier that does nothing but say what the test tells it."""

    problem = ""

    def pass_once(self, now: int, *, everything: bool = False) -> int:
        return 0


class World:
    """A relayer's door with its database, before a ledger."""

    def __init__(self, database: str, settings: IntakeSettings = SETTINGS) -> None:
        self.clock = Clock()
        self.ledger, self.queue = FakeLedger(self.clock), Queue(database)
        self.operator = AccountSigner(Account.create())
        self.replayed: Callable[..., MessageView | None] = lambda *_: None
        self.intake = self.door(settings)
        self.metrics, self.worker = Metrics(self.queue, self.clock), Worker(Carries(), self.clock, 0.01)
        self.url = ""

    def door(self, settings: IntakeSettings) -> Intake:
        carrier, parts = self.operator.address, {"ledger_view": self.ledger, "queue": self.queue}
        parts["replayed"] = self.replayed
        return Intake(settings, DEPLOYMENT, **parts, operator=self.operator, carrier=carrier, clock=self.clock)

    def take(self, signed: SignedMessage, sender: str = "anybody") -> MessageAnswer:
        return self.intake.take(text(signed), sender)

    def client(self, is_operator: Callable[[str], bool] | None = None) -> RelayerClient:
        known = is_operator or (lambda account: account == self.operator.address)
        return RelayerClient(self.url, DEPLOYMENT, known)

    @contextmanager
    def running(self, app: FastAPI | None = None) -> Iterator[None]:
        """Run the relayer, or another app in its place, over HTTP during the block."""
        app = app or create_app(
            self.intake,
            self.metrics,
            lambda: examine(self.queue, self.ledger, self.worker, TIMING.epochs, self.clock),
            start=self.worker.start,
            stop=self.worker.stop,
        )
        with served(app) as self.url:
            yield


def key() -> ConsentKey:
    """A fresh consent's key."""
    return ConsentKey.generate(secrets.token_bytes)


def signed(by: ConsentKey, message: Message, deployment: Deployment = DEPLOYMENT) -> SignedMessage:
    return sign(by, deployment.domain_of(type(message)), message)


def grant(by: ConsentKey, begins: int = NOW + 2 * EPOCH, **changes: Any) -> SignedMessage:
    made = Grant(by.address, RECIPIENT, begins, begins + 90 * DAY, begins + 30 * DAY, 3, b"\7" * 32)
    return signed(by, replace(made, **changes))


def commit(by: ConsentKey, root: int = 1, replaces: int = 0) -> SignedMessage:
    return signed(by, Commit(by.address, *(number.to_bytes(32, "big") for number in (root, replaces))))


def text(message: SignedMessage, deployment: Deployment = DEPLOYMENT) -> str:
    return signed_message.to_json(message, deployment.domain_of(type(message.message)))
