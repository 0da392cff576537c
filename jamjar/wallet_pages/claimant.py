"""What the claimant's pages work with while their door is open: wallet, ledger, and ways to the services."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from jamjar.errors import InvalidInput, LedgerError, VaultUnavailable
from jamjar.wallet.erasure import finish
from jamjar.wallet.jars import Jars
from jamjar.wallet.mail import ClaimantMail, Connect
from jamjar.wallet.sending import Sent, Way, try_to_send

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.signing import SignedMessage
    from jamjar.wallet.wallet import Wallet


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A bank file in memory: its name, what is in it, and the claimant's name for its account."""

    name: str
    content: bytes = field(repr=False)
    account: str = ""


class OpenClaimant:
    """The claimant's side of a door.

    open_wallet  opens the wallet by its passphrase
    connected    connects to the node; raises LedgerError
    way_of       the way by which messages go to a ledger; None where no carrier is named
    connect      makes connections to the mailbox; None where none is named
    place        the vault's place, for people
    clock        gives Unix seconds
    """

    def __init__(
        self,
        open_wallet: Callable[[str], Wallet],
        connected: Callable[[], Ledger],
        *,
        way_of: Callable[[Ledger], Way] | None = None,
        connect: Connect | None = None,
        place: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._open_wallet, self._connected, self._way_of = open_wallet, connected, way_of
        self.connect, self.place, self._clock = connect, place, clock
        self.chosen: ChosenFile | None = None
        """A bank file that was chosen, until it is imported, another is chosen, or the door locks."""
        self.shown = 0
        """How often something was shown since the door opened: no form is good twice."""
        self._wallet: Wallet | None = None
        self._ledger: Ledger | None = None

    def open(self, passphrase: str) -> None:
        """Open the wallet; raises the vault's errors."""
        wallet = self._open_wallet(passphrase)
        finish(wallet.vault)
        self._wallet = wallet

    def close(self) -> None:
        """Close the vault, and forget all that came out of it."""
        wallet, self._wallet, self._ledger = self._wallet, None, None
        self.chosen = None
        if wallet is not None:
            wallet.vault.close()

    @property
    def wallet(self) -> Wallet:
        """The wallet; raises VaultUnavailable while the door is locked."""
        if self._wallet is None:
            raise VaultUnavailable("The vault is closed; open it with its passphrase.")
        return self._wallet

    @property
    def jars(self) -> Jars:
        """The bookkeeping in the vault."""
        return Jars(self.wallet.vault)

    def now(self) -> int:
        """Return this machine's time in Unix seconds."""
        return int(self._clock())

    def ledger(self) -> Ledger:
        """Return the ledger, connected; raises LedgerError when the node does not answer."""
        if self._ledger is None:
            self._ledger = self._connected()
        return self._ledger

    def ledger_or_none(self) -> Ledger | None:
        """Return the ledger, None when the node does not answer now."""
        try:
            ledger = self.ledger()
            ledger.height()
        except LedgerError:
            self._ledger = None
            return None
        return ledger

    def later(self, ledger: Ledger | None) -> int:
        """Return the later of this machine's time and the newest block's, as the next block's is after both."""
        return max(self.now(), ledger.time() if ledger else 0)

    def send(self, signed: SignedMessage) -> Sent:
        """Have a signed message carried; it stays queued when that cannot be."""
        if self._way_of is None:
            return try_to_send(self.wallet, signed, self.ledger, None)
        way_of = self._way_of
        return try_to_send(
            self.wallet, signed, self.ledger, lambda wallet, one, ledger: way_of(ledger)(wallet, one, ledger)
        )

    def fetch_letters(self) -> tuple[str, ...]:
        """Send what waits for the mailbox, fetch letters, and return what was wrong with any; needs a node, too."""
        if self.connect is None:
            raise InvalidInput("No mailbox is named; start Jamjar with --mailbox to fetch letters.")
        self.ledger()
        mail = self.mail
        mail.send()
        return mail.fetch()[1]

    @property
    def mail(self) -> ClaimantMail:
        """The letters; without a node and a mailbox those in the vault."""
        connect = self.connect or cast("Connect", None)
        return ClaimantMail(self.wallet, cast("Ledger", self.ledger_or_none()), connect)
