"""A record to show: events of made-up members and consents, encoded as a node tells them, with a log that has them."""

from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from eth_abi.abi import encode

from jamjar.audit.findings import Finding
from jamjar.explorer.governing import Governing
from jamjar.explorer.log_seen import LogSeen
from jamjar.explorer.pages import Explored
from jamjar.explorer.record import EventRecord, LastBlock, read_entries
from jamjar.ledger import governed
from jamjar.model.member_rules import seat_of
from jamjar.model.state import Emitted, Reason
from jamjar.protocol.abi import EVENT, entries, type_of
from jamjar.protocol.address import checksum_address
from jamjar.protocol.calldata import data_of, proposal_ids
from jamjar.protocol.events import Event
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from jamjar.tlog.leaf import RawEvent
from tests.unit.audit.made import CARRIER, DEPLOYMENT, DESK, FOUNDER, GOVERNANCE, founded
from tests.unit.audit.sample import SOUND
from tests.unit.tlog import world

HOSTILE = "<script>alert(1)</script>\" onload='x' {{ 7*7 }} %(a)s \u202e&"
CONSENT, OTHER, THIRD = (checksum_address(bytes([n]) * 20) for n in (0xA1, 0xB2, 0xC3))
ROOT, NEXT_ROOT, ADVICE, TERMS = (bytes([n]) * 32 for n in (8, 9, 10, 11))
START = world.NOW
REGISTRY, COMMITMENTS, LOG = (
    DEPLOYMENT.contracts()[n].address for n in ("ConsentRegistry", "CommitmentRegistry", "AdviceLog")
)
CONSORTIUM = DEPLOYMENT.consortium.address
CALL = (CONSORTIUM, 0, data_of("Consortium", "suspend", 2, Reason.LEFT))
(PROPOSAL, *_) = proposal_ids([CALL], bytes(32), bytes(32))
VETOED_CALL = (CONSORTIUM, 0, data_of("Consortium", "reinstate", 2))
(VETOED, *_) = proposal_ids([VETOED_CALL], bytes(32), bytes(32))
TOPICS = {entry["name"]: (topic, entry) for topic, entry in entries(EVENT).items()}


def raw(told: Emitted, block: int, index: int, contract: str) -> RawEvent:
    """An event as a node tells it (Contract ABI Specification)."""
    topic, entry = TOPICS[told.name]
    given = list(zip(entry["inputs"], told.arguments, strict=True))
    kinds = {True: ([], []), False: ([], [])}
    for argument, value in given:
        types, values = kinds[argument["indexed"]]
        types.append(type_of(argument).replace("string", "bytes"))
        values.append(value.encode() if argument["type"] == "string" else value)
    topics = (topic, *(encode([kind], [value]) for kind, value in zip(*kinds[True], strict=True)))
    return RawEvent(
        1337, bytes.fromhex(contract[2:]), block, sha256(b"%d" % block).digest(), START + 60 * block,
        sha256(b"t%d" % block).digest(), index, topics, encode(*kinds[False]),
    )  # fmt: skip


