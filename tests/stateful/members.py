"""What the consortium must do, from the text of its interface alone; its shape is that of `model`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jamjar.address import checksum_address
from jamjar.hashing import keccak256
from tests.stateful.record import NOBODY, Event, Member, Outcome, Standing, State, first, outcome

DEFAULT_ADMIN_ROLE = bytes(32)


def seat_of(member: int) -> str:
    return checksum_address(member.to_bytes(20, "big"))


def admit(
    state: State, now: int, caller: str, number: int, name: str, roles: Sequence[bytes], account: str, key: bytes
) -> Outcome:
    rules, length = state.rules, len(name.encode())
    unknown = next((role for role in roles if role not in rules.roles), None)
    refused = first(
        _unauthorised(state, caller),
        (number == 0 or number in state.members, "MemberNumberTaken", number),
        (not _within(length, rules.name_bytes), "NameLengthOutOfRange", length, *rules.name_bytes),
        (len(roles) > rules.most_roles, "TooManyRoles", len(roles), rules.most_roles),
        (unknown is not None, "RoleUnknown", unknown),
        _taken(state, account),
        (not _within(len(key), rules.key_bytes), "EncryptionKeyLengthOutOfRange", len(key), *rules.key_bytes),
    )
    digest = keccak256(key)
    after = state.with_member(number, Member(Standing.ACTIVE, name, digest, frozenset(roles)))
    return outcome(
        refused,
        replace(after, accounts={**state.accounts, account: number}),
        Event("MemberAdmitted", (number, name, caller)),
        *(Event("RoleGranted", (role, seat_of(number), caller)) for role in dict.fromkeys(roles)),
        Event("AccountAdded", (number, account, caller)),
        Event("EncryptionKeyChanged", (number, digest, key, caller)),
    )


def suspend(state: State, now: int, caller: str, number: int) -> Outcome:
    refused = first(
        _unauthorised(state, caller),
        _unknown(state, number),
        (not state.is_active(number), "MemberNotActive", number),
    )
    after = state.with_member(number, replace(state.member(number), standing=Standing.SUSPENDED))
    return outcome(refused, after, Event("MemberSuspended", (number, caller)))


def reinstate(state: State, now: int, caller: str, number: int) -> Outcome:
    refused = first(
        _unauthorised(state, caller),
        _unknown(state, number),
        (state.is_active(number), "MemberNotSuspended", number),
    )
    after = state.with_member(number, replace(state.member(number), standing=Standing.ACTIVE))
    return outcome(refused, after, Event("MemberReinstated", (number, caller)))


def add_account(state: State, now: int, caller: str, number: int, account: str) -> Outcome:
    refused = first(_unauthorised(state, caller), _unknown(state, number), _taken(state, account))
    after = replace(state, accounts={**state.accounts, account: number})
    return outcome(refused, after, Event("AccountAdded", (number, account, caller)))


def remove_account(state: State, now: int, caller: str, number: int, account: str) -> Outcome:
    refused = first(
        _unauthorised(state, caller),
        _unknown(state, number),
        (state.member_of(account) != number, "AccountNotOfMember", account, number),
    )
    after = replace(state, accounts={a: n for a, n in state.accounts.items() if a != account})
    return outcome(refused, after, Event("AccountRemoved", (number, account, caller)))


def grant_role(state: State, now: int, caller: str, role: bytes, number: int) -> Outcome:
    """`grantRole` for the seat of a member; a role it has already is no event, as AccessControl has it."""
    member = state.member(number)
    refused = first(
        _unauthorised(state, caller),
        (role not in state.rules.roles, "RoleUnknown", role),
        (number not in state.members, "NotASeat", seat_of(number)),
    )
    events = [] if role in member.roles else [Event("RoleGranted", (role, seat_of(number), caller))]
    return outcome(refused, state.with_member(number, replace(member, roles=member.roles | {role})), *events)


def revoke_role(state: State, now: int, caller: str, role: bytes, number: int) -> Outcome:
    """`revokeRole` for the seat of a member; a role it does not have is no event, as AccessControl has it."""
    member, refused = state.member(number), first(_unauthorised(state, caller))
    if role not in member.roles:
        return outcome(refused, state)
    after = state.with_member(number, replace(member, roles=member.roles - {role}))
    return outcome(refused, after, Event("RoleRevoked", (role, seat_of(number), caller)))


def _unauthorised(state: State, caller: str) -> tuple[Any, ...]:
    return caller != state.rules.administrator, "AccessControlUnauthorizedAccount", caller, DEFAULT_ADMIN_ROLE


def _unknown(state: State, number: int) -> tuple[Any, ...]:
    return number not in state.members, "MemberUnknown", number


def _taken(state: State, account: str) -> tuple[Any, ...]:
    taken = account == NOBODY or state.member_of(account) != 0
    return taken, "AccountTaken", account, state.member_of(account)


def _within(length: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= length <= bounds[1]
