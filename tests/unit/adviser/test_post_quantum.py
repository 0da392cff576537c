"""The desk demands the ML-DSA-44 signature that terms promise, as a forger of ECDSA would not have it.

When the commitment is signed by another ML-DSA-44 key, or another commitment by this one    refused
When the terms promise a key and the signature is cut off, or has none and one is put there   refused
When an earlier commitment of the claimant's is put on the ledger again                      refused
When a consent begins from the sunset on, under terms that name no key                       refused
Given terms of the earlier formats                                                           shown as before
"""

import json
from dataclasses import replace
from typing import Any

import pytest

from jamjar.adviser.desk import Desk as LedgerDesk
from jamjar.consent.terms import Terms
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.disclosure.disclosure import Disclosure, SignedCommit
from jamjar.errors import InvalidInput, InvalidTerms, VerificationFailed
from jamjar.model.state import Consent
from jamjar.protocol import post_quantum, typed_data
from jamjar.protocol.events import Committed, Origin
from jamjar.protocol.typed_data import Commit
from tests.unit.wallet.scene import BUDGET, DEPLOYMENT, DESK, TERMS

from .scene import Desk

FORGER = MlDsaKey(b"\6" * 32)
DOMAIN = DEPLOYMENT.domain_of(Commit)


@pytest.fixture
def scene() -> Desk:
    desk = Desk(TERMS)
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    return desk


def shown(scene: Desk) -> Disclosure:
    return scene.claimant.disclose(scene.consent, ["fixed.home.rent"])


def verify(scene: Desk, disclosure: Disclosure) -> Any:
    return LedgerDesk(scene.ledger, DESK, bytes).verify(disclosure)


def signed(scene: Desk, key: MlDsaKey, root: bytes, replaces: bytes = bytes(32)) -> SignedCommit:
    digest = typed_data.digest(DOMAIN, Commit(scene.consent, root, replaces))
    return SignedCommit(replaces, post_quantum.sign(key, digest))


def test_what_the_wallet_shows_is_signed(scene: Desk) -> None:
    disclosure = shown(scene)
    assert disclosure.terms.format == "jamjar.terms.3"
    assert Disclosure.from_json(disclosure.to_json()) == disclosure
    assert verify(scene, disclosure)["fixed.home.rent"] == 11914
    assert replace(disclosure.terms, pq_key="", es256_key="") == TERMS


def test_another_key_or_another_commitment(scene: Desk) -> None:
    disclosure = shown(scene)
    for forged in (
        signed(scene, FORGER, disclosure.root),
        SignedCommit(bytes(32), signed(scene, FORGER, b"\1" * 32).by),
        SignedCommit(b"\1" * 32, disclosure.signed.by),
    ):
        with pytest.raises(VerificationFailed, match=r"ML-DSA-44|order"):
            verify(scene, replace(disclosure, signed=forged))


def test_a_signature_that_is_cut_off_or_put_there(scene: Desk) -> None:
    disclosure = shown(scene)
    with pytest.raises(InvalidInput, match="lacks the ML-DSA-44"):
        replace(disclosure, signed=None)
    with pytest.raises(InvalidInput, match="lacks the ML-DSA-44"):
        replace(disclosure, terms=TERMS)
    older = replace(disclosure, terms=TERMS, signed=None)
    with pytest.raises(VerificationFailed, match="not the ones granted"):
        verify(scene, older)


def test_an_earlier_commitment_is_brought_back(scene: Desk) -> None:
    old = shown(scene)
    scene.claimant.commit(scene.consent, BUDGET)
    new, first = scene.claimant.head_of(scene.consent), bytes(32)
    scene.ledger.use(scene.consent, old.root)
    scene.ledger.head_of = lambda _: old.root
    roots = (old.root, new, old.root)
    scene.ledger.committed = lambda _: [Committed(Origin(5, "0x", 0, "0x"), scene.consent, "0x", r) for r in roots]
    assert old.signed.replaces == first
    with pytest.raises(VerificationFailed, match="order"):
        verify(scene, old)


def test_terms_without_a_key_before_and_after_the_sunset(scene: Desk) -> None:
    old = replace(shown(scene), terms=TERMS, signed=None)
    scene.ledger.terms_digest = lambda _: TERMS.digest(old.terms_salt)
    scene.ledger.consent = lambda _: Consent(recipient=TERMS.recipient, valid_from=1000)
    assert verify(scene, old)["fixed.home.rent"] == 11914
    for sunset, refused in ((1001, False), (1000, True)):
        scene.ledger.deployment = replace(DEPLOYMENT, ecdsa_only_grants_refused_from=sunset)
        if not refused:
            assert verify(scene, old)
            continue
        with pytest.raises(VerificationFailed, match="ECDSA alone"):
            verify(scene, old)


@pytest.mark.parametrize("change", [{"pq_key": ""}, {"es256_key": ""}, {"pq_key": "A" * 64}, {"pq_key": "a" * 63},
                                    {"pq_key": None}, {"es256_key": 7}, {"pq_key": "", "es256_key": ""}])  # fmt: skip
def test_terms_name_both_keys_or_none(scene: Desk, change: dict[str, Any]) -> None:
    record = json.loads(shown(scene).terms.to_json()) | change
    with pytest.raises(InvalidTerms):
        Terms.from_json(json.dumps(record))
