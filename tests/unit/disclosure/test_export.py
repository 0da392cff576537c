"""A disclosure as SD-JWT: what it shows, who else verifies it, and what ties it to the ledger.

When it is exported                                    it has the shown figures, and of the others not even a digest
When the terms name another key, or none               nothing is exported, and a foreign export is refused
When a figure or the ledger's part is left out         the rest is read
"""

import json
import secrets
from dataclasses import replace
from typing import Any

import pytest

from jamjar.crypto.es256 import P256PrivateKey, P256PublicKey, to_base64url
from jamjar.crypto.ml_dsa import MlDsaKey
from jamjar.disclosure import export, sd_jwt
from jamjar.disclosure.disclosure import Disclosure, SignedCommit
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.protocol import post_quantum
from tests.support.disclosures import disclosure

NOW = 1_750_000_000
KEY, OTHER, BESIDE = P256PrivateKey(b"\1" * 48), P256PrivateKey(b"\2" * 48), MlDsaKey(b"\3" * 32)
CONSENT = f"0x{9:040x}"


def shown(key: P256PrivateKey = KEY) -> Disclosure:
    """A disclosure of one figure of two, under terms that name a key for exports."""
    made = disclosure(CONSENT, ("fixed.home.rent",))
    keys = {"pq_key": post_quantum.key_digest(BESIDE.public_bytes), "es256_key": key.public.thumbprint.hex()}
    signed = SignedCommit(bytes(32), post_quantum.sign(BESIDE, bytes(32)))
    return replace(made, terms=replace(made.terms, **keys), signed=signed)


DISCLOSURE = shown()
FIGURES = {opening.name: opening.value for opening in DISCLOSURE.openings}


def exported(*, whole: bool = True) -> str:
    return export.export(DISCLOSURE, KEY, NOW, secrets.token_bytes, whole=whole)


def test_it_has_the_shown_figures_and_nothing_of_others() -> None:
    text = exported()
    found = export.read(text)
    assert (found.figures, found.made_at, found.key) == (FIGURES, NOW, KEY.public.thumbprint)
    assert found.terms == DISCLOSURE.terms
    found.check(DISCLOSURE.terms.digest(DISCLOSURE.terms_salt))
    payload = json.loads(sd_jwt._text(text.split(".")[1]))
    assert len(payload["_sd"]) == len(FIGURES) + 1
    assert (set(payload), payload["vct"]) == ({"vct", "iat", "_sd", "_sd_alg"}, "urn:jamjar:disclosure:1")
    assert "groceries" not in json.dumps([sd_jwt._text(share) for share in text.split("~")[1:-1]][:-1])


def test_two_exports_share_nothing_but_the_key() -> None:
    one, other = exported(whole=False), exported(whole=False)
    assert not set(one.split("~")[1:-1]) & set(other.split("~")[1:-1])


def test_a_holder_leaves_out_what_it_likes() -> None:
    jwt, *shares, _ = exported().split("~")
    kept = [share for share in shares if "ledger" not in sd_jwt._text(share)]
    found = export.read("~".join([jwt, *kept, ""]))
    assert (found.figures, found.ledger) == (FIGURES, None)
    with pytest.raises(InvalidInput, match="does not say where"):
        found.check(bytes(32))
    assert export.read(exported(whole=False)).ledger is None


def test_the_key_is_the_terms() -> None:
    for key, given in ((OTHER, DISCLOSURE), (KEY, disclosure(CONSENT))):
        with pytest.raises(InvalidInput, match="no key for exports"):
            export.export(given, key, NOW, secrets.token_bytes)
    foreign = export.export(shown(OTHER), OTHER, NOW, secrets.token_bytes)
    place = json.loads(DISCLOSURE.to_json())
    ledger = {name: place[name] for name in ("chain_id", "contract", "consent", "root", "terms", "terms_salt")}
    forged = sd_jwt.issue(
        OTHER, "dc+sd-jwt", {"vct": export.VCT, "iat": NOW}, {**FIGURES, "ledger": ledger}, secrets.token_bytes
    )
    digest = DISCLOSURE.terms.digest(DISCLOSURE.terms_salt)
    with pytest.raises(VerificationFailed, match="another key"):
        export.read(forged).check(digest)
    with pytest.raises(VerificationFailed, match="not the ones granted"):
        export.read(foreign).check(digest)


@pytest.mark.parametrize("claims", [{"vct": "urn:jamjar:disclosure:2"}, {"vct": None}, {"iat": "now"}, {"iat": None},
                                    {"fixed.home.rent": "11914"}, {"fixed.home.rent": True}, {"ledger": {"root": "0x"}},
                                    {"fixed.home.rent": 10**12}])  # fmt: skip
def test_what_is_no_export(claims: dict[str, Any]) -> None:
    text = sd_jwt.issue(KEY, "dc+sd-jwt", {"vct": export.VCT, "iat": NOW, **FIGURES} | claims, {}, secrets.token_bytes)
    with pytest.raises(InvalidInput):
        export.read(text)


@pytest.mark.parametrize("change", [{"root": []}, {"root": "0x"}, {"root": 7}, {"terms_salt": {}}])
def test_a_place_of_another_form(change: dict[str, Any]) -> None:
    ledger = {
        "chain_id": 1,
        "contract": "",
        "consent": "",
        "root": f"0x{7:064x}",
        "terms": {},
        "terms_salt": f"0x{8:064x}",
    }
    claims = {"vct": export.VCT, "iat": NOW, **FIGURES, "ledger": ledger | change}
    with pytest.raises(InvalidInput, match="64 hex digits"):
        export.read(sd_jwt.issue(KEY, "dc+sd-jwt", claims, {}, secrets.token_bytes))


@pytest.mark.parametrize("change", [{"d": "AA"}, {"crv": "P-384"}, {"kty": "oct"}, {"x": "AA"}, {"y": None},
                                    {"alg": "none"}, {"x": to_base64url(b"\1" * 32)}, {"x": "=" * 43}])  # fmt: skip
def test_what_is_no_public_key(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        P256PublicKey.from_jwk(KEY.public.jwk | change)
    with pytest.raises(InvalidInput):
        P256PublicKey.from_jwk([change])
