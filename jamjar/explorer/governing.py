"""Who the members are and who governs them: each member's past, each proposal, and who decided what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jamjar.explorer.record import EventRecord, RecordedEvent
from jamjar.ledger.governed import Deed, Governed, ProposalRecord, Right
from jamjar.ledger.proposal_words import NO_OTHERS, Change, changes_of
from jamjar.model.state import Member, Reason, Recovery
from jamjar.protocol.events import AccountAdded, MemberAdmitted, MemberRenamed
from jamjar.protocol.roles import FOUNDER

NEWEST: Final = 50
"""Consents that the page of a recipient lists."""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member with what the record has of it.

    names     those that it had before its name now, oldest first
    former    accounts that acted for it once, and do not now
    reason    why it was suspended last, and by whom; None if it never was
    changed   when its encryption key was changed last, in Unix seconds; 0 if it never was
    statuses  how many consents to it stand where, by the status' Solidity name
    consents  the newest of them, newest first
    looks     how many looks it recorded
    life      the events that are about it as a member
    """

    number: int
    stored: Member
    names: tuple[str, ...]
    accounts: tuple[str, ...]
    former: tuple[str, ...]
    rights: tuple[Right, ...]
    recovery: Recovery | None
    reason: tuple[Reason, Deed] | None
    changed: int
    statuses: dict[str, int]
    consents: tuple[str, ...]
    looks: int
    life: tuple[RecordedEvent, ...]


class Governing:
    """The members and the governance at the record's last block.

    accounts   every account that ever acted for a member, and for which one it did last
    names      every name that a member ever had
    founders   the accounts that may propose
    proposals  all that were ever made, by their ids as 0x hex, newest first
    """

    def __init__(self, record: EventRecord, governed: Governed, others: Mapping[str, str] = NO_OTHERS) -> None:
        """Index what a record and the decisions in it say.

        others  contracts that proposals may call beside the deployment's, by their addresses
        """
        self._others = others
        self._record, self._governed = record, governed
        self.state, self.names = record.state, dict(record.state.names)
        self.accounts = {
            entry.event.account: entry.event.member for entry in record.entries if isinstance(entry.event, AccountAdded)
        }
        self.rights = tuple(governed.rights.values())
        self.founders = tuple(str(each.holder) for each in self.rights if each.role == FOUNDER)
        newest = sorted(governed.proposals.values(), key=lambda each: each.proposed.at, reverse=True)
        self.proposals: dict[str, ProposalRecord] = {f"0x{each.id.hex()}": each for each in newest}
        self._consents = dict[int, list[str]]()
        for consent, held in self.state.consents.items():
            self._consents.setdefault(held.recipient, []).append(consent)

    def changes(self, proposal: ProposalRecord) -> list[Change]:
        """Return what a proposal changes, beside what is now."""
        return changes_of(proposal.content, self.state, self._record.deployment, self._others)

    def member(self, number: int) -> MemberPage | None:
        """Return a member; None for a number that none ever had."""
        if number not in self.state.members:
            return None
        life = tuple(self._record.members.get(number, ()))
        held = self._consents.get(number, [])
        stored, now = self.state.member(number), self._record.last.time
        key = self._governed.key_changes.get(number)
        statuses = dict[str, int]()
        for consent in held:
            name = self.state.status(consent, now).name
            statuses[name] = statuses.get(name, 0) + 1
        acting = tuple(self.state.accounts_of(number))
        once = _of(life, "account", AccountAdded)
        return MemberPage(
            number=number,
            stored=stored,
            names=tuple(name for name in _of(life, "name", MemberAdmitted, MemberRenamed) if name != stored.name),
            accounts=acting,
            former=tuple(account for account in once if account not in acting),
            rights=tuple(right for right in self.rights if right.holder == number),
            recovery=self.state.recoveries.get(number),
            reason=self._governed.reasons.get(number),
            changed=key[1] if key else 0,
            statuses=dict(sorted(statuses.items())),
            consents=tuple(reversed(held[-NEWEST:])),
            looks=sum(self.state.consent(consent).uses for consent in held),
            life=life,
        )


def _of(life: tuple[RecordedEvent, ...], field: str, *kinds: type[Any]) -> tuple[str, ...]:
    """Return the values of a field in events of these kinds, each once, oldest first."""
    found = (getattr(entry.event, field) for entry in life if isinstance(entry.event, kinds))
    return tuple(dict.fromkeys(found))
