"""Measure a whole study on this machine: reports, three members that take and close them, and who checks the result.

Times are processor time on one core, beside that of checking one signature in the same run. `--write` puts the table of
a run into docs/studies.md. Nothing is judged, but that the sum is right: the true one and noise that is not beyond it.
"""

import argparse
import random
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TypeVar

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Storage, Terms
from jamjar.crypto.hashing import keccak256
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.commitment import Commitment, commit
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.transacting import Sender
from jamjar.model.state import Consent
from jamjar.plan.budget import Entry
from jamjar.protocol import signing
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.signing import ConsentKey
from jamjar.study import checking
from jamjar.study.member import StudyMember
from jamjar.study.report import StudyReport, make_report
from jamjar.study.result import RANGE, OpenedSum, StudyResult, make_result
from jamjar.study.study import Study
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault
from tools.marked_page import MarkedPage

PAGE: Final = MarkedPage(
    Path(__file__).parents[1] / "docs/studies.md", "<!-- produced by benchmarks/study.py -->\n", "\n<!-- end -->"
)
_AT = [DeployedContract(f"0x{n:040x}", f"0x{n:064x}") for n in range(11, 16)]
DEPLOYMENT = Deployment(1337, 1, "unknown", _AT[0], _AT[1], _AT[2], _AT[3], _AT[4])
MONTH, REGION = "2026-05", "North"
REPORT, CHECK, CLOSING = "a claimant's report", "a member's check of a report", "closing, by a member"
_Done = TypeVar("_Done")
KEYS = [EncryptionKey.generate(secrets.token_bytes) for _ in range(3)]
PUBLIC = [key.public_bytes for key in KEYS]
ACCOUNTS = [ConsentKey.generate(secrets.token_bytes) for _ in KEYS]


class MemoryLedger(Ledger):
    """What members ask of a ledger, from memory."""

    def __init__(self) -> None:
        self.deployment = DEPLOYMENT
        self.heads = dict[str, bytes]()
        self.digests = dict[str, bytes]()

    def member_of(self, account: Sender) -> int:
        """Return the number of the member."""
        return next((number for number, each in enumerate(ACCOUNTS, 1) if each.address == account), 0)

    def is_live(self, consent: str) -> bool:
        """Return whether a consent was recorded."""
        return consent in self.heads

    def consent(self, _: str) -> Consent:
        """Return a consent for the study's recipient."""
        return Consent(recipient=9)

    def head_of(self, consent: str) -> bytes:
        """Return the root."""
        return self.heads[consent]

    def terms_digest(self, consent: str) -> bytes:
        """Return the digest of the terms."""
        return self.digests[consent]


@dataclass(slots=True)
class Spent:
    """Processor seconds, by what they were spent on."""

    seconds: dict[str, float] = field(default_factory=dict)

    def on(self, what: str, act: Callable[..., _Done], *given: Any, **named: Any) -> _Done:
        """Do something, and add its time."""
        start = time.process_time()
        done = act(*given, **named)
        self.seconds[what] = self.seconds.get(what, 0.0) + time.process_time() - start
        return done


