"""A study to test with: claimants with consents for it, a ledger that says what a test tells it, and three members."""

import random
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.crypto import pedersen
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.crypto.secret_sharing import SecretShare
from jamjar.disclosure.commitment import Commitment, commit
from jamjar.model.state import Consent
from jamjar.plan.budget import Entry
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.signing import ConsentKey
from jamjar.study import paper
from jamjar.study.closing import AgreementPaper, NoisePaper, SumsPaper
from jamjar.study.member import StudyMember
from jamjar.study.report import StudyReport, make_report
from jamjar.study.result import StudyResult, make_result
from jamjar.study.study import Study
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault

DEPLOYMENT = Deployment(1337, 1, "unknown", *(DeployedContract(f"0x{n:040x}", f"0x{n:064x}") for n in range(11, 16)))
MONTH, REGION = "2026-05", "North"
STUDY = Study(
    title="Shortfalls", chain_id=1337, contract=DEPLOYMENT.commitment_registry.address, recipient=9, members=(4, 2, 7),
    openers=2, figure="balance", sign=-1, least=0, bits=5, months=(MONTH,), regions=(REGION, "South"), threshold=10,
    epsilon_hundredths=100,
)  # fmt: skip
ALL_THREE = replace(STUDY, openers=3)
ACCOUNTS = {number: ConsentKey(bytes([number]) * 32) for number in STUDY.members}
KEYS = {number: EncryptionKey(bytes([number]) * 32) for number in STUDY.members}
PUBLIC = tuple(KEYS[number].public_bytes for number in STUDY.members)
END = 20260531


def drawn(label: str) -> Any:
    """A random source that gives the same in every run."""
    return random.Random(label).randbytes  # noqa: S311


def terms_of(study: Study, **changes: Any) -> Terms:
    alike = {
        "purpose": "dpv:NonCommercialResearch", "scope": frozenset({ScopeItem(study.figure, Detail.THRESHOLD)}),
        "data_from": date(2026, 5, 1), "data_until": date(2026, 5, 31), "retention_days": 0, "storage": Storage.VIEW,
        "notice": f"In its own words: “{study.words}”", "language": "en-GB", "recipient": study.recipient,
        "recipient_name": "A University", "questions": 1,
    }  # fmt: skip
    return Terms(**(alike | changes))


@lru_cache
def committed(number: int, value: int, end: int = END) -> Commitment:
    entries = (Entry("balance", value), Entry("period.start", 20260501), Entry("period.end", end))
    return commit(entries, drawn(f"budget {number} {value} {end}"), 2)


@dataclass(frozen=True)
class Claimant:
    """One consent, and the budget committed under it; its figure is the balance."""

    number: int
    value: int
    study: Study = STUDY
    terms: Terms | None = None
    end: int = END

    @property
    def key(self) -> ConsentKey:
        return ConsentKey(keccak256(b"claimant %d" % self.number))

    @property
    def consent(self) -> str:
        return self.key.address

    @property
    def salt(self) -> bytes:
        return keccak256(b"salt %d" % self.number)

    @property
    def agreed(self) -> Terms:
        return self.terms or terms_of(self.study)

    @property
    def commitment(self) -> Commitment:
        return committed(self.number, self.value, self.end)

    def report(self, region: str = REGION, label: str = "", keys: tuple[bytes, ...] = PUBLIC) -> StudyReport:
        """The report, made once: whoever asks again gets the same."""
        return made_report(self, region, label, keys)


@lru_cache
def made_report(by: Claimant, region: str, label: str, keys: tuple[bytes, ...]) -> StudyReport:
    made = {"terms": by.agreed, "terms_salt": by.salt, "signer": by.key, "keys": keys}
    return make_report(by.study, region, by.commitment, random_bytes=drawn(f"{by.number} {label}"), **made)


