"""Who governs the consortium, and what was decided: members, proposals and how they ended, with who did each and when.

It is read from the events of Consortium and Governance alone. Those of the governance name nobody: who proposed,
vetoed or executed is the account that signed the transaction, or the contract that it called where that one is a
founder or acts for a member, as a Safe does. A node can lie about both; `jamjar audit` compares several.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from jamjar.errors import InvalidInput, LedgerError
from jamjar.ledger.safe import approvals
from jamjar.model.governance_rules import may_propose
from jamjar.model.replay import Fold, emitted
from jamjar.model.state import DeploymentRules, LedgerState, Proposal, Reason, Standing
from jamjar.protocol.address import checksum_address
from jamjar.protocol.events import (
    CallExecuted,
    CallSalt,
    CallScheduled,
    Cancelled,
    EncryptionKeyChanged,
    Event,
    MemberSuspended,
    RoleGranted,
    RoleRevoked,
)
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import MOST_ITEMS

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

GOVERNING: Final = ("Consortium", "Governance")
"""The contracts whose events are read."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, by its account, and when, in Unix seconds.

    owners  the owners of a Safe that approved it on the ledger
    """

    by: str
    at: int
    transaction: str
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposal from when it was made; `ready` of `content` is the first second at which it could be executed."""

    id: bytes
    content: Proposal
    proposed: Deed
    vetoed: Deed | None = None
    executed: Deed | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it can still be vetoed or executed."""
        return self.vetoed is None and self.executed is None


@dataclass(frozen=True, slots=True)
class Right:
    """A role that a member has, or an account has in the governance, since when, and by which proposal.

    holder    a member's number, or a founder's account
    proposal  the proposal's id; None for those of the founding
    """

    holder: int | str
    role: bytes
    since: int
    proposal: bytes | None = None


@dataclass(slots=True)
class Governed:
    """The members and the governance as of the newest block that was read.

    reasons      why each member that was ever suspended was suspended last, and who did it
    key_changes  the newest change of each member's encryption key, and when it was made
    """

    state: LedgerState
    now: int
    proposals: dict[bytes, ProposalRecord] = field(default_factory=dict)
    rights: dict[tuple[int | str, bytes], Right] = field(default_factory=dict)
    reasons: dict[int, tuple[Reason, Deed]] = field(default_factory=dict)
    key_changes: dict[int, tuple[EncryptionKeyChanged, int]] = field(default_factory=dict)

    @property
    def pending(self) -> list[ProposalRecord]:
        """The proposals that can still be vetoed or executed, oldest first."""
        return [each for each in self.proposals.values() if each.is_pending]

    @property
    def active(self) -> list[int]:
        """The numbers of the members that are active."""
        return sorted(number for number, each in self.state.members.items() if each.standing is Standing.ACTIVE)

    def accounts_of(self, member: int) -> list[str]:
        """Return the accounts that act for a member."""
        return [account for account, number in self.state.accounts.items() if number == member]

    def founders(self) -> list[str]:
        """Return the accounts that may propose."""
        return [str(holder) for holder, role in self.rights if role == FOUNDER]


def read(ledger: Ledger, last: int | None = None) -> Governed:
    """Read who governs, and what was decided, from the events of the ledger.

    last  the block up to which it is read, by default the newest

    Raises LedgerError when it cannot be read, and for events that the contracts cannot have emitted in this order.
    """
    reading = _Reading(ledger)
    for event in ledger.events(contracts=GOVERNING):
        if last is not None and event.origin.block > last:
            break
        try:
            reading.add(event)
        except (InvalidInput, KeyError, ValueError) as error:
            raise LedgerError("The node's events make no sense; ask another node.") from error
    done = reading.governed
    done.state, done.now = reading.fold.state, ledger.time(last)
    return done


class _Reading:
    """The events so far, folded, with what the fold leaves out."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self._times = ledger, dict[int, int]()
        self.fold = Fold(LedgerState(_rules(ledger)))
        self.governed = Governed(self.fold.state, 0)
        self._granted = list[tuple[str, tuple[int | str, bytes]]]()
        """What was granted since the last call of a proposal was executed, with the transaction that did it."""

    def add(self, event: Event) -> None:
        """Add the next event."""
        at = self._time(event.origin.block)
        before = self.fold.state  # who may do it, before it changes that
        if isinstance(event, CallScheduled) and event.index == 0:
            deed = self._deed(event, lambda account: may_propose(before, account))
            self.governed.proposals[event.id] = ProposalRecord(event.id, Proposal(), deed)
        self.fold.add(emitted(event), at)
        self._remember(event, at)

    def _remember(self, event: Event, at: int) -> None:
        governed, state = self.governed, self.fold.state
        match event:
            case Cancelled():
                deed = self._deed(event, state.acts_now)
                governed.proposals[event.id] = replace(governed.proposals[event.id], vetoed=deed)
            case CallExecuted():
                deed = self._deed(event, lambda _: False)
                governed.proposals[event.id] = replace(governed.proposals[event.id], executed=deed)
                for transaction, key in self._granted:
                    if transaction == event.origin.transaction and key in governed.rights:
                        governed.rights[key] = replace(governed.rights[key], proposal=event.id)
                self._granted.clear()
            case EncryptionKeyChanged():
                governed.key_changes[event.member] = (event, at)
            case MemberSuspended():
                deed = Deed(event.by, at, event.origin.transaction)
                governed.reasons[event.member] = (Reason(event.reason), deed)
            case CallScheduled() | CallSalt():
                content = state.governance.proposals[event.id]
                governed.proposals[event.id] = replace(governed.proposals[event.id], content=content)
            case RoleGranted() | RoleRevoked():
                self._remember_right(event, at)
            case _:
                pass

    def _remember_right(self, event: RoleGranted | RoleRevoked, at: int) -> None:
        role, account = event.role, event.account
        if role != FOUNDER and role not in self.fold.state.rules.roles:
            return
        key: tuple[int | str, bytes] = (account if role == FOUNDER else int(account, 16), role)
        if isinstance(event, RoleGranted):
            self.governed.rights[key] = Right(*key, at)
            self._granted.append((event.origin.transaction, key))
        else:
            self.governed.rights.pop(key, None)

    def _deed(self, event: Event, is_it: Callable[[str], bool]) -> Deed:
        signer, called, data = self.ledger.sent(event.origin.transaction)
        is_contract = is_it(called) and not is_it(signer)
        by, owners = (called, approvers_in(data)) if is_contract else (signer, ())
        owners = approvals(self.ledger, by, event.origin.transaction, owners)
        return Deed(by, self._time(event.origin.block), event.origin.transaction, owners)

    def _time(self, block: int) -> int:
        if block not in self._times:
            self._times[block] = self.ledger.time(block)
        return self._times[block]


def approvers_in(data: bytes) -> tuple[str, ...]:
    """Return the owners whose approvals on the ledger the data of a call of a Safe's `execTransaction` names (v = 1).

    The signatures are its last argument: the tenth word says where they begin, as after how many bytes.
    """
    arguments = data[4:]
    start = int.from_bytes(arguments[9 * 32 : 10 * 32], "big")
    length = int.from_bytes(arguments[start : start + 32], "big")
    signatures = arguments[start + 32 : start + 32 + length]
    each = (signatures[at : at + 65] for at in range(0, len(signatures) - 64, 65))
    return tuple(checksum_address(one[12:32]) for one in each if one[64] == 1)


def _rules(ledger: Ledger) -> DeploymentRules:
    deployment = ledger.deployment
    suspension, recovery = ledger.read("Consortium", "delays")
    return DeploymentRules(
        frozenset(role.value for role in Role),
        Role.ADVISER.value,
        *deployment.settings.limits,
        most_items=MOST_ITEMS,
        council=Role.COUNCIL.value,
        governance=deployment.governance.address,
        suspension=suspension,
        recovery=recovery,
    )
