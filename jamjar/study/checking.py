"""Whether a result's reports are what they should be, are on the ledger, and were published once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from jamjar.crypto.secret_sharing import SecretShare
from jamjar.errors import VerificationFailed
from jamjar.study.closing import NoisePaper, check_members, reports_of
from jamjar.study.report import StudyReport
from jamjar.study.result import DealtNoise, StudyResult, Summand

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def check_reports(result: StudyResult, reports: Iterable[StudyReport], papers: Sequence[NoisePaper]) -> None:
    """Check each report in full, and that they are those that all members accepted; raises VerificationFailed."""
    study, known = result.study, {each.digest: each for each in reports}
    place = (result.month, result.region)
    for each in result.reports:
        report = known.get(each.digest)
        if report is None or Summand.of(report) != each or (report.month, report.region) != place:
            raise VerificationFailed(f"The report of {each.consent} is missing, or another; ask for all of them.")
        report.check(study)
    digests = {each.member: each.digest for each in result.noise}
    listed = [each for each in papers if each.digest == digests.get(each.place.member)]
    dealt = {DealtNoise.of(each) for each in listed}
    if check_members(study, listed) != digests or dealt != set(result.noise):
        raise VerificationFailed("The members' noise is not that of the result; ask for all of it.")
    if sorted(each.digest for each in result.reports) != list(reports_of(listed)):
        raise VerificationFailed("The reports are not those that all members accepted; do not rely on the result.")


def check_accounts(result: StudyResult, ledger: Ledger) -> None:
    """Raise VerificationFailed unless each sum is signed by an account of its member: before a member is blamed."""
    at, study = ledger.deployment, result.study
    if (at.chain_id, at.commitment_registry.address) != (study.chain_id, study.contract):
        raise VerificationFailed("The result is of another ledger; use that one's deployment file and node.")
    for member, account in result.accounts.items():
        if ledger.member_of(account) != member:
            raise VerificationFailed(
                f"The sums of member {member} are signed by {account}, which does not act for it now; ask it."
            )


def check_on_ledger(result: StudyResult, ledger: Ledger, roots: Mapping[str, set[bytes]]) -> None:
    """Check consents, roots and accounts against a ledger; `roots` are all that it has of each consent.

    Raises VerificationFailed, which says what is not on the ledger.
    """
    check_accounts(result, ledger)
    for each in result.reports:
        if each.root not in roots.get(each.consent, set()):
            raise VerificationFailed(f"No such budget of {each.consent} is on the ledger; do not rely on the result.")
        if ledger.consent(each.consent).recipient != result.study.recipient:
            raise VerificationFailed(f"{each.consent} is a consent for another member; do not rely on the result.")


def check_published_once(results: Iterable[StudyResult]) -> None:
    """Raise VerificationFailed where a month and region has two sums, of whatever studies; it names who made both."""
    seen = dict[str, dict[int, tuple[bytes, SecretShare]]]()
    for each in results:
        sums = {signed.place.member: (signed.closing, signed.share) for signed in each.sums}
        before = seen.setdefault(each.study.publication(each.month, each.region), sums)
        both = sorted(member for member in sums if before.get(member, sums[member]) != sums[member])
        if both or {closing for closing, _ in before.values()} != {closing for closing, _ in sums.values()}:
            raise VerificationFailed(
                f"{each.region} of {each.month} was published twice, by members {', '.join(map(str, both)) or 'apart'};"
                " what the two differ in may be one person, so rely on neither, and ask the members."
            )
