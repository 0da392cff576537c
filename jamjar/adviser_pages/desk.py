"""What the adviser's pages work with while their door is open: the vault, the ledger, the mailbox, and one look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jamjar.adviser.mail import AdviserMail
from jamjar.errors import VaultUnavailable

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.adviser.seen import Seen
    from jamjar.consent.request import ConsentRequest, SignedConsentRequest
    from jamjar.ledger.admissions import Vouched
    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient
    from jamjar.vault.vault import Vault


class OpenAdviser:
    """The adviser's side of a door.

    account     acts for the adviser's member
    open_vault  opens the desk's vault by its passphrase
    connected   connects to the node; raises LedgerError
    mailbox     makes the connection to the mailbox, as the account, on a ledger
    """

    def __init__(
        self,
        account: LocalAccount,
        open_vault: Callable[[str], Vault],
        connected: Callable[[], Ledger],
        mailbox: Callable[[], MailboxClient],
    ) -> None:
        self.account = account
        self._open_vault, self._connected, self._mailbox_of = open_vault, connected, mailbox
        self._vault: Vault | None = None
        self._ledger: Ledger | None = None
        self._mailbox: MailboxClient | None = None
        self.viewing: tuple[str, Seen] | None = None
        """What was shown and may not be kept, until another page is opened, or the door locks."""
        self.draft: ConsentRequest | None = None
        self.asked: SignedConsentRequest | None = None
        self.vouched: Callable[[Ledger], Callable[[str], Vouched | None]] = lambda _: lambda __: None
        """What a consent on a ledger has to pass before a use, or it raises VerificationFailed; None asks nothing."""
        self.askable: dict[str, tuple[str, ...]] = {}
        """The names of the figures that a client agreed to be asked about, of packages seen since the door opened."""
        self.advised = 0
        """How many pieces of advice went out since the door opened: no form of advice is good twice."""

    def open(self, passphrase: str) -> None:
        """Open the vault; raises its errors."""
        self._vault = self._open_vault(passphrase)

    def close(self) -> None:
        """Close the vault, and forget what was shown."""
        vault, self._vault, self._ledger, self._mailbox = self._vault, None, None, None
        self.viewing, self.draft, self.asked, self.askable = None, None, None, {}
        if vault is not None:
            vault.close()

    @property
    def vault(self) -> Vault:
        """The desk's vault; raises VaultUnavailable while the door is locked."""
        if self._vault is None:
            raise VaultUnavailable("The vault is closed; open it with its passphrase.")
        return self._vault

    @property
    def ledger(self) -> Ledger:
        """The ledger, connected; raises LedgerError when the node does not answer."""
        if self._ledger is None:
            self._ledger = self._connected()
        return self._ledger

    @property
    def mailbox(self) -> MailboxClient:
        """The connection to the mailbox."""
        if self._mailbox is None:
            self._mailbox = self._mailbox_of()
        return self._mailbox

    @property
    def mail(self) -> AdviserMail:
        """The desk's mail."""
        mail = AdviserMail(self.ledger, self.account, self.vault, self.mailbox)
        mail.vouched = self.vouched(self.ledger)
        return mail
