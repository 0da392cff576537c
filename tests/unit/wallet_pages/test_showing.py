"""Showing figures in the claimant's pages.

Given a consent that runs   the plan's digest goes on the ledger, then what would be shown is shown first
Given one for questions     only which month it is
When a form is sent twice   nothing is shown twice
Given none that runs        nothing is shown, and no plan is committed to
"""

from jamjar.plan.plan import Plan
from jamjar.protocol.typed_data import Commit
from tests.unit.wallet import asking_scene
from tests.unit.wallet.scene import BUDGET
from tests.unit.wallet_pages.scene import Scene


def test_figures_are_shown_once(inside: Scene) -> None:
    consent = inside.granted()
    inside.claimant.jars.plan(Plan.of(BUDGET))
    before = inside.get(f"/consents/{consent}/show")
    assert "What would be shown" not in before.words
    ready = inside.browser.press(before, "/commit")
    assert [type(each) for each in inside.ledger.carried] == [Commit]
    assert "Rent £119.14" in ready.words
    assert "Alcohol" not in ready.words
    assert inside.mailbox.packages == []
    done = inside.browser.press(ready, "/show")
    assert "Town Debt Advice can look at it once" in done.words
    assert "has changed since" in inside.browser.press(ready, "/show").words
    assert len(inside.mailbox.packages) == 1
    inside.browser.press(inside.get(f"/consents/{consent}/show"), "/commit")  # the plan is the same
    assert len(inside.ledger.carried) == 1


def test_the_month_alone_where_only_questions_were_agreed_to(inside: Scene) -> None:
    consent = inside.granted(asking_scene.ASKING)
    inside.claimant.jars.plan(Plan.of(asking_scene.BUDGET))
    inside.ledger.terms_digest = lambda _: asking_scene.ASKING.digest(inside.wallet.terms_salt(consent))
    ready = inside.browser.press(inside.get(f"/consents/{consent}/show"), "/commit")
    assert "Only which month the plan is of: no figure." in ready.words
    assert "619.14" not in ready.text
    inside.browser.press(inside.get(f"/consents/{consent}/show"), "/commit")  # the plan is the same
    assert len(inside.ledger.carried) == 1
    assert "can look at it once" in inside.browser.press(ready, "/show").words
    assert "Questions 3 at most" in inside.get(f"/consents/{consent}").words


def test_nothing_is_shown_when_it_does_not_run(inside: Scene) -> None:
    consent = inside.granted()
    inside.claimant.jars.plan(Plan.of(BUDGET))
    before = inside.get(f"/consents/{consent}/show")
    inside.ledger.states[consent] = "PAUSED"
    assert "Nothing can be shown under this consent now" in inside.browser.press(before, "/commit").words
    assert "Nothing can be shown" in inside.get(f"/consents/{consent}/show").words
    assert (inside.ledger.carried, inside.mailbox.packages) == ([], [])


def test_no_plan(inside: Scene) -> None:
    consent = inside.granted()
    told = inside.browser.press(inside.get(f"/consents/{consent}/show"), "/commit")
    assert "There is no plan within" in told.words
    assert inside.ledger.carried == []
