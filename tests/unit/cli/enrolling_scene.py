"""A ledger in this process on which keys for tokens are published and grants are carried, and a kept key."""

from typing import Any

from eth_account import Account

from jamjar.crypto.hashing import keccak256
from jamjar.errors import NodeUnavailable
from jamjar.ledger.governed import Governed
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import LedgerState, Member, Standing
from jamjar.protocol.events import ConsentGranted, EncryptionKeyChanged, Origin
from jamjar.protocol.roles import Role
from tests.support.tokens import ADMITTER, TestAdmitter
from tests.unit.cli.governing_scene import RULES
from tests.unit.cli.home import WHOLE
from tests.unit.wallet.scene import FakeLedger

ACCOUNT = Account.from_key(b"\7" * 32)


class EnrolmentLedger(FakeLedger):
    """Has what was published and carried."""

    def __init__(self) -> None:
        super().__init__()
        self.deployment, self.clock, self.broken = WHOLE, 0, False
        self.published, self.carried = list[bytes](), list[Any]()
        self.roles = {Role.SPONSOR.value}

    def attempt(self, sender: Any, *call: Any) -> None:
        """Succeed."""

    def send(self, sender: Any, contract: str, function: str, public: bytes) -> TransactionReceipt:
        assert (contract, function) == ("Consortium", "changeEncryptionKey")
        self.published.append(public)
        return TransactionReceipt("0x1", 7, 1, ())

    def carry(self, signed: Any, sender: Any) -> TransactionReceipt:
        self.carried.append(signed.message)
        return TransactionReceipt("0x1", 7, 1, ())

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        if self.broken:
            raise NodeUnavailable("down")
        return arguments[1] in self.roles if function == "isActiveAs" else True

    def events(self, name: Any = None, consent: str | None = None) -> list[Any]:
        if self.broken:
            raise NodeUnavailable("down")
        at = Origin(7, "0x", 0, "0x")
        if name == "EncryptionKeyChanged":
            return [EncryptionKeyChanged(at, ADMITTER, keccak256(each), each, "0x") for each in self.published]
        grants = [each for each in self.carried if type(each).__name__ == "Grant"]
        return [
            ConsentGranted(at, g.consent, g.recipient, "0x", g.valid_from, g.valid_until, g.reconfirm_by, g.max_uses,
                           g.terms_digest) for g in grants
        ]  # fmt: skip

    def now(self) -> Governed:
        member = Member(Standing.ACTIVE, "Department", bytes(32))
        return Governed(LedgerState(RULES, members={ADMITTER: member}, accounts={ACCOUNT.address: ADMITTER}), 1000)


class QuickKey:
    """The kept key, which signs by plain arithmetic; `jamjar.admitter.key_file` has tests of its own."""

    modulus = TestAdmitter(202612).modulus

    def __init__(self, *_: object) -> None:
        self.sign = TestAdmitter(202612).sign
