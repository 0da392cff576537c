"""The state of the record as rows of a store: the parts that an event touches, each as plain values."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from jamjar.model.state import (
    ADMINISTRATION,
    Administration,
    AdviceStage,
    Consent,
    DeploymentRules,
    LedgerState,
    Member,
    Standing,
)
from jamjar.protocol.events import Event

Key: TypeAlias = tuple[str, str]
"""A kind (administration, member, account, consent, head or advice) and which one it is."""


def touched(event: Event) -> Iterator[Key]:
    """Yield the parts of the state that an event may change."""
    told: Any = event
    name = type(event).__name__
    if name.startswith("DefaultAdmin"):
        yield "administration", ""
    elif name in {"RoleGranted", "RoleRevoked"}:
        yield ("administration", "") if told.role == ADMINISTRATION else ("member", str(int(told.account, 16)))
    elif name in {"AccountAdded", "AccountRemoved"}:
        yield "account", told.account
    elif hasattr(event, "member"):
        yield "member", str(told.member)
    elif name == "Committed":
        yield "head", told.consent
    elif name in {"AdviceRecorded", "AdviceAcknowledged"}:
        yield "advice", f"{told.consent} {told.commitment.hex()} {told.advice.hex()}"
    elif not name.endswith("Rejected"):
        yield "consent", told.consent


def saved(state: LedgerState, key: Key) -> Any:
    """Return one part of a state as plain JSON values; None when it does not exist."""
    kind, name = key
    if kind == "administration":
        return [getattr(state.administration, each) for each in Administration.__slots__]
    if kind == "member":
        member = state.members.get(int(name))
        roles = [] if member is None else sorted(role.hex() for role in member.roles)
        return member and [int(member.standing), member.name, member.key_digest.hex(), roles]
    if kind == "account":
        return state.accounts.get(name)
    if kind == "consent":
        consent = state.consents.get(name)
        return consent and [int(getattr(consent, each)) for each in Consent.__slots__]
    if kind == "head":
        root = state.heads.get(name)
        return root and root.hex()
    stage = state.advice.get(_advice(name))
    return None if stage is None else int(stage)


def loaded(rules: DeploymentRules, rows: Iterable[tuple[Key, Any]]) -> LedgerState:
    """Return the state that these rows make up."""
    administration = Administration()
    members, accounts, consents, heads, advice = {}, {}, {}, {}, {}
    for (kind, name), value in rows:
        if kind == "administration":
            administration = Administration(*value)
        elif kind == "member":
            standing, called, digest, roles = value
            held = frozenset(bytes.fromhex(role) for role in roles)
            members[int(name)] = Member(Standing(standing), called, bytes.fromhex(digest), held)
        elif kind == "account":
            accounts[name] = value
        elif kind == "consent":
            consents[name] = Consent(*value)
        elif kind == "head":
            heads[name] = bytes.fromhex(value)
        else:
            advice[_advice(name)] = AdviceStage(value)
    return LedgerState(rules, administration, members, accounts, consents, heads, advice)


def _advice(name: str) -> tuple[str, bytes, bytes]:
    consent, commitment, advice = name.split(" ")
    return consent, bytes.fromhex(commitment), bytes.fromhex(advice)
