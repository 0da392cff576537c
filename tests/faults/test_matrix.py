"""Whatever happens to a relayer, and when: what it accepted is on the ledger exactly once, or reported rejected.

Each row is a relayer of its own, as a process, with a node and a database of its own. It is stopped at a stage, the
fault happens, and it goes on; meanwhile and afterwards messages are sent. In the end the ledger is read without it.
"""

from concurrent.futures import Future

import pytest

from tests.faults.faults import FAULTS
from tests.faults.launcher import STAGES
from tests.faults.row import Row

MATRIX = [(fault, stage) for fault in FAULTS for stage in STAGES]


@pytest.mark.parametrize("row", MATRIX, ids="-".join)
def test_what_was_accepted_is_on_the_ledger_once_or_rejected(
    row: tuple[str, str], rows: dict[tuple[str, str], Future[Row]]
) -> None:
    assert rows[row].result().wrong == ()
