"""The result of a month and region of a study: everything that is needed to check the sum, and the mean that it gives.

Rules:

1. C is the sum of the commitments to what is summed, and of those to the noise; so are the coefficients A_k.
2. A member's sums F and G fit when G*G' + F*H = C + sum(j**k * A_k), with G' the generator, at the member's place j.
3. Any `openers` that fit give V and R, and V*H + R*G' = C: V is the sum with noise, and nobody can give another.
4. The mean is V / count + least. The noise has the distribution of three discrete Laplace samples; its sum is
   within `RANGE` times the scale, and a penny as it is whole, with a probability of 95 %.

Warning: whether reports and noise are those of their papers is checked in `jamjar.study.checking`. Without it, a member
can have signed sums that fit other noise than it dealt, and so have moved the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from jamjar.crypto import pedersen, secret_sharing
from jamjar.crypto.pedersen import POINT_BYTES, Point
from jamjar.crypto.secret_sharing import SHARE_BYTES, SecretShare
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.protocol.address import checksum_address, parse_address
from jamjar.study import paper
from jamjar.study.closing import ClosedPlace, NoisePaper, SumsPaper, closing_of, reports_of, signer_of
from jamjar.study.report import StudyReport
from jamjar.study.study import MEMBERS, Study

FORMAT: Final = "jamjar.study-result.1"
RANGE: Final = Fraction(498, 100)
"""How many times the scale bounds the noise of three members with a probability of 95 %."""
_KEYS: Final = ("study", "month", "region", "reports", "noise", "sums")
_REPORT: Final = ("digest", "consent", "root", "point", "coefficients")


class WrongSums(VerificationFailed):
    """A member published sums that are not those of its shares."""

    def __init__(self, member: int) -> None:
        super().__init__(f"The sums of member {member} are wrong; ask it for the right ones, or use the others' alone.")
        self.member = member


@dataclass(frozen=True, slots=True)
class Summand:
    """What a result holds of a report: its digest, consent and root, the figure's commitment, and the coefficients."""

    digest: bytes
    consent: str
    root: bytes
    point: bytes = field(repr=False)
    coefficients: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def of(cls, report: StudyReport) -> Summand:
        """Return what is held of a report."""
        return cls(report.digest, report.consent, report.root, report.point, report.coefficients)


@dataclass(frozen=True, slots=True)
class DealtNoise:
    """What a result holds of a member's noise: the member, the digest of its paper, commitment and coefficients."""

    member: int
    digest: bytes
    point: bytes = field(repr=False)
    coefficients: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def of(cls, dealt: NoisePaper) -> DealtNoise:
        """Return what is held of a member's noise."""
        return cls(dealt.place.member, dealt.digest, dealt.point, dealt.coefficients)


