"""A mailbox to test with: over real HTTP, on its own database, before a ledger that says what the test tells it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from eth_account import Account

from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.package import SealedPackage, seal_package
from jamjar.errors import NodeUnavailable
from jamjar.mailbox.app import create_app
from jamjar.mailbox.client import MailboxClient
from jamjar.mailbox.ledger_view import ConsentView, UseRecord, Uses
from jamjar.mailbox.settings import MailboxSettings
from jamjar.mailbox.signed_request import MailboxRequest, domain_of, sign_request
from jamjar.mailbox.store import Deposit, MailboxStore
from jamjar.model.state import LIVE, NOTHING, Status
from jamjar.protocol.signing import AccountSigner, ConsentKey
from tests.support.disclosures import RECIPIENT, REGISTRY, disclosure
from tests.support.serving import served

AUDIENCE = "https://mailbox.example"
SETTINGS = MailboxSettings(AUDIENCE, REGISTRY, depth=3)
CAME = Deposit(7, b"\1" * 32, b"\2" * 32, b"\3" * 64)


class FakeLedger:
    """A Watch that sees what the test puts there."""

    def __init__(self) -> None:
        self.sights: dict[str, ConsentView] = {}
        self.records: list[UseRecord] = []
        self.members: dict[str, int] = {}
        self.tip = 100
        self.down = False

    def look(self, consent: str) -> ConsentView:
        self._check()
        return self.sights.get(consent, ConsentView(Status.NONE, False, 0, NOTHING))

    def uses(self, consent: str) -> Uses:
        self._check()
        return Uses(self.tip, tuple(use for use in self.records if use.consent == consent))

    def member_of(self, account: str) -> int:
        self._check()
        return self.members.get(account, 0)

    def _check(self) -> None:
        if self.down:
            raise NodeUnavailable("down")

    def grant(self, consent: str, head: bytes, recipient: int = RECIPIENT) -> None:
        self.sights[consent] = ConsentView(Status.ACTIVE, True, recipient, head)

    def set(self, consent: str, status: Status) -> None:
        self.sights[consent] = replace(self.sights[consent], status=status, live=status in LIVE)

    def use(self, consent: str, commitment: bytes, recipient: int = RECIPIENT, deep: bool = True) -> UseRecord:
        number = 1 + sum(use.consent == consent for use in self.records)
        use = UseRecord(consent, number, recipient, commitment, self.tip + 1, f"0x{secrets.token_hex(32)}", 0)
        self.records.append(use)
        self.tip += 1 + (SETTINGS.depth if deep else 0)
        return use


class Clock:
    """A time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class World:
    """A ledger, a mailbox, an adviser, another adviser, and claimants with what they deposited."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.ledger, self.clock = FakeLedger(), Clock()
        self.settings = SETTINGS
        self.url = ""
        self.adviser_key, self.reply_key = EncryptionKey(b"\3" * 32), EncryptionKey(b"\4" * 32)
        self.account = Account.create()
        self.adviser, self.other = AccountSigner(self.account), AccountSigner(Account.create())
        self.ledger.members = {self.adviser.address: RECIPIENT, self.other.address: 3}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the mailbox during the block; run it again for a restart."""
        app = create_app(self.settings, self.ledger, MailboxStore(self.database), self.clock)
        with served(app) as self.url:
            yield

    def client(self, signer: object, audience: str = AUDIENCE, registry: object = REGISTRY) -> MailboxClient:
        return MailboxClient(
            self.url, audience, registry, signer, clock=self.clock, random_bytes=secrets.token_bytes
        )  # fmt: skip

    def claim(self) -> tuple[ConsentKey, SealedPackage]:
        """A fresh consent on the ledger, with a package for the adviser that is not deposited yet."""
        key = ConsentKey.generate(secrets.token_bytes)
        shown = disclosure(key.address)
        self.ledger.grant(key.address, shown.root)
        return key, self.seal(shown)

    def seal(self, shown: Disclosure) -> SealedPackage:
        reply_key, adviser_key = self.reply_key.public_bytes, self.adviser_key.public_bytes
        return seal_package(shown, reply_key, adviser_key, REGISTRY, secrets.token_bytes)

    def deposited(self) -> tuple[ConsentKey, SealedPackage]:
        key, sealed = self.claim()
        assert self.client(key).deposit(sealed)
        return key, sealed


def signed(
    world: World,
    method: str = "GET",
    path: str = "/packages",
    body: bytes = b"",
    signer: Any = None,
    ago: int = 0,
    **changes: Any,
) -> dict[str, str]:
    """The headers of a request, which differs from what it says where `changes` says so."""
    values = {"audience": AUDIENCE, "method": method, "path": path, "body": keccak256(body), **changes}
    request = MailboxRequest(time=int(world.clock.now) - ago, nonce=secrets.token_bytes(32), **values)
    return sign_request(request, signer or world.adviser, domain_of(REGISTRY)).headers()


def package() -> SealedPackage:
    """A package of a fresh consent."""
    return World("").claim()[1]


def use(sealed: SealedPackage, number: int = 1) -> UseRecord:
    """A use of what a package discloses."""
    return UseRecord(sealed.content.consent, number, RECIPIENT, sealed.content.root, 5, "0x" + 64 * "a", 0)
