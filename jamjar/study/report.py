"""A claimant's report to a study: the commitment to one figure of a budget, dealt to the members, and no figure.

Rules:

1. What is summed is the committed figure itself: its Pedersen commitment C, in a leaf of format 2 that belongs to the
   root on the ledger, with the sign and less the least amount of the study, D. A range proof shows that D holds a
   number of the study's bits.
2. D is dealt among the members (`jamjar.crypto.secret_sharing`). Each share is sealed to its member, with the terms of
   the consent, their salt, and the opening of the day on which the budget ends.
3. The proof is bound to everything else that is public, and the consent's key signs all, with the digests of what is
   sealed.

Warning: whoever has as many shares of a report as the study has openers knows its figure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.consent.terms import Terms
from jamjar.crypto import merkle, pedersen, range_proof, sealing, secret_sharing
from jamjar.crypto.hashing import keccak256, require_word
from jamjar.crypto.pedersen import POINT_BYTES, Point
from jamjar.crypto.sealing import EncryptionKey
from jamjar.crypto.secret_sharing import SHARE_BYTES, SecretShare
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, PROOF_HASHES, Commitment, Opening, point_leaf
from jamjar.encoding import padding, strict_base64, strict_json
from jamjar.encoding.strict_hex import read_hex
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.entries import PERIOD
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.protocol.signing import Signature, Signer
from jamjar.study import paper
from jamjar.study.study import MEMBERS, Study, month_of

FORMAT: Final = "jamjar.study-report.1"
SIZES: Final = (4096, 8192, 16384, 32768, 69632)
"""The lengths to which what is sealed is padded."""
MOST_BYTES: Final = 512 << 10
"""More than a report has whose sealed parts are the largest."""
_KEYS: Final = (
    *("study", "month", "region", "consent", "root", "point", "path", "coefficients"),
    *("proof", "sealed", "signature"),
)
_BOUND: Final = _KEYS[:8]
_END: Final = PERIOD[1]


@dataclass(frozen=True, slots=True)
class SealedPart:
    """What a report holds for one member: its share, the consent's terms with their salt, and the budget's last day."""

    share: SecretShare = field(repr=False)
    terms: Terms = field(repr=False)
    terms_salt: bytes = field(repr=False)
    end: Opening = field(repr=False)

    def to_bytes(self) -> bytes:
        """Return the padded canonical JSON."""
        end = {"value": self.end.value, "salt": self.end.salt.hex(), "proof": [each.hex() for each in self.end.proof]}
        record = {"share": self.share.to_bytes().hex(), "terms": json.loads(self.terms.to_json()), "end": end}
        return padding.pad(strict_json.dumps(record | {"terms_salt": self.terms_salt.hex()}).encode(), SIZES)

    @classmethod
    def from_bytes(cls, data: bytes) -> SealedPart:
        """Read what `to_bytes` wrote; raises InvalidInput for anything else."""
        text = padding.unpad(data, SIZES).decode("ascii", "replace")
        found = strict_json.fields(strict_json.loads(text, "The sealed part", SIZES[-1]), "The sealed part",
                                   "share", "terms", "terms_salt", "end")  # fmt: skip
        end = strict_json.fields(found["end"], "The opening of the last day", "value", "salt", "proof")
        opening = Opening(
            _END, end["value"], paper.part(end["salt"], 32), paper.parts(end["proof"], 32, PROOF_HASHES), 2
        )
        return cls(
            SecretShare.from_bytes(paper.part(found["share"], SHARE_BYTES)),
            Terms.from_json(json.dumps(found["terms"])),
            paper.part(found["terms_salt"], 32),
            opening,
        )


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A report; well formed, but unproven until `check` has accepted it.

    study, month, region  the study's id, and of what the report is
    consent, root         under which, and about which commitment of a budget
    point, path           the figure's commitment, and the 6 hashes of its leaf
    coefficients          of the polynomial by which it is dealt
    proof                 that the amount is within the study's bounds
    sealed                what each member opens
    """

    study: bytes
    month: str
    region: str
    consent: str
    root: bytes
    point: bytes = field(repr=False)
    path: tuple[bytes, ...] = field(repr=False)
    coefficients: tuple[bytes, ...] = field(repr=False)
    proof: bytes = field(repr=False)
    sealed: tuple[bytes, ...] = field(repr=False)
    signature: Signature = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "consent", checksum_address(parse_address(self.consent)))
        require_word(self.study, "The study of a report")
        require_word(self.root, "The root of a report")
        if not type(self.month) is type(self.region) is str:
            raise InvalidInput("The month or the region of a report is not a text; ask for another.")
        if len(self.path) != PROOF_HASHES or len(self.sealed) != MEMBERS:
            raise InvalidInput("The report has not 6 hashes and a sealed part for each member; ask for another.")

    def bound(self) -> dict[str, Any]:
        """Return what the proof is bound to, as values for JSON."""
        return _bound({name: getattr(self, name) for name in _BOUND})

    def signed_fields(self) -> dict[str, Any]:
        """Return what is signed, as values for JSON."""
        return self.bound() | _proven(self.proof, self.sealed)

    @property
    def digest(self) -> bytes:
        """What members' papers call the report."""
        return paper.digest_of(self.signed_fields())

    def to_json(self) -> str:
        """Return the canonical JSON, with what is sealed in base 64."""
        sealed = {"sealed": [strict_base64.encode(each) for each in self.sealed]}
        return strict_json.dumps(self.signed_fields() | sealed | {"signature": self.signature.to_bytes().hex()})

    @classmethod
    def from_json(cls, text: str) -> StudyReport:
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        found = paper.read(text, "The report", FORMAT, *_KEYS, most=MOST_BYTES)
        return cls(
            study=paper.part(found["study"], 32),
            month=found["month"],
            region=found["region"],
            consent=found["consent"],
            root=paper.part(found["root"], 32),
            point=paper.part(found["point"], POINT_BYTES),
            path=paper.parts(found["path"], 32, PROOF_HASHES),
            coefficients=paper.parts(found["coefficients"], POINT_BYTES, MEMBERS - 1),
            proof=read_hex(found["proof"], "The proof of a report"),
            sealed=paper.sealed(found["sealed"], MEMBERS, SIZES[-1] + sealing.OVERHEAD),
            signature=paper.signature_of(found["signature"]),
        )

    def stated(self, study: Study) -> Point:
        """Return the commitment to what is summed."""
        return study.stated(pedersen.point_of(self.point))

    def check(self, study: Study) -> None:
        """Check all that is public and needs no ledger; raises VerificationFailed or InvalidInput.

        Warning: whether the root and the consent are the ledger's is for the caller to compare.
        """
        if self.study != study.id:
            raise VerificationFailed("The report is to another study; ask for one to this.")
        study.check_place(self.month, self.region)
        if paper.account_of(self.signed_fields(), self.signature, study.domain) != self.consent:
            raise VerificationFailed("The report is not signed by its consent's key; ask for another.")
        if len(self.coefficients) != study.openers - 1:
            raise VerificationFailed("The report is dealt for another number of openers; ask for another.")
        point = pedersen.point_of(self.point)
        if not merkle.verify(self.root, point_leaf(study.figure, point), self.path):
            raise VerificationFailed("The report's figure does not belong to its budget; ask for another.")
        range_proof.verify(strict_json.dumps(self.bound()).encode(), study.stated(point), self.proof, study.bits)

    def open(self, study: Study, place: int, key: EncryptionKey) -> SealedPart:
        """Return what is sealed to the member at this place, 1 to 3, checked against all that is public.

        Raises SealBroken for another key, VerificationFailed or InvalidInput for what does not fit.
        Warning: whether the terms are the ledger's is for the caller to compare.
        """
        found = SealedPart.from_bytes(key.open(self.sealed[place - 1], _info(study, self.consent, place)))
        if not secret_sharing.fits(found.share, place, self.stated(study), _points(self.coefficients)):
            raise VerificationFailed("The share in the report does not fit its commitment; ask for another report.")
        if not merkle.verify(self.root, found.end.leaf, found.end.proof) or month_of(found.end.value) != self.month:
            raise VerificationFailed("The report's budget is not of its month; ask for another report.")
        study.check_terms(found.terms, found.end.value)
        return found


