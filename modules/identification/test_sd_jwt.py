"""SD-JWT VC in and out, with PyPI's sd-jwt, the reference implementation, as the other side.

When a copy is exported         the other side reads what was chosen, for its own nonce, and no more
When the other side issued      a holder takes it, with the same checks
When a claim could be left out  that none may leave out, such as exp, it is refused
When it is for another key, of other values, or not anchored   it is refused
"""

import json
from datetime import date
from secrets import token_bytes
from typing import Any

import pytest
from jwcrypto.jwk import JWK  # type: ignore[import-untyped]
from sd_jwt.common import SDObj  # type: ignore[import-untyped]
from sd_jwt.issuer import SDJWTIssuer  # type: ignore[import-untyped]
from sd_jwt.verifier import SDJWTVerifier  # type: ignore[import-untyped]

from jamjar.crypto.es256 import SEED_BYTES, P256PrivateKey
from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.sandbox.network import SampleNetwork

from .attributes import PLAIN, TYPE, Issued, received, tree
from .story import ISSUER, PERSON, Scene

SHOP, NOW = "https://shop.example", 1_795_000_000


@pytest.fixture
def scene(consortium: SampleNetwork) -> Scene:
    """Return the scene of the story."""
    return Scene(consortium)


def test_others_read_what_was_chosen(scene: Scene) -> None:
    copy = scene.enrol().copy_for(SHOP)
    text = copy.export(["family_name"], SHOP, "n-1", NOW)
    claims = read_by_others(scene, text, SHOP, "n-1")
    assert claims["family_name"] == "Morgan"
    assert "birthdate" not in claims
    assert "Siân" not in json.dumps(claims, ensure_ascii=False)
    assert scene.registry.read("isLive", claims["ledger"]["member"], bytes.fromhex(claims["ledger"]["root"]))
    for audience, nonce in ((SHOP, "n-2"), ("https://other.example", "n-1")):
        with pytest.raises(Exception, match=r"Invalid (nonce|audience)"):
            read_by_others(scene, text, audience, nonce)


def test_what_others_issued_is_taken(scene: Scene) -> None:
    key, seed = P256PrivateKey(token_bytes(SEED_BYTES)), token_bytes(32)
    root = tree(PERSON, key.public, seed).root
    scene.registry.send(scene.network.key(ISSUER), "anchor", [root], scene.until)
    plain = claims_of(scene, scene.issuer.issue(PERSON, key.public.jwk, scene.until, lambda size: seed[:size]))
    theirs = JWK.generate(kty="EC", crv="P-256")
    shown = {SDObj(name): str(value) for name, value in PERSON.items()}
    made = SDJWTIssuer({**plain, **shown}, theirs, extra_header_parameters={"typ": TYPE})
    issuer = type(key.public).from_jwk(json.loads(theirs.export_public()))
    copy = received(Issued(made.sd_jwt_issuance, seed, root), key, issuer, scene.registry)
    assert dict(copy.attributes) == PERSON


@pytest.mark.parametrize("name", ["exp", "cnf", "vct", "iss", "ledger"])
def test_a_claim_that_could_be_left_out_is_refused(scene: Scene, name: str) -> None:
    key = P256PrivateKey(token_bytes(SEED_BYTES))
    issued = scene.issuer.issue(PERSON, key.public.jwk, scene.until, token_bytes)
    plain = claims_of(scene, issued)
    shown = {each: str(value) for each, value in PERSON.items()} | {name: plain.pop(name)}
    text = sd_jwt.issue(scene.issuer.key, TYPE, plain, shown, token_bytes)
    with pytest.raises(InvalidInput, match=f"lets its holder leave out {name}"):
        received(issued._replace(text=text), key, scene.issuer.key.public, scene.registry)


def test_what_is_not_as_anchored_is_refused(scene: Scene) -> None:
    key, other = (P256PrivateKey(token_bytes(SEED_BYTES)) for _ in range(2))
    issuer = scene.issuer
    issued = issuer.issue(PERSON, key.public.jwk, scene.until, token_bytes)
    with pytest.raises(VerificationFailed, match="not live on the ledger"):
        received(issued, key, issuer.key.public, scene.registry)
    scene.registry.send(scene.network.key(ISSUER), "anchor", [issued.root], scene.until)
    received(issued, key, issuer.key.public, scene.registry)
    with pytest.raises(VerificationFailed, match="for another key, or not those of the root"):
        received(issued, other, issuer.key.public, scene.registry)
    with pytest.raises(VerificationFailed, match="not signed by this key"):
        received(issued, key, other.public, scene.registry)
    changed = issuer.issue({**PERSON, "birthdate": date(2009, 1, 1)}, key.public.jwk, scene.until, token_bytes)
    with pytest.raises(VerificationFailed, match="not those of the root"):
        received(changed._replace(seed=issued.seed), key, issuer.key.public, scene.registry)
    hidden = issued.text.rsplit("~", 2)[0] + "~"
    with pytest.raises(InvalidInput, match="is missing"):
        received(issued._replace(text=hidden), key, issuer.key.public, scene.registry)


def read_by_others(scene: Scene, text: str, audience: str, nonce: str) -> dict[str, Any]:
    """The claims that PyPI's sd-jwt verifies, the key binding with them."""
    key = JWK.from_json(json.dumps(scene.issuer.key.public.jwk))
    return dict(SDJWTVerifier(text, lambda *_: key, audience, nonce).get_verified_payload())


def claims_of(scene: Scene, issued: Issued) -> dict[str, Any]:
    """The claims that everyone sees."""
    claims = sd_jwt.read(issued.text, scene.issuer.key.public, TYPE)
    return {name: claims[name] for name in PLAIN if name in claims}