@dataclass(frozen=True, slots=True)
class StudyResult:
    """A result; well formed, but unproven until `check` has accepted it."""

    study: Study
    month: str
    region: str
    reports: tuple[Summand, ...]
    noise: tuple[DealtNoise, ...]
    sums: tuple[SumsPaper, ...]

    def to_json(self) -> str:
        """Return the canonical JSON."""
        reports = [_plain(each, _REPORT) for each in self.reports]
        noise = [_plain(each, ("member", "digest", "point", "coefficients")) for each in self.noise]
        sums = [
            {"member": each.place.member, "share": each.share.to_bytes().hex(), "signature": _hex(each)}
            for each in self.sums
        ]
        record = {"format": FORMAT, "study": self.study.fields(), "month": self.month, "region": self.region}
        return strict_json.dumps(record | {"reports": reports, "noise": noise, "sums": sums})

    @classmethod
    def from_json(cls, text: str) -> StudyResult:
        """Read what `to_json` wrote; raises InvalidInput for anything else, and for another format."""
        found = paper.read(text, "The result", FORMAT, *_KEYS)
        study, month, region = Study.from_fields(found["study"]), found["month"], found["region"]
        study.check_place(month, region)
        noise = tuple(map(_noise, paper.counted(found["noise"], "The noises of the result", 0, MEMBERS)))
        closing = closing_of({each.member: each.digest for each in noise})
        sums = list[SumsPaper]()
        for each in paper.counted(found["sums"], "The sums of the result", 0, MEMBERS):
            fields = strict_json.fields(each, "A member's sums", "member", "share", "signature")
            share = SecretShare.from_bytes(paper.part(fields["share"], SHARE_BYTES))
            place = ClosedPlace(study.id, month, region, _member(fields["member"]))
            sums.append(SumsPaper(place, closing, share, paper.signature_of(fields["signature"])))
        reports = strict_json.items(found["reports"], "The reports of the result")
        return cls(study, month, region, tuple(map(_summand, reports)), noise, tuple(sums))

    @property
    def accounts(self) -> dict[int, str]:
        """The account that signed each member's sums. Warning: check on the ledger that it acts for the member."""
        return {each.place.member: signer_of(each, self.study) for each in self.sums}

    def check(self) -> OpenedSum:
        """Return the sum, if it is that of the commitments; raises VerificationFailed, and WrongSums of a member.

        All that is here is checked; nothing else is asked.
        """
        study = self.study
        if len(self.reports) < study.threshold or len({each.consent for each in self.reports}) != len(self.reports):
            raise VerificationFailed("The result has too few reports, or two of one consent; do not rely on it.")
        members = [each.member for each in self.noise]
        if len(set(members)) != len(members) or len(members) != len(study.members):
            raise VerificationFailed("The result has noise of too few members, or twice of one; do not rely on it.")
        for each in (*members, *(sums.place.member for sums in self.sums)):
            study.member_place(each)
        stated = [study.stated(pedersen.point_of(each.point)) for each in self.reports]
        commitment = pedersen.total((*stated, *(pedersen.point_of(each.point) for each in self.noise)))
        coefficients = self._coefficients()
        shares = {study.member_place(each.place.member): each.share for each in self.sums}
        for place, share in shares.items():
            if not secret_sharing.fits(share, place, commitment, coefficients):
                raise WrongSums(study.members[place - 1])
        if len(shares) < study.openers:
            raise VerificationFailed(
                f"{len(shares)} members published sums, and {study.openers} open it; wait for the others."
            )
        found = secret_sharing.opened(shares)
        if pedersen.commit(found.value, found.blinding).format() != commitment.format():
            raise VerificationFailed("The sum is not that of the commitments; do not rely on it.")
        return OpenedSum(study, secret_sharing.signed(found.value), len(self.reports))

    def _coefficients(self) -> list[Point]:
        columns = [each.coefficients for each in self.reports] + [each.coefficients for each in self.noise]
        if any(len(each) != self.study.openers - 1 for each in columns):
            raise VerificationFailed("A figure is dealt for another number of openers; do not rely on the result.")
        return [pedersen.total(map(pedersen.point_of, each)) for each in zip(*columns, strict=True)]


@dataclass(frozen=True, slots=True)
class OpenedSum:
    """A sum with its noise, in pence above `count` times the study's least amount, of how many reports."""

    study: Study
    value: int
    count: int

    @property
    def mean(self) -> Fraction:
        """The mean, in pence, with its noise."""
        return Fraction(self.value, self.count) + self.study.least

    @property
    def range(self) -> Fraction:
        """How far the noise moves the mean at most, in pence, with a probability of 95 %."""
        return (RANGE * self.study.scale + 1) / self.count


def make_result(
    study: Study, month: str, region: str, *, reports: Iterable[StudyReport], papers: Sequence[NoisePaper],
    sums: Iterable[SumsPaper],
) -> StudyResult:  # fmt: skip
    """Return the result of a closing, which is not checked; raises InvalidInput where a report or sums are missing."""
    listed, known = reports_of(papers), {each.digest: each for each in reports}
    if missing := [each for each in listed if each not in known]:
        raise InvalidInput(f"{len(missing)} of the reports are not here; fetch all of them first.")
    closing = closing_of({each.place.member: each.digest for each in papers})
    found = sorted((each for each in sums if each.closing == closing), key=lambda each: each.place.member)
    noise = sorted(map(DealtNoise.of, papers), key=lambda each: each.member)
    summands = tuple(Summand.of(known[each]) for each in listed)
    return StudyResult(study, month, region, summands, tuple(noise), tuple(found))


def _plain(made: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: _written(getattr(made, name)) for name in names}


def _written(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return [each.hex() for each in value] if isinstance(value, tuple) else value


def _hex(signed: SumsPaper) -> str:
    return signed.signature.to_bytes().hex() if signed.signature else ""


def _summand(value: object) -> Summand:
    found = strict_json.fields(value, "A report of the result", *_REPORT)
    digest, root = paper.part(found["digest"], 32), paper.part(found["root"], 32)
    consent = checksum_address(parse_address(found["consent"]))
    return Summand(digest, consent, root, paper.part(found["point"], POINT_BYTES), _points(found))


def _noise(value: object) -> DealtNoise:
    found = strict_json.fields(value, "The noise of a member", "member", "digest", "point", "coefficients")
    digest, point = paper.part(found["digest"], 32), paper.part(found["point"], POINT_BYTES)
    return DealtNoise(_member(found["member"]), digest, point, _points(found))


def _member(value: object) -> int:
    if type(value) is not int:
        raise InvalidInput("The member of some noise or sums is not a number; ask for the whole result.")
    return value


def _points(found: dict[str, Any]) -> tuple[bytes, ...]:
    return paper.parts(found["coefficients"], POINT_BYTES, MEMBERS - 1)
