"""Files of the first version whose terms name two further keys; `known.json` beside them says what is there.

Given terms, messages and a disclosure        the terms' keys signed them, and they are written again the same
Given an export and an award letter           they show what they did
Given a consent's secret                      its two further keys are those that the terms name
"""

import json
from pathlib import Path

import pytest

from jamjar.consent.terms import Terms
from jamjar.crypto.es256 import P256PublicKey
from jamjar.disclosure import export, verification
from jamjar.disclosure.disclosure import Disclosure
from jamjar.protocol import signed_message
from jamjar.vault.secret import ConsentSecret
from jamjar.wallet.awards import read_letter
from jamjar.wallet.consent_keys import key_of, with_keys
from tests.formats.known import FILES
from tests.unit.wallet.scene import DEPLOYMENT, TERMS

AT = FILES / "signed"
KNOWN = json.loads((AT / "known.json").read_text())
LATER = 1_800_000_000


def text(name: str) -> str:
    return Path(AT / name).read_text(encoding="utf-8")


def test_terms() -> None:
    terms = Terms.from_json(text("terms.json"))
    assert (terms.format, terms.to_json()) == ("jamjar.terms.3", text("terms.json"))
    assert (terms.pq_key, terms.es256_key) == (KNOWN["pq_key"], KNOWN["es256_key"])
    secret = ConsentSecret(bytes.fromhex(KNOWN["secret"]))
    assert (key_of(secret).address, with_keys(TERMS, secret)) == (KNOWN["consent"], terms)


@pytest.mark.parametrize("name", ["grant", "commit"])
def test_signed_messages(name: str) -> None:
    signed, domain = signed_message.read(text(f"{name}.json"))
    assert domain == DEPLOYMENT.domain_of(type(signed.message))
    assert signed.message.consent == KNOWN["consent"]
    assert signed.post_quantum is not None
    assert signed.post_quantum.key_digest == KNOWN["pq_key"]
    assert signed_message.to_json(signed, domain) == text(f"{name}.json")


def test_a_disclosure() -> None:
    shown = Disclosure.from_json(text("disclosure.json"))
    assert shown.to_json().decode() == text("disclosure.json")
    root, digest = bytes.fromhex(KNOWN["root"]), bytes.fromhex(KNOWN["terms_digest"])
    assert verification.verify(shown, root=root, terms_digest=digest) == KNOWN["figures"]


def test_an_export_and_an_award_letter() -> None:
    shown = export.read(text("shown.sd-jwt"))
    shown.check(bytes.fromhex(KNOWN["terms_digest"]))
    assert (shown.figures, shown.place["consent"]) == (KNOWN["figures"], KNOWN["consent"])
    key = P256PublicKey.from_jwk(json.loads(text("department.jwk")))
    letter = read_letter(text("award.sd-jwt"), key, LATER)
    assert (letter.issuer, letter.pence, letter.person) == ("https://department.example", 42490, "Ann Example")
