"""The campaign over governance: each way to do each thing, in an order that makes every error possible."""

from collections.abc import Iterator
from contextlib import contextmanager

from jamjar.protocol.calldata import data_of
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER, Role
from jamjar.protocol.settings import DAY
from tests.verifier.unusual import own_matters, unusual
from tests.verifier.year import CANCELLER, KEY, NOTHING, Year, a_year

ADVISER = Role.ADVISER.value
SEAT = "0x" + "00" * 19 + "%02x"


@contextmanager
def governed() -> Iterator[Year]:
    """Play it on a node of its own, which ends with the block."""
    with a_year() as year:
        for part in (proposals, vetoes, batches, founders, roles, suspensions, recoveries, own_matters, unusual):
            part(year)
        yield year


def admission(year: Year, number: int, account: str, name: str | None = None) -> tuple[object, ...]:
    """Return an admission of an adviser."""
    return (number, name or f"Member {number}", [ADVISER, ADVISER], account, KEY)


def proposals(year: Year) -> None:
    """Proposed by those who may and may not, executed early, in time, twice, and after another."""
    call = ("Consortium", "admit", admission(year, 20, year.accounts[7]))
    operation = year.operation(*call)
    year.do(year.stranger, "Governance", "schedule", *operation, year.delay)
    year.do(year.accounts[4], "Governance", "schedule", *operation, year.delay)
    year.do(year.founder, "Governance", "schedule", *operation, year.delay - 1)
    year.do(year.founder, "Governance", "schedule", *operation, year.delay)
    year.do(year.other, "Governance", "schedule", *operation, year.delay)
    later = year.propose("Consortium", "grantRole", Role.AUDITOR.value, SEAT % 20, after=year.id_of(operation))
    year.execute(operation)
    year.wait(year.delay - 5)
    year.execute(operation)
    year.wait(10)
    year.execute(later)
    year.execute((*operation[:4], NOTHING))
    year.execute(operation)
    year.execute(operation)
    year.execute(later)
    year.do(year.founder, "Governance", "schedule", *operation, year.delay)
    year.do(year.founder, "Governance", "schedule", *operation[:4], NOTHING, year.delay)
    for broken in (
        admission(year, 20, year.accounts[8]),
        admission(year, 0, year.accounts[8]),
        admission(year, 21, year.accounts[7]),
        admission(year, 21, "0x" + "00" * 20),
        admission(year, 21, year.accounts[8], "Member 20"),
        admission(year, 21, year.accounts[8], "n" * 65),
        (21, "Member 21", [ADVISER] * 6, year.accounts[8], KEY),
        (21, "Member 21", [FOUNDER], year.accounts[8], KEY),
        (21, "Member 21", [], year.accounts[8], KEY[:31]),
        (21, "Member 21", [], year.accounts[8], bytes(4097)),
    ):
        year.govern("Consortium", "admit", broken)
    year.do(year.founder, "Consortium", "admit", admission(year, 21, year.accounts[8]))


def vetoes(year: Year) -> None:
    """By members, active or suspended, founders and strangers; of what waits, is ready, is done, and is unknown."""
    operation = year.propose("Consortium", "suspend", 1, 3)
    for by in (year.stranger, year.founder, year.other):
        year.veto(operation, by)
    year.do(year.accounts[4], "Consortium", "suspend", 3, 2)
    year.veto(operation, year.accounts[3])
    year.veto(operation, year.accounts[2])
    year.veto(operation, year.accounts[2])
    year.execute(operation)
    year.do(year.founder, "Governance", "schedule", *operation, year.delay)
    year.wait(year.delay)
    year.veto(operation, year.accounts[5])
    year.execute(operation)
    done = year.propose("Consortium", "reinstate", 3)
    year.wait(year.delay)
    year.execute(done, by=year.founder)
    year.veto(done, year.accounts[2])


def batches(year: Year) -> None:
    """Several calls in one proposal: all are done, or none."""
    at = year.chain.at
    good = data_of("Consortium", "grantRole", Role.SPONSOR.value, SEAT % 1)
    bad = data_of("Consortium", "grantRole", Role.SPONSOR.value, SEAT % 99)
    for payloads in ([good, bad], [good, good], []):
        operation = ([at["Consortium"]] * len(payloads), [0] * len(payloads), payloads, NOTHING, NOTHING)
        year.do(year.stranger, "Governance", "scheduleBatch", *operation, year.delay)
        year.do(year.founder, "Governance", "scheduleBatch", *operation, year.delay)
        year.wait(year.delay)
        year.do(year.stranger, "Governance", "executeBatch", *operation)
    consortium = at["Consortium"]
    for lists in (([consortium], [0, 0], [good]), ([consortium] * 2, [0], [good]), ([], [0], [good])):
        uneven = (*lists, NOTHING, NOTHING)
        for by in (year.founder, year.stranger):
            year.do(by, "Governance", "scheduleBatch", *uneven, year.delay)
            year.do(by, "Governance", "executeBatch", *uneven)