def study_of(claimants: int, bits: int) -> Study:
    """Return the study that is measured."""
    return Study(
        title="Shortfalls", chain_id=1337, contract=DEPLOYMENT.commitment_registry.address, recipient=9,
        members=(1, 2, 3), openers=2, figure="balance", sign=-1, least=0, bits=bits, months=(MONTH,), regions=(REGION,),
        threshold=max(10, claimants // 2), epsilon_hundredths=100,
    )  # fmt: skip


def played(study: Study, claimants: int) -> tuple[Spent, OpenedSum, int, StudyReport, StudyResult]:
    """Play the study; return what it took, the sum, the true sum, a report and the result."""
    ledger, spent, true = MemoryLedger(), Spent(), 0
    members = [
        StudyMember(study, ledger, Vault.create(":memory:", "measured", cost=Cost(8, 1, 1)), account, [key])
        for account, key in zip(ACCOUNTS, KEYS, strict=True)
    ]
    terms = Terms(
        purpose="dpv:NonCommercialResearch", scope=frozenset({ScopeItem("balance", Detail.THRESHOLD)}),
        data_from=date(2026, 5, 1), data_until=date(2026, 5, 31), retention_days=0, storage=Storage.VIEW,
        notice=f"{study.words} " + "x" * 2000, language="en-GB", recipient=9, recipient_name="A University",
        questions=1,
    )  # fmt: skip
    reports, figures = list[StudyReport](), random.Random(claimants)  # noqa: S311 - figures to sum
    for _ in range(claimants):
        amount, key, salt = figures.randrange(1 << study.bits), ConsentKey.generate(secrets.token_bytes), _random()
        true += amount
        committed = _committed(amount)
        ledger.heads[key.address], ledger.digests[key.address] = committed.root, terms.digest(salt)
        agreed_to = {"terms": terms, "terms_salt": salt, "signer": key, "keys": PUBLIC}
        report = spent.on(REPORT, make_report, study, REGION, committed, random_bytes=secrets.token_bytes, **agreed_to)
        for member in members:
            spent.on(CHECK, member.take, report)
        reports.append(report)
    papers = [spent.on(CLOSING, each.deal_noise, MONTH, REGION, PUBLIC) for each in members]
    agreed = [spent.on(CLOSING, each.agree, papers) for each in members]
    sums = [spent.on(CLOSING, each.publish, papers, agreed) for each in members]
    result = make_result(study, MONTH, REGION, reports=reports, papers=papers, sums=sums[:2])
    opened = spent.on("checking the sum", result.check)
    spent.on("checking every report", checking.check_reports, result, reports, papers)
    return spent, opened, true, reports[0], result


def table(study: Study, claimants: int) -> list[str]:
    """Play a study, check that the sum is right, and return the lines of its table."""
    spent, opened, true, report, result = played(study, claimants)
    assert abs(opened.value - true) < 60 * study.scale  # beyond which noise is once in 10**24 studies
    signature = _signature_seconds()
    counts = {REPORT: claimants, CHECK: 3 * claimants, CLOSING: 3}
    rows = ["| what | processor time | signature checks |", "|---|---:|---:|"]
    for what, seconds in spent.seconds.items():
        each = seconds / counts.get(what, 1)
        rows.append(f"| {what} | {_shown(each)} | {each / signature:,.0f} |")
    sizes = f"A report has {len(report.to_json()):,} bytes in the folder, the result {len(result.to_json()):,}."
    return [
        f"{claimants:,} claimants, amounts of {study.bits} bits, which is up to £{study.most / 100:,.2f}, epsilon 1;"
        f" one check of a signature takes {signature * 1e6:.0f} microseconds:",
        "",
        *rows,
        "",
        sizes,
        "The noise of three members moves a mean by at most this, with a probability of 95 %:",
        "",
        "| reports | " + " | ".join(f"{count:,}" for count in (100, 1_000, 10_000)) + " |",
        "|---|---:|---:|---:|",
        "| range | " + " | ".join(f"± £{_range(study, count):,.2f}" for count in (100, 1_000, 10_000)) + " |",
    ]


def _range(study: Study, count: int) -> float:
    return float(Fraction(RANGE * study.scale + 1, count) / 100)


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _random() -> bytes:
    return secrets.token_bytes(32)


def _committed(amount: int) -> Commitment:
    entries = (Entry("balance", -amount), Entry("period.start", 20260501), Entry("period.end", 20260531))
    return commit(entries, secrets.token_bytes, 2)


def _signature_seconds() -> float:
    """Return what it takes to find the signer of a digest: the unit of the table."""
    digest = keccak256(b"measured")
    signed, times = ACCOUNTS[0].sign(digest), 500
    start = time.process_time()
    for _ in range(times):
        signing.recover(digest, signed)
    return (time.process_time() - start) / times


def main() -> int:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claimants", type=int, default=100, help="how many report (default: 100)")
    parser.add_argument("--bits", type=int, default=18, help="how large an amount may be (default: 18)")
    parser.add_argument("--write", action="store_true", help="write the table into docs/studies.md")
    options = parser.parse_args()
    lines = table(study_of(options.claimants, options.bits), options.claimants)
    print("\n".join(lines))
    if options.write:
        PAGE.write("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
