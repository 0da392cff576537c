"""The rules of the Consortium, from the text of its interface alone; the shape is that of `consent_rules`."""

from collections.abc import Sequence
from typing import Any

from jamjar.crypto.hashing import keccak256
from jamjar.model.decision import Outcome, decided, first
from jamjar.model.state import ADMINISTRATION, NOBODY, Emitted, LedgerState
from jamjar.protocol.address import checksum_address


def seat_of(member: int) -> str:
    """Return the address that holds a member's roles: its number."""
    return checksum_address(member.to_bytes(20, "big"))


def admit(  # noqa: PLR0917 - the arguments of the call
    state: LedgerState, _now: int, caller: str, number: int, name: str, roles: Sequence[bytes], account: str, key: bytes
) -> Outcome:
    """Decide on `admit`."""
    rules, length, digest = state.rules, len(name.encode()), keccak256(key)
    refused = first(
        unauthorised(state, caller),
        (number == 0 or number in state.members, "MemberNumberTaken", number),
        (not _within(length, rules.name_bytes), "NameLengthOutOfRange", length, *rules.name_bytes),
        (len(roles) > rules.most_roles, "TooManyRoles", len(roles), rules.most_roles),
        *(_no_member_role(state, role) for role in roles),
        _taken(state, account),
        _no_key(state, key),
    )
    return decided(
        refused,
        Emitted("MemberAdmitted", (number, name, caller)),
        *(Emitted("RoleGranted", (role, seat_of(number), caller)) for role in dict.fromkeys(roles)),
        Emitted("AccountAdded", (number, account, caller)),
        Emitted("EncryptionKeyChanged", (number, digest, key, caller)),
    )


def suspend(state: LedgerState, _now: int, caller: str, number: int) -> Outcome:
    """Decide on `suspend`."""
    suspended = (not state.is_active(number), "MemberNotActive", number)
    refused = first(unauthorised(state, caller), _unknown(state, number), suspended)
    return decided(refused, Emitted("MemberSuspended", (number, caller)))


def reinstate(state: LedgerState, _now: int, caller: str, number: int) -> Outcome:
    """Decide on `reinstate`."""
    active = (state.is_active(number), "MemberNotSuspended", number)
    refused = first(unauthorised(state, caller), _unknown(state, number), active)
    return decided(refused, Emitted("MemberReinstated", (number, caller)))


def add_account(state: LedgerState, _now: int, caller: str, number: int, account: str) -> Outcome:
    """Decide on `addAccount`."""
    refused = first(unauthorised(state, caller), _unknown(state, number), _taken(state, account))
    return decided(refused, Emitted("AccountAdded", (number, account, caller)))


def remove_account(state: LedgerState, _now: int, caller: str, number: int, account: str) -> Outcome:
    """Decide on `removeAccount`."""
    other = (state.member_of(account) != number, "AccountNotOfMember", account, number)
    refused = first(unauthorised(state, caller), _unknown(state, number), other)
    return decided(refused, Emitted("AccountRemoved", (number, account, caller)))


def change_encryption_key(state: LedgerState, _now: int, caller: str, number: int, key: bytes) -> Outcome:
    """Decide on `changeEncryptionKey`."""
    refused = first(unauthorised(state, caller), _unknown(state, number), _no_key(state, key))
    return decided(refused, Emitted("EncryptionKeyChanged", (number, keccak256(key), key, caller)))


def grant_role(state: LedgerState, _now: int, caller: str, role: bytes, account: str) -> Outcome:
    """Decide on `grantRole`; a role that is held already is no event, as AccessControl has it."""
    number = int(account, 16)
    refused = first(
        _administration(role),
        unauthorised(state, caller),
        _no_member_role(state, role),
        (number not in state.members, "NotASeat", account),
    )
    held = role in state.member(number).roles
    return decided(refused, *([] if held else [Emitted("RoleGranted", (role, account, caller))]))


def revoke_role(state: LedgerState, _now: int, caller: str, role: bytes, account: str) -> Outcome:
    """Decide on `revokeRole`; a role that is not held is no event, as AccessControl has it."""
    refused = first(_administration(role), unauthorised(state, caller))
    held = role in state.member(int(account, 16)).roles
    return decided(refused, *([Emitted("RoleRevoked", (role, account, caller))] if held else []))


def unauthorised(state: LedgerState, caller: str) -> tuple[Any, ...]:
    """Return the objection to any change by another account than the administrator's."""
    stranger = caller != state.administration.holder
    return stranger, "AccessControlUnauthorizedAccount", caller, ADMINISTRATION


def _administration(role: bytes) -> tuple[Any, ...]:
    return role == ADMINISTRATION, "AccessControlEnforcedDefaultAdminRules"


def _no_member_role(state: LedgerState, role: bytes) -> tuple[Any, ...]:
    if role == ADMINISTRATION:
        return _administration(role)
    return role not in state.rules.roles, "RoleUnknown", role


def _unknown(state: LedgerState, number: int) -> tuple[Any, ...]:
    return number not in state.members, "MemberUnknown", number


def _taken(state: LedgerState, account: str) -> tuple[Any, ...]:
    taken = account == NOBODY or state.member_of(account) != 0
    return taken, "AccountTaken", account, state.member_of(account)


def _no_key(state: LedgerState, key: bytes) -> tuple[Any, ...]:
    bounds = state.rules.key_bytes
    return not _within(len(key), bounds), "EncryptionKeyLengthOutOfRange", len(key), *bounds


def _within(length: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= length <= bounds[1]