def founders(year: Year) -> None:
    """Founders come and go, also a founder's own way; neither the other roles nor the delay ever change."""
    nobody, itself = "0x" + "00" * 20, year.chain.at["Governance"]
    for role, account in (
        (FOUNDER, year.accounts[8]), (FOUNDER, year.accounts[8]), (CANCELLER, year.accounts[8]),
        (ADMINISTRATION, year.accounts[8]), (ADMINISTRATION, itself), (ADVISER, year.accounts[8]),
        (EXECUTOR, year.accounts[8]), (EXECUTOR, nobody), (FOUNDER, nobody), (FOUNDER, itself),
        (FOUNDER, year.chain.at["Consortium"]),
    ):  # fmt: skip
        year.do(year.founder, "Governance", "grantRole", role, account)
        year.govern("Governance", "grantRole", role, account)
    year.propose("Consortium", "suspend", 5, 1, by=year.accounts[8])
    for role, account in (
        (FOUNDER, year.other), (FOUNDER, year.other), (CANCELLER, year.accounts[2]), (EXECUTOR, year.accounts[8]),
        (EXECUTOR, nobody), (ADMINISTRATION, itself), (ADVISER, year.accounts[8]), (FOUNDER, nobody),
    ):  # fmt: skip
        year.do(year.founder, "Governance", "revokeRole", role, account)
        year.govern("Governance", "revokeRole", role, account)
    year.propose("Consortium", "suspend", 5, 1, by=year.other)
    for role, account in (
        (FOUNDER, year.founder), (FOUNDER, year.accounts[8]), (FOUNDER, year.accounts[8]),
        (EXECUTOR, year.accounts[8]), (CANCELLER, year.accounts[8]), (ADMINISTRATION, year.accounts[8]),
    ):  # fmt: skip
        year.do(year.accounts[8], "Governance", "renounceRole", role, account)
    year.do(year.accounts[2], "Governance", "renounceRole", CANCELLER, year.accounts[2])
    for role in (ADMINISTRATION, EXECUTOR, FOUNDER):
        year.govern("Governance", "renounceRole", role, itself)
    for delay in (7 * DAY - 1, 8 * DAY, year.delay):
        for by in (year.stranger, year.founder):
            year.do(by, "Governance", "updateDelay", delay)
        year.govern("Governance", "updateDelay", delay)


def roles(year: Year) -> None:
    """Roles of members, and the administration, in every wrong way."""
    for role, account in (
        (ADVISER, SEAT % 1), (ADVISER, SEAT % 1), (ADVISER, SEAT % 99), (ADVISER, SEAT % 0),
        (ADVISER, year.accounts[1]), (FOUNDER, SEAT % 1), (ADMINISTRATION, year.accounts[1]),
        (ADMINISTRATION, SEAT % 1),
    ):  # fmt: skip
        year.do(year.founder, "Consortium", "grantRole", role, account)
        year.govern("Consortium", "grantRole", role, account)
        year.govern("Consortium", "revokeRole", role, account)
        year.do(year.accounts[4], "Consortium", "revokeRole", role, account)
    year.govern("Consortium", "revokeRole", ADMINISTRATION, year.chain.at["Governance"])
    for role in (ADMINISTRATION, ADVISER, FOUNDER):
        year.govern("Consortium", "renounceRole", role, year.chain.at["Governance"])
        year.do(year.accounts[2], "Consortium", "renounceRole", role, year.accounts[2])
        year.do(year.accounts[2], "Consortium", "renounceRole", role, year.accounts[3])


