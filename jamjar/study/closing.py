"""How members close a month and region of a study: papers that each signs, in three rounds, and the closing they name.

Rules:

1. Noise: each member lists the reports that it accepted, and deals discrete Laplace noise exactly as a claimant deals
   an amount, so that no member knows the whole noise. The closing is the set of these papers, its reports those that
   are in all of them, so all members close over the same ones or over nothing.
2. Agreement: each member signs the closing, once for the noise that it dealt.
3. Sums: once all who dealt noise have agreed, each adds up its shares of reports and noise, and publishes that, once.

Without the second round, one dishonest member could have two sums opened under the same noise, of reports that differ
in one, and know that one. No round goes on without a member: otherwise one dishonest member could close a month and
region with each of the others alone, and spend epsilon twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.crypto import pedersen
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.pedersen import POINT_BYTES, Point
from jamjar.crypto.sealing import OVERHEAD
from jamjar.crypto.secret_sharing import SHARE_BYTES, SecretShare
from jamjar.encoding import strict_base64, strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.protocol.signing import Signature
from jamjar.study import paper
from jamjar.study.study import MEMBERS, Study

NOISE_FORMAT: Final = "jamjar.study-noise.1"
AGREEMENT_FORMAT: Final = "jamjar.study-agreement.1"
SUMS_FORMAT: Final = "jamjar.study-sums.1"
_PLACE: Final = ("study", "month", "region", "member")


@dataclass(frozen=True, slots=True)
class ClosedPlace:
    """Of what a member's paper is: study id, month, region, and the member's number."""

    study: bytes
    month: str
    region: str
    member: int

    def fields(self, form: str) -> dict[str, Any]:
        """Return it as values for JSON, with the paper's format."""
        return {"format": form, "study": self.study.hex()} | {name: getattr(self, name) for name in _PLACE[1:]}

    @classmethod
    def taken(cls, found: dict[str, Any]) -> ClosedPlace:
        """Take it out of the fields that were read."""
        study, month, region, member = (found.pop(name) for name in _PLACE)
        if not type(month) is type(region) is str or type(member) is not int:
            raise InvalidInput("The paper's month, region or member has another form; ask for another.")
        return cls(paper.part(study, 32), month, region, member)

    def check(self, study: Study) -> None:
        """Raise unless it is of this study, and of a member of it."""
        if self.study != study.id:
            raise VerificationFailed("The paper is of another study; take one of this.")
        study.check_place(self.month, self.region)
        study.member_place(self.member)


@dataclass(frozen=True, slots=True)
class NoisePaper:
    """A member's noise, dealt to all, and the digests of the reports that it accepted, sorted."""

    place: ClosedPlace
    point: bytes = field(repr=False)
    coefficients: tuple[bytes, ...] = field(repr=False)
    sealed: tuple[bytes, ...] = field(repr=False)
    reports: tuple[bytes, ...] = field(repr=False)
    signature: Signature | None = field(default=None, repr=False)

    def signed_fields(self) -> dict[str, Any]:
        """Return what is signed, as values for JSON."""
        lists = {name: [each.hex() for each in getattr(self, name)] for name in ("coefficients", "reports")}
        sealed = {"point": self.point.hex(), "sealed": [keccak256(each).hex() for each in self.sealed]}
        return self.place.fields(NOISE_FORMAT) | lists | sealed

    @property
    def digest(self) -> bytes:
        """What the closing calls it."""
        return paper.digest_of(self.signed_fields())

    @property
    def points(self) -> tuple[Point, ...]:
        """The commitment, and the coefficients."""
        return tuple(pedersen.point_of(each) for each in (self.point, *self.coefficients))

    def to_json(self) -> str:
        """Return the canonical JSON."""
        sealed = {"sealed": [strict_base64.encode(each) for each in self.sealed]}
        return strict_json.dumps(self.signed_fields() | sealed | _signature(self.signature))

    @classmethod
    def from_json(cls, text: str) -> NoisePaper:
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        names = (*_PLACE, "point", "coefficients", "sealed", "reports", "signature")
        found = paper.read(text, "The noise", NOISE_FORMAT, *names)
        made = cls(
            ClosedPlace.taken(found),
            paper.part(found["point"], POINT_BYTES),
            paper.parts(found["coefficients"], POINT_BYTES, MEMBERS - 1),
            paper.sealed(found["sealed"], MEMBERS, SHARE_BYTES + OVERHEAD),
            paper.parts(found["reports"], 32, paper.MOST_REPORTS),
            paper.signature_of(found["signature"]),
        )
        if list(made.reports) != sorted(set(made.reports)):
            raise InvalidInput("The reports of the noise are not sorted, or one is there twice; ask for another.")
        return made


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """A member's agreement to a closing, by its digest."""

    place: ClosedPlace
    closing: bytes
    signature: Signature | None = field(default=None, repr=False)

    def signed_fields(self) -> dict[str, Any]:
        """Return what is signed, as values for JSON."""
        return self.place.fields(AGREEMENT_FORMAT) | {"closing": self.closing.hex()}

    def to_json(self) -> str:
        """Return the canonical JSON."""
        return strict_json.dumps(self.signed_fields() | _signature(self.signature))

    @classmethod
    def from_json(cls, text: str) -> AgreementPaper:
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        found = paper.read(
            text, "The agreement", AGREEMENT_FORMAT, *_PLACE, "closing", "signature", most=strict_json.MAX_BYTES
        )
        place = ClosedPlace.taken(found)
        return cls(place, paper.part(found["closing"], 32), paper.signature_of(found["signature"]))


