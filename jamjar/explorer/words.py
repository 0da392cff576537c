"""Events in plain words, a sentence each, in the reader's language; names of others come as they are, as text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeAlias

from jamjar.audit.words import text_shown
from jamjar.explorer.record import RecordedEvent
from jamjar.ledger.governed import ProposalRecord
from jamjar.model.state import LedgerState, Member, Reason, Standing, Status
from jamjar.protocol import rejections
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import DAY

Translate: TypeAlias = Callable[[str], str]
"""From an English sentence to the reader's language."""


def marked(text: str) -> str:
    """Return a text as it is; it marks what is translated where it is shown."""
    return text


STATUS: Final[Mapping[Status, str]] = {
    Status.NONE: marked("not on the ledger"),
    Status.SCHEDULED: marked("not begun yet"),
    Status.ACTIVE: marked("running"),
    Status.PAUSED: marked("paused by the claimant"),
    Status.STALE: marked("waiting to be confirmed again"),
    Status.EXHAUSTED: marked("running, with no look left"),
    Status.EXPIRED: marked("over"),
    Status.RELEASED: marked("given up by the recipient"),
    Status.WITHDRAWN: marked("ended by the claimant"),
}
"""Where a consent stands, in words that follow "is"."""
REASONS: Final[Mapping[Reason, str]] = {
    Reason.NONE: marked("no reason was given"),
    Reason.KEY_STOLEN: marked("its key was stolen"),
    Reason.RULES_BROKEN: marked("it broke the rules"),
    Reason.LEFT: marked("it left"),
    Reason.OWN_REQUEST: marked("it asked for it"),
}
ROLES: Final[Mapping[bytes, str]] = {
    Role.SPONSOR.value: marked("sponsor"),
    Role.ADVISER.value: marked("adviser"),
    Role.AUDITOR.value: marked("auditor"),
    Role.OPERATOR.value: marked("operator"),
    Role.COUNCIL.value: marked("council"),
    FOUNDER: marked("founder"),
}
_SENTENCES: Final[Mapping[str, str]] = {
    "ConsentGranted": marked("The claimant agreed: {recipient} may look up to {max_uses} times."),
    "ConsentPaused": marked("The claimant paused it."),
    "ConsentResumed": marked("The claimant let it go on."),
    "ConsentReconfirmed": marked("The claimant confirmed it again, until {reconfirm_by}."),
    "ConsentWithdrawn": marked("The claimant ended it."),
    "ConsentReleased": marked("{recipient} gave it up."),
    "ConsentUsed": marked("{recipient} recorded look number {uses}."),
    "GrantRejected": marked("A consent was brought, and not recorded."),
    "WithdrawalRejected": marked("An end was brought, and not recorded."),
    "UseRejected": marked("A look was brought, and not recorded."),
    "Committed": marked("The claimant committed to a budget, in place of any before."),
    "CommitmentRejected": marked("A commitment was brought, and not recorded."),
    "AdviceRecorded": marked("{recipient} recorded that it gave advice."),
    "AdviceAcknowledged": marked("The claimant acknowledged advice."),
    "AcknowledgementRejected": marked("An acknowledgement was brought, and not recorded."),
    "MemberAdmitted": marked("{name} became member {number}."),
    "MemberRenamed": marked("Member {number} is called {name} from here on."),
    "MemberSuspended": marked("{member} was suspended: {reason}."),
    "MemberReinstated": marked("{member} may act again."),
    "AccountOffered": marked("{member} offered an account to act for it."),
    "AccountAdded": marked("An account came to act for {member}."),
    "AccountRemoved": marked("An account no longer acts for {member}."),
    "EncryptionKeyChanged": marked("{member} has a new key, to which packages are sealed."),
    "RecoveryProposed": marked("The council proposed an account for {member}, which can object."),
    "RecoveryObjected": marked("{member} objected to the account that the council proposed."),
    "RecoveryCompleted": marked("The account that the council proposed acts for {member}."),
    "RecoveryLapsed": marked("The account that the council proposed for {member} was not taken in time."),
    "CallScheduled": marked("A founder proposed a change."),
    "CallSalt": marked("A proposal was given a number of its own."),
    "CallExecuted": marked("A proposal was carried out."),
    "Cancelled": marked("A member vetoed a proposal."),
    "MinDelayChange": marked("Proposals wait for {days} days from here on."),
}
UNKNOWN: Final = marked("Something that no contract of this deployment says.")
_HOLDS: Final = marked("{who} holds the role of {role} from here on.")
_LOST: Final = marked("{who} no longer holds the role of {role}.")
_FOUNDING: Final = marked("The contracts were set up.")
_MEMBER: Final = marked("member")
_STANDING: Final[Mapping[Standing, str]] = {
    Standing.NONE: marked("no member"),
    Standing.ACTIVE: marked("may act"),
}
_SUSPENDED: Final = marked("suspended until it is let in again")
_SUSPENDED_UNTIL: Final = marked("suspended until {time}")
_VETOED: Final = marked("vetoed")
_EXECUTED: Final = marked("carried out")
_PENDING: Final = marked("waiting; it can be vetoed")
FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "consent": (marked("Consent"), "consent"),
    "recipient": (marked("Recipient"), "member"),
    "member": (marked("Member"), "member"),
    "carrier": (marked("Carried by"), "account"),
    "account": (marked("Account"), "account"),
    "by": (marked("Done by"), "account"),
    "sender": (marked("Done by"), "account"),
    "name": (marked("Name"), "text"),
    "valid_from": (marked("From"), "time"),
    "valid_until": (marked("Until"), "time"),
    "reconfirm_by": (marked("To be confirmed again by"), "time"),
    "lapses_at": (marked("Lapses at"), "time"),
    "ready_at": (marked("Can be completed from"), "time"),
    "max_uses": (marked("Looks at most"), "number"),
    "uses": (marked("Look number"), "number"),
    "terms_digest": (marked("Digest of its terms"), "hex"),
    "commitment": (marked("Commitment"), "hex"),
    "root": (marked("Commitment"), "hex"),
    "advice": (marked("Digest of the advice"), "hex"),
    "digest": (marked("Digest of the key"), "hex"),
    "id": (marked("Proposal"), "proposal"),
}
"""The fields of events that a page shows: their labels, and the kinds of their values."""
_TEXTS: Final = frozenset({"consent", "account", "text"})


