"""Findings of an audit: its rules, each with an id, a severity, a title and advice, and the places that break one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, Final


class Severity(Enum):
    """How serious a finding is: a breach makes the record unsound, a doubt or a note does not."""

    BREACH = "breach"
    """The record, or what a node reports of it, is wrong."""
    DOUBT = "doubt"
    """Something could not be checked here."""
    NOTE = "note"
    """Something that is allowed, and that people should know."""


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A rule, by its id, and what to do where it is broken."""

    id: str
    severity: Severity
    title: str
    advice: str


def _rules(*rules: tuple[str, Severity, str, str]) -> dict[str, FindingRule]:
    return {name: FindingRule(name, severity, title, advice) for name, severity, title, advice in rules}


RULES: Final = _rules(
    ("not-live", Severity.BREACH, "Something was recorded under a consent that was not live.",
     "Treat the access or advice as made without consent: tell the data protection officer and the claimant."),
    ("not-signed", Severity.BREACH, "A claimant's act was not signed by the consent's key.",
     "Treat the act as void; ask the carrier where it had the message from."),
    ("not-governed", Severity.BREACH, "The members, or who governs them, were changed by someone who may not.",
     "Stop relying on the membership; call the members together."),
    ("impossible-order", Severity.BREACH, "An event stands where the rules do not allow it.",
     "Do not rely on this record; read the same block from another member's node."),
    ("not-the-sender", Severity.BREACH, "An event names another account than the one that sent the transaction.",
     "Do not rely on this record; read the same transaction from another member's node."),
    ("unknown-event", Severity.BREACH, "A contract emitted an event that is not in its interface.",
     "Check the deployment file and the code; then read the block from another node."),
    ("replay-differs", Severity.BREACH, "A contract's state is not what its events add up to.",
     "Read the same block from another node; if it agrees, the chain itself was tampered with."),
    ("code-differs", Severity.BREACH, "The code at an address is not the code that was built.",
     "Do not use this deployment; ask who runs the node, and who deployed the contracts."),
    ("payable", Severity.BREACH, "A contract takes ether, or was sent some.",
     "Nothing here is paid for; ask who sent it, and check the code."),
    ("log-hidden", Severity.BREACH, "A node leaves out, or invents, events that its block headers commit to.",
     "Do not rely on this node; read from another member's, and ask this one's operator."),
    ("chain-broken", Severity.BREACH, "A block does not name the block before it.",
     "Do not rely on this node; read from another member's, and ask this one's operator."),
    ("history-rewritten", Severity.BREACH, "Blocks that were audited before have changed.",
     "Find the first block that changed, compare with the members' checkpoints, and call the members together."),
    ("blocks-gone", Severity.DOUBT, "The node has fewer blocks than were audited before.",
     "Check that it is connected, and audit again; if it stays so, compare with another member's node."),
    ("nodes-differ", Severity.BREACH, "Two members' nodes have different histories.",
     "Compare the block named here on every member's node; ask the operator of the one that differs."),
    ("node-behind", Severity.NOTE, "A node has fewer blocks than another.",
     "Wait, and audit again: it is asked about those blocks then; if it stays behind, see that it is connected."),
    ("node-unreachable", Severity.DOUBT, "A node did not answer.",
     "See that it runs, and audit again: it is asked then; the others were compared without it."),
    ("indirect-call", Severity.NOTE, "A message came through another contract; its signature is not in the calldata.",
     "If it matters, trace the transaction on a node that keeps traces."),
    ("sample-unavailable", Severity.DOUBT, "A node keeps no past state, so a sampled block could not be compared.",
     "Audit through an archive node to have past blocks compared too."),
    ("code-unchecked", Severity.DOUBT, "There was no build to compare the code with.",
     "Run make build in a checkout of the deployment's commit, and name its folder with --build."),
    ("beyond-sunset", Severity.DOUBT, "Consents begin when ECDSA alone is refused, and no ledger holds more than that.",
     "Ask each recipient whether it saw terms with an ML-DSA-44 key; check messages with jamjar verify message."),
    ("members-changed", Severity.NOTE, "Members, their accounts or who governs them changed, or are proposed to.",
     "Ask those who are named whether they did this; veto in time what you do not agree to: jamjar consortium veto."),
    ("recovery-pending", Severity.NOTE, "An account is going to act for a member, unless the member objects in time.",
     "Ask the member by another way than its account whether it lost its keys; if it did not, have it object at once."),
    ("module-code-differs", Severity.DOUBT, "The code of a module's contract is not the code that was admitted.",
     "Stop relying on the module, and have the members dismiss it; the record itself does not depend on it."),
    ("module-event-unknown", Severity.DOUBT, "A module's contract emitted an event that its ABI cannot explain.",
     "Name the module's folder with --module; if it was, ask who offers the module what the event tells."),
)  # fmt: skip
"""Every rule by its id."""
CHANGES: Final = "members-changed"
"""The rule of what changed among the members."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where a rule is broken, or something is worth knowing, and what was found there.

    block, transaction and log are None where they do not apply; `log` is the place among the block's logs.
    """

    rule: str
    what: str
    block: int | None = None
    transaction: str | None = None
    log: int | None = None

    @property
    def severity(self) -> Severity:
        """The severity of its rule."""
        return RULES[self.rule].severity

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, with its rule's severity, title and advice."""
        rule = RULES[self.rule]
        told = {"severity": rule.severity.value, "title": rule.title, "advice": rule.advice}
        return {**asdict(self), **told}

    def __str__(self) -> str:
        at = (("block", self.block), ("log", self.log), ("transaction", self.transaction))
        where = ", ".join(f"{name} {value}" for name, value in at if value is not None)
        return f"{self.severity.value} {self.rule}: {self.what}" + (f" ({where})" if where else "")


def is_sound(findings: Iterable[Finding]) -> bool:
    """Return whether a record with these findings can be relied on: none of them is a breach."""
    return all(finding.severity is not Severity.BREACH for finding in findings)


_NOT_GOVERNED: Final = frozenset({
    "AccessControlUnauthorizedAccount", "NotOfTheCouncil", "NotAMember", "AccountNotOffered", "NotExecuted",
    "RoleFixed", "DelayFixed",
})  # fmt: skip


def rule_of(error: str) -> str:
    """Return the id of the rule broken by an event that had to be refused with this error."""
    if error in {"ConsentNotLive", "ConsentExhausted"}:
        return "not-live"
    if error == "NotSignedByConsent":
        return "not-signed"
    return "not-governed" if error in _NOT_GOVERNED else "impossible-order"
