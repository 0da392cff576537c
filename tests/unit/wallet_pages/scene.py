"""A claimant's door to test with: a vault in memory behind it, and a browser that has entered and unlocked."""

from typing import Any

from jamjar.errors import NodeUnavailable, WrongPassphrase
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import Consent
from jamjar.pages.serving import own_requests
from jamjar.protocol.events import ConsentWithdrawn, Origin
from jamjar.protocol.typed_data import Pause, Resume, Withdraw
from jamjar.vault.vault import Vault
from jamjar.wallet.sending import by_account
from jamjar.wallet.wallet import Wallet
from jamjar.wallet_pages.claimant import OpenClaimant
from jamjar.wallet_pages.door import claimant_guard
from tests.support.browsing import PORT, Answered, Browser
from tests.unit.wallet.scene import CHEAP, DEPLOYMENT, DESK, PASSPHRASE, TERMS, TIMES, FakeLedger, FakeMailbox

NOW = 1_780_300_000
"""A day within the period of the scene's budget, in Unix seconds."""


class PageLedger(FakeLedger):
    """A ledger that takes what is carried, for each consent by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, str] = {}
        self.clock, self.down, self.carried = NOW, False, list[Any]()

    def status(self, consent: str) -> str:
        return self.states.get(consent, self.said)

    def height(self) -> int:
        if self.down:
            raise NodeUnavailable("The node does not answer; try again.")
        return 33

    def consent(self, consent: str) -> Consent:
        return Consent(recipient=TERMS.recipient, max_uses=3, uses=len(self.events("ConsentUsed")))

    def events(self, name: Any = None, consent: str | None = None) -> list[Any]:
        found = self.recorded if name is None else super().events(name)
        return [each for each in found if consent is None or each.consent == consent]

    def carry(self, signed: Any, sender: Any) -> TransactionReceipt:
        self.height()
        message = signed.message
        self.carried.append(message)
        found = {Withdraw: "WITHDRAWN", Pause: "PAUSED", Resume: "ACTIVE"}
        if type(message) in found:
            self.states[message.consent] = found[type(message)]
        if isinstance(message, Withdraw):
            self.recorded.append(ConsentWithdrawn(Origin(33, "0x", 0, "0x"), message.consent, "0x"))
        return TransactionReceipt(33, "0x", 0, ())


class Scene:
    """`ledger`, `mailbox` and the vault are the test's to change; `browser` has entered."""

    def __init__(self, *, has_way: bool = True) -> None:
        self.vault = Vault.create(":memory:", PASSPHRASE, cost=CHEAP)
        self.wallet = Wallet(DEPLOYMENT, self.vault)
        self.ledger, self.mailbox, self.seconds = PageLedger(), FakeMailbox(), 0.0
        self.ledger.wallet, self.opened = self.wallet, 0
        self.claimant = OpenClaimant(
            self._open, self._connected, way_of=(lambda _: by_account(DESK)) if has_way else None,
            connect=self.mailbox, place="my.vault", clock=lambda: NOW,
        )  # fmt: skip
        self.guard = claimant_guard(self.claimant, lambda: self.seconds)
        self.base = self.guard.door.base
        self.browser = Browser(own_requests(self.guard.app, PORT))

    def _connected(self) -> Any:
        self.ledger.height()
        return self.ledger

    def _open(self, passphrase: str) -> Wallet:
        if passphrase != PASSPHRASE:
            raise WrongPassphrase("The passphrase does not open the vault; try again.")
        self.opened += 1
        return self.wallet

    def enter(self) -> Answered:
        return self.browser.get(self.guard.door.opening_path())

    def unlock(self) -> Answered:
        self.browser.follow(self.enter())
        page = self.browser.get(f"{self.base}/unlock")
        return self.browser.press(page, "/unlock", passphrase=PASSPHRASE)

    def get(self, path: str) -> Answered:
        return self.browser.get(f"{self.base}{path}")

    def granted(self, terms: Any = TERMS) -> str:
        """Grant a consent that is carried."""
        signed = self.wallet.grant(terms, **{**TIMES, "valid_until": NOW + 86400 * 90}, max_uses=3)
        self.wallet.settle(signed, 1)
        return signed.message.consent
