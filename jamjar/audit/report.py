"""The result of an audit as a value: what was read, counted and found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from jamjar.audit.figures import Figures
from jamjar.audit.findings import Finding, Severity, is_sound
from jamjar.audit.membership import Membership
from jamjar.audit.uncompared import Uncompared, count_of, joined

FORMAT: Final = "jamjar.audit.3"
"""Of `AuditReport.to_json`."""


class Verdict(Enum):
    """What an audit comes to: whether the record can be relied on."""

    SOUND = "sound"
    IN_PART = "sound in part"
    """Nothing is wrong with it, but a node that was named could not be asked about all of it."""
    UNSOUND = "unsound"


@dataclass(frozen=True, slots=True)
class NodeSeen:
    """A node of the audit: its name, its newest block, and that block's hash; no hash when it did not answer."""

    name: str
    height: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An audit from block `first` to `last`, whose hash and time are given.

    contracts   addresses by Solidity name
    members     names by number
    membership  who the members are and who governs them
    statuses    how many consents stand where at the last block, by Solidity name
    compared    how many of the contracts' answers were compared with the replay
    counts      how many findings there were of each rule, of which `findings` may have the first alone
    uncompared  the blocks that a named node could not be asked about, this time or before, and was not asked since
    all_asked   whether each node that was named could be asked everything this time
    times       of the blocks in which the members changed, in Unix seconds
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
    membership: Membership = field(default_factory=Membership)
    uncompared: tuple[Uncompared, ...] = ()
    all_asked: bool = True
    times: Mapping[int, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Whether the record can be relied on."""
        if not is_sound(self.findings):
            return Verdict.UNSOUND
        return Verdict.IN_PART if self.uncompared or not self.all_asked else Verdict.SOUND

    @property
    def sound(self) -> bool:
        """Whether the record can be relied on as a whole."""
        return self.verdict is Verdict.SOUND

    @property
    def told(self) -> str:
        """The verdict in words, such as: sound up to block 8, 2 blocks compared with one node only."""
        if self.verdict is not Verdict.IN_PART:
            return "sound" if self.sound else "not sound"
        if not self.uncompared:
            return "sound, but not every node that was named could be asked again"
        first = min(each.first for each in self.uncompared)
        upto = f"up to block {first - 1}" if first > self.first else "up to no block yet"
        alone = count_of(each for each in self.uncompared if each.asked == 1)
        count = alone or count_of(self.uncompared)
        compared = "compared with one node only" if alone else "not compared with every node that was named"
        return f"sound {upto}, {count} block{'' if count == 1 else 's'} {compared}"

    @property
    def alone(self) -> bool:
        """Whether one node only was named, so that nothing was compared with another."""
        return len(self.nodes) == 1

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity, in their order."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values, for a file in the format `jamjar.audit.3`."""
        return {
            "format": FORMAT,
            "sound": self.sound,
            "verdict": self.verdict.value,
            "told": self.told,
            "uncompared": [{"node": n.node, "first": n.first, "last": n.last} for n in joined(self.uncompared)],
            "chain_id": self.chain_id,
            "contracts": dict(self.contracts),
            "commit": self.commit,
            "blocks": {"first": self.first, "last": self.last, "hash": self.hash, "time": self.time},
            "nodes": [{"name": n.name, "height": n.height, "hash": n.hash} for n in self.nodes],
            "members": {str(number): name for number, name in sorted(self.members.items())},
            "membership": self.membership.to_json(),
            "statuses": dict(self.statuses),
            "compared": self.compared,
            "figures": self.figures.to_json(),
            "counts": dict(self.counts),
            "findings": [finding.to_json() for finding in self.findings],
        }
