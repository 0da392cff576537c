"""Money: refusals first, then that text and pence say the same."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.plan.money import MAX_PENCE, format_pounds, from_pounds, pence

amounts = st.integers(-MAX_PENCE, MAX_PENCE)


@pytest.mark.parametrize("value", [True, False, 1.0, float("nan"), "1", None, Decimal(1), b"1", -1, MAX_PENCE + 1])
def test_pence_refuses(value: object) -> None:
    with pytest.raises(InvalidInput, match="the rent"):
        pence(value, "the rent")


def test_negative_pence_are_bounded_too() -> None:
    assert pence(-MAX_PENCE, "the balance", negative=True) == -MAX_PENCE
    with pytest.raises(InvalidInput, match="the balance"):
        pence(-MAX_PENCE - 1, "the balance", negative=True)


@pytest.mark.parametrize("value", [0, 1, MAX_PENCE])
def test_pence_returns_what_is_valid(value: int) -> None:
    assert pence(value, "the rent") == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "£", ".", "12.", ".50", "12.345", "12.30p", "12p", "1e3", "0x10", "NaN", "inf",
        "$12.30", "€12.30", "12.30 EUR", "GBP 12", "££1", "1,23.00", "12,34", "1,2345", ",123", "1 234",
        "1.234,56", "--1", "£-1", "(12.00)", "１２.30", "1\n2", "12.30\x00", "9" * 5000, "+1",
    ],
)  # fmt: skip
def test_from_pounds_refuses_what_is_not_plain_pounds(text: str) -> None:
    with pytest.raises(InvalidInput, match="not an amount in pounds"):
        from_pounds(text)


@pytest.mark.parametrize("value", [12.3, 12, True, None, Decimal("12.30"), b"12"])
def test_from_pounds_refuses_what_is_not_text(value: object) -> None:
    with pytest.raises(InvalidInput, match="as text"):
        from_pounds(value)


def test_from_pounds_refuses_a_negative_unless_told() -> None:
    with pytest.raises(InvalidInput, match="negative"):
        from_pounds("-0.01")
    assert from_pounds("-0.01", negative=True) == -1


def test_from_pounds_refuses_more_than_a_billion() -> None:
    assert from_pounds("1,000,000,000.00") == MAX_PENCE
    with pytest.raises(InvalidInput, match="billion"):
        from_pounds("1,000,000,000.01")


@pytest.mark.parametrize(
    "refused", [lambda: pence(-73519, "x"), lambda: pence(73519 * 10**9, "x"), lambda: from_pounds("735.19x")]
)
def test_errors_never_repeat_the_amount(refused) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidInput) as caught:
        refused()
    assert "735" not in str(caught.value)


@given(amounts)
def test_what_is_written_reads_back(amount: int) -> None:
    assert from_pounds(format_pounds(amount), negative=True) == amount


@given(amounts)
def test_what_is_written_is_what_decimal_writes(amount: int) -> None:
    pounds = f"{abs(Decimal(amount)) / 100:,.2f}"
    assert format_pounds(amount) == ("-£" if amount < 0 else "£") + pounds


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.56", 123456),
        ("£12.30", 1230),
        ("12", 1200),
        ("12.3", 1230),
        (" 0.05 ", 5),
        ("1234567.89", 123456789),
    ],
)
def test_from_pounds_reads(text: str, amount: int) -> None:
    assert from_pounds(text) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [(123456, "£1,234.56"), (-1200, "-£12.00"), (0, "£0.00"), (-5, "-£0.05"), (7, "£0.07")],
)
def test_format_pounds_writes(amount: int, text: str) -> None:
    assert format_pounds(amount) == text


@pytest.mark.parametrize("amount", [True, 1.5, "1", None])
def test_format_pounds_refuses(amount: object) -> None:
    with pytest.raises(InvalidInput):
        format_pounds(amount)  # type: ignore[arg-type]
