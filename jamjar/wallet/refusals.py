"""Terms that a claimant refused, which are recorded only in the vault."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from jamjar.consent import record as consent_record
from jamjar.consent.parties import Controller, Registries
from jamjar.consent.terms import Terms
from jamjar.encoding import strict_json
from jamjar.vault.vault import Vault
from jamjar.wallet.stored import Also, skip

REFUSAL: Final = "refusal"
"""The kind of record in the vault, by the refusal's name."""
_LONGEST: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class RefusedTerms:
    """Terms that were refused at a time, in Unix seconds; the name is a random UUID in place of the person's."""

    name: str
    at: int
    terms: Terms

    def record(self, registries: Registries, controller: Controller) -> dict[str, Any]:
        """Return the consent record after ISO/IEC TS 27560; `controller` is the party that asked."""
        return consent_record.refusal(registries, controller, self.name, terms=self.terms, now=self.at)


def refuse(
    vault: Vault,
    terms: Terms,
    now: int,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    also: Also = skip,
) -> str:
    """Record that these terms were refused at a time, in Unix seconds, and return the refusal's name.

    `also` is done in the same transaction, given that name.
    """
    name = str(uuid.UUID(bytes=random_bytes(16), version=4))
    with vault.writing() as transaction:
        also(transaction, name)
        transaction.put(REFUSAL, name, strict_json.dumps({"at": now, "terms": terms.to_json()}).encode())
    return name


def refused_terms(vault: Vault) -> tuple[RefusedTerms, ...]:
    """Return the refused terms, oldest first."""
    with vault.reading() as transaction:
        records = [
            (name, strict_json.loads(value.decode(), "A refusal", _LONGEST)) for name, value in transaction.all(REFUSAL)
        ]
    return tuple(RefusedTerms(name, record["at"], Terms.from_json(record["terms"])) for name, record in records)
