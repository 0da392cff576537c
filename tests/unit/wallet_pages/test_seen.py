"""Who looked, and advice.

Given looks           each with when, at which budget, expected or not
Given advice          its text as text; acknowledged once, whatever windows there are
Given a deletion      a sentence, and nothing to acknowledge
"""

from jamjar.protocol.typed_data import Acknowledge
from jamjar.wallet.mail import ClaimantMail, Letter, _written
from jamjar.wallet.wallet import ADVICE, record_name
from tests.unit.wallet.scene import BUDGET
from tests.unit.wallet_pages.scene import Scene

TEXT = "<img src=x onerror=alert(1)>\nAsk for a social tariff."


def letter(scene: Scene, consent: str, text: str = TEXT, deleted_at: int = 0) -> None:
    one = Letter(consent, b"\1" * 32, b"" if deleted_at else b"\2" * 32, text, deleted_at)
    with scene.vault.writing() as transaction:
        transaction.put(ADVICE, record_name(consent, bytes([1 + bool(deleted_at)]) * 32), _written(one))


def test_nobody_looked(inside: Scene) -> None:
    assert "Nobody has looked." in inside.get("/looks").words


def test_looks(inside: Scene) -> None:
    consent = inside.granted()
    inside.wallet.settle(inside.wallet.commit(consent, BUDGET))
    ClaimantMail(inside.wallet, inside.ledger, inside.mailbox).show(consent, ["fixed.home.rent"])
    inside.ledger.use(consent, inside.wallet.head_of(consent))
    words = inside.get("/looks").words
    assert "yes: you showed it" in words
    assert "31 May 2026" in words
    assert "more often" not in words
    inside.ledger.use(consent, inside.wallet.head_of(consent))
    words = inside.get("/looks").words
    assert "NO: you showed this less often" in words
    assert "Somebody looked more often than you showed." in words


def test_advice_is_acknowledged_once(inside: Scene) -> None:
    consent = inside.granted()
    letter(inside, consent)
    page = inside.get("/advice")
    assert "Ask for a social tariff." in page.words
    assert "<img" not in page.text
    inside.browser.press(page, "/acknowledge")
    assert inside.ledger.carried == [Acknowledge(consent, b"\1" * 32, b"\2" * 32)]
    inside.ledger.read = lambda *_: 2  # the ledger has it
    assert "You acknowledged it" in inside.get("/advice").words
    assert "has changed since" in inside.browser.press(page, "/acknowledge").words
    assert len(inside.ledger.carried) == 1


def test_a_deletion(inside: Scene) -> None:
    letter(inside, inside.granted(), "", 1_780_000_000)
    page = inside.get("/advice")
    assert "was deleted on 28 May 2026" in page.words
    assert [action for action, _ in page.forms() if "acknowledge" in action] == []


def test_letters_that_are_not_there(inside: Scene) -> None:
    csrf = inside.guard.door.csrf
    for number in ("0", "1", "-1", "x", "9" * 30):
        sent = inside.browser.post(f"{inside.base}/advice/{number}/acknowledge", {"csrf": csrf})
        assert "There is no such letter" in sent.words


def test_fetching(inside: Scene) -> None:
    inside.granted()
    assert "No letters." in inside.browser.press(inside.get("/advice"), "/advice").words
