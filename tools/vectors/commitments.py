"""Vectors of terms and requests with their notices, commitments of both formats, advice, a package and replies."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from jamjar.consent.notice import notice, terms_of
from jamjar.consent.request import ConsentRequest, sign_request
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure import commitment, package, reply
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.commitment import Commitment, Opening
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.disclosure.package import SealedPackage
from jamjar.disclosure.reply import Deletion, SealedReply
from jamjar.encoding.strict_base64 import decode, encode
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Budget, Debt, Entry, Line
from jamjar.plan.period import AssessmentPeriod
from jamjar.vault.secret import REPLY_KEY, TERMS_SALT
from jamjar.wallet.consent_keys import with_keys
from jamjar.wallet.stored import StoredCommitment, commitment_of
from tools.vectors.drawn import ADVISER, ADVISER_KEY, CHAIN_ID, COMMITMENTS, KEY, MEMBER, REGISTRY, SECRET, drawn

NONCE = drawn("commitment")(16)
REQUEST = ConsentRequest(
    recipient=MEMBER,
    recipient_name="Cyngor Dyled Tref",
    contact="01632 960001",
    purpose="dpv:ProvidePersonalisedRecommendations",
    about="So that we can talk on Monday. \U0001f3e0",
    scope=frozenset(
        {
            ScopeItem("fixed.home", Detail.LINES),
            ScopeItem("balance", Detail.TOTAL),
            ScopeItem("outgoings", Detail.COVERED),
            ScopeItem("debts.priority", Detail.LINES),
        }
    ),
    data_from=date(2027, 1, 1),
    data_until=date(2027, 3, 31),
    retention_days=30,
    looks=3,
    days=90,
    reconfirm_days=30,
    asked=date(2027, 1, 14),
    answer_by=date(2027, 2, 14),
    nonce=drawn("request")(16),
)
BUDGET = Budget(
    AssessmentPeriod.nth(date(2027, 1, 31), 1),
    (
        Line("income.benefits.universal-credit", 42490),
        Line("fixed.home.rent", 53214),
        Line("flexible.food.groceries", 0),
    ),
    (
        Debt("priority", "\uff21 Council", 31000, 1200),
        Debt("priority", "\U0001f3e0 Ltd", 5, 0),
        Debt("non-priority", "Café", 2, 1),
    ),
)


def terms() -> dict[str, Any]:
    """Return the vectors of a request, its notice, and the terms that it asks for."""
    signed, made = sign_request(REQUEST, ADVISER, REGISTRY), terms_of(REQUEST)
    salt = SECRET.derive(TERMS_SALT)
    return {
        "request": signed.to_json(),
        "id": REQUEST.id.hex(),
        "account": ADVISER.address,
        "notice": notice(REQUEST),
        "terms": made.to_json(),
        "salt": salt.hex(),
        "digest": made.digest(salt).hex(),
        "with_keys": (named := with_keys(made, SECRET)).to_json(),
        "with_keys_digest": named.digest(salt).hex(),
    }


def commitments() -> dict[str, Any]:
    """Return the vectors of commitments: to a budget, and to names in an order that languages disagree about."""
    stored = StoredCommitment.of(KEY.address, NONCE, BUDGET, terms_of(REQUEST))
    entries = tuple(Entry(name, value) for value, name in enumerate(("\U0001f3e0", "\uff21", "é", "b", "A", "a"), -2))
    return {
        "budget": BUDGET.to_json(),
        "covered": list(terms_of(REQUEST).covered),
        "entries": [[entry.name, entry.value] for entry in stored.entries],
        "nonce": NONCE.hex(),
        "root": commitment_of(SECRET, stored).root.hex(),
        "ordered": [
            _committed(entries, leaf_format) for leaf_format in (commitment.FORMAT, commitment.PEDERSEN_FORMAT)
        ],
    }


def _committed(entries: tuple[Entry, ...], leaf_format: int) -> dict[str, Any]:
    random = drawn(f"leaves of format {leaf_format}")(commitment.RANDOM_BYTES)
    made = commitment.commit(entries, lambda _: random, leaf_format)
    return {
        "leaf_format": leaf_format,
        "random": random.hex(),
        "entries": [[entry.name, entry.value] for entry in entries],
        "root": made.root.hex(),
        "openings": [_opening(made.opening(name)) for name in made.names],
    }


def _opening(opening: Opening) -> dict[str, Any]:
    return {
        "name": opening.name,
        "value": opening.value,
        "salt": opening.salt.hex(),
        "leaf": opening.leaf.hex(),
        "proof": [each.hex() for each in opening.proof],
    }


def _disclosed() -> tuple[Commitment, Disclosure]:
    stored = StoredCommitment.of(KEY.address, NONCE, BUDGET, terms_of(REQUEST))
    made = commitment_of(SECRET, stored)
    names = ("fixed.home.rent", "balance", "covers.outgoings", "debts.priority.owed/\uff21 Council")
    disclosed = disclose(
        made,
        terms_of(REQUEST),
        names,
        terms_salt=SECRET.derive(TERMS_SALT),
        chain_id=CHAIN_ID,
        contract=COMMITMENTS.contract,
        consent=KEY.address,
    )
    return made, disclosed


def sealed(kept: Path) -> dict[str, Any]:
    """Return the vectors of a package and replies.

    Sealing draws its own randomness, so what is kept is kept for as long as it opens to the same content.
    """
    committed, disclosure = _disclosed()
    key = EncryptionKey(SECRET.derive(REPLY_KEY))
    advice = Advice("Ask for a social tariff. \U0001f3e0", drawn("advice")(32))
    deletion = reply.SignedDeletion(
        made := Deletion(KEY.address, (committed.root,), 1_800_000_000), ADVISER.sign(made.digest(COMMITMENTS))
    )
    old = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    return {
        "seed": ADVISER_KEY.to_bytes().hex(),
        "public": ADVISER_KEY.public_bytes.hex(),
        "disclosure": disclosure.to_json().decode(),
        "package": _package(old, disclosure, key),
        "advice": {"text": advice.text, "salt": advice.salt.hex(), "digest": advice.digest.hex()},
        "advice_reply": _reply(old, "advice_reply", advice, key, committed.root),
        "deletion": {
            "deleted_at": made.deleted_at,
            "digest": made.digest(COMMITMENTS).hex(),
            "account": ADVISER.address,
        },
        "deletion_reply": _reply(old, "deletion_reply", deletion, key, committed.root),
    }


def _package(old: dict[str, Any], disclosure: Disclosure, key: EncryptionKey) -> str:
    try:
        found = SealedPackage.from_bytes(decode(old.get("package", ""), "A package"))
        opened = package.open_package(found, ADVISER_KEY, COMMITMENTS)
        if opened.disclosure == disclosure and opened.reply_key == key.public_bytes:
            return str(old["package"])
    except (InvalidInput, SealBroken):
        pass
    source = drawn("package")
    return encode(
        package.seal_package(disclosure, key.public_bytes, ADVISER_KEY.public_bytes, COMMITMENTS, source).to_bytes()
    )


def _reply(
    old: dict[str, Any], name: str, content: Advice | reply.SignedDeletion, key: EncryptionKey, root: bytes
) -> str:
    try:
        found = SealedReply.from_bytes(decode(old.get(name, ""), "A reply"))
        if reply.open_reply(found, key, COMMITMENTS) == content:
            return str(old[name])
    except (InvalidInput, SealBroken):
        pass
    if isinstance(content, Advice):
        made = reply.seal_advice(content, key.public_bytes, COMMITMENTS, consent=KEY.address, commitment=root)
    else:
        made = reply.seal_deletion(content, key.public_bytes, COMMITMENTS)
    return encode(made.to_bytes())
