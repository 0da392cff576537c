"""A set of named values to test with, its terms, and a disclosure of it that a consent's own secret signs."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from jamjar.consent.named import NamedValue, ValueKind
from jamjar.consent.terms import Storage, Terms
from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.commitment import Commitment
from jamjar.disclosure.disclosure import Disclosure, disclose
from jamjar.disclosure.named_set import NamedSet
from jamjar.disclosure.verification import verify_set
from jamjar.vault.secret import TERMS_SALT, ConsentSecret
from jamjar.wallet.consent_keys import key_of, signed_commit, with_keys
from jamjar.wallet.stored import NO_ROOT, StoredCommitment, commitment_of
from tests.support.disclosures import RECIPIENT, REGISTRY

IDENTITY = NamedSet(
    "org.example.identity",
    {"born": ValueKind.DATE, "surname": ValueKind.TEXT, "town": ValueKind.TEXT, "children": ValueKind.NUMBER},
)
PERSON = {"born": date(2001, 2, 28), "surname": "O'Brien-Müller", "town": "Tŷ Ddewi", "children": 2}
SECRET = ConsentSecret(b"\6" * 32)
CONSENT = key_of(SECRET).address
SALT = SECRET.derive(TERMS_SALT)
ALL = tuple(PERSON)
OTHER = NamedSet("org.example.other", IDENTITY.kinds)
SURNAME = "org.example.identity:surname"


def set_terms(shown: Iterable[str] = ("surname",), asked: Iterable[str] = (), of: NamedSet = IDENTITY) -> Terms:
    """Terms about a set, without the consent's keys, which a wallet adds."""
    return Terms(
        purpose="dpv:RequestedServiceProvision", scope=of.scope(shown, asked), data_from=date(2026, 1, 1),
        data_until=date(2026, 12, 31), retention_days=0, storage=Storage.VIEW, notice="You let a clerk look.",
        language="en-GB", recipient=RECIPIENT, recipient_name="Town Debt Advice", questions=3 if asked else 0,
    )  # fmt: skip


def committed(terms: Terms, values: dict[str, Any] = PERSON, of: NamedSet = IDENTITY) -> Commitment:
    """The commitment that a wallet makes to a person's values under terms."""
    return commitment_of(SECRET, StoredCommitment.of(CONSENT, keccak256(b"n")[:16], of.fill(values), terms))


def shown_set(
    terms: Terms, names: Iterable[str], values: dict[str, Any] = PERSON, of: NamedSet = IDENTITY
) -> Disclosure:
    """A disclosure of values under terms, as a wallet makes it."""
    return disclosed(committed(terms, values, of), terms, [f"{of.identifier}:{name}" for name in names])


def disclosed(made: Commitment, terms: Terms, names: Iterable[str]) -> Disclosure:
    """A disclosure of entries by their names in the leaves."""
    named = with_keys(terms, SECRET)
    place: dict[str, Any] = {"chain_id": REGISTRY.chain_id, "contract": REGISTRY.contract, "consent": CONSENT}
    place["signed"] = signed_commit(named, SECRET, REGISTRY, (CONSENT, made.root, NO_ROOT))
    return disclose(made, named, tuple(names), terms_salt=SALT, **place)


def resigned(shown: Disclosure, **changes: Any) -> Disclosure:
    """A disclosure that was changed, and signed again by the consent's own key."""
    root = changes.get("root", shown.root)
    return replace(
        shown, signed=signed_commit(shown.terms, SECRET, REGISTRY, (shown.consent, root, NO_ROOT)), **changes
    )


def verified(shown: Disclosure, **changes: Any) -> dict[str, NamedValue]:
    """What is shown, if it is verified with its own root and terms, or with others."""
    return verify_set(shown, **{"root": shown.root, "terms_digest": shown.terms.digest(SALT), **changes})
