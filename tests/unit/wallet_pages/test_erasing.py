"""Erasing in the claimant's pages.

Given a consent that has not ended     it is not erased, and no page offers to
Given one that has                     the page says what goes and what stays, by the records and the ledger
When it is erased                      only with the box ticked; once; and nothing of it is left in the vault
Given a stale or cross-site form       nothing is erased
Given a mailbox                        it is cleared first; one that does not answer leaves everything as it was
"""

from typing import Any

import pytest

from jamjar.mailbox.refusal import MailboxUnavailable
from tests.support.browsing import Answered
from tests.unit.wallet.scene import BUDGET, content
from tests.unit.wallet_pages.scene import Scene


@pytest.fixture
def ended(inside: Scene) -> tuple[Scene, str]:
    """A consent under which something was shown and looked at, and that was ended; beside it, one that is live."""
    consent = inside.granted()
    inside.granted()
    inside.wallet.settle(inside.wallet.commit(consent, BUDGET))
    inside.claimant.mail.show(consent, ["fixed.home.rent"])
    inside.ledger.use(consent, inside.wallet.head_of(consent), 2)
    inside.browser.press(inside.get("/"), f"{consent}/end")
    return inside, consent


def erase(scene: Scene, consent: str, page: Answered | None = None, **typed: str) -> Answered:
    return scene.browser.press(page or scene.get(f"/consents/{consent}/erase"), "/erase", **typed)


def names(scene: Scene) -> set[str]:
    return {name.partition("/")[0] for _, name in content(scene.vault)}


def test_what_goes_and_what_stays(ended: tuple[Scene, str]) -> None:
    scene, consent = ended
    before = content(scene.vault)
    assert f"/consents/{consent}/erase" in scene.get(f"/consents/{consent}").text
    page = scene.get(f"/consents/{consent}/erase").words
    goes = page[page.index("What goes") : page.index("What stays")]
    for said in ("all its salts come 1", "Its terms and the notice 1", "put on the ledger 1", "what you showed 1"):
        assert said in goes
    assert "recipient's key" not in goes  # the other consent is with the same
    stays = page[page.index("What stays") :]
    assert all(said in stays for said in ("looks 2", "that you ended it 1", "What Town Debt Advice was shown"))
    assert content(scene.vault) == before


def test_it_is_erased_once(ended: tuple[Scene, str]) -> None:
    scene, consent = ended
    page = scene.get(f"/consents/{consent}/erase")
    assert "tick the box" in erase(scene, consent, page).words
    assert consent in names(scene)
    assert len(scene.mailbox.packages) == 1
    done = erase(scene, consent, page, sure="1")
    assert "opens to nothing" in done.words
    assert "no record in the vault is of it, nor names it : yes" in done.words
    assert ": NO" not in done.words
    assert (consent in names(scene), scene.mailbox.packages) == (False, [])
    assert len(scene.wallet.consents()) == 1
    after = content(scene.vault)
    assert "no such consent" in erase(scene, consent, page, sure="1").words
    assert content(scene.vault) == after
    assert consent not in scene.get("/").text


def test_a_stale_form(ended: tuple[Scene, str]) -> None:
    scene, consent = ended
    page = scene.get(f"/consents/{consent}/erase")
    scene.wallet.acknowledge(consent, b"\1" * 32, b"\2" * 32)  # another window's
    assert "has changed since" in erase(scene, consent, page, sure="1").words
    assert consent in names(scene)


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}, None])
def test_a_form_of_another_site(ended: tuple[Scene, str], headers: dict[str, str] | None) -> None:
    scene, consent = ended
    action, fields = scene.get(f"/consents/{consent}/erase").form("/erase")
    fields |= {"sure": "1"} | ({"csrf": "x"} if headers is None else {})
    assert scene.browser.post(action, fields, headers).status == 403
    assert consent in names(scene)


@pytest.mark.parametrize("status", ["ACTIVE", "PAUSED", "STALE"])
def test_one_that_has_not_ended(inside: Scene, status: str) -> None:
    consent = inside.granted()
    inside.ledger.states[consent] = status
    assert "/erase" not in inside.get(f"/consents/{consent}").text
    assert "withdraw it" in inside.get(f"/consents/{consent}/erase").words
    fields = {"csrf": inside.guard.door.csrf, "sure": "1", "state": ""}
    assert inside.browser.post(f"{inside.base}/consents/{consent}/erase", fields).status == 400
    assert consent in names(inside)


def test_one_that_never_began(inside: Scene) -> None:
    consent = inside.granted()
    inside.ledger.states[consent], inside.claimant.connect = "NONE", _NoMailbox()
    page = inside.get(f"/consents/{consent}/erase")
    assert ("On the ledger" in page.words, "mailbox" in page.words) == (False, False)
    assert "opens to nothing" in erase(inside, consent, page, sure="1").words


def test_no_mailbox_and_no_node(ended: tuple[Scene, str]) -> None:
    scene, consent = ended
    scene.claimant.connect = _NoMailbox()
    before = content(scene.vault)
    page = scene.get(f"/consents/{consent}/erase")
    assert "does not answer" in erase(scene, consent, page, sure="1").words
    assert content(scene.vault) == before
    assert "The mailbox was left alone" in erase(scene, consent, page, sure="1", mailbox="").words
    scene.claimant._ledger, scene.ledger.down = None, True
    assert "does not answer" in scene.get(f"/consents/{scene.wallet.consents()[0]}/erase").words


class _NoMailbox:
    def __call__(self, _: Any) -> Any:
        raise MailboxUnavailable("The mailbox does not answer; try again.")
