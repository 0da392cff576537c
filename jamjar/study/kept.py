"""What a member keeps of studies in its vault: its shares until they are added up, and what it agreed to and published.

A sum is published once for a month and region, in whatever study and of whatever figure: the study whose closing a
member first agreed to has the month and region for good, as that agreement may have opened its sum; what was published
stays, and the shares that it was made of are destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from jamjar.crypto.secret_sharing import SHARE_BYTES, SecretShare
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.study import paper
from jamjar.study.closing import SumsPaper
from jamjar.study.report import StudyReport
from jamjar.study.study import PURPOSE, Study
from jamjar.vault.transaction import VaultTransaction

CLOSING: Final = "study-closing"
AGREED: Final = "study-agreed"
PUBLISHED: Final = "study-published"
REFUSED: Final = "study-refused"


@dataclass(frozen=True, slots=True)
class KeptShare:
    """A member's share of a report that it accepted."""

    consent: str
    digest: bytes
    share: SecretShare = field(repr=False)


def keep_share(transaction: VaultTransaction, study: Study, report: StudyReport, share: SecretShare) -> bool:
    """Keep the share of a report that was checked; return False where this very report is kept.

    Raises InvalidInput for a second report of a consent in its month, and for one of another region than its others.
    """
    kind = f"study-region/{study.id.hex()}"
    region = transaction.get(kind, report.consent)
    if region is not None and region.decode() != report.region:
        raise InvalidInput("The consent reported from another region; a study takes one region of each.")
    value = strict_json.dumps({"digest": report.digest.hex(), "share": share.to_bytes().hex()}).encode()
    kept = transaction.get(_shares(study, report.month, report.region), report.consent)
    if kept is not None:
        if kept != value:
            raise InvalidInput("The consent reported of that month already; a study takes one report of each.")
        return False
    transaction.add(kind, report.consent, report.region.encode())
    transaction.put(_shares(study, report.month, report.region), report.consent, value)
    return True


def refusals(transaction: VaultTransaction, study: Study) -> dict[str, str]:
    """Return why reports were refused when they were last taken, by their digests."""
    value = transaction.get(REFUSED, study.id.hex())
    return {} if value is None else strict_json.loads(value.decode(), "The refusals in the vault", len(value))


def put_refusals(transaction: VaultTransaction, study: Study, found: dict[str, str]) -> None:
    """Record the refusals, in place of the last ones."""
    transaction.put(REFUSED, study.id.hex(), strict_json.dumps(found).encode())


def has_share(transaction: VaultTransaction, study: Study, report: StudyReport) -> bool:
    """Return whether the share of this very report is kept, so that it was checked before."""
    value = transaction.get(_shares(study, report.month, report.region), report.consent)
    return value is not None and strict_json.loads(value.decode(), "A share")["digest"] == report.digest.hex()


def kept_shares(transaction: VaultTransaction, study: Study, month: str, region: str) -> list[KeptShare]:
    """Return the shares that are kept of a month and region."""
    found = list[KeptShare]()
    for consent, value in transaction.all(_shares(study, month, region)):
        record = strict_json.loads(value.decode(), "A share in the vault")
        share = SecretShare.from_bytes(paper.part(record["share"], SHARE_BYTES))
        found.append(KeptShare(consent, paper.part(record["digest"], 32), share))
    return found


def drop_shares(
    transaction: VaultTransaction, study: Study, month: str, region: str, consents: list[str] | None = None
) -> None:
    """Destroy the shares of a month and region: of these consents, or of all."""
    kind = _shares(study, month, region)
    for each in [consent for consent, _ in transaction.all(kind)] if consents is None else consents:
        transaction.delete(kind, each)


def put_noise(transaction: VaultTransaction, study: Study, month: str, region: str, digest: bytes) -> None:
    """Record which noise this member dealt last; what it agreed to for an earlier one no longer counts."""
    transaction.put(CLOSING, _of(study, month, region), strict_json.dumps([digest.hex(), ""]).encode())


def put_agreement(transaction: VaultTransaction, study: Study, month: str, region: str, closing: bytes) -> None:
    """Record the one closing that this member agrees to for the noise that it dealt last.

    Raises InvalidInput where it agreed to another, or to one of another study of this month and region.
    """
    check_free(transaction, study, month, region)
    digest, agreed = noise_and_agreement(transaction, study, month, region)
    if agreed not in (b"", closing):
        raise InvalidInput("You agreed to another closing for this noise; deal noise again with --again.")
    transaction.put(AGREED, study.publication(month, region), study.id)
    value = strict_json.dumps([digest.hex(), closing.hex()]).encode()
    transaction.put(CLOSING, _of(study, month, region), value)


def noise_and_agreement(transaction: VaultTransaction, study: Study, month: str, region: str) -> tuple[bytes, bytes]:
    """Return the digests of the noise that this member dealt last, and of the closing that it agreed to; or b""."""
    value = transaction.get(CLOSING, _of(study, month, region))
    digest, agreed = strict_json.loads(value.decode(), "A closing in the vault") if value else ("", "")
    return bytes.fromhex(digest), bytes.fromhex(agreed)


def put_published(transaction: VaultTransaction, study: Study, sums: SumsPaper) -> None:
    """Record the sums of a month and region; raises InvalidInput where there were any."""
    check_free(transaction, study, sums.place.month, sums.place.region)
    transaction.add(PUBLISHED, study.publication(sums.place.month, sums.place.region), sums.to_json().encode())


def check_free(transaction: VaultTransaction, study: Study, month: str, region: str) -> None:
    """Raise InvalidInput where sums of a month and region were published, or a closing of another study agreed to."""
    if published(transaction, study, month, region) is not None:
        raise InvalidInput("Sums of this month and region were published; there are no second ones.")
    if transaction.get(AGREED, study.publication(month, region)) not in (None, study.id):
        raise InvalidInput("You agreed to close another study of this month and region; there is one sum of each.")


def published(transaction: VaultTransaction, study: Study, month: str, region: str) -> SumsPaper | None:
    """Return the sums that this member published of a month and region, in whatever study, or None."""
    name = study.publication(month, region)
    value = transaction.get(PUBLISHED, name)
    if value is None:
        value = next((kept for before, kept in transaction.all(PUBLISHED) if _as_named_now(before) == name), None)
    return None if value is None else SumsPaper.from_json(value.decode())


def _as_named_now(before: str) -> str:
    """Return the name of what was kept by chain, figure, month and region."""
    chain, _, month, region = before.split("/", 3)
    return f"{PURPOSE}/{chain}/{month}/{region.casefold()}"


def _shares(study: Study, month: str, region: str) -> str:
    return f"study-share/{_of(study, month, region)}"


def _of(study: Study, month: str, region: str) -> str:
    return f"{study.id.hex()}/{month}/{region}"
