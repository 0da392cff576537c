"""Payees in the claimant's pages.

Given payees without a jar    each with its sum and one choice; what is chosen becomes rules, in one change
Given rules                   each is changed or removed; the last change is taken back, once
Given a stale page            it changes nothing twice, and undoes nothing of another window's
Given hostile names           they are text; so is one that is empty, or longer than a rule's
Given what no rule can say    a sentence, and nothing is changed
"""

import pytest

from jamjar.bank.rules import Rules
from tests.support.browsing import Answered
from tests.unit.wallet_pages.scene import Scene
from tests.unit.wallet_pages.test_money import HOSTILE, look

GROCERIES, GIFTS, WAGES = "flexible.food.groceries", "flexible.leisure.gifts", "income.earnings.salary"
LONG = "L" * 300
FILE = f"""Date,Description,Amount
2026-05-03,{HOSTILE},-12.50
2026-05-04,TESCO,-20.00
2026-05-05,TESCO,-1.00
2026-05-06,TESCO,500.00
2026-05-07,{LONG},-2.00
"""


@pytest.fixture
def paid(inside: Scene) -> Scene:
    inside.browser.press(look(inside, FILE), "/bank/take")
    return inside


def rules(scene: Scene) -> list[tuple[str, str]]:
    return [(each.text, each.code) for each in scene.claimant.jars.rules().rules]


def put(scene: Scene, page: Answered | None = None, **chosen: str) -> Answered:
    typed = {name.replace("_", "-"): code for name, code in chosen.items()}
    return scene.browser.press(page or scene.get("/payees"), "/payees", **typed)


def test_they_are_put_into_jars(paid: Scene) -> None:
    assert "Put 4 payees into jars" in paid.get("/bank").words
    page = paid.get("/payees")
    for said in ("TESCO 1 time, in all £500.00", "TESCO 2 times, in all -£21.00", f"{HOSTILE} 1 time"):
        assert said in page.words
    assert "<script" not in page.text
    left = put(paid, page, jar_1=WAGES, jar_2=GROCERIES)
    assert "TESCO" not in left.words
    assert rules(paid) == [("TESCO", WAGES), ("TESCO", GROCERIES)]  # money received is not a refund of groceries
    jars = paid.claimant.jars
    codes = {each.pence: jars.rules().code_of(each) for each in jars.transactions() if each.payee == "TESCO"}
    assert codes == {50_000: WAGES, -2_000: GROCERIES, -100: GROCERIES}


def test_a_stale_page_changes_nothing(paid: Scene) -> None:
    page = paid.get("/payees")
    put(paid, page, jar_2=GROCERIES)
    assert "has changed since" in put(paid, page, jar_2=GROCERIES).words
    other = paid.get("/payees")
    put(paid, jar_1=GIFTS)
    undo = paid.get("/rules")
    assert "has changed since" in put(paid, other, jar_1=WAGES, jar_2=GIFTS).words
    paid.browser.press(undo, "/rules/undo")
    assert rules(paid) == [("TESCO", GROCERIES)]
    assert "has changed since" in paid.browser.press(undo, "/rules/undo").words
    assert "Take the last change back" not in paid.get("/rules").words


def test_rules_are_changed_and_removed(paid: Scene) -> None:
    put(paid, jar_2=GROCERIES, jar_3=GIFTS)
    listed = paid.get("/rules")
    assert f"{HOSTILE} Gifts" in listed.words
    assert "<script" not in listed.text + paid.get("/rules/1").text
    page, wanted = paid.get("/rules/1"), rules(paid)[1]
    paid.browser.press(page, "/rules/1", jar="transfer")
    assert rules(paid) == [(HOSTILE, "transfer"), wanted]
    for late in ("/rules/1", "/rules/1/remove"):
        assert "has changed since" in paid.browser.press(page, late).words
    paid.browser.press(paid.get("/rules/1"), "/rules/1/remove")
    assert rules(paid) == [wanted]
    paid.browser.press(paid.get("/rules"), "/rules/undo")
    assert rules(paid) == [(HOSTILE, "transfer"), wanted]


def test_a_name_that_no_rule_can_have(paid: Scene) -> None:
    assert "Besides" not in paid.get("/rules").words
    put(paid, jar_4=GIFTS)
    assert rules(paid) == []
    assert [each.code for each in paid.claimant.jars.rules().corrections] == [GIFTS]
    assert LONG not in paid.get("/payees").words
    assert "Besides, 1 single payment has a jar of its own." in paid.get("/rules").words


@pytest.mark.parametrize(
    "chosen", [{}, {"jar_2": WAGES}, {"jar_1": "<b>"}, {"jar_3": GROCERIES, "jar_1": "fixed.home"}, {"jar_99": GIFTS}]
)
def test_what_cannot_be_chosen(paid: Scene, chosen: dict[str, str]) -> None:
    refused = put(paid, **chosen)
    assert refused.status == 400
    assert "<b>" not in refused.text
    assert paid.claimant.jars.rules() == Rules()
    put(paid, jar_2=GROCERIES)
    assert paid.browser.press(paid.get("/rules/1"), "/rules/1", jar="<b>").status == 400
    assert rules(paid) == [("TESCO", GROCERIES)]


@pytest.mark.parametrize("path", ["/rules/0", "/rules/1", "/rules/-1", "/rules/x", "/payees?from=0", "/payees?from=x"])
def test_what_is_not_there(paid: Scene, path: str) -> None:
    assert "There is no" in paid.get(path).words


def test_many_come_page_by_page(inside: Scene) -> None:
    rows = "\n".join(f"2026-05-03,SHOP {chr(65 + n)},-{n + 1}.00" for n in range(25))
    inside.browser.press(look(inside, f"Date,Description,Amount\n{rows}\n"), "/bank/take")
    first = inside.get("/payees")
    assert "Show the next ones, of 25 in all" in first.words
    second = inside.get("/payees?from=21")
    assert ("SHOP E" in second.words, "SHOP F" in second.words) == (True, False)
    put(inside, second, jar_25=GROCERIES)
    assert rules(inside) == [("SHOP A", GROCERIES)]
    assert inside.get("/payees?from=999999999").status == 200