class ReaderWords:
    """What values of the record mean, in one language.

    translate  from English to the language
    state      the members, whose names are shown
    when       a time in Unix seconds as text
    """

    def __init__(self, translate: Translate, state: LedgerState, when: Callable[[int], str]) -> None:
        self._translate, self._state, self.when = translate, state, when

    def told(self, entry: RecordedEvent) -> str:
        """Return an event as a sentence."""
        event: Any = entry.event
        if event is None:
            return self._translate(UNKNOWN)
        if entry.name in {"RoleGranted", "RoleRevoked"}:
            return self._role(entry.name, event)
        sentence = self._translate(_SENTENCES[entry.name])
        return sentence.format(**self._values(event))

    def refusal(self, entry: RecordedEvent) -> str:
        """Return why an item of a batch was not recorded, in the English of the contracts' own advice; else empty."""
        reason = getattr(entry.event, "reason", b"")
        return rejections.decode(reason).advice if isinstance(reason, bytes) and reason else ""

    def named(self, number: int) -> str:
        """Return a member's name and number; the name as text, with codes for signs that are not seen."""
        name = text_shown(self._state.member(number).name)
        return f"{name} ({self._translate(_MEMBER)} {number})" if name else f"{self._translate(_MEMBER)} {number}"

    def status(self, status: Status) -> str:
        """Return where a consent stands, in words that follow "is"."""
        return self._translate(STATUS[status])

    def status_named(self, name: str) -> str:
        """Return the same for a status' Solidity name."""
        return self.status(Status[name])

    def standing(self, member: Member) -> str:
        """Return whether a member may act."""
        if member.standing is not Standing.SUSPENDED:
            return self._translate(_STANDING[member.standing])
        if not member.lapses_at:
            return self._translate(_SUSPENDED)
        return self._translate(_SUSPENDED_UNTIL).format(time=self.when(member.lapses_at))

    def reason(self, reason: Reason) -> str:
        """Return why a member was suspended."""
        return self._translate(REASONS[reason])

    def roles(self, roles: Iterable[bytes]) -> str:
        """Return the names of roles."""
        return ", ".join(self._translate(ROLES[role]) for role in ROLES if role in set(roles))

    def outcome(self, proposal: ProposalRecord) -> str:
        """Return what became of a proposal."""
        if proposal.vetoed:
            return self._translate(_VETOED)
        return self._translate(_EXECUTED if proposal.executed else _PENDING)

    def facts(self, entry: RecordedEvent) -> list[tuple[str, tuple[str, Any]]]:
        """Return what an event says, field by field: its label, and (kind, value); kinds are as in `FIELDS`."""
        found: list[tuple[str, tuple[str, Any]]] = []
        for each in () if entry.event is None else fields(entry.event):
            label, kind = FIELDS.get(each.name, ("", ""))
            value = getattr(entry.event, each.name)
            if not label or isinstance(value, str) != (kind in _TEXTS) or (kind == "time" and not value):
                continue
            if kind == "time":
                kind, value = "text", self.when(value)
            elif kind == "hex":
                kind, value = "text", f"0x{value.hex()}"
            elif kind == "text":
                value = text_shown(str(value))
            found.append((self._translate(label), (kind, value)))
        return found

    def _role(self, kind: str, event: Any) -> str:
        if event.role == FOUNDER:
            who = event.account
        elif event.role in ROLES:
            who = self.named(int(event.account, 16))
        else:
            return self._translate(_FOUNDING)
        sentence = self._translate(_HOLDS if kind == "RoleGranted" else _LOST)
        return sentence.format(who=who, role=self._translate(ROLES[event.role]))

    def _values(self, event: Any) -> dict[str, object]:
        found: dict[str, object] = {}
        if hasattr(event, "member"):
            found |= {"number": event.member, "member": self.named(event.member)}
        if hasattr(event, "recipient"):
            found["recipient"] = self.named(event.recipient)
        if hasattr(event, "name"):
            found["name"] = text_shown(event.name)
        for name in ("uses", "max_uses"):
            if hasattr(event, name):
                found[name] = getattr(event, name)
        if hasattr(event, "reconfirm_by"):
            found["reconfirm_by"] = self.when(event.reconfirm_by)
        if hasattr(event, "new_duration"):
            found["days"] = f"{event.new_duration / DAY:g}"
        if isinstance(getattr(event, "reason", None), int):
            known = event.reason in set(Reason)
            found["reason"] = self.reason(Reason(event.reason)) if known else str(event.reason)
        return found