def make_report(
    study: Study,
    region: str,
    commitment: Commitment,
    *,
    terms: Terms,
    terms_salt: bytes,
    signer: Signer,
    keys: Sequence[bytes],
    random_bytes: Callable[[int], bytes],
) -> StudyReport:
    """Return the report of a committed budget, for the month in which it ends, sealed to the members' public keys.

    Raises VerificationFailed where the consent is none for this study, and InvalidInput where the budget has no such
    figure, or one beyond the bounds: then there is no report.
    """
    if commitment.leaf_format != PEDERSEN_FORMAT:
        raise InvalidInput("The budget was committed without the form for studies; commit it under a consent for one.")
    if study.figure not in commitment.secrets:
        raise InvalidInput("The committed budget has not the study's figure; it has nothing to report.")
    opening, end = commitment.opening(study.figure), commitment.opening(_END)
    study.check_terms(terms, end.value)
    amount, blinding = study.amount_of(opening.value), study.blinding_of(pedersen.scalar_of(opening.salt))
    if not 0 <= amount < 1 << study.bits:
        raise InvalidInput("The figure is beyond the study's bounds, so it cannot be part of it; let the study be.")
    dealt = secret_sharing.deal(amount, blinding, study.openers, MEMBERS, random_bytes)
    parts = [SealedPart(share, terms, terms_salt, end).to_bytes() for share in dealt.shares]
    sealed = tuple(
        sealing.seal(part, key, _info(study, signer.address, place))
        for place, (part, key) in enumerate(zip(parts, keys, strict=True), 1)
    )
    made: dict[str, Any] = {
        "study": study.id, "month": month_of(end.value), "region": region, "consent": signer.address,
        "root": commitment.root, "path": opening.proof,
        "point": pedersen.commit(opening.value, pedersen.scalar_of(opening.salt)).format(),
        "coefficients": tuple(each.format() for each in dealt.coefficients),
    }  # fmt: skip
    proof = range_proof.prove(strict_json.dumps(_bound(made)).encode(), amount, blinding, study.bits, random_bytes)
    signature = paper.sign(_bound(made) | _proven(proof, sealed), signer, study.domain)
    report = StudyReport(**made, proof=proof, sealed=sealed, signature=signature)
    report.check(study)
    return report


def _bound(made: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: made[name].hex() for name in ("study", "root", "point")}
    lists = {name: [each.hex() for each in made[name]] for name in ("path", "coefficients")}
    return {"format": FORMAT} | {name: made[name] for name in ("month", "region", "consent")} | words | lists


def _proven(proof: bytes, sealed: Sequence[bytes]) -> dict[str, Any]:
    return {"proof": proof.hex(), "sealed": [keccak256(each).hex() for each in sealed]}


def _info(study: Study, consent: str, place: int) -> bytes:
    """Return the purpose of what is sealed: for one member, of one consent's report to one study."""
    return b"jamjar.study-share.1/" + study.id + parse_address(consent) + bytes([place])


def _points(coefficients: Sequence[bytes]) -> list[Point]:
    return [pedersen.point_of(each) for each in coefficients]
