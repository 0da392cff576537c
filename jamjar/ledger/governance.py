"""The governance of a consortium: proposals by founders, vetoes by members, execution by anyone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jamjar.errors import InvalidInput
from jamjar.protocol.calldata import data_of

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
        return self._send("scheduleBatch", *scheduled(self._ledger, calls, contract))

    def veto(self, proposal: bytes) -> TransactionReceipt:
        """Veto a proposal, named by its id, for an active member."""
        return self._send("cancel", proposal)

    def execute(self, proposal: Proposal) -> TransactionReceipt:
        """Execute a proposal whose delay has passed."""
        if len(proposal.calls) == 1:  # it may have been made by `schedule`, which names it otherwise
            one = (*proposal.calls[0], proposal.predecessor, proposal.salt)
            name = self._ledger.read("Governance", "hashOperation", *one)
            if self._ledger.read("Governance", "isOperationPending", name):
                return self._send("execute", *one)
        targets, values, data = (list(each) for each in zip(*proposal.calls, strict=True))
        return self._send("executeBatch", targets, values, data, proposal.predecessor, proposal.salt)

    def _send(self, function: str, *arguments: Any) -> TransactionReceipt:
        return self._ledger.send(self._account, "Governance", function, *arguments)


def scheduled(
    ledger: Ledger, calls: Sequence[tuple[Any, ...]], contract: str = "Consortium", at: str = ""
) -> tuple[Any, ...]:
    """Return the arguments of `scheduleBatch` that propose calls of a contract, with a fresh salt.

    at  the address of a contract that is none of the deployment's
    """
    if not calls:
        raise InvalidInput("A proposal without a call changes nothing; name at least one.")
    target = at or ledger.deployment.contracts()[contract].address
    data = [data_of(contract, function, *arguments) for function, *arguments in calls]
    delay = ledger.read("Governance", "getMinDelay")
    count, salt = len(calls), secrets.token_bytes(32)
    return [target] * count, [0] * count, data, bytes(32), salt, delay


def admission(
    number: int, name: str, roles: Sequence[bytes], account: str, encryption_key: bytes
) -> tuple[str, tuple[Any, ...]]:
    """Return the call by which the consortium admits a member, for `propose`."""
    return "admit", (number, name, list(roles), account, encryption_key)
