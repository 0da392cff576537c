"""What a recipient relies on, and what it refuses.

When a set is revoked or expired, or its issuer suspended   nobody relies on it
When an answer is replayed, or its use not recorded         it is refused
When a presentation is damaged, and signed                  it is refused in one sentence
When the terms are about another set                        its values are not taken for attested ones
"""

from secrets import token_bytes

import pytest

from jamjar.adviser.desk import Desk
from jamjar.consent.named import ValueKind
from jamjar.disclosure import sd_jwt
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import JamjarError, VerificationFailed
from jamjar.sandbox.network import SampleNetwork

from .showing import TYPE, Holder
from .story import FIRST, ISSUER, NAME, Scene

BORN = ["birthdate"]


@pytest.fixture
def scene(consortium: SampleNetwork) -> Scene:
    """Return the scene of the story."""
    return Scene(consortium)


def test_what_is_not_live_is_not_relied_on(scene: Scene) -> None:
    until = scene.ledger.time() + 900
    holder, short = scene.enrol(), scene.enrol(until)
    consents = [(each, scene.consent(each, FIRST)) for each in (holder, short)]
    shown = [(each.present(consent, NAME), each.wallet.disclose(consent, NAME)) for each, consent in consents]
    check = scene.verifier(FIRST).check
    assert check(*shown[0]) == check(*shown[1]) == {"family_name": "Morgan"}
    scene.network.wait(900)
    with pytest.raises(VerificationFailed, match="is expired, not live"):
        check(*shown[1])
    scene.network.govern(("suspend", ISSUER, 1))
    with pytest.raises(VerificationFailed, match="of a suspended issuer, not live"):
        check(*shown[0])
    scene.registry.send(scene.network.key(ISSUER), "revoke", [holder.taken[consents[0][1]].tree.root])
    with pytest.raises(VerificationFailed, match="is revoked, not live"):
        check(*shown[0])


def test_an_answer_is_for_one_question_and_one_use(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    holder, first = scene.enrol(), scene.verifier(FIRST)
    consent = scene.consent(holder, FIRST, BORN)
    given = holder.present(consent, asked=BORN)
    asked, made = scene.asks(holder, consent, FIRST)
    first.check_answer(given, asked, made)
    monkeypatch.setattr(Desk, "use", lambda *_: None)
    other, unrecorded = scene.asks(holder, consent, FIRST)
    with pytest.raises(VerificationFailed, match="does not prove what was asked"):
        first.check_answer(given, other, made)
    with pytest.raises(VerificationFailed, match="No use for this answer"):
        first.check_answer(given, other, unrecorded)


def test_what_is_damaged_is_refused(scene: Scene) -> None:
    holder, first = scene.enrol(), scene.verifier(FIRST)
    consent = scene.consent(holder, FIRST, BORN)
    shown, key = holder.wallet.disclose(consent, NAME), holder.copy_for(consent).key
    given = holder.present(consent, NAME, BORN)
    asked, made = scene.asks(holder, consent, FIRST)
    claims = sd_jwt.read(given, key.public, TYPE)
    for name in claims:
        for wrong in (7, "00", {each: ["00"] for each in claims["points"] | claims["openings"]}):
            forged = sd_jwt.issue(key, TYPE, {**claims, name: wrong}, {}, token_bytes)
            with pytest.raises(JamjarError):
                first.check_answer(forged, asked, made)
    for text in ("", "~", "a.b.c~", given[:-9] + "~", given.replace(".", "", 1)):
        with pytest.raises(JamjarError):
            first.check(text, shown)


def test_another_set_of_the_same_names_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    other = NamedSet("org.example.other", {"family_name": ValueKind.TEXT, "birthdate": ValueKind.NUMBER})
    holder = scene.enrol()
    consent = scene.consent(holder, FIRST)
    given = holder.present(consent, NAME)
    monkeypatch.setattr("modules.identification.story.IDENTIFICATION", other)
    monkeypatch.setattr(Holder, "values", lambda *_: other.fill({"family_name": "Morgan"}))
    false = scene.consent(holder, FIRST)
    with pytest.raises(VerificationFailed, match="another set or other kinds"):
        scene.verifier(FIRST).check(given, holder.wallet.disclose(false, NAME))
