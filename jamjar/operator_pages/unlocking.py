"""What the password of an operator's page opens: the account that vetoes and executes, or nothing but the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jamjar.operator_pages.governing import Governor

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.ledger.transacting import Sender


class OpenOperator:
    """The governance through an account that is known between unlocking and locking.

    connect  returns the ledger through the operator's own node; raises LedgerError
    account  opens the account with its password; None where there is only to look
    """

    def __init__(self, connect: Callable[[], Ledger], account: Callable[[str], Sender] | None) -> None:
        self._connect, self._account = connect, account
        self._sender: Sender | None = None
        self._ledger: Ledger | None = None

    @property
    def has_account(self) -> bool:
        """Whether a password opens an account."""
        return self._account is not None

    def open(self, passphrase: str) -> None:
        """Open the account; raises InvalidInput for a wrong password."""
        if self._account is not None:
            self._sender = self._account(passphrase)

    def close(self) -> None:
        """Forget the account."""
        self._sender = None

    def governor(self) -> Governor:
        """Return the governance as it is; raises LedgerError."""
        if self._ledger is None:
            self._ledger = self._connect()
        return Governor(self._ledger, self._sender)
