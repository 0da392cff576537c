"""Values of a set in the claimant's pages.

Given values were committed to     what would be shown is shown first, texts and dates as they are, and then sent
Given a date is asked about        what they will know is said without pounds
"""

from tests.support.named_sets import IDENTITY, PERSON, set_terms
from tests.unit.adviser.set_scene import ADULT, AskingSetDesk
from tests.unit.wallet_pages.scene import Scene


def test_values_are_shown_once_seen(inside: Scene) -> None:
    terms = set_terms(shown=("born", "surname"))
    consent = inside.granted(terms)
    inside.wallet.commit(consent, IDENTITY.fill(PERSON))
    ready = inside.get(f"/consents/{consent}/show")
    assert "born 2001-02-28" in ready.words
    assert "surname O'Brien-Müller" in ready.words
    assert "plan" not in ready.words.partition("What would be shown")[2].partition("Back to the consent")[0]
    assert "can look at it once" in inside.browser.press(ready, "/show").words
    assert len(inside.mailbox.packages) == 1
    assert "org.example.identity:surname (its value)" in inside.get(f"/consents/{consent}").words


def test_a_date_is_asked_about() -> None:
    scene = Scene()
    scene.vault.close()
    desk = AskingSetDesk()
    scene.wallet, scene.vault = desk.claimant, desk.claimant.vault
    scene.ledger, scene.claimant.connect = desk.ledger, desk.mailbox
    scene.unlock()
    desk.asks(ADULT)
    page = scene.get("/questions/1")
    assert "Is org.example.identity:born at most 20081129?" in page.words
    assert "nothing at most 20081129" in page.words
    assert "£" not in page.words
    scene.browser.press(page, "/answer")
    assert "at most 20081129" in scene.get("/questions").words
