"""Pages of payees, of questions about figures that are not shown, and of erasing, in Chromium, as the other pages are.

Given each page          nothing that axe-core finds wrong, nothing wider than the window, nothing asked of others
Given no JavaScript      payees are put into a jar, and a question is asked and answered, by keyboard alone
Given JavaScript         a rule is removed, a question asked and declined, and an ended consent erased
"""

from jamjar.model.state import Consent
from tests.browser.walking import NEEDED, walk, wrong_with
from tests.unit.adviser_pages.scene import AdviserScene
from tests.unit.wallet.asking_scene import ASKING, AskingDesk
from tests.unit.wallet.scene import PASSPHRASE
from tests.unit.wallet_pages.test_money import HOSTILE, look
from tests.unit.wallet_pages.test_questions import RENT, AskedScene

pytestmark = NEEDED


def test_a_claimant_s() -> None:
    scene = AskedScene()
    desk, over = scene.desk, scene.granted()
    scene.ledger.status = lambda consent: "WITHDRAWN" if consent == over else "ACTIVE"
    for uses in (1, 2):  # each answer is the next look
        desk.ledger.consent = lambda _, uses=uses: Consent(recipient=2, uses=uses, max_uses=9)
        desk.ask(RENT)
    desk.ledger.consent = lambda _: Consent(recipient=2, uses=len(desk.mailbox.packages), max_uses=9)
    scene.browser.press(look(scene), "/bank/take")
    scene.browser.press(scene.get("/payees"), "/payees", **{"jar-1": "flexible.food.groceries"})
    scene.guard.door.lock()
    scene.guard.door._token = "once"  # noqa: S105
    paths = [
        "/payees", "/rules", "/rules/1", "/questions", f"/consents/{over}/erase", "/questions/1?language=cy",
        "/questions/1?language=en",
    ]  # fmt: skip
    without = [
        ["go", "/questions/1"], ["read", "this is what they will know"], ["press", "Answer"],
        ["read", "You proved that"], ["go", "/payees"], ["choose", HOSTILE, "Gifts"],
        ["press", "Put them there"], ["read", "No payment is without a jar."],
    ]  # fmt: skip
    scripted = [
        ["go", "/questions/2"], ["press", "Decline"], ["read", "You declined."],
        ["go", "/rules/1"], ["press", "Remove this rule"], ["read", "The first rule that fits"],
        ["go", f"/consents/{over}/erase"], ["tick", "I know that this cannot be undone"], ["press", "Erase it"],
        ["read", "opens to nothing"],
    ]  # fmt: skip
    found = walk(scene.guard, PASSPHRASE, paths, {"without": without, "with": scripted})
    assert wrong_with(found, paths) == []
    assert len(desk.mailbox.packages) == 3


def test_an_adviser_s() -> None:
    scene = AdviserScene(desk=AskingDesk(ASKING))
    path = f"/question/{scene.desk.consent}"
    paths = [path, "/questions"]

    def ask(amount: str) -> list[list[str]]:
        return [
            ["go", "/"], ["follow", "Ask a question"], ["choose", "Which figure?", "Rent"],
            ["type", "Which amount, in pounds?", amount], ["press", "Ask it, sealed"],
            ["read", f"Is Rent at least £{amount}.00?"],
        ]  # fmt: skip

    found = walk(scene.guard, PASSPHRASE, paths, {"without": ask("500"), "with": ask("600")})
    assert wrong_with(found, paths) == []
    assert len(scene.desk.mailbox.sent) == 2
