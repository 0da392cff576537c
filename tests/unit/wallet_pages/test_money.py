"""This month, bank files and the plan in the claimant's pages.

Given a bank file       what is new is shown first; it is stored when told so, once; and taken back
Given a stale page      neither repeats nor undoes another's work
Given a plan            one question a page, begun from last month's; every answer is stored at once
"""

import pytest

from jamjar.plan.budget import Line
from tests.unit.wallet_pages.scene import Scene

HOSTILE = "<script>alert(1)</script>"
FILE = f"""Date,Description,Amount
2026-05-03,{HOSTILE},-12.50
2026-05-04,TESCO,-20.00
2026-05-05,TESCO,-1.00
"""


def look(scene: Scene, text: str = FILE) -> object:
    fields = {"csrf": scene.guard.door.csrf, "account": "mine"}
    return scene.browser.upload(f"{scene.base}/bank/look", fields, "bank.csv", text.encode())


def test_a_bank_file(inside: Scene) -> None:
    shown = look(inside)
    assert shown.status == 200, shown.words
    assert "What bank.csv will bring" in shown.words
    assert "New 3" in shown.words
    assert inside.claimant.jars.transactions() == ()
    taken = inside.browser.press(shown, "/bank/take")
    assert len(inside.claimant.jars.transactions()) == 3
    assert "Put 2 payees into jars" in taken.words
    assert "has changed since" in inside.browser.press(shown, "/bank/take").words
    assert "New 0 Known already 3" in look(inside).words
    inside.browser.press(taken, "/bank/undo")
    assert inside.claimant.jars.transactions() == ()
    assert "has changed since" in inside.browser.press(taken, "/bank/undo").words


@pytest.mark.parametrize("text", ["", "no,bank,file\n1,2,3\n", "\x00" * 100])
def test_what_is_no_bank_file(inside: Scene, text: str) -> None:
    refused = look(inside, text)
    assert refused.status == 400
    assert inside.claimant.chosen is None
    assert inside.claimant.jars.transactions() == ()


def test_a_chosen_file_is_forgotten_when_it_locks(inside: Scene) -> None:
    look(inside)
    assert inside.claimant.chosen is not None
    assert "bank.csv" in repr(inside.claimant.chosen)
    assert "TESCO" not in repr(inside.claimant.chosen)
    inside.guard.lock()
    assert inside.claimant.chosen is None


def start(scene: Scene) -> object:
    page = scene.get("/plan")
    return scene.browser.press(page, "/plan/start", claim_day="1", nation="scotland", amount="424.90")


def test_a_plan_question_by_question(inside: Scene) -> None:
    assert "There is no plan for today yet." in inside.get("/month").words
    assert "Your plan, 1 June 2026 to 30 June 2026" in start(inside).words
    line = inside.get("/plan/line/fixed.home.rent")
    done = inside.browser.press(line, "/plan/line/fixed.home.rent", amount="103", often="four-weekly", direct="1")
    assert "£111.58 £103.00 four-weekly x 13/12" in done.words
    (plan,) = inside.claimant.jars.plans()
    assert plan.nation == "scotland"
    assert plan.budget.lines == (Line("income.benefits.universal-credit", 42490), Line("fixed.home.rent", 11158))
    assert plan.lines[1].amount.direct
    stale = inside.browser.press(line, "/plan/line/fixed.home.rent", amount="1", often="monthly")
    assert "has changed since" in stale.words
    month = inside.get("/month").words
    assert "Next payday" in month
    assert "Rent" in month


def test_next_month_begins_with_this_month_s(inside: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    start(inside)
    later = inside.claimant.now() + 40 * 86_400
    monkeypatch.setattr(inside.claimant, "_clock", lambda: later)
    page = inside.get("/plan")
    question = inside.browser.press(page, "/plan/start")
    assert "Last month's plan: £424.90 a month" in question.words
    inside.browser.press(question, "universal-credit", amount="430")
    assert [plan.budget.income for plan in inside.claimant.jars.plans()] == [42490, 43000]


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"amount": HOSTILE}, "is not an amount in pounds"), ({"amount": "1", "often": "often"}, "is not known")],
)
def test_an_answer_that_no_plan_can_have(inside: Scene, fields: dict[str, str], said: str) -> None:
    start(inside)
    line = inside.get("/plan/line/fixed.home.rent")
    wrong = inside.browser.press(line, "/plan/line/fixed.home.rent", **{"often": "monthly", **fields})
    assert said in wrong.words
    assert "<script" not in wrong.text
    assert len(inside.claimant.jars.plans()[0].lines) == 1


@pytest.mark.parametrize("code", ["x", "debts.priority", "<b>", "fixed.home"])
def test_a_line_that_is_not_there(inside: Scene, code: str) -> None:
    start(inside)
    assert inside.get(f"/plan/line/{code}").status in {400, 404}


def test_the_first_answers(inside: Scene) -> None:
    page = inside.get("/plan")
    for day, nation in (("0", "scotland"), ("32", "scotland"), ("x", "scotland"), ("1", ""), ("1", "<b>")):
        assert inside.browser.press(page, "/plan/start", claim_day=day, nation=nation, amount="1").status == 400
    assert inside.claimant.jars.plans() == ()
