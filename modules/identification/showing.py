"""A holder shows attested values under a consent, and its recipient checks them.

The consent, its commitment, disclosure and answers are the core's. A *presentation* ties them to one copy: a JWT that
the copy's key signs (ES256), for this consent and commitment, so that nobody whom it is passed on to can use it.

Of a value that is shown, it has the copy's salt and hashes: the same value opens the copy's root, too.
Of a date that is only asked about, let C = rG + vH be the copy's commitment, and C' = sG + vH the consent's own. It has
C and s - r, and as C' = C + (s - r)G, both hold the same date. As s is new under each consent, neither C' nor the root
on the ledger tells an issuer anything, though it knows r and v.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any, Final, TypeVar

from jamjar.adviser.desk import Desk
from jamjar.consent.named import NamedValue, entry_name
from jamjar.crypto import merkle, pedersen
from jamjar.crypto.es256 import P256PublicKey, to_base64url
from jamjar.disclosure import sd_jwt
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, PROOF_HASHES, Opening, point_leaf, verify
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import SetValues
from jamjar.disclosure.question import Question
from jamjar.disclosure.text_leaf import TextOpening
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.ledger.own_contract import OwnContract
from jamjar.wallet.wallet import Wallet

from .attributes import IDENTIFICATION, Copy, place_of

TYPE: Final = "jamjar-presentation+jwt"
STATUS: Final = ("unknown", "revoked", "expired", "of a suspended issuer", "live")
"""The contract's, in its order."""
_KINDS: Final = {entry_name(IDENTIFICATION.identifier, name): kind for name, kind in IDENTIFICATION.kinds.items()}
_T = TypeVar("_T")


