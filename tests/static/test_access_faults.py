"""The access table shows each seeded fault in the row of its function, and in no other row."""

from typing import Any

import pytest

from assurance.access import access_table
from tests.static.faults import FAULTS


def described(slithered: Any) -> dict[str, str]:
    """The lines of the table for each function."""
    return {name: "\n".join(access_table.lines_of(name, row)) for name, row in access_table.rows(slithered).items()}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_shows(slithered: Any, faulty: Any, name: str) -> None:
    before, after = described(slithered), described(faulty)
    for row, word in FAULTS[name].rows.items():
        assert after[row] != before.get(row)
        assert word in after[row]


def test_nothing_else_does(slithered: Any, faulty: Any) -> None:
    before, after = described(slithered), described(faulty)
    assert {name for name in after if after[name] != before.get(name)} == {n for f in FAULTS.values() for n in f.rows}


def test_what_no_contract_may_have_shows(faulty: Any) -> None:
    found = access_table.absent(faulty)
    assert found["calls of other contracts but for a view"] == [
        "IConsentRegistry.release (changes state)",
        "target.call (any call)",
    ]
    seeded = [loop.partition(":")[0] for loop in found["loops without a bound"]]
    assert seeded[0] == "AdviceLog.acknowledgeBatch"
    assert "AdviceLog.acknowledgeBatch" not in seeded[1:]
