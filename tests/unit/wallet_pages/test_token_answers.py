"""A sponsor's answers as uploaded in the claimant's pages.

When it is anything else, or half of one    one sentence, and the vault is as before
When a form is old, or another site's       nothing is done
"""

from dataclasses import replace

from tests.unit.wallet.scene import content
from tests.unit.wallet_pages.scene import Scene
from tests.unit.wallet_pages.sponsoring import ask, right, upload


def test_what_is_no_answer_is_one_sentence_and_nothing_is_kept(offered: Scene) -> None:
    ask(offered)
    good = right(offered)
    whole, before = good.to_json().encode(), content(offered.vault)
    broken = [b"", b"\xff\xfe", whole[:-1], whole[: len(whole) // 2], whole + whole, b"[" * 90_000, b"x" * 70_000]
    broken += [
        b"<script>alert(1)</script>",
        whole.replace(b'"epoch":202606', b'"epoch":"x"'),
        whole.replace(b"answer.1", b"a.2"),
    ]
    for data in broken:
        page = upload(offered, data)
        assert (page.status, "The file is no sponsor's answer" in page.words) == (400, True), data[:40]
        assert "<script" not in page.text
    altered = bytes([good.items[0][0] ^ 1, *good.items[0][1:]])
    for wrong, said in (
        (replace(good, items=good.items[::-1]), "The key did not sign this"),
        (replace(good, items=(altered, good.items[1])), "The key did not sign this"),
        (replace(good, items=good.items[:1]), "does not have 2 numbers"),
        (replace(good, key=bytes(32)), "another admitter's key or another month"),
        (replace(good, epoch=202607), "waits for no such tokens"),
        (replace(good, admitter=9), "waits for no such tokens"),
    ):
        page = upload(offered, wrong.to_json().encode())
        assert (page.status, said in page.words) == (400, True)
    assert content(offered.vault) == before
    assert "2 of June 2026" in upload(offered, whole).words


def test_another_window_or_site(offered: Scene) -> None:
    old = offered.get("/tokens")
    asked = ask(offered)
    whole, before = right(offered).to_json().encode(), content(offered.vault)
    action, fields = asked.form("/tokens/keep")
    assert "has changed since" in ask(offered, old).words
    assert "has changed since" in upload(offered, whole, old).words
    assert offered.browser.upload(action, {**fields, "csrf": "x"}, "a", whole).status == 403
    elsewhere = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
    for path in ("/tokens/ask", "/tokens/keep"):
        assert offered.browser.post(f"{offered.base}{path}", {**fields, "sponsor": "2"}, elsewhere).status == 403
    assert content(offered.vault) == before
    upload(offered, whole, asked)
    kept = content(offered.vault)
    assert "has changed since" in upload(offered, whole, asked).words  # pressed twice
    assert "waits for no such tokens" in upload(offered, whole).words
    assert content(offered.vault) == kept
