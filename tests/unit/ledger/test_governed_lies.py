"""Events of the governance that no contract emits, or not in this order: the node that tells them is not believed."""

from typing import Any

import pytest

from jamjar.errors import LedgerError
from jamjar.protocol import events
from jamjar.protocol.roles import Role
from tests.unit.ledger.test_governed import DATA, NAME, SAFE, A, Ledger

IMPOSSIBLE = (
    (events.Cancelled, NAME),
    (events.CallSalt, NAME, bytes(32)),
    (events.CallExecuted, NAME, 0, SAFE, 0, DATA),
    (events.CallScheduled, NAME, 1, SAFE, 0, DATA, bytes(32), 700),
    (events.MemberSuspended, 4, 200, 0, A),
    (events.RoleGranted, Role.ADVISER.value, "no address", A),
)


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_a_node_that_lies(impossible: tuple[Any, ...]) -> None:
    with pytest.raises(LedgerError, match="make no sense; ask another"):
        Ledger(impossible).now()
