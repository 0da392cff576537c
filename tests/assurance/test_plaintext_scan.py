"""plaintext_scan: the search for what must never be on chain, in pieces made by hand.

When nothing forbidden is in a piece                        it finds nothing
When an amount is a word: pence, negative, whole pounds     it finds it, at every byte offset
When an amount is text: with £, comma, pence alone          it finds it
When a jar, a label, a purpose or a creditor is text        it finds it, in UTF-8 and as hex digits
When a piece has 12 characters of a notice                  it finds them; 11 are too few
When an amount is zero                                      it is not searched for
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.privacy.chain_bytes import Piece
from assurance.privacy.plaintext_scan import Finding, Forbidden, findings
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod.containing(date(2026, 5, 31), date(2026, 5, 31))
BUDGET = Budget(
    PERIOD,
    (
        Line("income.earnings.salary", 115143),
        Line("fixed.home.rent", 11914),
        Line("flexible.food.groceries", 2500),
        Line("fixed.utilities.gas", 999),
        Line("fixed.utilities.electricity", 0),
    ),
    (Debt("priority", "Zoë's Water Works", 40000, 731),),
)
NOTICE = "You let an adviser look at what is listed here, until the end date."
FORBIDDEN = Forbidden.of([BUDGET], [NOTICE])
RANDOM = bytes.fromhex("9c22ff5f21f0b81b113e63f7db6da94fedef11b2119b4088b89664fb9a3cb658")  # keccak256("test")


def _found(data: bytes) -> list[tuple[str, int]]:
    return [(each.what, each.offset) for each in findings([Piece("here", "log", "0x", data)], FORBIDDEN)]


def _word(number: int) -> bytes:
    return number.to_bytes(32, "big", signed=True)


@given(st.binary(max_size=300))
def test_finds_nothing_in_other_bytes(data: bytes) -> None:
    assert _found(data.replace(b"\0", b"\1")) == []


@given(st.integers(0, 70), st.integers(0, 70))
@pytest.mark.parametrize("pence", [115143, 11914, 2500, 999, 40000, 731, -115143, -11914, 25, -25, 400])
def test_finds_an_amount_as_a_word_at_every_offset(pence: int, before: int, after: int) -> None:
    data = b"\xaa" * before + _word(pence) + b"\xaa" * after
    assert _found(data) == [("an amount, as a word", before)]


@pytest.mark.parametrize("total", [BUDGET.outgoings, BUDGET.balance, 11914 + 999])
def test_finds_totals_too(total: int) -> None:
    known = {entry.value for entry in BUDGET.entries()}
    assert _found(RANDOM + _word(total)) == ([("an amount, as a word", 32)] if total in known else [])


@pytest.mark.parametrize("text", ["119.14", "£119.14", "11914", "1,151.43", "1151.43", "£1,151.43", "25.00", "£9.99"])
def test_finds_an_amount_as_text(text: str) -> None:
    assert ("an amount, as text", 32) in _found(RANDOM + text.encode())
    assert ("an amount, as text", 34) in _found(RANDOM + b"0x" + text.encode().hex().encode())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("fixed.home.rent", "the name of a jar"),
        ("flexible.leisure.gifts", "the name of a jar"),  # a jar, although not in this budget
        ("Universal Credit or tax credits", "the name of a jar"),
        ("fixed.home", "the name of a jar"),
        ("total.outgoings", "the name of a jar"),
        ("dpv:RequestedServiceProvision", "a purpose"),
        ("dpv:Marketing", "a purpose"),
        ("Zoë's Water Works", "a creditor"),
        ("at what is l", "free text"),
    ],
)
@pytest.mark.parametrize("write", [str.encode, lambda text: text.encode().hex().encode()], ids=["UTF-8", "hex"])
def test_finds_a_text(text: str, what: str, write) -> None:
    assert what in [found for found, _ in _found(RANDOM + write(text) + RANDOM)]


@pytest.mark.parametrize("at", range(len(NOTICE) - 11))
def test_finds_every_run_of_12_characters(at: int) -> None:
    assert _found(RANDOM + NOTICE[at : at + 12].encode() + RANDOM) == [("free text", 32)]


def test_11_characters_are_too_few() -> None:
    assert _found(RANDOM + NOTICE[:11].encode() + RANDOM) == []


def test_zero_is_not_searched_for() -> None:
    assert _found(bytes(320)) == []


def test_a_finding_says_where_and_never_what() -> None:
    [found] = findings([Piece("0xabc log 3", "log", "0x", RANDOM + _word(11914))], FORBIDDEN)
    assert found == Finding("0xabc log 3", "an amount, as a word", 32)
    assert "11914" not in repr(FORBIDDEN)