@dataclass(frozen=True, slots=True)
class SumsPaper:
    """A member's two sums, of the shares of the reports and of the noise of a closing."""

    place: ClosedPlace
    closing: bytes
    share: SecretShare
    signature: Signature | None = field(default=None, repr=False)

    def signed_fields(self) -> dict[str, Any]:
        """Return what is signed, as values for JSON."""
        sums = {"closing": self.closing.hex(), "share": self.share.to_bytes().hex()}
        return self.place.fields(SUMS_FORMAT) | sums

    def to_json(self) -> str:
        """Return the canonical JSON."""
        return strict_json.dumps(self.signed_fields() | _signature(self.signature))

    @classmethod
    def from_json(cls, text: str) -> SumsPaper:
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        names = (*_PLACE, "closing", "share", "signature")
        found = paper.read(text, "The sums", SUMS_FORMAT, *names, most=strict_json.MAX_BYTES)
        place, share = ClosedPlace.taken(found), SecretShare.from_bytes(paper.part(found["share"], SHARE_BYTES))
        return cls(place, paper.part(found["closing"], 32), share, paper.signature_of(found["signature"]))


def signer_of(signed: NoisePaper | AgreementPaper | SumsPaper, study: Study) -> str:
    """Return the account that signed. Warning: check on the ledger that it acts for the member."""
    if signed.signature is None:
        raise InvalidInput("The paper is not signed; ask its member for the one that is.")
    return paper.account_of(signed.signed_fields(), signed.signature, study.domain)


def closing_of(digests: Mapping[int, bytes]) -> bytes:
    """Return the digest of a closing: of the digests of the members' noise, by their numbers."""
    papers = [[member, digests[member].hex()] for member in sorted(digests)]
    return paper.digest_of({"format": "jamjar.study-closing.1", "noise": papers})


def reports_of(papers: Iterable[NoisePaper]) -> tuple[bytes, ...]:
    """Return the digests of the reports of a closing, sorted: those that every member accepted."""
    listed = [set(each.reports) for each in papers]
    return tuple(sorted(set.intersection(*listed))) if listed else ()


def check_members(study: Study, papers: Sequence[NoisePaper]) -> dict[int, bytes]:
    """Return the digests of the noise by member; raises InvalidInput unless every member dealt some, once."""
    found = {each.place.member: each.digest for each in papers}
    members = [*found, *study.members]
    if wrong := sorted({each for each in members if sum(each == paper.place.member for paper in papers) != 1}):
        raise InvalidInput(f"Noise is missing, or there twice, of members {_list(wrong)}; have each deal it once.")
    return found


def _list(members: Sequence[int]) -> str:
    return ", ".join(map(str, members)) or "none"


def _signature(signature: Signature | None) -> dict[str, str]:
    return {"signature": signature.to_bytes().hex() if signature else ""}
