"""A wallet to test with: a vault in a file, terms, a budget; a ledger and a mailbox that say what a test tells them."""

import re
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any

from jamjar.consent.request import ConsentRequest, SignedConsentRequest, sign_request
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.model.state import Consent, Member, Standing
from jamjar.plan.budget import Budget, Line
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.events import ConsentUsed, EncryptionKeyChanged, Origin
from jamjar.protocol.signing import ConsentKey, Signer
from jamjar.protocol.typed_data import Domain, Grant
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet

PERIOD = AssessmentPeriod.containing(date(2026, 5, 31), date(2026, 5, 31))
BUDGET = Budget(PERIOD, (Line("fixed.home.rent", 11914), Line("flexible.food.alcohol", 731)))
TERMS = Terms(
    purpose="dpv:RequestedServiceProvision", scope=frozenset({ScopeItem("fixed.home", Detail.LINES)}),
    data_from=PERIOD.start, data_until=PERIOD.end, retention_days=0, storage=Storage.VIEW,
    notice="You let an adviser look.", language="en-GB", recipient=2, recipient_name="Town Debt Advice",
)  # fmt: skip
TIMES = {"valid_from": 100, "valid_until": 900, "reconfirm_by": 500}
SIGNED_AT = 50
CHEAP = Cost(8, 1, 1)
PASSPHRASE = "a passphrase for tests"  # noqa: S105
DEPLOYMENT = Deployment(1337, 1, "unknown", *(DeployedContract(f"0x{n:040x}", f"0x{n:064x}") for n in range(11, 16)))
ADVISER = EncryptionKey(b"\5" * 32)
DESK = f"0x{21:040x}"
SENDER = ConsentKey(b"\7" * 32)
"""The account of the recipient that signs requests."""
HEDGED = re.compile(rb'"pq_signature":"[^"]*",')
Records = dict[tuple[str, str], bytes]


def drawn() -> Callable[[int], bytes]:
    """A random source that gives the same in every run, so that runs can be compared."""
    calls = count()
    return lambda size: (keccak256(b"%d" % next(calls)) * (size // 32 + 1))[:size]


def asked(terms: Terms = TERMS, **changes: Any) -> ConsentRequest:
    """A request of today for these terms, unlike any other."""
    today = changes.pop("today", None) or datetime.fromtimestamp(time.time(), timezone.utc).date()
    alike = {name: getattr(terms, name) for name in ("recipient", "recipient_name", "purpose", "scope", "data_from")}
    alike |= {"data_until": terms.data_until, "retention_days": terms.retention_days, "questions": terms.questions}
    made = {"contact": "01234 567890", "about": "", "looks": 3, "days": 180, "reconfirm_days": 90, "asked": today}
    made |= {"answer_by": today + timedelta(days=30), "nonce": secrets.token_bytes(16)}
    return ConsentRequest(**(alike | made | changes))


def asking(
    terms: Terms = TERMS, signer: Signer = SENDER, domain: Domain | None = None, **changes: Any
) -> SignedConsentRequest:
    """A request, signed by an account of the recipient."""
    return sign_request(asked(terms, **changes), signer, domain or DEPLOYMENT.domain_of(Grant))


def open_wallet(where: str) -> Wallet:
    return Wallet(DEPLOYMENT, Vault.open(where, PASSPHRASE), drawn(), lambda: SIGNED_AT)


def content(vault: Vault) -> Records:
    """What a vault holds, but for ML-DSA-44 signatures, which are made with new randomness each time."""
    with vault.reading() as transaction:
        return {(each.kind, each.name): HEDGED.sub(b"", each.value) for each in transaction.records()}


class FakeLedger:
    """What a wallet asks of a ledger, answered as the test says."""

    node = "The node http://b.example"

    def __init__(self, wallet: Wallet | None = None, status: str = "ACTIVE") -> None:
        self.wallet, self.said, self.clock = wallet, status, 1000
        self.deployment = DEPLOYMENT
        self.recorded: list[Any] = []
        self.keys = [ADVISER.public_bytes]
        """The recipient's encryption keys, oldest first; DESK changed them in the blocks 1, 2, ..."""
        self.name = TERMS.recipient_name
        self.names = {self.name}
        """All that the recipient has or had."""

    def status(self, consent: str) -> str:
        return self.said

    def time(self, block: int | None = None) -> int:
        return self.clock

    def height(self) -> int:
        return 9

    def head_of(self, consent: str) -> bytes:
        return self.wallet.head_of(consent)

    def consent(self, consent: str) -> Consent:
        return Consent(recipient=TERMS.recipient)

    def terms_digest(self, consent: str) -> bytes:
        return self.wallet.stored(consent).terms.digest(self.wallet.terms_salt(consent))

    def member_of(self, account: str) -> int:
        return TERMS.recipient if account in (DESK, SENDER.address) else 0

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        if function == "memberNamed":
            return TERMS.recipient if arguments[0].decode() in self.names else 0
        return {"stageOf": 1}[function]

    def member(self, number: int) -> Member:
        return Member(Standing.ACTIVE, self.name, keccak256(self.keys[-1]))

    def events(self, name: str | Sequence[str] | None = None, consent: str | None = None) -> list[Any]:
        keys = [
            EncryptionKeyChanged(Origin(block, "0x", 0, "0x"), TERMS.recipient, keccak256(key), key, DESK)
            for block, key in enumerate(self.keys, 1)
        ]
        names = [name] if isinstance(name, str) else name or ()
        return keys if name == "EncryptionKeyChanged" else [e for e in self.recorded if type(e).__name__ in names]

    def use(self, consent: str, commitment: bytes, times: int = 1) -> None:
        """Record uses."""
        for number in range(times):
            origin = Origin(5 + number, "0x", 0, "0x")
            self.recorded.append(ConsentUsed(origin, consent, TERMS.recipient, "0x", commitment, number))


class FakeMailbox:
    """A mailbox that keeps what it is given, in this process."""

    def __init__(self) -> None:
        self.packages: list[Any] = []
        self.waiting: list[Any] = []

    def __call__(self, signer: Any) -> "FakeMailbox":
        return self

    def deposit(self, package: Any) -> bool:
        if package.id in [stored.id for stored in self.packages]:
            return False
        self.packages.append(package)
        return True

    def replies(self, consent: str) -> tuple[Any, ...]:
        return tuple(reply for reply in self.waiting if reply.consent == consent)

    def delete_reply(self, reply: Any) -> None:
        self.waiting.remove(reply)

    def erase(self, consent: str) -> None:
        self.packages = [stored for stored in self.packages if stored.content.consent != consent]
