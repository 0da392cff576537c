"""Who the members are and who governs them, as values that a report shows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jamjar.audit.words import call_shown, moment, text_shown
from jamjar.model.state import DONE, LedgerState
from jamjar.protocol.roles import FOUNDER, Role


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member: its number, name, standing and roles; `lapses_at` is when its suspension does, 0 for never."""

    number: int
    name: str
    standing: str
    roles: tuple[str, ...]
    lapses_at: int = 0


@dataclass(frozen=True, slots=True)
class PendingProposal:
    """A proposal that was neither executed nor vetoed: its id as 0x hex, its calls in words, and when it is ready."""

    id: str
    calls: tuple[str, ...]
    ready_at: int


@dataclass(frozen=True, slots=True)
class PendingRecovery:
    """A recovery that the council proposed: to which account, and from when on the account can complete it."""

    member: int
    name: str
    account: str
    ready_at: int

    def __str__(self) -> str:
        return (
            f"The council proposes that {self.account} acts for member {self.member} ({text_shown(self.name)}), as it "
            f"can make itself do from {moment(self.ready_at)} on. Until then at least the member can object; if it did "
            "not lose its keys, it must do so by one of its accounts."
        )


@dataclass(frozen=True, slots=True)
class Membership:
    """The members, the founders' accounts, the delay of proposals in seconds, and what is pending."""

    members: tuple[MemberSeen, ...] = ()
    founders: tuple[str, ...] = ()
    delay: int = 0
    proposals: tuple[PendingProposal, ...] = ()
    recoveries: tuple[PendingRecovery, ...] = ()

    @property
    def council(self) -> tuple[MemberSeen, ...]:
        """The members of the council, the suspended ones included."""
        return tuple(member for member in self.members if Role.COUNCIL.name in member.roles)

    def to_json(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return asdict(self)


def membership(state: LedgerState, names: Mapping[str, str]) -> Membership:
    """Return who the members are in a state.

    names  the contracts' Solidity names by their addresses
    """
    ids = {role.value: role.name for role in Role}
    members = tuple(
        MemberSeen(n, each.name, each.standing.name, tuple(sorted(ids[role] for role in each.roles)), each.lapses_at)
        for n, each in sorted(state.members.items())
    )
    proposals = tuple(
        PendingProposal(f"0x{name.hex()}", tuple(call_shown(call, names) for call in each.calls), each.ready)
        for name, each in state.governance.proposals.items()
        if each.ready != DONE
    )
    recoveries = tuple(
        PendingRecovery(n, state.member(n).name, each.account, each.ready_at)
        for n, each in sorted(state.recoveries.items())
    )
    founders = tuple(sorted(account for role, account in state.governance.roles if role == FOUNDER))
    return Membership(members, founders, state.governance.delay, proposals, recoveries)
