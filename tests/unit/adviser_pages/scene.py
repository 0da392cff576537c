"""An adviser's door to test with: the desk of the adviser's tests behind it, and a browser that has entered."""

from typing import Any

from jamjar.adviser_pages.desk import OpenAdviser
from jamjar.adviser_pages.door import adviser_guard
from jamjar.errors import WrongPassphrase
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Consent
from jamjar.pages.serving import own_requests
from jamjar.service.refusal import Refusal, Refused
from tests.support.browsing import PORT, Answered, Browser
from tests.unit.adviser.scene import Desk, DeskLedger
from tests.unit.wallet.scene import PASSPHRASE, TERMS


class AdviserScene:
    """`desk` is the test's to change."""

    def __init__(self, terms: Any = TERMS, desk: Desk | None = None) -> None:
        self.desk, self.seconds, self.paused = desk or Desk(terms), 0.0, 0
        ledger: DeskLedger = self.desk.ledger
        ledger.consent = lambda _: Consent(recipient=2, max_uses=3, uses=self.desk.uses(), valid_until=1_800_000_000)
        self.desk.mailbox.waiting = lambda: tuple(each.id.hex() for each in self.desk.mailbox.packages)
        self.given, self._key = self.desk.uses(), self.desk.mailbox.key
        self.desk.mailbox.key = self._key_for_a_use
        self.opened = OpenAdviser(self.desk.mail._account, self._open, lambda: ledger, lambda: self.desk.mailbox)
        self.guard = adviser_guard(self.opened, lambda: self.seconds, self._pause)
        self.base = self.guard.door.base
        self.browser = Browser(own_requests(self.guard.app, PORT))

    def _key_for_a_use(self, body: Any) -> Any:
        """Give a key for each use that is on the ledger, and no other, as a mailbox does."""
        if self.given >= self.desk.uses():
            raise Refused(Refusal(Code.NO_USE_ON_RECORD, "No."))
        key = self._key(body)
        self.given += 1
        return key

    def _pause(self, _: float) -> None:
        self.paused += 1

    def _open(self, passphrase: str) -> Any:
        if passphrase != PASSPHRASE:
            raise WrongPassphrase("The passphrase does not open the vault; try again.")
        return self.desk.vault

    def unlock(self) -> Answered:
        page = self.browser.follow(self.browser.follow(self.browser.get(self.guard.door.opening_path())))
        return self.browser.press(page, "/unlock", passphrase=PASSPHRASE)

    def get(self, path: str) -> Answered:
        return self.browser.get(f"{self.base}{path}")

    def look(self, page: Answered | None = None) -> Answered:
        return self.browser.press(page or self.get(f"/look/{self.desk.package}"), self.desk.package)
