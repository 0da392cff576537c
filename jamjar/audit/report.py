"""The result of an audit as a value: what was read, counted and found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jamjar.audit.figures import Figures
from jamjar.audit.findings import Finding, Severity, is_sound

FORMAT: Final = "jamjar.audit.1"


@dataclass(frozen=True, slots=True)
class NodeSeen:
    """A node of the audit: its name, its newest block, and that block's hash; no hash when it did not answer."""

    name: str
    height: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An audit from block `first` to `last`, whose hash and time are given.

    contracts  addresses by Solidity name
    members    names by number
    statuses   how many consents stand where at the last block, by Solidity name
    compared   how many of the contracts' answers were compared with the replay
    counts     how many findings there were of each rule; `findings` may have only the first of them
    """

    chain_id: int
    contracts: Mapping[str, str]
    commit: str
    first: int
    last: int
    hash: str
    time: int
    nodes: tuple[NodeSeen, ...]
    members: Mapping[int, str]
    statuses: Mapping[str, int]
    compared: int
    figures: Figures
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether the record can be relied on."""
        return is_sound(self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity, in their order."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values, for a file in the format `jamjar.audit.1`."""
        return {
            "format": FORMAT,
            "sound": self.sound,
            "chain_id": self.chain_id,
            "contracts": dict(self.contracts),
            "commit": self.commit,
            "blocks": {"first": self.first, "last": self.last, "hash": self.hash, "time": self.time},
            "nodes": [{"name": n.name, "height": n.height, "hash": n.hash} for n in self.nodes],
            "members": {str(number): name for number, name in sorted(self.members.items())},
            "statuses": dict(self.statuses),
            "compared": self.compared,
            "figures": self.figures.to_json(),
            "counts": dict(self.counts),
            "findings": [finding.to_json() for finding in self.findings],
        }
