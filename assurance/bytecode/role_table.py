"""Who holds which role in the consortium and in its governance, by their events and by the contracts' own views."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jamjar.ledger.ledger import Ledger
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER, Role

CONSORTIUM, GOVERNANCE = "Consortium", "Governance"
ROLES: Final[Mapping[str, Mapping[str, bytes]]] = {
    CONSORTIUM: {"DEFAULT_ADMIN_ROLE": ADMINISTRATION, **{role.name: role.value for role in Role}},
    GOVERNANCE: {"DEFAULT_ADMIN_ROLE": ADMINISTRATION, "PROPOSER_ROLE": FOUNDER, "EXECUTOR_ROLE": EXECUTOR},
}
"""The roles of each contract that has some, by name."""
EVERYONE: Final = checksum_address(bytes(20))
"""The account whose executing is everyone's."""
MEMBERS: Final = 2**32
"""Member numbers are below this; a seat is a number as an address."""
Held = Mapping[tuple[bytes, str], bool]


@dataclass(frozen=True, slots=True)
class Line:
    """One account and one role: what the account is to the role, and what it must be."""

    what: str
    expected: str
    found: str


def role_table(ledger: Ledger, contract: str) -> Iterator[Line]:
    """Yield every account that holds or held a role of a contract, with whether it may hold it."""
    held = replayed(ledger, contract)
    admitted = {event.member for event in events(ledger, CONSORTIUM, "MemberAdmitted")}
    names = {role_id: name for name, role_id in ROLES[contract].items()}
    for (role_id, account), holds in held.items():
        role = names.get(role_id, "0x" + role_id.hex())
        answer = ledger.read(contract, "hasRole", role_id, account)
        yield Line(f"hasRole({role}, {account}), by the events {holds}", str(holds), str(answer))
        if answer or holds:
            yield from _holder(ledger, role, account, admitted)
    governance = ledger.deployment.governance.address
    needed = [("DEFAULT_ADMIN_ROLE", governance), *([("EXECUTOR_ROLE", EVERYONE)] if contract == GOVERNANCE else [])]
    for role, account in needed:
        if not held.get((ROLES[contract][role], account)):
            yield Line(f"{role} of {account}", "held", "not held")


def replayed(ledger: Ledger, contract: str) -> Held:
    """Return which account was granted which role of a contract, and whether it still holds it, by the events."""
    changes = [*events(ledger, contract, "RoleGranted"), *events(ledger, contract, "RoleRevoked")]
    changes.sort(key=lambda event: (event.origin.block, event.origin.index))
    return {(event.role, event.account): type(event).__name__ == "RoleGranted" for event in changes}


def events(ledger: Ledger, contract: str, name: str) -> list[Any]:
    """Return the events of this name that a contract emitted, oldest first."""
    address = ledger.deployment.contracts()[contract].address
    return [event for event in ledger.events(name) if event.origin.contract == address]


def _holder(ledger: Ledger, role: str, account: str, admitted: set[int]) -> Iterator[Line]:
    what = f"{role} is held by"
    only = {"DEFAULT_ADMIN_ROLE": ledger.deployment.governance.address, "EXECUTOR_ROLE": EVERYONE}
    if role in only:
        yield Line(what, only[role], account)
    elif role == "PROPOSER_ROLE":
        yield Line(f"{what} {account}, which is", "an account", "nobody's" if account == EVERYONE else "an account")
    elif role in ROLES[CONSORTIUM]:
        yield _seat(ledger, f"{what} {account}, which is", account, admitted)
    else:
        yield Line(f"{what} {account}, which is", "a role that it has", "a role that it does not have")


def _seat(ledger: Ledger, what: str, account: str, admitted: set[int]) -> Line:
    number = int.from_bytes(parse_address(account), "big")
    expected = f"the seat of member {number}"
    if number >= MEMBERS:
        return Line(what, "the seat of a member", "no seat")
    known = number in admitted and ledger.member(number).standing
    return Line(what, expected, expected if known else "the seat of a number that was never admitted")
