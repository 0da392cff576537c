"""Tokens in the claimant's pages.

When a sponsor is asked            its file is there until it is answered; before the time drawn only where it is meant
When its answer is uploaded        all tokens are kept, once; the page says of which month and until when
Given a consent with a token       its page says who vouches, and that they cannot tell for whom; else that nobody does
"""

from dataclasses import replace

import pytest

from jamjar.protocol.settings import DAY
from tests.unit.wallet.scene import ADVISER, TERMS, content
from tests.unit.wallet_pages.scene import NOW, Scene
from tests.unit.wallet_pages.sponsoring import FILE, SPONSOR, ask, right, upload

HOSTILE = "<script>alert(1)</script>&%(name)s"


def test_from_asking_to_unused_tokens(offered: Scene) -> None:
    first = offered.get("/tokens")
    assert "There are none." in first.words
    assert "Town Debt Advice, member 2" in first.words
    planned = ask(offered, now="")
    assert "that time was drawn by chance" in planned.words
    assert offered.get(f"/tokens/file/{FILE}").status == 400
    asked = ask(offered, planned)
    assert "Asked of Town Debt Advice, member 2, for June 2026" in asked.words
    assert "No sponsor gives tokens in this month that you have not asked." in asked.words
    file = offered.get(f"/tokens/file/{FILE}")
    assert file.headers["content-disposition"] == f'attachment; filename="{FILE}"'
    assert file.headers["cache-control"] == "no-store"
    done = upload(offered, right(offered).to_json().encode())
    assert "2 of June 2026, good for consents that begin by the end of July 2026" in done.words
    assert "Save the file" not in done.words
    assert "Gorffennaf 2026" in offered.get("/tokens?language=cy").words


@pytest.mark.parametrize("sponsor", ["", "x", "9", "\u0663", "-2", "2" * 30, HOSTILE])
def test_a_sponsor_that_is_none(offered: Scene, sponsor: str) -> None:
    before = content(offered.vault)
    page = ask(offered, sponsor=sponsor)
    assert (page.status, content(offered.vault)) == (400, before)
    assert "<script" not in page.text


@pytest.mark.parametrize("name", [FILE, "x", "..", "<b>"])
def test_a_file_that_is_not_there(offered: Scene, name: str) -> None:
    page = offered.get(f"/tokens/file/{name}")
    assert page.status in {400, 404}
    assert "<b>" not in page.text


def test_a_node_that_hides_or_changes_the_key(offered: Scene) -> None:
    ask(offered, now="")
    page, before = offered.get("/tokens"), content(offered.vault)
    other = replace(SPONSOR.key, modulus=SPONSOR.modulus + 2)
    for keys, said in (([other.to_bytes()], "another key of this admitter"), ([], "gives no tokens in 202606")):
        offered.ledger.keys = [*keys, ADVISER.public_bytes]
        assert said in ask(offered, page).words
    assert content(offered.vault) == before


def test_without_a_node_and_when_they_are_over(offered: Scene) -> None:
    ask(offered)
    upload(offered, right(offered).to_json().encode())
    offered.ledger.down = True
    page = offered.get("/tokens").words
    assert "member 2 2 of June 2026" in page
    assert "it is not known which sponsors give tokens" in page
    offered.ledger.down, offered.ledger.clock = False, NOW + 62 * DAY
    assert "There are none." in offered.get("/tokens").words


def test_who_vouches_for_a_consent(offered: Scene) -> None:
    bare = offered.granted()
    ask(offered)
    upload(offered, right(offered).to_json().encode())
    times = {"valid_from": NOW, "valid_until": NOW + 90 * DAY, "reconfirm_by": NOW + 60 * DAY}
    vouched = offered.wallet.grant(TERMS, **times, max_uses=3).message.consent
    offered.ledger.name = HOSTILE
    said = offered.get(f"/consents/{vouched}")
    assert f"yes, by {HOSTILE}, member 2 in June 2026: it cannot tell who" in said.words
    assert "<script" not in said.text
    assert "no: nobody vouches for it" in offered.get(f"/consents/{bare}").words
    assert "1 of June 2026" in offered.get("/tokens").words
