"""The state of the record as rows of a store: the parts that an event touches, each as plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any, Final, TypeAlias

from jamjar.model.state import (
    AdviceStage,
    Consent,
    DeploymentRules,
    GovernanceState,
    LedgerState,
    Member,
    Proposal,
    Recovery,
    Standing,
)
from jamjar.protocol.events import Event

Key: TypeAlias = tuple[str, str]
"""A kind, such as governance, proposal, member, name or consent, and which one it is."""


_PROPOSALS: Final = frozenset({"CallScheduled", "CallSalt", "CallExecuted", "Cancelled"})


def touched(event: Event, rules: DeploymentRules) -> Iterator[Key]:
    """Yield the parts of the state that an event may change."""
    told: Any = event
    name = type(event).__name__
    if name in _PROPOSALS:
        yield "proposal", told.id.hex()
    elif name == "MinDelayChange":
        yield "governance", ""
    elif name in {"RoleGranted", "RoleRevoked"}:
        yield ("member", str(int(told.account, 16))) if told.role in rules.roles else ("governance", "")
    elif hasattr(event, "member"):
        yield from _of_member(told)
    elif name == "Committed":
        yield "head", told.consent
    elif name in {"AdviceRecorded", "AdviceAcknowledged"}:
        yield "advice", f"{told.consent} {told.commitment.hex()} {told.advice.hex()}"
    elif not name.endswith("Rejected"):
        yield "consent", told.consent


def _of_member(told: Any) -> Iterator[Key]:
    name = type(told).__name__
    if name.startswith("Recovery"):
        yield "recovery", str(told.member)
    elif name.startswith("Account"):
        yield "account", told.account
        yield "offer", f"{told.member} {told.account}"
    else:
        yield "member", str(told.member)
    if hasattr(told, "name"):
        yield "name", _bytes_of(told.name).hex()


def saved(state: LedgerState, key: Key) -> Any:
    """Return one part of a state as plain JSON values; None when it does not exist."""
    kind, name = key
    return _SAVED[kind](state, name)


def loaded(rules: DeploymentRules, rows: Iterable[tuple[Key, Any]]) -> LedgerState:
    """Return the state that these rows make up."""
    parts: dict[str, dict[Any, Any]] = {kind: {} for kind in _SAVED}
    for (kind, name), value in rows:
        key, part = _LOADED[kind](name, value)
        parts[kind][key] = part
    roles, delay = parts.pop("governance").get("", (frozenset(), 0))
    governance = GovernanceState(roles, delay, parts.pop("proposal"))
    return LedgerState(
        rules,
        governance,
        members=parts["member"],
        accounts=parts["account"],
        names=parts["name"],
        offers=parts["offer"],
        recoveries=parts["recovery"],
        consents=parts["consent"],
        heads=parts["head"],
        advice=parts["advice"],
    )


def _governance(state: LedgerState, _name: str) -> Any:
    return [sorted([role.hex(), account] for role, account in state.governance.roles), state.governance.delay]


def _proposal(state: LedgerState, name: str) -> Any:
    held = state.governance.proposals.get(bytes.fromhex(name))
    calls = [] if held is None else [[target, value, data.hex()] for target, value, data in held.calls]
    return held and [calls, held.predecessor.hex(), held.salt.hex(), held.ready]


def _member(state: LedgerState, name: str) -> Any:
    held = state.members.get(int(name))
    roles = [] if held is None else sorted(role.hex() for role in held.roles)
    return held and [int(held.standing), held.name, held.key_digest.hex(), roles, held.lapses_at]


def _recovery(state: LedgerState, name: str) -> Any:
    held = state.recoveries.get(int(name))
    return held and [held.account, held.ready_at]


def _consent(state: LedgerState, name: str) -> Any:
    held = state.consents.get(name)
    return held and [int(each) for each in astuple(held)]


def _head(state: LedgerState, name: str) -> Any:
    root = state.heads.get(name)
    return root and root.hex()


def _stage(state: LedgerState, name: str) -> Any:
    stage = state.advice.get(_advice(name))
    return None if stage is None else int(stage)


def _offer(name: str) -> tuple[int, str]:
    member, account = name.split(" ")
    return int(member), account


def _loaded_governance(_name: str, value: Any) -> tuple[str, Any]:
    return "", (frozenset((bytes.fromhex(role), account) for role, account in value[0]), value[1])


def _loaded_proposal(name: str, value: Any) -> tuple[bytes, Proposal]:
    calls, predecessor, salt, ready = value
    held = tuple((target, amount, bytes.fromhex(data)) for target, amount, data in calls)
    return bytes.fromhex(name), Proposal(held, bytes.fromhex(predecessor), bytes.fromhex(salt), ready)


def _loaded_member(name: str, value: Any) -> tuple[int, Member]:
    standing, called, digest, roles, lapses_at = value
    held = frozenset(bytes.fromhex(role) for role in roles)
    return int(name), Member(Standing(standing), called, bytes.fromhex(digest), held, lapses_at)


def _bytes_of(name: str) -> bytes:
    """Return a member's name as bytes, which any database takes."""
    return name.encode("utf-8", "surrogateescape")


def _advice(name: str) -> tuple[str, bytes, bytes]:
    consent, commitment, advice = name.split(" ")
    return consent, bytes.fromhex(commitment), bytes.fromhex(advice)


_SAVED: Final[Mapping[str, Callable[[LedgerState, str], Any]]] = {
    "governance": _governance,
    "proposal": _proposal,
    "member": _member,
    "account": lambda state, name: state.accounts.get(name),
    "name": lambda state, name: state.names.get(bytes.fromhex(name).decode("utf-8", "surrogateescape")),
    "offer": lambda state, name: state.offers.get(_offer(name)),
    "recovery": _recovery,
    "consent": _consent,
    "head": _head,
    "advice": _stage,
}
_LOADED: Final[Mapping[str, Callable[[str, Any], tuple[Any, Any]]]] = {
    "governance": _loaded_governance,
    "proposal": _loaded_proposal,
    "member": _loaded_member,
    "account": lambda name, value: (name, value),
    "name": lambda name, value: (bytes.fromhex(name).decode("utf-8", "surrogateescape"), value),
    "offer": lambda name, value: (_offer(name), value),
    "recovery": lambda name, value: (int(name), Recovery(*value)),
    "consent": lambda name, value: (name, Consent(*value)),
    "head": lambda name, value: (name, bytes.fromhex(value)),
    "advice": lambda name, value: (_advice(name), AdviceStage(value)),
}
