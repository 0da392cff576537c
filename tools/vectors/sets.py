"""Vectors of sets of named values: terms of format 4, commitments with texts, and what must be refused."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from jamjar.consent.named import NamedValue, ValueKind, check_text
from jamjar.consent.notice import notice, terms_of
from jamjar.consent.request import sign_request
from jamjar.consent.terms import Storage, Terms
from jamjar.disclosure.commitment import Commitment
from jamjar.disclosure.named_set import NamedSet
from jamjar.vault.secret import TERMS_SALT
from jamjar.wallet.consent_keys import with_keys
from jamjar.wallet.stored import StoredCommitment, commitment_of
from tools.vectors.commitments import NONCE
from tools.vectors.commitments import REQUEST as BUDGET_REQUEST
from tools.vectors.drawn import ADVISER, KEY, MEMBER, REGISTRY, SECRET, taken

IDENTITY = NamedSet(
    "org.example.identity",
    {"born": ValueKind.DATE, "surname": ValueKind.TEXT, "town": ValueKind.TEXT, "children": ValueKind.NUMBER},
)
VALUES: dict[str, NamedValue] = {
    "born": date(2001, 2, 28),
    "surname": "O'Brien-Müller",
    "town": "Tŷ Ddewi \U0001f3e0",
    "children": 2,
}
TERMS = Terms(
    purpose="dpv:RequestedServiceProvision",
    scope=IDENTITY.scope(shown=VALUES),
    data_from=date(2027, 1, 1),
    data_until=date(2027, 12, 31),
    retention_days=30,
    storage=Storage.STORE,
    notice="You let a clerk look.",
    language="en",
    recipient=MEMBER,
    recipient_name="Cyngor Dyled Tref",
)
REQUEST = replace(BUDGET_REQUEST, scope=IDENTITY.scope(shown=["surname"], asked=["born"]), questions=3)
_TEXTS = ("", " Jones", "Jones\n", "Mu\u0308ller", "\u202eJones", "\u0378", "ŷ" * 513)
_CHANGES: tuple[dict[str, Any], ...] = (
    {"format": "jamjar.terms.3"},
    {"format": "jamjar.terms.5"},
    {"set": "Org.example"},
    {"scope": [{"jar": "fixed.home", "what": "lines"}]},
    {"scope": [{"kind": "text", "name": "surname", "what": "threshold"}]},
    {"scope": [{"kind": "date", "name": "a:b", "what": "value"}]},
    {"purpose": "dpv:Marketing"},
)


def vectors() -> dict[str, Any]:
    """Return the vectors."""
    signed = sign_request(REQUEST, ADVISER, REGISTRY)
    return {
        "request": {"file": signed.to_json(), "id": REQUEST.id.hex(), "notice": notice(REQUEST)},
        "shown": _of(with_keys(TERMS, SECRET)),
        "asked": _of(with_keys(terms_of(REQUEST), SECRET)),
        "refused": _refused(),
    }


def _of(terms: Terms) -> dict[str, Any]:
    salt = SECRET.derive(TERMS_SALT)
    stored = StoredCommitment.of(KEY.address, NONCE, IDENTITY.fill(VALUES), terms)
    made = commitment_of(SECRET, stored)
    return {
        "terms": terms.to_json(),
        "salt": salt.hex(),
        "digest": terms.digest(salt).hex(),
        "leaf_format": stored.leaf_format,
        "nonce": NONCE.hex(),
        "root": made.root.hex(),
        "openings": [_opening(made, name) for name in made.names],
    }


def _opening(made: Commitment, name: str) -> dict[str, Any]:
    if name in made.texts:
        text = made.text_opening(name)
        return _fields(text, {"text": text.text})
    opening = made.opening(name)
    return _fields(opening, {"value": opening.value})


def _fields(opening: Any, value: dict[str, Any]) -> dict[str, Any]:
    proof = [each.hex() for each in opening.proof]
    return {"name": opening.name, **value, "salt": opening.salt.hex(), "leaf": opening.leaf.hex(), "proof": proof}


def _refused() -> dict[str, list[dict[str, str]]]:
    whole = json.loads(TERMS.to_json())
    terms = [json.dumps(whole | change) for change in _CHANGES]
    return {
        "terms": [{"terms": text, "why": taken(lambda text=text: Terms.from_json(text))} for text in terms],  # type: ignore[misc]
        "texts": [{"text": text, "why": taken(lambda text=text: check_text("town", text))} for text in _TEXTS],  # type: ignore[misc]
    }