def suspensions(year: Year) -> None:
    """By the council, confirmed, lapsed, repeated; by the governance, which alone ends its own."""
    council, adviser = year.accounts[4], year.accounts[2]
    for reason in (0, 1):
        year.do(year.stranger, "Consortium", "suspend", 2, reason)
        year.do(adviser, "Consortium", "suspend", 2, reason)
        year.do(council, "Consortium", "suspend", 99, reason)
    year.raw(council, "Consortium", data_of("Consortium", "suspend", 2, 4)[:-1] + b"\x05")
    for reason in (0, 1, 2):
        year.do(council, "Consortium", "suspend", 2, reason)
    for by in (adviser, year.stranger, council):
        year.do(by, "Consortium", "reinstate", 2)
    year.do(year.stranger, "Consortium", "reinstate", 99)
    year.wait(14 * DAY - 10)
    year.do(year.stranger, "Consortium", "reinstate", 2)
    year.wait(10)
    year.do(year.stranger, "Consortium", "reinstate", 2)
    year.do(year.stranger, "Consortium", "reinstate", 2)
    year.do(council, "Consortium", "suspend", 2, 1)
    year.wait(14 * DAY - 10)
    year.do(council, "Consortium", "suspend", 2, 1)
    year.wait(10)
    year.do(council, "Consortium", "suspend", 2, 3)
    for reason in (2, 3):
        year.govern("Consortium", "suspend", 2, reason)
    year.wait(30 * DAY)
    year.do(year.stranger, "Consortium", "reinstate", 2)
    year.govern("Consortium", "reinstate", 2)
    year.govern("Consortium", "reinstate", 2)
    year.govern("Consortium", "suspend", 99, 1)
    year.govern("Consortium", "suspend", 3, 0)
    year.do(council, "Consortium", "suspend", 2, 4)
    year.wait(20 * DAY)
    year.govern("Consortium", "suspend", 2, 4)
    year.govern("Consortium", "reinstate", 2)
    year.do(council, "Consortium", "suspend", 1, 1)
    for function in (("suspend", 1, 1), ("reinstate", 1)):
        year.govern("Consortium", *function)
    year.do(council, "Consortium", "suspend", 1, 2)
    year.govern("Consortium", "reinstate", 1)
    year.do(council, "Consortium", "suspend", 1, 2)
    year.do(council, "Consortium", "suspend", 4, 4)
    year.do(council, "Consortium", "suspend", 2, 4)
    year.govern("Consortium", "reinstate", 4)
    year.govern("Consortium", "suspend", 3, 3)
    year.do(year.accounts[3], "Consortium", "rename", "Suspended, not gone")
    year.govern("Consortium", "reinstate", 3)


def recoveries(year: Year) -> None:
    """Proposed, in place of another, objected to, completed early, in time and late, and lapsed."""
    council, new, other = year.accounts[5], year.accounts[8], year.accounts[9]
    for by in (year.stranger, year.accounts[2]):
        year.do(by, "Consortium", "proposeRecovery", 2, new)
    year.govern("Consortium", "proposeRecovery", 2, new)
    for member, account in ((99, new), (2, year.accounts[3]), (2, "0x" + "00" * 20), (2, new), (2, other), (3, other)):
        year.do(council, "Consortium", "proposeRecovery", member, account)
    for by in (new, other):
        year.do(by, "Consortium", "completeRecovery", 2)
    year.do(year.stranger, "Consortium", "objectToRecovery")
    year.do(year.accounts[4], "Consortium", "objectToRecovery")
    year.do(year.accounts[3], "Consortium", "objectToRecovery")
    year.do(year.accounts[3], "Consortium", "objectToRecovery")
    year.do(year.accounts[2], "Consortium", "offerAccount", other)
    year.do(year.stranger, "Consortium", "lapseRecovery", 2)
    year.wait(14 * DAY)
    year.do(year.stranger, "Consortium", "lapseRecovery", 2)
    year.do(other, "Consortium", "completeRecovery", 3)
    year.do(other, "Consortium", "completeRecovery", 2)
    year.do(other, "Consortium", "acceptAccount", 2)
    year.do(year.accounts[2], "Consortium", "removeAccount", other)
    year.do(other, "Consortium", "acceptAccount", 2)
    year.do(council, "Consortium", "proposeRecovery", 3, other)
    year.wait(28 * DAY)
    year.do(other, "Consortium", "completeRecovery", 3)
    year.do(year.stranger, "Consortium", "lapseRecovery", 3)
    year.do(year.stranger, "Consortium", "lapseRecovery", 3)
    year.do(council, "Consortium", "proposeRecovery", 3, new)
    year.do(year.accounts[2], "Consortium", "offerAccount", new)
    year.do(new, "Consortium", "acceptAccount", 2)
    year.wait(14 * DAY)
    year.do(new, "Consortium", "completeRecovery", 3)
