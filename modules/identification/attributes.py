"""The attributes that an issuer attests, and the copies of them: each a salted tree of its own, shown to one recipient.

A copy's root is a commitment's (`jamjar.disclosure.commitment`), whose 4,096 random bytes are SHAKE256 of a seed of 32
that issuer and holder know. Beside the attributes it holds the thumbprint of a key that the holder made for it.
The same copy as text is an SD-JWT VC: type `dc+sd-jwt`, its attributes under the names of OpenID Connect Core 1.0.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import shake_256
from json import dumps, loads
from typing import Any, Final, NamedTuple, TypeAlias

from jamjar.consent.named import NamedValue, ValueKind
from jamjar.crypto.es256 import P256PrivateKey, P256PublicKey, from_base64url, to_base64url
from jamjar.disclosure import sd_jwt
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, Commitment, commit
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import OwnContract

ATTRIBUTES: Final = {"given_name": ValueKind.TEXT, "family_name": ValueKind.TEXT, "birthdate": ValueKind.DATE}
"""What an issuer attests of a person."""
IDENTIFICATION: Final = NamedSet("jamjar.identification", {**ATTRIBUTES, "holder": ValueKind.TEXT})
"""With `holder`, which is in copies alone: the thumbprint of a copy's key (RFC 7638) in base64url."""
Attributes: TypeAlias = Mapping[str, NamedValue]
Random: TypeAlias = Callable[[int], bytes]
VCT: Final = "urn:jamjar:identification:1"
TYPE: Final = "dc+sd-jwt"
PLAIN: Final = ("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "ledger")
"""Claims that no holder may leave out: those that SD-JWT VC names so, and where the root stands."""


def tree(attributes: Attributes, holder: P256PublicKey, seed: bytes) -> Commitment:
    """Return the salted tree of one copy; raises InvalidInput for other attributes, or values of another kind."""
    if set(attributes) != set(ATTRIBUTES) or len(seed) != 32:
        raise InvalidInput(f"A copy is not of {', '.join(ATTRIBUTES)}, with a seed of 32 bytes; give all of them.")
    filled = IDENTIFICATION.fill({**attributes, "holder": to_base64url(holder.thumbprint)})
    return commit(filled.entries(bool), shake_256(seed).digest, PEDERSEN_FORMAT, filled.texts(bool))


class Issued(NamedTuple):
    """What an issuer hands to a holder for one copy: the SD-JWT VC, and the seed, which neither shows to others."""

    text: str
    seed: bytes
    root: bytes


@dataclass(frozen=True, slots=True)
class Issuer:
    """A member that attests attributes: its registry, its number and name (an https address), and its signing key."""

    registry: OwnContract
    member: int
    name: str
    key: P256PrivateKey

    def issue(self, attributes: Attributes, holder: Mapping[str, str], until: int, random: Random) -> Issued:
        """Return one copy for a holder's key, a JWK; hand it over once its root is anchored, among many people's."""
        key, seed = P256PublicKey.from_jwk(holder), random(32)
        root = tree(attributes, key, seed).root
        claims = _about(self.registry, self.member, key, root) | {"iss": self.name, "exp": until}
        shown = {name: str(attributes[name]) for name in ATTRIBUTES}
        return Issued(sd_jwt.issue(self.key, TYPE, claims, shown, random), seed, root)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as its holder has it, checked by `received`; `member` is its issuer's number."""

    text: str = field(repr=False)
    key: P256PrivateKey
    tree: Commitment
    member: int
    attributes: Attributes = field(repr=False)

    def export(self, names: Iterable[str], audience: str, nonce: str, now: int) -> str:
        """Return the SD-JWT VC with these attributes alone, and a key-binding JWT (RFC 9901) of `now`, in Unix seconds.

        Warning: use a copy for one audience only, as its signature and root are the same in every export.
        """
        jwt, *shares = self.text.rstrip("~").split("~")
        kept = [each for each in shares if loads(from_base64url(each))[1] in set(names)]
        whole = "~".join([jwt, *kept, ""])
        bound = {"iat": now, "aud": audience, "nonce": nonce, "sd_hash": sd_jwt.digest(whole)}
        parts = [dumps(each).encode() for each in ({"alg": "ES256", "typ": "kb+jwt"}, bound)]
        signed = ".".join(map(to_base64url, parts))
        return f"{whole}{signed}.{to_base64url(self.key.sign(signed.encode()))}"


def received(issued: Issued, key: P256PrivateKey, issuer: P256PublicKey, registry: OwnContract) -> Copy:
    """Check what an issuer handed over, and return the copy; `issuer` is its key, which the holder has from it.

    Raises InvalidInput for what is no such SD-JWT VC, and VerificationFailed where it is not the issuer's, for this
    key, of what the tree holds, and live.
    """
    claims = sd_jwt.read(issued.text, issuer, TYPE, plain=PLAIN)
    found = {name: _value(name, claims.get(name)) for name in ATTRIBUTES}
    made, ledger = tree(found, key.public, issued.seed), claims.get("ledger")
    member = ledger.get("member") if isinstance(ledger, dict) else None
    about = _about(registry, member, key.public, made.root)
    if {name: claims.get(name) for name in about} != about or type(claims.get("exp")) is not int:
        raise VerificationFailed("The attributes are for another key, or not those of the root; tell the issuer.")
    if type(member) is not int or not registry.read("isLive", member, made.root):
        raise VerificationFailed("The root is not live on the ledger; ask the issuer to anchor it, or for another.")
    return Copy(issued.text, key, made, member, found)


def place_of(registry: OwnContract) -> dict[str, Any]:
    """Return on which chain a registry is, and where."""
    return {"chain_id": registry.ledger.deployment.chain_id, "contract": registry.address}


def _about(registry: OwnContract, member: object, key: P256PublicKey, root: bytes) -> dict[str, Any]:
    ledger = {**place_of(registry), "member": member, "root": root.hex()}
    return {"vct": VCT, "cnf": {"jwk": key.jwk}, "ledger": ledger}


def _value(name: str, text: object) -> NamedValue:
    if not isinstance(text, str):
        raise InvalidInput(f"The attribute {name} is missing, or no text; ask the issuer for all of them.")
    try:
        return date.fromisoformat(text) if IDENTIFICATION.kind_of(name) is ValueKind.DATE else text
    except ValueError:
        raise InvalidInput(f"The attribute {name} is not a date as YYYY-MM-DD; ask the issuer for another.") from None
