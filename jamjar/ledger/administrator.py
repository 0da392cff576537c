"""The administrator of the consortium, who admits and suspends members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jamjar.ledger.ledger import TransactionReceipt
from jamjar.protocol.settings import Role

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, Sender


class Administrator:
    """The administrator's account. Warning: it can act as any member, by adding an account for it."""

    def __init__(self, ledger: Ledger, account: Sender) -> None:
        self._ledger = ledger
        self._account = account

    def admit(
        self, member: int, name: str, roles: Iterable[Role], account: str, encryption_key: bytes
    ) -> TransactionReceipt:
        """Admit an institution under a number that was never used."""
        ids = [role.value for role in roles]
        return self._send("admit", member, name, ids, account, encryption_key)

    def suspend(self, member: int) -> TransactionReceipt:
        """Suspend a member's powers until it is reinstated."""
        return self._send("suspend", member)

    def reinstate(self, member: int) -> TransactionReceipt:
        """Restore a suspended member's powers."""
        return self._send("reinstate", member)

    def add_account(self, member: int, account: str) -> TransactionReceipt:
        """Add an account that acts for a member."""
        return self._send("addAccount", member, account)

    def remove_account(self, member: int, account: str) -> TransactionReceipt:
        """End an account's power to act for a member."""
        return self._send("removeAccount", member, account)

    def change_encryption_key(self, member: int, encryption_key: bytes) -> TransactionReceipt:
        """Replace a member's public encryption key."""
        return self._send("changeEncryptionKey", member, encryption_key)

    def grant_role(self, member: int, role: Role) -> TransactionReceipt:
        """Give a member a role."""
        return self._send("grantRole", role.value, self._seat(member))

    def revoke_role(self, member: int, role: Role) -> TransactionReceipt:
        """Take a role from a member."""
        return self._send("revokeRole", role.value, self._seat(member))

    def _seat(self, member: int) -> str:
        return str(self._ledger.read("Consortium", "seatOf", member))

    def _send(self, function: str, *arguments: object) -> TransactionReceipt:
        return self._ledger.send(self._account, "Consortium", function, *arguments)