@dataclass(slots=True)
class Holder:
    """A holder's wallet and copies; each copy is for one consent, so that no two recipients see the same."""

    wallet: Wallet
    registry: OwnContract
    copies: list[Copy] = field(repr=False)
    taken: dict[str, Copy] = field(default_factory=dict, repr=False)

    def copy_for(self, whom: str) -> Copy:
        """Return the copy for a consent, or for the audience of an export; raises InvalidInput when all are taken."""
        if whom not in self.taken:
            if not self.copies:
                raise InvalidInput("Every copy is another consent's; ask the issuer for more, and use none twice.")
            self.taken[whom] = self.copies.pop()
        return self.taken[whom]

    def values(self, consent: str) -> SetValues:
        """Return what to commit to under a consent."""
        return IDENTIFICATION.fill(self.copy_for(consent).attributes)

    def present(self, consent: str, shown: Iterable[str] = (), asked: Iterable[str] = ()) -> str:
        """Return the presentation for the newest commitment: of values shown, and of dates only asked about.

        Raises InvalidInput before a look is on the record: it would let its recipient try values without one.
        """
        if not self.registry.ledger.consent(consent).uses:
            raise InvalidInput("No look under this consent is on the record; present when there is one.")
        copy, made = self.copy_for(consent), self.wallet.committed(consent)
        openings, points = dict[str, list[str]](), dict[str, list[str]]()
        for name in map(_entry, ("holder", *shown)):
            opening = copy.tree.text_opening(name) if name in copy.tree.texts else copy.tree.opening(name)
            openings[name] = [each.hex() for each in (opening.salt, *opening.proof)]
        for name in map(_entry, asked):
            issued, own = copy.tree.opening(name), pedersen.scalar_of(made.opening(name).salt)
            salt = pedersen.scalar_of(issued.salt)
            point, shift = pedersen.commit(issued.value, salt).format(), pedersen.scalar_bytes(own - salt)
            points[name] = [each.hex() for each in (point, shift, *issued.proof)]
        claims = _about(self.registry, consent, made.root) | {"member": copy.member, "root": copy.tree.root.hex()}
        return sd_jwt.issue(copy.key, TYPE, claims | {"openings": openings, "points": points}, {}, token_bytes)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A recipient: its desk, the ledger of its own node, and the members whose word it takes about a person.

    Its methods raise VerificationFailed, or InvalidInput for what is no presentation: then rely on none of it.
    """

    desk: Desk
    registry: OwnContract
    issuers: frozenset[int]

    def check(self, presentation: str, disclosure: Disclosure) -> Mapping[str, NamedValue]:
        """Return the attributes that a disclosure shows, if an issuer attests them now and the look is recorded."""
        values = self.desk.verify_set(disclosure)
        claims, root = self._claims(presentation, disclosure)
        shown: dict[str, str | int] = {each.name: each.value for each in disclosure.openings}
        for name, value in {**shown, **{each.name: each.text for each in disclosure.texts}}.items():
            _check_value(claims, root, name, value)
        return values

    def check_answer(self, presentation: str, asked: Question, answer: StatementAnswer) -> None:
        """Check that an answer proves what was asked of a date that an issuer attests now, and its use is recorded."""
        self.desk.verify(answer.shown)
        if answer.question != asked or not answer.verify() or answer.proof is None:
            raise VerificationFailed("The answer does not prove what was asked; ask again, or do without.")
        if self.registry.ledger.consent(asked.consent).uses < asked.use:
            raise VerificationFailed("No use for this answer is on the record; record one first.")
        claims, root = self._claims(presentation, answer.shown)
        for figure in answer.proof.figures:
            _check_point(claims, root, figure.name, pedersen.point_of(figure.point))

    def _claims(self, presentation: str, disclosure: Disclosure) -> tuple[dict[str, Any], bytes]:
        if not disclosure.terms.kinds.items() <= _KINDS.items():
            raise VerificationFailed("The terms are about another set or other kinds; ask for attested attributes.")
        key = P256PublicKey.from_jwk(sd_jwt.header_of(presentation).get("jwk"))
        claims = sd_jwt.read(presentation, key, TYPE)
        about = _about(self.registry, disclosure.consent, disclosure.root)
        if {name: claims.get(name) for name in about} != about:
            raise VerificationFailed("The presentation is for another consent or commitment; ask for your own.")
        member, root = claims.get("member"), _whole(lambda: bytes.fromhex(claims["root"]))
        if type(member) is not int or member not in self.issuers or len(root) != 32:
            raise VerificationFailed("The issuer is none that you rely on; ask for another's attestation.")
        if (status := STATUS[self.registry.read("statusOf", member, root)]) != "live":
            raise VerificationFailed(f"The attestation is {status}, not live; do not rely on it.")
        _check_value(claims, root, _entry("holder"), to_base64url(key.thumbprint))
        return claims, root


def _check_value(claims: Mapping[str, Any], root: bytes, name: str, value: str | int) -> None:
    def opening() -> Opening | TextOpening:
        salt, *proof = (bytes.fromhex(each) for each in claims["openings"][name])
        if isinstance(value, str):
            return TextOpening(name, value, salt, tuple(proof))
        return Opening(name, value, salt, tuple(proof), PEDERSEN_FORMAT)

    verify(root, _whole(opening))


def _check_point(claims: Mapping[str, Any], root: bytes, name: str, own: pedersen.Point) -> None:
    def is_same() -> bool:
        issued, shift, *nodes = (bytes.fromhex(each) for each in claims["points"][name])
        point, beyond = pedersen.point_of(issued), pedersen.of_generator(pedersen.scalar_of(shift))
        is_of_copy = len(nodes) == PROOF_HASHES and merkle.verify(root, point_leaf(name, point), nodes)
        return is_of_copy and pedersen.total((point, beyond)) == own

    if not _whole(is_same):
        raise VerificationFailed("The answer is about another date than the attested one; do not rely on it.")


def _whole(read: Callable[[], _T]) -> _T:
    """Return a part of a presentation; raises VerificationFailed where it is missing or has another form."""
    try:
        return read()
    except (AttributeError, LookupError, TypeError, ValueError):
        raise VerificationFailed("The presentation lacks what is shown, or is damaged; ask for it again.") from None


def _about(registry: OwnContract, consent: str, commitment: bytes) -> dict[str, Any]:
    return {**place_of(registry), "consent": consent, "commitment": commitment.hex()}


def _entry(name: str) -> str:
    return entry_name(IDENTIFICATION.identifier, name)
