"""A plan's debts in the claimant's pages.

Given a debt           it is added, changed, and gone once nothing is owed; hostile names are text
Given a stale page     nothing is done
Given what no plan can have, or a debt that is not there    a sentence, and nothing is stored
"""

import pytest

from tests.unit.wallet_pages.scene import Scene

CREDITOR = "Town <b>Council</b>"
ASKED = {"creditor": CREDITOR, "kind": "priority", "owed": "450", "offer": "10", "often": "weekly"}


@pytest.fixture
def planned(inside: Scene) -> Scene:
    inside.browser.press(inside.get("/plan"), "/plan/start", claim_day="1", nation="scotland", amount="424.90")
    return inside


def debts(scene: Scene) -> list[tuple[str, str, int, int]]:
    (plan,) = scene.claimant.jars.plans()
    return [(each.kind, each.creditor, each.owed, each.offer.month) for each in plan.debts]


def test_its_life(planned: Scene) -> None:
    page = planned.get("/plan/debt")
    added = planned.browser.press(page, "/plan/debt", **ASKED)
    assert f"{CREDITOR} £43.33 of £450.00 owed Change" in added.words
    assert "<b>" not in added.text
    assert debts(planned) == [("priority", CREDITOR, 45_000, 4_333)]
    assert "has changed since" in planned.browser.press(page, "/plan/debt", **ASKED).words
    changed = planned.browser.press(
        planned.get("/plan/debt/1"), "/plan/debt/1", owed="440", offer="20", often="monthly"
    )
    assert "£20.00 of £440.00 owed" in changed.words
    planned.browser.press(planned.get("/plan/debt/1"), "/plan/debt/1", owed="0")
    assert debts(planned) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "not said which kind"),
        ({"kind": "other"}, "not said which kind"),
        ({"owed": "x"}, "is not an amount in pounds"),
        ({"owed": ""}, "is not an amount in pounds"),
        ({"owed": "0"}, "There is no debt to"),
        ({"offer": "-1"}, "is negative"),
        ({"often": "often"}, "is not known"),
        ({"creditor": ""}, "creditor"),
    ],
)
def test_what_no_plan_can_have(planned: Scene, fields: dict[str, str], said: str) -> None:
    wrong = planned.browser.press(planned.get("/plan/debt"), "/plan/debt", **ASKED | fields)
    assert (wrong.status, said in wrong.words) == (400, True), wrong.words
    assert debts(planned) == []


@pytest.mark.parametrize("name", ["0", "1", "-1", "x", "1x"])
def test_no_such_debt(planned: Scene, name: str) -> None:
    assert "There is no such debt" in planned.get(f"/plan/debt/{name}").words


def test_before_there_is_a_plan(inside: Scene) -> None:
    assert "start one first" in inside.get("/plan/debt").words
