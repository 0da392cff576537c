"""The governance of a consortium: proposals by founders, vetoes by members, execution by anyone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jamjar.errors import InvalidInput
from jamjar.protocol.calls import data_of

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.transacting import Sender
    from jamjar.model.state import Proposal


class Governance:
    """The governance through one account: a founder's to propose, a member's to veto, anyone's to execute."""

    def __init__(self, ledger: Ledger, account: Sender) -> None:
        self._ledger, self._account = ledger, account

    def propose(self, *calls: tuple[Any, ...], contract: str = "Consortium") -> TransactionReceipt:
        """Propose calls of a contract, each a function and its arguments, which can be executed after the delay."""
        if not calls:
            raise InvalidInput("A proposal without a call changes nothing; name at least one.")
        target = self._ledger.deployment.contracts()[contract].address
        data = [data_of(contract, function, *arguments) for function, *arguments in calls]
        delay = self._ledger.read("Governance", "getMinDelay")
        count, salt = len(calls), secrets.token_bytes(32)
        batch = ([target] * count, [0] * count, data, bytes(32), salt, delay)
        return self._send("scheduleBatch", *batch)

    def veto(self, proposal: bytes) -> TransactionReceipt:
        """Veto a proposal, named by its id, for an active member."""
        return self._send("cancel", proposal)

    def execute(self, proposal: Proposal) -> TransactionReceipt:
        """Execute a proposal whose delay has passed."""
        targets, values, data = (list(each) for each in zip(*proposal.calls, strict=True))
        return self._send("executeBatch", targets, values, data, proposal.predecessor, proposal.salt)

    def _send(self, function: str, *arguments: Any) -> TransactionReceipt:
        return self._ledger.send(self._account, "Governance", function, *arguments)


def admission(
    number: int, name: str, roles: Sequence[bytes], account: str, encryption_key: bytes
) -> tuple[str, tuple[Any, ...]]:
    """Return the call by which the consortium admits a member, for `propose`."""
    return "admit", (number, name, list(roles), account, encryption_key)
