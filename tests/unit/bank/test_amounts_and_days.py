"""Amounts and days as banks write them: refusals, then every form."""

from datetime import date

import pytest

from jamjar.bank.amounts import amount
from jamjar.bank.days import is_form, moment
from jamjar.errors import InvalidInput


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "£", "2,00", "1.234,56", "(4.50", "4.50)", "-4.50-", "--4.50", "+-4.50", "-(4.50)", "=1+1",
        "4.5.0", "4.505", "735.", ".19", "1e3", "NaN", "٧٣٥", "$4.50", "4.50 EUR", "4 50", "9" * 14, "9" * 5000,
        "4.50 XCR", "((4.50))", "£(4.50", "(-4.50)", "-4.50 DR", "4.50 (DR)", "1 204.50", "4.50 X",
    ],
)  # fmt: skip
def test_other_amounts_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"^The amount ") as caught:
        amount(text, "The amount")
    assert not text.strip() or len(text) < 3 or text not in str(caught.value)


@pytest.mark.parametrize("text", ["-4.50", "+4.50", "(4.50)", "4.50 DR"])
def test_a_sign_beside_a_direction_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="direction"):
        amount(text, "The amount", signed=False)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("4.50", 450), ("4.5", 450), ("4", 400), ("-4.50", -450), ("+4.50", 450), ("(4.50)", -450), ("£4.50", 450),
        ("-£4.50", -450), ("£-4.50", -450), ("(£4.50)", -450), ("\u22124.50", -450), ("£\u22124.50", -450), ("4.50-",
        -450),
        ("4.50CR", 450), ("4.50 cr", 450), ("4.50 DR", -450), ("1,204.50", 120450), (" -1,204.50 ", -120450),
        ("-12.34\xa0GBP", -1234), ("GBP 12.34", 1234), ("735.19000", 73519), ("0.00", 0), ("-0.00", 0),
        ("- 4.50", -450), ("-£ 4.50", -450), ("- £4.50", -450), ("£(4.50)", -450), ("\u20134.50", -450),
        ("4.50D", -450), ("4.50 C", 450),
    ],
)  # fmt: skip
def test_amounts(text: str, pence: int) -> None:
    assert amount(text, "The amount") == pence


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("30/02/2026", "dd/mm/yyyy"), ("11/13/2026", "dd/mm/yyyy"), ("1/4/2026", "dd/mm/yyyy"), ("10/11/1926",
        "dd/mm/yyyy"),
        ("10 Nix 2026", "dd mmm yyyy"), ("2026-13-01", "iso"), ("2026-11-10T25:00:00Z", "iso"), ("2026-11-10X", "iso"),
        ("2026-11-10T10:00:00+15:00", "iso"), ("٢٠٢٦-11-10", "iso"), ("", "iso"), ("x" * 5000, "iso"), ("20261110",
        "iso"),
    ],
)  # fmt: skip
def test_other_days_are_refused(text: str, form: str) -> None:
    with pytest.raises(InvalidInput, match=r"^The date is not a day of 2000 to 2199 written as "):
        moment(text, "The date", (form,))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("10/11/2026", "dd/mm/yyyy"), ("10/11/2026 09:30", "dd/mm/yyyy"), ("10 Nov 2026", "dd mmm yyyy"),
        ("10 NOVEMBER 2026", "dd mmm yyyy"), (" 10  Nov 26", "dd mmm yy"), ("10-Nov-26", "dd-mmm-yy"),
        ("10.11.2026", "dd.mm.yyyy"), ("10-11-2026", "dd-mm-yyyy"), ("10/11/26", "d/m/yy"), ("20261110", "yyyymmdd"),
        ("2026-11-10", "iso"), ("2026-11-10 00:00:00 +0000", "iso"), ("2026-11-09T23:30:00-04:00", "iso"),
    ],
)  # fmt: skip
def test_days(text: str, form: str) -> None:
    assert is_form(form)
    assert moment(text, "The date", (form,)).day == date(2026, 11, 10)


@pytest.mark.parametrize(
    "form", ["", "yyyy", "dd/mm", "mm/mm/yyyy", "dd mm mmm yy", None, 5, "%d/%m/%Y", "dd/mm/yyyyy"]
)
def test_other_forms_are_none(form: str) -> None:
    assert not is_form(form)
