"""What an operator does about proposals: veto one for its member, or execute one whose delay has passed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jamjar.errors import InvalidInput
from jamjar.ledger import governed
from jamjar.ledger.governance import Governance
from jamjar.ledger.governed_words import named, urgent
from jamjar.ledger.transacting import Sender, address_of

if TYPE_CHECKING:
    from jamjar.ledger.governed import Governed, ProposalRecord
    from jamjar.ledger.ledger import Ledger, TransactionReceipt


@dataclass(slots=True)
class Governor:
    """The governance through one account of a member; without an account, it can only be read."""

    ledger: Ledger
    account: Sender | None = None

    @property
    def address(self) -> str:
        """The account's address, "" without one."""
        return address_of(self.account) if self.account is not None else ""

    def read(self) -> Governed:
        """Read what was decided; raises LedgerError."""
        return governed.read(self.ledger)

    def member(self, found: Governed) -> int:
        """Return the number of the member that the account acts for, 0 for none."""
        return found.state.member_of(self.address) if self.account is not None else 0

    def needs(self, found: Governed) -> list[str]:
        """Return a sentence for each thing that needs attention, of this account's member if it acts for one."""
        return urgent(found, self.address if self.member(found) else "")

    def may_veto(self, found: Governed, proposal: ProposalRecord) -> bool:
        """Return whether the account can end a proposal."""
        return proposal.is_pending and found.state.is_active(self.member(found))

    def may_execute(self, found: Governed, proposal: ProposalRecord) -> bool:
        """Return whether the account can carry out a proposal, as any account may once it is ready."""
        return self.account is not None and proposal.is_pending and proposal.content.ready <= found.now

    def veto(self, name: str) -> TransactionReceipt:
        """Veto a proposal, named by its id in hex; raises InvalidInput, Rejected and LedgerError."""
        return self._act(name, Governance.veto, lambda proposal: proposal.id)

    def execute(self, name: str) -> TransactionReceipt:
        """Execute a proposal, named by its id in hex; raises InvalidInput, Rejected and LedgerError."""
        return self._act(name, Governance.execute, lambda proposal: proposal.content)

    def _act(
        self, name: str, act: Callable[[Governance, Any], TransactionReceipt], of: Callable[[ProposalRecord], Any]
    ) -> TransactionReceipt:
        if self.account is None:
            raise InvalidInput("The account is locked, so nothing was sent; type its password first.")
        return act(Governance(self.ledger, self.account), of(named(self.read(), name)))
