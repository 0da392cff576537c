"""Contracts of modules that the members admitted: their code as it was admitted, and their events by their own ABI.

Whatever is found here makes no record unsound: nothing of the core asks a module.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jamjar.audit.findings import Finding
from jamjar.audit.node import AuditNode
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.abi import Entry
from jamjar.protocol.foreign_events import decoded


@dataclass(frozen=True, slots=True)
class ForeignContract:
    """A module's contract, as it was admitted.

    code_hash  the Keccak-256 of its code when it was admitted, 32 bytes
    block      the block in which it was admitted; earlier events of it are nobody's concern
    abi        its ABI; empty where nobody named the module's folder
    """

    module: str
    address: str
    code_hash: bytes
    block: int
    abi: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class ForeignSeen:
    """What was seen of such contracts: how often each event was emitted, by module and name, and findings."""

    events: Mapping[tuple[str, str], int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def examine(node: AuditNode, contracts: Sequence[ForeignContract], last: int) -> ForeignSeen:
    """Examine contracts up to block `last`; raises NodeUnavailable."""
    events, findings = Counter[tuple[str, str]](), list[Finding]()
    for each in contracts:
        if keccak256(node.code(each.address, last)) != each.code_hash:
            told = f"The code of module {each.module} at {each.address} is not what was admitted."
            findings.append(Finding("module-code-differs", told, last))
        unknown = list[int]()
        for block, log in node.logs([each.address], each.block, last):
            event = decoded(each.abi, log.topics, log.data)
            if event is None:
                unknown.append(block)
            else:
                events[each.module, event.name] += 1
        if unknown:
            count = f"{len(unknown)} events" if len(unknown) > 1 else "1 event"
            told = f"{count} of module {each.module} at {each.address} cannot be decoded by its ABI."
            findings.append(Finding("module-event-unknown", told, unknown[0]))
    return ForeignSeen(events, tuple(findings))
