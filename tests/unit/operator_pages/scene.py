"""An operator's door to test with: two members, a founder, a proposal that is pending and one that is ready."""

from typing import Any

from jamjar.errors import InvalidInput, NodeUnavailable, Rejected
from jamjar.ledger import governed
from jamjar.ledger.governed import Deed, Governed, ProposalRecord, Right
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import LedgerState, Member, Proposal, Standing
from jamjar.operator_pages.pages import operator_guard
from jamjar.operator_pages.services import Fact, ServiceSeen
from jamjar.operator_pages.unlocking import OpenOperator
from jamjar.pages.serving import own_requests
from jamjar.pages.session import Door
from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import FOUNDER
from tests.support.browsing import PORT, Answered, Browser
from tests.unit.cli.governing_scene import BANK, KEY, RULES, STRANGER, Ledger
from tests.unit.cli.home import WHOLE

PASSWORD = "the keystore's"  # noqa: S105
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"
EARLY, READY = b"\1" * 32, b"\2" * 32
NOW = 2000


class DoorLedger(Ledger):
    """A ledger whose governance is as the test says; a veto and an execution end a proposal."""

    def __init__(self) -> None:
        super().__init__()
        self.down, self.refuses = False, False
        call = WHOLE.contracts()["Consortium"].address, 0, data_of("Consortium", "suspend", 3, 2)
        made = Deed(STRANGER, 1000, "0x1")
        self.proposals = {
            name: ProposalRecord(name, Proposal((call,), ready=ready), made)
            for name, ready in ((EARLY, NOW + 60), (READY, NOW))
        }

    def read(self, contract: str, function: str, *_: Any) -> Any:
        return b"\0" * 32 if function == "hashOperation" else False

    def send(self, sender: Any, *call: Any) -> TransactionReceipt:
        if self.refuses:
            raise Rejected("CannotVeto", (), "The member is suspended; ask another to veto.")
        ended, deed = (READY, "executed") if call[1] == "executeBatch" else (call[2], "vetoed")
        record = self.proposals[ended]
        self.proposals[ended] = ProposalRecord(
            ended, record.content, record.proposed, **{deed: Deed(KEY.address, NOW, "0x2")}
        )
        return super().send(sender, *call)

    def decided(self) -> Governed:
        if self.down:
            raise NodeUnavailable("The node does not answer; start it.")
        members = {2: Member(Standing.ACTIVE, HOSTILE), 3: Member(Standing.ACTIVE, "Bank")}
        state = LedgerState(RULES, members=members, accounts={KEY.address: 2, BANK: 3})
        return Governed(state, NOW, self.proposals, {(STRANGER, FOUNDER): Right(STRANGER, FOUNDER, 1)})


class OperatorScene:
    """`ledger` and `seen` are the test's to change; `browser` has entered, and not unlocked."""

    def __init__(self, monkeypatch: Any, *, has_account: bool = True) -> None:
        self.ledger, self.seconds = DoorLedger(), 0.0
        self.seen = ServiceSeen("Relayer", "http://127.0.0.1:1", (Fact("Messages that wait", 3),), ())
        monkeypatch.setattr(governed, "read", lambda ledger: ledger.decided())
        opened = OpenOperator(lambda: self.ledger, self._account if has_account else None)  # type: ignore[arg-type,return-value]
        self.guard = operator_guard(Door(lambda: self.seconds), opened, [lambda: self.seen])
        self.browser = Browser(own_requests(self.guard.app, PORT))
        self.base = self.guard.door.base
        self.browser.get(self.guard.door.opening_path(), {"sec-fetch-site": "none"})

    def unlock(self, password: str = PASSWORD) -> Answered:
        return self.browser.press(self.get("/unlock"), "/unlock", passphrase=password)

    def get(self, path: str) -> Answered:
        return self.browser.get(f"{self.base}{path}")

    @staticmethod
    def _account(password: str) -> Any:
        if password != PASSWORD:
            raise InvalidInput("our.keystore does not open with this password, or is not a keystore; try again.")
        return KEY
