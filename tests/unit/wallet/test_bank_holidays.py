"""Bank holidays are the government's own, by nation, and reading them fetches nothing."""

import subprocess
import sys
from datetime import date

import pytest

from jamjar.errors import InvalidInput
from jamjar.plan.plan import NATIONS
from jamjar.wallet.bank_holidays import bank_holidays

# https://www.gov.uk/bank-holidays
KNOWN = {
    "england-and-wales": {date(2026, 4, 6): "Easter Monday", date(2026, 12, 28): "Boxing Day"},
    "scotland": {date(2026, 1, 2): "2nd January", date(2026, 11, 30): "St Andrew’s Day"},
    "northern-ireland": {date(2026, 3, 17): "St Patrick’s Day"},
}


@pytest.mark.parametrize("nation", NATIONS)
def test_the_holidays_of_a_nation(nation: str) -> None:
    found = bank_holidays(nation)  # type: ignore[arg-type]
    assert {day: found[day] for day in KNOWN[nation]} == KNOWN[nation]
    assert date(2026, 12, 25) in found
    assert list(found) == sorted(found)
    assert (date(2026, 11, 30) in found) == (nation == "scotland")


def test_another_nation() -> None:
    with pytest.raises(InvalidInput, match="give one of england-and-wales"):
        bank_holidays("mars")  # type: ignore[arg-type]


def test_nothing_that_could_fetch_is_loaded() -> None:
    code = (
        "import sys; from jamjar.wallet.bank_holidays import bank_holidays; bank_holidays('scotland');"
        "print(sorted({'requests', 'urllib3', 'http.client', 'govuk_bank_holidays.bank_holidays'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
