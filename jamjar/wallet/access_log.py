"""The access log: the uses of a wallet's consents on the ledger, each marked as expected or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jamjar.encoding import strict_json
from jamjar.plan.entries import PERIOD, period_of
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol.events import ConsentUsed
from jamjar.wallet.stored import StoredCommitment
from jamjar.wallet.wallet import COMMITMENT, DISCLOSED, Wallet, record_name

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """A use on the ledger: the recipient's member number, the commitment, the block.

    It is expected when the claimant has shown this commitment at least as often as it was used, including this use.
    """

    consent: str
    recipient: int
    commitment: bytes
    block: int
    is_expected: bool
    period: AssessmentPeriod | None
    """Of the budget that was looked at; None where it is no longer in the vault, and of a set."""
    set_id: str = ""
    """Of the set that was looked at; empty where it was a budget."""


def access_log(wallet: Wallet, ledger: Ledger) -> tuple[AccessEntry, ...]:
    """Return every use of the wallet's consents, oldest first for each.

    Warning: a package is sealed for one use, and a recipient that lost the key in transit records another: an
    unexpected use is a reason to ask, but no proof that anything was seen.
    """
    with wallet.vault.reading() as transaction:
        shown = Counter(
            (name.partition("/")[0], bytes.fromhex(strict_json.loads(value.decode(), "A disclosure")["root"]))
            for name, value in transaction.all(DISCLOSED)
        )
    found = list[AccessEntry]()
    for consent in wallet.consents():
        used, set_id = Counter[bytes](), wallet.stored(consent).terms.set_id
        for use in ledger.events("ConsentUsed", consent):
            if isinstance(use, ConsentUsed):
                used[use.commitment] += 1
                expected, period = used[use.commitment] <= shown[consent, use.commitment], _period(wallet, use)
                place = (consent, use.recipient, use.commitment, use.origin.block)
                found.append(AccessEntry(*place, expected, period, set_id))
    return tuple(found)


def _period(wallet: Wallet, use: ConsentUsed) -> AssessmentPeriod | None:
    with wallet.vault.reading() as transaction:
        plan = transaction.get(COMMITMENT, record_name(use.consent, use.commitment))
    if plan is None:
        return None
    values = {entry.name: entry.value for entry in StoredCommitment.from_json(plan).entries}
    return period_of(values) if values.keys() >= set(PERIOD) else None
