"""A receipt, or evidence against a log, checked as somebody brings it: what it shows, and whether the record has it."""

from dataclasses import dataclass
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.explorer.record import EventRecord, RecordedEvent, decoded
from jamjar.tlog import receipt
from jamjar.tlog.evidence import FORMAT, read_evidence
from jamjar.tlog.policy import Policy
from jamjar.tlog.proof import HEADER
from jamjar.tlog.receipt import MAX_BYTES, Receipt

MOST_BYTES: Final = MAX_BYTES


@dataclass(frozen=True, slots=True)
class ReceiptChecked:
    """A receipt that is true under the policy: its event, and the record's own of the same place, if it has one.

    is_same  whether the record's event is this one, byte by byte
    is_later whether it stands in a later block than the record's last, which cannot say anything of it
    """

    receipt: Receipt
    entry: RecordedEvent
    ours: RecordedEvent | None
    is_same: bool
    is_later: bool


@dataclass(frozen=True, slots=True)
class EvidenceChecked:
    """Evidence against a log: whether it proves that the log contradicted itself, or that it owes a proof."""

    is_proven: bool


def check(data: bytes, policy: Policy, record: EventRecord) -> ReceiptChecked | EvidenceChecked:
    """Return what the content of a file shows.

    Raises InvalidInput for a file that is neither, and VerificationFailed for one that proves nothing.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput("The file is larger than any receipt or evidence; choose the right file.")
    if data.startswith(HEADER.encode()):
        return _receipt(data, policy, record)
    if data.startswith(FORMAT.encode()):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise InvalidInput("The evidence is damaged; ask for it again.") from None
        return EvidenceChecked(read_evidence(text).proves(policy.logs))
    raise InvalidInput("The file is neither a receipt nor evidence against a log; choose the right file.")


def _receipt(data: bytes, policy: Policy, record: EventRecord) -> ReceiptChecked:
    found = receipt.verify(data, policy)
    raw = found.event
    here = [entry for entry in record.blocks.get(raw.block, ()) if entry.raw.index == raw.index]
    ours = here[0] if here else None
    entry = RecordedEvent(found.index, raw, decoded(raw, record.deployment))
    is_same = ours is not None and ours.raw == raw
    return ReceiptChecked(found, entry, ours, is_same, raw.block > record.last.number)
