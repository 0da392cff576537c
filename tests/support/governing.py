"""What governance, council and members do to a consortium in the tests that Brownie runs."""

import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

WEEK = 7 * 24 * 60 * 60
KEY_STOLEN = 1


class Operation(NamedTuple):
    """What `execute` takes and `hashOperation` hashes."""

    target: str
    value: int
    data: str
    predecessor: bytes
    salt: bytes


class Governing:
    """Proposes, lets time pass and executes; acts for the council, and for members, in one deployed system.

    `governing("admit", admission)` is a change that nobody vetoes; `on` names another contract than the consortium.
    """

    def __init__(self, claimants: Any) -> None:
        self.claimants, self.system, self.people = claimants, claimants.system, claimants.people
        self._salts = itertools.count(1)

    def __call__(self, function: str, *arguments: Any, on: Any = None) -> Any:
        """Propose a call, let the delay pass, execute it, and return that transaction."""
        return self.ready(function, *arguments, on=on)()

    def operation(self, function: str, *arguments: Any, on: Any = None) -> Operation:
        """Return a call as an operation of its own."""
        contract = on or self.system.consortium
        data = getattr(contract, function).encode_input(*arguments)
        return Operation(contract.address, 0, data, bytes(32), next(self._salts).to_bytes(32, "big"))

    def propose(self, operation: Operation, by: Any = None, delay: int = WEEK) -> bytes:
        """Have a founder propose it, and return its id."""
        governance = self.system.governance
        governance.schedule(*operation, delay, {"from": by or self.people.founder})
        return bytes(governance.hashOperation(*operation))

    def execute(self, operation: Operation, by: Any = None) -> Any:
        """Have anyone execute it."""
        return self.system.governance.execute(*operation, {"from": by or self.people.stranger})

    def ready(self, function: str, *arguments: Any, on: Any = None) -> Callable[[], Any]:
        """Propose a call and let the delay pass; what this returns executes it."""
        operation = self.operation(function, *arguments, on=on)
        self.propose(operation)
        self.wait(WEEK)
        return lambda: self.execute(operation)

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.claimants.move_to(self.claimants.now() + seconds)

    def admit(self, member: int, *roles: str, account: Any) -> Any:
        """Admit a member."""
        ids = [getattr(self.system.consortium, role)() for role in roles]
        return self("admit", (member, f"Member {member}", ids, account, bytes([member % 251 + 1]) * 32))

    def suspend(self, *members: int) -> None:
        """Have the council suspend members; its own one suspends itself last."""
        for member in sorted(members, key=lambda number: number == 4):
            self.system.consortium.suspend(member, KEY_STOLEN, {"from": self.people.sponsor})

    def join(self, member: int, account: Any) -> None:
        """Have a member offer an account to act for it, and the account accept."""
        self.system.consortium.offerAccount(account, {"from": self.people[member]})
        self.system.consortium.acceptAccount(member, {"from": account})

    def leave(self, member: int, by: Any) -> None:
        """Have a member remove its first account by another, which joins for that."""
        self.join(member, by)
        self.system.consortium.removeAccount(self.people[member], {"from": by})
