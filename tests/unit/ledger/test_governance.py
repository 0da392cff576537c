"""ledger.governance: what is sent to propose and to execute.

When a proposal has no call                     one sentence says so, and nothing is sent
When it has calls                               they are one batch, with the ledger's delay and a fresh salt
Given it was made by `schedule`                 it is executed by `execute`; any other by `executeBatch`
"""

from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.ledger.governance import Governance
from jamjar.model.state import Proposal, Reason
from jamjar.protocol.calldata import data_of
from jamjar.protocol.settings import DAY
from tests.unit.cli.home import WHOLE

AT, NONE, SALT = WHOLE.consortium.address, bytes(32), b"s" * 32
CALL = (AT, 0, b"call")


class Ledger:
    """Keeps what is sent; answers whether a proposal of one call is pending under the name that `schedule` gives."""

    deployment = WHOLE

    def __init__(self, *, is_single: bool = False) -> None:
        self.sent, self.is_single = list[tuple[Any, ...]](), is_single

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        return {"getMinDelay": 9 * DAY, "hashOperation": b"n" * 32, "isOperationPending": self.is_single}[function]

    def send(self, _account: str, *call: Any) -> None:
        self.sent.append(call)


def test_nothing_to_propose() -> None:
    ledger = Ledger()
    with pytest.raises(InvalidInput, match="without a call changes nothing"):
        Governance(ledger, AT).propose()  # type: ignore[arg-type]
    assert ledger.sent == []


def test_one_batch() -> None:
    ledger, calls = Ledger(), (("suspend", 2, Reason.LEFT), ("reinstate", 3))
    for _ in range(2):
        Governance(ledger, AT).propose(*calls)  # type: ignore[arg-type]
    (*one, salt, delay), (*other, another, _) = ledger.sent
    data = [data_of("Consortium", function, *arguments) for function, *arguments in calls]
    assert one == other == ["Governance", "scheduleBatch", [AT, AT], [0, 0], data, NONE]
    assert (delay, len(salt), salt != another) == (9 * DAY, 32, True)


@pytest.mark.parametrize(
    ("calls", "is_single", "sent"),
    [
        ((CALL,), True, ("execute", *CALL, NONE, SALT)),
        ((CALL,), False, ("executeBatch", [AT], [0], [b"call"], NONE, SALT)),
        ((CALL, CALL), True, ("executeBatch", [AT, AT], [0, 0], [b"call"] * 2, NONE, SALT)),
    ],
)
def test_executed(calls: tuple[Any, ...], is_single: bool, sent: tuple[Any, ...]) -> None:
    ledger = Ledger(is_single=is_single)
    Governance(ledger, AT).execute(Proposal(calls, NONE, SALT))  # type: ignore[arg-type]
    assert ledger.sent == [("Governance", *sent)]
