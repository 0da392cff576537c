"""What people type as an amount: what is refused, then the month's pence by rules that advice agencies publish.

When the words are not known           it is refused, and never repeated
When it says how often                 a month is that many payments a year, over 12
When it is paid direct, or carries over   that is kept, and written as it is read
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan.frequency import FREQUENCIES, frequency
from jamjar.plan.money import MAX_PENCE
from jamjar.plan.typed_amount import TypedAmount, typed


@pytest.mark.parametrize(
    "text",
    ["", "  ", "weekly", "12 quid", "12.345", "1,2", "-5", "12 weekly weekly", "12 39 weeks", "12 53 weeks", "€12",
     "12, sometimes", "12, direct from fixed.home.rent", "12, direct from income.nothing", "12" * 200, 12, None,
     "99999999999", "12 0 weeks", "12 every blue moon"],
)  # fmt: skip
def test_what_is_no_amount(text: object) -> None:
    with pytest.raises(InvalidBudget) as caught:
        typed(text, "The rent")
    assert "quid" not in str(caught.value)
    assert "weekly weekly" not in str(caught.value)


# National Debtline and StepChange: weekly x 52/12, four-weekly x 13/12, fortnightly x 26/12, quarterly over 3, yearly
# over 12; council tax by ten instalments; rent with four rent-free weeks is 48 weeks over 12, so four weeks' rent.
@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("120", 12000), ("£1,234.56", 123456), ("26.05 weekly", 11288), ("26.05 a week", 11288), ("26.05/week", 11288),
        ("26.05 pw", 11288), ("100 fortnightly", 21667), ("100 every 2 weeks", 21667), ("103.00 four-weekly", 11158),
        ("103 every 4 weeks", 11158), ("103 4-weekly", 11158), ("103 every four weeks", 11158),
        ("90 quarterly", 3000), ("90 every 3 months", 3000), ("159 yearly", 1325), ("159 a year", 1325),
        ("159 per annum", 1325), ("60 twice a year", 1000), ("60 half-yearly", 1000), ("60 every 6 months", 1000),
        ("60 twice a month", 12000), ("150 ten months a year", 12500), ("150 10 months", 12500),
        ("120 48 weeks", 48000), ("120 48 weeks a year", 48000), ("120 50 weeks a year", 50000),
        ("120 52 weeks", 52000), ("120 per calendar month", 12000), ("0", 0), ("0.01 yearly", 0), ("0.06 yearly", 1),
    ],
)  # fmt: skip
def test_the_month_of_an_amount(text: str, pence: int) -> None:
    assert typed(text).month == pence


def test_what_is_special_is_kept() -> None:
    assert typed("500, direct").direct == "income.benefits.universal-credit"
    found = typed("120 48 weeks, direct from income.benefits.housing, carry over")
    assert (found.pence, found.often.payments, found.direct) == (12000, 48, "income.benefits.housing")
    assert found.carries
    assert typed("103 every 4 weeks").reckoned == "£103.00 four-weekly x 13/12"
    assert typed("103").reckoned == ""


def test_no_amount_is_in_a_repr() -> None:
    assert "7654321" not in repr(typed("7654321"))


@given(
    st.integers(0, MAX_PENCE), st.sampled_from([*FREQUENCIES, "50 weeks a year"]),
    st.sampled_from(["", "income.benefits.universal-credit", "income.benefits.housing"]), st.booleans(),
)  # fmt: skip
def test_what_is_written_is_read_as_it_was(pence: int, often: str, direct: str, carries: bool) -> None:
    made = TypedAmount(pence, frequency(often), direct, carries)
    assert typed(made.written) == made
    assert abs(made.month * 12 - pence * made.often.payments) <= 6
