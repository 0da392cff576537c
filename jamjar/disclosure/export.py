"""A disclosure as SD-JWT (RFC 9901), for programs of others: the shown figures, signed by the claimant's wallet.

The issuer is the claimant. Its key is of this consent alone, and named in the consent's terms, so that whoever is shown
the claim `ledger` can look up that the terms on the ledger name the key (`check`). A holder may leave out any figure,
and that claim. What is not shown is not in it, not even as a digest.

Warning: the figures are signed, and not proven against the commitment; the disclosure itself is.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.consent.terms import Terms
from jamjar.crypto.es256 import P256PrivateKey, P256PublicKey
from jamjar.disclosure import sd_jwt
from jamjar.disclosure.disclosure import Disclosure
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.entries import PERIOD
from jamjar.plan.money import MAX_PENCE

VCT: Final = "urn:jamjar:disclosure:1"
TYPE: Final = "dc+sd-jwt"
LEDGER: Final = "ledger"
_PLACE: Final = ("chain_id", "contract", "consent", "root", "terms", "terms_salt")


@dataclass(frozen=True, slots=True)
class ExportedDisclosure:
    """The content of an export whose signature holds.

    figures  pence by the name of the entry, the dates of the period as YYYYMMDD
    key      the 32-byte thumbprint of the key that signed
    ledger   the fields of `Disclosure` that say where the ledger has it; None where that is left out
    """

    figures: Mapping[str, int] = field(repr=False)
    made_at: int
    key: bytes
    ledger: Mapping[str, Any] | None = field(repr=False)

    @property
    def terms(self) -> Terms:
        """The consent's terms; raises InvalidInput where they are left out."""
        return Terms.from_json(json.dumps(self.place["terms"]))

    @property
    def place(self) -> Mapping[str, Any]:
        """Where the ledger has it; raises InvalidInput where that is left out."""
        if self.ledger is None:
            raise InvalidInput("The export does not say where the ledger has it; ask for one that does.")
        return self.ledger

    def check(self, terms_digest: bytes) -> None:
        """Raise VerificationFailed unless terms with this digest, which the ledger has, name the key that signed."""
        terms = self.terms
        if terms.digest(word(self.place["terms_salt"])) != terms_digest:
            raise VerificationFailed("The export's terms are not the ones granted on the ledger; do not rely on it.")
        if terms.es256_key != self.key.hex():
            raise VerificationFailed("The export is signed by another key than the terms name; do not rely on it.")


def export(
    shown: Disclosure, key: P256PrivateKey, now: int, random_bytes: Callable[[int], bytes], *, whole: bool = True
) -> str:
    """Return a disclosure as SD-JWT, made at `now` in Unix seconds; without the claim `ledger` unless `whole`.

    Raises InvalidInput under terms that name another key, or none.
    """
    if shown.terms.set_id:
        raise InvalidInput("The disclosure of a set is not exported by this version; export figures of a budget.")
    if shown.terms.es256_key != key.public.thumbprint.hex():
        raise InvalidInput("The consent's terms name no key for exports; export under a consent granted since.")
    record = json.loads(shown.to_json())
    claims: dict[str, Any] = {opening.name: opening.value for opening in shown.openings}
    if whole:
        claims[LEDGER] = {name: record[name] for name in _PLACE}
    return sd_jwt.issue(key, TYPE, {"vct": VCT, "iat": now}, claims, random_bytes)


def read(text: str) -> ExportedDisclosure:
    """Return the content of an export; raises InvalidInput for anything else, VerificationFailed for a changed one."""
    key = P256PublicKey.from_jwk(sd_jwt.header_of(text).get("jwk"))
    found = sd_jwt.read(text, key, TYPE)
    if found.pop("vct", None) != VCT:
        raise InvalidInput(f"The SD-JWT is no export of a disclosure; this version reads {VCT}, so update Jamjar.")
    made_at, ledger = found.pop("iat", None), found.pop(LEDGER, None)
    if ledger is not None:
        strict_json.fields(ledger, "The place on the ledger", *_PLACE)
        for name in ("root", "terms_salt"):
            word(ledger[name])
    numbers = (made_at, *found.values())
    if not all(type(each) is int and abs(each) <= MAX_PENCE for each in numbers) or not set(PERIOD) <= set(found):
        raise InvalidInput("The export lacks its period, or has a figure that is no whole number; ask for another.")
    return ExportedDisclosure(found, int(made_at), key.thumbprint, ledger)


def word(text: object) -> bytes:
    """Read 32 bytes as 0x and hex digits."""
    try:
        found = bytes.fromhex(text[2:]) if isinstance(text, str) and text[:2] == "0x" else b""
    except ValueError:
        found = b""
    if len(found) != 32:
        raise InvalidInput("A value of the export is not 0x and 64 hex digits; ask for another.")
    return found