def story() -> list[tuple[str, Emitted]]:
    """What happens after the founding, each in a block of its own: the contract, and the event."""
    begin, end = START, START + 90 * DAY
    of_members = [
        ("MemberAdmitted", (3, HOSTILE, GOVERNANCE)),
        ("MemberRenamed", (3, f"New {HOSTILE}", CARRIER)),
        ("RoleGranted", (Role.ADVISER.value, seat_of(3), GOVERNANCE)),
        ("AccountAdded", (3, OTHER, GOVERNANCE)),
        ("AccountAdded", (3, THIRD, GOVERNANCE)),
        ("AccountRemoved", (3, OTHER, THIRD)),
        ("EncryptionKeyChanged", (3, ROOT, b"k" * 40, THIRD)),
        ("MemberSuspended", (3, Reason.RULES_BROKEN, end, CARRIER)),
        ("RecoveryProposed", (3, FOUNDER, end, CARRIER)),
    ]
    of_consents = [
        (REGISTRY, "ConsentGranted", (CONSENT, 2, CARRIER, begin, end, end, 3, TERMS)),
        (COMMITMENTS, "Committed", (CONSENT, CARRIER, ROOT)),
        (REGISTRY, "ConsentUsed", (CONSENT, 2, DESK, ROOT, 1)),
        (LOG, "AdviceRecorded", (CONSENT, 2, DESK, ROOT, ADVICE)),
        (LOG, "AdviceAcknowledged", (CONSENT, CARRIER, ROOT, ADVICE)),
        (REGISTRY, "ConsentPaused", (CONSENT, CARRIER, 0)),
        (REGISTRY, "ConsentResumed", (CONSENT, CARRIER, 1)),
        (REGISTRY, "ConsentReconfirmed", (CONSENT, CARRIER, 2, end)),
        (COMMITMENTS, "Committed", (CONSENT, CARRIER, NEXT_ROOT)),
        (REGISTRY, "GrantRejected", (CONSENT, CARRIER, 0, b"\1\2\3\4")),
        (REGISTRY, "ConsentGranted", (OTHER, 3, CARRIER, begin, end, end, 1, TERMS)),
        (REGISTRY, "ConsentReleased", (OTHER, 3, THIRD)),
        (REGISTRY, "ConsentWithdrawn", (CONSENT, CARRIER)),
    ]
    of_governance = [
        ("CallScheduled", (PROPOSAL, 0, *CALL, bytes(32), 7 * DAY)),
        ("CallScheduled", (VETOED, 0, *VETOED_CALL, bytes(32), 7 * DAY)),
        ("Cancelled", (VETOED,)),
    ]
    return [
        *((CONSORTIUM, Emitted(*each)) for each in of_members),
        *((contract, Emitted(*each)) for contract, *each in of_consents),
        *((GOVERNANCE, Emitted(*each)) for each in of_governance),
    ]


def raws() -> list[RawEvent]:
    """All events, from the founding on."""
    told = [(event.origin.contract, Emitted(type(event).__name__, event.arguments())) for event in founded()]
    return [raw(each, block, 0, contract) for block, (contract, each) in enumerate([*told, *story()], 1)]


class Ledger:
    """What tells of the governance: the events, and who sent their transactions."""

    deployment = DEPLOYMENT

    def __init__(self, events: list[Event]) -> None:
        self._events = events

    def events(self, contracts: Any) -> list[Event]:
        places = [DEPLOYMENT.contracts()[name].address for name in contracts]
        return [event for event in self._events if event.origin.contract in places]

    def time(self, block: int | None = None) -> int:
        return START + 60 * (block or 0)

    def read(self, contract: str, function: str) -> tuple[int, int]:
        return 14 * DAY, 14 * DAY

    def sent(self, transaction: str) -> tuple[str, str, bytes]:
        by = {event.origin.transaction: type(event).__name__ for event in self._events}
        return (DESK if by[transaction] == "Cancelled" else FOUNDER), GOVERNANCE, b""

    def contract_at(self, address: str, _abi: Any) -> Any:
        return SimpleNamespace()


def record_of(events: list[RawEvent]) -> EventRecord:
    last = events[-1]
    return EventRecord(
        DEPLOYMENT, LastBlock(last.block, f"0x{last.block_hash.hex()}", last.time), read_entries(events, DEPLOYMENT)
    )


def log_files(leaves: list[bytes], least: int = 3) -> world.Files:
    """A log with these leaves, cosigned by so many witnesses."""
    files, edge = world.files_of(leaves)
    files["checkpoint"] = str(world.note_of(edge, cosigners=world.WITNESSES[:least])).encode()
    return files


def explored(events: list[RawEvent] | None = None, leaves: list[bytes] | None = None, **report: Any) -> Explored:
    """Everything that pages show; the log has these leaves, by default all events."""
    events = raws() if events is None else events
    record = record_of(events)
    decoded = [entry.event for entry in record.entries if entry.event is not None]
    governing = Governing(record, governed.read(Ledger(decoded), record.last.number))  # type: ignore[arg-type]
    log = LogSeen(log_files([e.to_bytes() for e in events] if leaves is None else leaves), world.policy(2), record)
    note = Finding("members-changed", f"MemberAdmitted (member 3, name {HOSTILE})", 5)
    changes = {"first": 1, "last": record.last.number, "findings": (note,), "counts": {"members-changed": 1}}
    return Explored(replace(SOUND, **(changes | report)), record, governing, log)
