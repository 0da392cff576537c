"""assurance/bytecode/role_table: who holds which role, and who may not.

Each kind of holder that the code of Consortium or Governance rules out is made up here, as code that is another may
allow it.
"""

from typing import Any, NamedTuple

import pytest

from assurance.bytecode.role_table import EVERYONE, role_table
from jamjar.model.state import Member, Standing
from jamjar.protocol.address import checksum_address
from jamjar.protocol.events import MemberAdmitted, Origin, RoleGranted, RoleRevoked
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER, Role

FIRST, OTHER, CONSORTIUM, GOVERNANCE = (checksum_address(bytes([n]) * 20) for n in (1, 2, 3, 4))
ADVISER, CANCELLER = Role.ADVISER.value, b"c" * 32


def seat(number: int) -> str:
    return checksum_address(number.to_bytes(20, "big"))


class At(NamedTuple):
    address: str


class Deployed(NamedTuple):
    governance: At

    def contracts(self) -> dict[str, At]:
        return {"Consortium": At(CONSORTIUM), "Governance": At(GOVERNANCE)}


class Record:
    """What stands for a ledger: events, what hasRole says otherwise, and members that getMember does not know."""

    deployment = Deployed(At(GOVERNANCE))

    def __init__(self, *events: Any, says: dict[tuple[bytes, str], bool] | None = None, unknown: int = 0) -> None:
        self._events = [type(e)(Origin(7, "0x", n, e.origin), *e.arguments()) for n, e in enumerate(events)]
        self._says, self._unknown = says or {}, unknown

    def events(self, name: str) -> list[Any]:
        return [event for event in self._events if type(event).__name__ == name]

    def member(self, number: int) -> Member:
        return Member(Standing.NONE if number == self._unknown else Standing.ACTIVE)

    def read(self, contract: str, _function: str, *arguments: Any) -> Any:
        held, at = False, self.deployment.contracts()[contract].address
        for event in self._events:
            if event.origin.contract == at and event.arguments()[:2] == arguments:
                held = isinstance(event, RoleGranted)
        return self._says.get(arguments, held)


def granted(role: bytes, account: str, contract: str = CONSORTIUM) -> Any:
    return RoleGranted(contract, role, account, FIRST)  # type: ignore[arg-type]


def revoked(role: bytes, account: str, contract: str = CONSORTIUM) -> Any:
    return RoleRevoked(contract, role, account, FIRST)  # type: ignore[arg-type]


def admitted(number: int) -> Any:
    return MemberAdmitted(CONSORTIUM, number, "Advice", FIRST)  # type: ignore[arg-type]


GOOD = (
    granted(ADMINISTRATION, GOVERNANCE), admitted(2), granted(ADVISER, seat(2)),
    granted(ADMINISTRATION, GOVERNANCE, GOVERNANCE), granted(EXECUTOR, EVERYONE, GOVERNANCE),
    granted(FOUNDER, FIRST, GOVERNANCE),
)  # fmt: skip


def wrong(record: Record) -> list[str]:
    lines = [line for name in ("Consortium", "Governance") for line in role_table(record, name)]  # type: ignore[arg-type]
    assert lines
    return [f"{line.what}: {line.found}" for line in lines if line.found != line.expected]


@pytest.mark.parametrize(
    "more",
    [
        (),
        (revoked(ADVISER, seat(2)),),
        (granted(ADMINISTRATION, OTHER, OTHER),),
        (granted(FOUNDER, OTHER, GOVERNANCE), revoked(FOUNDER, FIRST, GOVERNANCE)),
    ],
)
def test_given_what_must_be(more: tuple[Any, ...]) -> None:
    assert wrong(Record(*GOOD, *more)) == []


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        (granted(ADMINISTRATION, OTHER), f"DEFAULT_ADMIN_ROLE is held by: {OTHER}"),
        (granted(ADMINISTRATION, FIRST, GOVERNANCE), f"DEFAULT_ADMIN_ROLE is held by: {FIRST}"),
        (granted(EXECUTOR, OTHER, GOVERNANCE), f"EXECUTOR_ROLE is held by: {OTHER}"),
        (granted(FOUNDER, EVERYONE, GOVERNANCE), f"PROPOSER_ROLE is held by {EVERYONE}, which is: nobody's"),
        (granted(CANCELLER, FIRST, GOVERNANCE),
         f"0x{'63' * 32} is held by {FIRST}, which is: a role that it does not have"),
        (granted(ADVISER, OTHER), f"ADVISER is held by {OTHER}, which is: no seat"),
        (granted(ADVISER, seat(3)),
         f"ADVISER is held by {seat(3)}, which is: the seat of a number that was never admitted"),
        (granted(b"r" * 32, seat(2)), f"0x{'72' * 32} is held by {seat(2)}, which is: a role that it does not have"),
    ],
)  # fmt: skip
def test_given_one_holder_too_many(extra: Any, found: str) -> None:
    assert wrong(Record(*GOOD, extra)) == [found]


def test_given_a_holder_without_an_event() -> None:
    record = Record(*GOOD, revoked(ADVISER, seat(2)), says={(ADVISER, seat(2)): True})
    assert wrong(record) == [f"hasRole(ADVISER, {seat(2)}), by the events False: True"]


def test_given_an_event_without_a_holder() -> None:
    record = Record(*GOOD, says={(ADVISER, seat(2)): False})
    assert wrong(record) == [f"hasRole(ADVISER, {seat(2)}), by the events True: False"]


def test_given_a_member_that_is_none() -> None:
    record = Record(*GOOD, unknown=2)
    assert wrong(record) == [f"ADVISER is held by {seat(2)}, which is: the seat of a number that was never admitted"]


def test_given_a_governance_that_governs_nothing() -> None:
    gone = f"DEFAULT_ADMIN_ROLE of {GOVERNANCE}: not held"
    assert wrong(Record(*GOOD, revoked(ADMINISTRATION, GOVERNANCE))) == [gone]
    assert wrong(Record(*GOOD, revoked(ADMINISTRATION, GOVERNANCE, GOVERNANCE))) == [gone]


def test_given_not_everyone_executes() -> None:
    assert wrong(Record(*GOOD, revoked(EXECUTOR, EVERYONE, GOVERNANCE))) == [f"EXECUTOR_ROLE of {EVERYONE}: not held"]
