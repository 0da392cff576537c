"""Who holds which role in the consortium, by its events and by the contract's own view."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from jamjar.ledger.ledger import Ledger
from jamjar.protocol.address import parse_address
from jamjar.protocol.roles import Role

NO_ROLE: Final = bytes(32)
"""The administrator's role, which administers all others."""
ROLES: Final = {"DEFAULT_ADMIN_ROLE": NO_ROLE, **{role.name: role.value for role in Role}}
NAMES: Final = {role_id: name for name, role_id in ROLES.items()}
STANDINGS: Final = ("NONE", "ACTIVE", "SUSPENDED")
MEMBERS: Final = 2**32
"""Member numbers are below this; a seat is a number as an address."""


@dataclass(frozen=True, slots=True)
class Line:
    """One account and one role: what the account is to the role, and what it must be."""

    what: str
    expected: str
    found: str


def role_table(ledger: Ledger, administrator: str) -> Iterator[Line]:
    """Yield every account that holds or held a role, with whether it may hold it."""
    held = _replayed(ledger)
    admitted = {event.member for event in _events(ledger, "MemberAdmitted")}
    for (role_id, account), holds in held.items():
        role = NAMES.get(role_id, "0x" + role_id.hex())
        answer = ledger.read("Consortium", "hasRole", role_id, account)
        yield Line(f"hasRole({role}, {account}), by the events {holds}", str(holds), str(answer))
        if answer or holds:
            yield _holder(ledger, role, account, administrator, admitted)
    if not held.get((NO_ROLE, administrator)):
        yield Line(f"DEFAULT_ADMIN_ROLE of {administrator}", "held", "not held")


def _holder(ledger: Ledger, role: str, account: str, administrator: str, admitted: set[int]) -> Line:
    if role == "DEFAULT_ADMIN_ROLE":
        return Line(f"{role} is held by", administrator, account)
    what, number = f"{role} is held by {account}, which is", int.from_bytes(parse_address(account), "big")
    expected = f"the seat of member {number}"
    if role not in ROLES:
        return Line(what, "a role of the consortium's", "a role that it does not have")
    if number >= MEMBERS:
        return Line(what, "the seat of a member", "no seat")
    standing = STANDINGS[ledger.read("Consortium", "getMember", number)[0]]
    known = number in admitted and standing != "NONE"
    return Line(what, expected, expected if known else "the seat of a number that was never admitted")


def _replayed(ledger: Ledger) -> dict[tuple[bytes, str], bool]:
    changes: list[Any] = [*_events(ledger, "RoleGranted"), *_events(ledger, "RoleRevoked")]
    changes.sort(key=lambda event: (event.origin.block, event.origin.index))
    return {(event.role, event.account): type(event).__name__ == "RoleGranted" for event in changes}


def _events(ledger: Ledger, name: str) -> list[Any]:
    address = ledger.deployment.consortium.address
    return [event for event in ledger.events(name) if event.origin.contract == address]
