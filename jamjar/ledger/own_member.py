"""What an account does for the member it acts for, and as one of the council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.transacting import Sender
    from jamjar.model.state import Reason


class OwnMember:
    """The member that an account acts for, or is to act for."""

    def __init__(self, ledger: Ledger, account: Sender) -> None:
        self._ledger, self._account = ledger, account

    def offer_account(self, account: str) -> TransactionReceipt:
        """Offer one more account to act for the member, once it accepts."""
        return self._send("offerAccount", account)

    def accept_account(self, member: int) -> TransactionReceipt:
        """Accept to act for a member that offers it."""
        return self._send("acceptAccount", member)

    def remove_account(self, account: str) -> TransactionReceipt:
        """End another account's power to act for the member, or take its offer back."""
        return self._send("removeAccount", account)

    def change_encryption_key(self, encryption_key: bytes) -> TransactionReceipt:
        """Replace the member's public encryption key."""
        return self._send("changeEncryptionKey", encryption_key)

    def rename(self, name: str) -> TransactionReceipt:
        """Give the member another name."""
        return self._send("rename", name)

    def object_to_recovery(self) -> TransactionReceipt:
        """Object to the recovery that the council proposes for the member."""
        return self._send("objectToRecovery")

    def complete_recovery(self, member: int) -> TransactionReceipt:
        """Act for a member that lost its keys, as the council proposed."""
        return self._send("completeRecovery", member)

    def suspend(self, member: int, reason: Reason) -> TransactionReceipt:
        """Suspend a member's powers, as one of the council, until it lapses."""
        return self._send("suspend", member, int(reason))

    def reinstate(self, member: int) -> TransactionReceipt:
        """Restore the powers of a member whose suspension lapsed."""
        return self._send("reinstate", member)

    def propose_recovery(self, member: int, account: str) -> TransactionReceipt:
        """Propose an account for a member that lost its keys, as one of the council."""
        return self._send("proposeRecovery", member, account)

    def veto(self, proposal: bytes) -> TransactionReceipt:
        """Veto a proposal to the governance, named by its id."""
        return self._ledger.send(self._account, "Governance", "cancel", proposal)

    def _send(self, function: str, *arguments: Any) -> TransactionReceipt:
        return self._ledger.send(self._account, "Consortium", function, *arguments)
