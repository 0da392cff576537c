"""Rules: refusals, then which rule decides, and what has no jar yet."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.bank.rules import TRANSFER, Correction, Rule, Rules, Unassigned, unassigned
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

Made = Callable[..., Transaction]
GROCERIES, GIFTS, UC = "flexible.food.groceries", "flexible.leisure.gifts", "income.benefits.universal-credit"
SHOP, CORNER, DWP = Rule("shop", GIFTS), Rule("corner", GROCERIES), Rule("DWP UC", UC)
KEY = "0" * 31 + "a"
JSON = (
    '{"catalogue":1,"corrections":[{"code":"transfer","key":"0000000000000000000000000000000a"}],"format":"jamjar.rules.1",'
    '"rules":[{"code":"flexible.leisure.gifts","text":"shop","whole":false}]}'
)


@pytest.mark.parametrize(
    "fields",
    [
        ("", GIFTS), (" ", GIFTS), (" shop", GIFTS), ("a  b", GIFTS), ("a\nb", GIFTS), (None, GIFTS),
        ("x" * 201, GIFTS),
        ("shop", "gifts"), ("shop", None), ("shop", ""), ("shop", GIFTS, 1), ("shop", GIFTS, None),
    ],
)  # fmt: skip
def test_a_rule_refuses(fields: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput):
        Rule(*fields)


@pytest.mark.parametrize("fields", [("", GIFTS), (None, GIFTS), (KEY, "gifts"), (KEY, None), ("a" * 31, GIFTS)])
def test_a_correction_refuses(fields: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput):
        Correction(*fields)


@pytest.mark.parametrize(
    "fields",
    [([SHOP],), ((1,),), ((SHOP,) * 1001,), ((), [Correction(KEY, GIFTS)]),
     ((), (Correction(KEY, GIFTS), Correction(KEY, GROCERIES)))],
)  # fmt: skip
def test_rules_refuse(fields: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput):
        Rules(*fields)


@pytest.mark.parametrize("place", [-1, 2, True, None, "0"])
def test_a_place_without_a_rule_is_refused(place: Any) -> None:
    rules = Rules((SHOP, CORNER))
    for change in (lambda: rules.removing(place), lambda: rules.moving(0, place), lambda: rules.moving(place, 0)):
        with pytest.raises(InvalidInput, match="no rule at that place"):
            change()


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", JSON.replace("rules.1", "rules.2"), JSON.replace('"catalogue":1', '"catalogue":2'),
        JSON.replace('"catalogue":1', '"catalogue":true'),
        JSON.replace("flexible.leisure.gifts", "gifts"), JSON.replace("false", "0"), JSON.replace("000a", "A"),
        JSON.replace('"text"', '"payee"'), JSON.replace("[{", "{").replace("}]", "}"), JSON[:-1], None,
    ],
)  # fmt: skip
def test_other_text_is_not_read(text: Any) -> None:
    with pytest.raises(InvalidInput):
        Rules.from_json(text)


def test_the_text_is_this() -> None:
    rules = Rules((SHOP,), (Correction(KEY, TRANSFER),))
    assert rules.to_json() == JSON
    assert Rules.from_json(JSON) == rules


payees = st.text("abS ß1", min_size=1, max_size=5).map(lambda text: " ".join(text.split())).filter(bool)


@given(
    st.lists(st.builds(Rule, payees, st.sampled_from([GIFTS, UC, TRANSFER]), st.booleans()), max_size=4).map(tuple),
    st.dictionaries(
        st.sampled_from(["a" * 32, "b" * 32, KEY]),
        st.sampled_from([GIFTS, UC, "savings", "debts.priority"]),
        max_size=4,
    ),
)
def test_what_is_written_reads_back(rules: tuple[Rule, ...], corrections: dict[str, str]) -> None:
    one = Rules(rules, tuple(Correction(key, code) for key, code in corrections.items()))
    assert Rules.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    ("rule", "pence", "payee", "fits"),
    [
        (SHOP, -1, "Corner SHOP", True), (SHOP, -1, "ＳＨＯＰ", True), (SHOP, -1, "Sho p", False),
        (Rule("Shop", GIFTS, whole=True), -1, "Corner Shop", False),
        (Rule("Shop", GIFTS, whole=True), -1, "SHOP", True),
        (Rule("STRASSE", GIFTS), -1, "Hauptstraße", True), (DWP, 1, "dwp uc 1", True), (DWP, -1, "dwp uc 1", False),
        (DWP, 0, "dwp uc 1", False), (SHOP, 1, "shop", True),
    ],
)  # fmt: skip
def test_a_rule_fits(made: Made, rule: Rule, pence: int, payee: str, fits: bool) -> None:
    assert rule.fits(made(1, pence, payee)) is fits


def test_the_first_rule_that_fits_decides(made: Made) -> None:
    rules = Rules((SHOP,)).adding(CORNER)
    assert rules.code_of(made()) == GROCERIES
    assert rules.moving(0, 1).code_of(made()) == GIFTS
    assert rules.removing(0).code_of(made()) == GIFTS
    assert rules.code_of(made(payee="Landlord")) is None


def test_a_correction_is_of_one_transaction_and_goes_first(made: Made) -> None:
    rules = Rules((SHOP,)).correcting(made(1), GROCERIES).correcting(made(1), "savings")
    assert [rules.code_of(made(1)), rules.code_of(made(2))] == ["savings", GIFTS]
    assert rules.uncorrecting(made(1)) == Rules((SHOP,))


def test_a_transfer_is_one_unless_corrected(made: Made) -> None:
    pot = made(1, transfer=True)
    assert Rules((SHOP,)).code_of(pot) == TRANSFER
    assert Rules().correcting(pot, "savings").code_of(pot) == "savings"


def test_what_has_no_jar_is_listed_by_payee(made: Made) -> None:
    money = [
        made(1, -200, "First Bus"), made(2, -250, "FIRST BUS"), made(3, 200, "First Bus"), made(4, -900, "Landlord"),
        made(5, -100), made(6, -100, "x", status="pending"), made(7, -100, "x", status="void"),
        made(8, -100, "x", transfer=True),
    ]  # fmt: skip
    assert unassigned(money, Rules((SHOP,))) == (
        Unassigned("Landlord", 1, -900),
        Unassigned("First Bus", 2, -450),
        Unassigned("First Bus", 1, 200),
    )


def test_payees_are_not_shown(made: Made) -> None:
    assert not any(
        text in repr((Unassigned("Shop", 1, -735), Rules((Rule("Shop", GIFTS),)))) for text in ("Shop", "735")
    )