@dataclass
class StudyLedger:
    """What members ask of a ledger, answered as the test says."""

    deployment = DEPLOYMENT
    claimants: dict[str, Claimant] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    def record(self, *claimants: Claimant) -> None:
        self.claimants |= {each.consent: each for each in claimants}

    def member_of(self, account: str) -> int:
        return next((number for number, key in ACCOUNTS.items() if key.address == account), 0)

    def status(self, consent: str) -> str:
        return self.statuses.get(consent, "ACTIVE")

    def is_live(self, consent: str) -> bool:
        return consent in self.claimants and self.status(consent) in {"ACTIVE", "EXHAUSTED"}

    def consent(self, consent: str) -> Consent:
        return Consent(recipient=self.claimants[consent].agreed.recipient)

    def head_of(self, consent: str) -> bytes:
        return self.claimants[consent].commitment.root

    def terms_digest(self, consent: str) -> bytes:
        found = self.claimants[consent]
        return found.agreed.digest(found.salt)


class Three:
    """The three members of a study, and a ledger that they share."""

    def __init__(self, study: Study = STUDY) -> None:
        self.study, self.ledger = study, StudyLedger()
        self.members = [
            StudyMember(
                study, self.ledger, Vault.create(":memory:", "for tests", cost=Cost(8, 1, 1)), ACCOUNTS[number],
                [KEYS[number]], drawn(f"member {number}"), random.Random(number).randrange,  # noqa: S311
            )
            for number in study.members
        ]  # fmt: skip

    def take(self, *claimants: Claimant, region: str = REGION) -> list[StudyReport]:
        self.ledger.record(*claimants)
        reports = [each.report(region) for each in claimants]
        for report in reports:
            assert [each.take(report) for each in self.members] == [True] * 3
        return reports

    def noise(self, region: str = REGION) -> list[NoisePaper]:
        return [each.deal_noise(MONTH, region, PUBLIC) for each in self.members]

    def agreed(self, papers: list[NoisePaper]) -> list[AgreementPaper]:
        return [each.agree(papers) for each in self.members]

    def sums(self, papers: list[NoisePaper]) -> list[SumsPaper]:
        agreed = self.agreed(papers)
        return [each.publish(papers, agreed) for each in self.members]


def people(count: int = 11, study: Study = STUDY) -> list[Claimant]:
    """Claimants who are short by 0, 3, 6, ... pence, within 0 to 31."""
    return [Claimant(number, -(3 * number % 32), study) for number in range(count)]


@dataclass(frozen=True)
class Closed:
    """A study whose May of the North is closed: all papers, and the result."""

    three: Three
    claimants: list[Claimant]
    reports: list[StudyReport]
    papers: list[NoisePaper]
    agreements: list[AgreementPaper]
    sums: list[SumsPaper]

    def result(self, *places: int) -> StudyResult:
        """The result of the sums at these places, of all unless told."""
        sums = [self.sums[place] for place in places or range(3)]
        return make_result(self.three.study, MONTH, REGION, reports=self.reports, papers=self.papers, sums=sums)


@lru_cache
def closed(study: Study = STUDY, again: int = 0) -> Closed:
    """A study that was closed, made once: tests only read it; one that was closed `again` has other papers."""
    three, claimants = Three(study), people(study=study)
    reports = three.take(*claimants)
    papers = three.noise()
    agreements = three.agreed(papers)
    sums = [each.publish(papers, agreements) for each in three.members]
    return Closed(three, claimants, reports, papers, agreements, sums)


def moved(done: Closed, pence: int) -> StudyResult:
    """The result by the first member and the second, which the first made say `pence` more than they opened.

    It says that it dealt a noise of `pence` more, on a line through the second's share, and signs sums that fit it.
    """
    result, (own, *_) = done.result(0, 1), done.sums
    slope = pence * pow(2, -1, pedersen.ORDER) % pedersen.ORDER

    def plus(point: bytes, number: int) -> bytes:
        more = (pedersen.commit(number % pedersen.ORDER, 1), pedersen.negated(pedersen.commit(0, 1)))
        return pedersen.total((pedersen.point_of(point), *more)).format()

    noise = tuple(
        replace(each, point=plus(each.point, pence), coefficients=(plus(each.coefficients[0], -slope),))
        if each.member == own.place.member else each for each in result.noise
    )  # fmt: skip
    share = SecretShare((own.share.value + slope) % pedersen.ORDER, own.share.blinding)
    lie = replace(own, share=share, signature=None)
    signed = replace(
        lie, signature=paper.sign(lie.signed_fields(), ACCOUNTS[own.place.member], done.three.study.domain)
    )
    return replace(result, noise=noise, sums=tuple(signed if each == own else each for each in result.sums))
