"""Attacks on identification, by holders and recipients.

When an attribute is changed                     it opens no root that an issuer anchored
When a date is changed that is asked about       its proof is of another date
When a set is another person's                   its key is not the thief's
When a recipient passes on what it was given     it is for its own consent, under either key
When no look is on the record                    nothing is presented
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from secrets import token_bytes
from typing import Any

import pytest

from jamjar.adviser.desk import Desk
from jamjar.crypto.es256 import SEED_BYTES, P256PrivateKey
from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.sandbox.network import SampleNetwork

from .attributes import Copy
from .showing import TYPE, Holder
from .story import FIRST, NAME, SECOND, Scene

BORN = ["birthdate"]
Change = Callable[[Copy], Copy]


@pytest.fixture
def scene(consortium: SampleNetwork) -> Scene:
    """Return the scene of the story."""
    return Scene(consortium)


def test_a_changed_attribute_is_found(scene: Scene) -> None:
    holder = swapped(scene, lambda copy: replace(copy, attributes={**copy.attributes, "family_name": "Jones"}))
    consent = scene.consent(holder, FIRST)
    with pytest.raises(VerificationFailed, match="does not belong to this commitment"):
        scene.verifier(FIRST).check(holder.present(consent, NAME), holder.wallet.disclose(consent, NAME))


def test_a_changed_date_is_found_in_the_answer(scene: Scene) -> None:
    holder = swapped(scene, lambda copy: replace(copy, attributes={**copy.attributes, "birthdate": date(1999, 1, 1)}))
    consent = scene.consent(holder, FIRST, BORN)
    asked, made = scene.asks(holder, consent, FIRST)
    assert made.verify()  # the core proves what was committed, whoever says it
    with pytest.raises(VerificationFailed, match="about another date"):
        scene.verifier(FIRST).check_answer(holder.present(consent, asked=BORN), asked, made)


def test_a_minor_has_no_proof(scene: Scene) -> None:
    holder = swapped(scene, lambda copy: replace(copy, attributes={**copy.attributes, "birthdate": date(2008, 11, 30)}))
    with pytest.raises(InvalidInput, match="not true"):
        scene.asks(holder, scene.consent(holder, FIRST, BORN), FIRST)


def test_another_persons_set_needs_her_key(scene: Scene) -> None:
    key = P256PrivateKey(token_bytes(SEED_BYTES))
    thief = swapped(scene, lambda copy: replace(copy, key=key))
    consent = scene.consent(thief, FIRST)
    with pytest.raises(VerificationFailed, match=":holder' does not belong"):
        scene.verifier(FIRST).check(thief.present(consent, NAME), thief.wallet.disclose(consent, NAME))


def test_a_recipient_cannot_pass_on_what_it_was_given(scene: Scene) -> None:
    holder, thief = scene.enrol(), swapped(scene, lambda copy: copy)
    given = holder.present(scene.consent(holder, FIRST), NAME)
    mine = scene.consent(thief, SECOND)  # a recipient that is a claimant elsewhere, with the same name
    shown, second = thief.wallet.disclose(mine, NAME), scene.verifier(SECOND)
    with pytest.raises(VerificationFailed, match="for another consent"):
        second.check(given, shown)
    claims = signed_by(holder, given) | {"consent": mine, "commitment": shown.root.hex()}
    with pytest.raises(VerificationFailed, match=":holder' does not belong"):
        second.check(sd_jwt.issue(thief.copies[0].key, TYPE, claims, {}, token_bytes), shown)
    with pytest.raises(VerificationFailed, match="none that you rely on"):
        replace(second, issuers=frozenset({5})).check(thief.present(mine, NAME), shown)


def test_nothing_is_presented_before_a_look(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = scene.enrol()
    monkeypatch.setattr(Desk, "use", lambda *_: None)
    consent = scene.consent(holder, FIRST)
    with pytest.raises(InvalidInput, match="No look under this consent"):
        holder.present(consent, NAME)


def swapped(scene: Scene, change: Change) -> Holder:
    """A holder whose program changed its copies."""
    holder = scene.enrol()
    holder.copies = [change(copy) for copy in holder.copies]
    return holder


def signed_by(holder: Holder, given: str) -> dict[str, Any]:
    """The claims of a presentation."""
    (key,) = (copy.key.public for copy in holder.taken.values())
    return sd_jwt.read(given, key, TYPE)
