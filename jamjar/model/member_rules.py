"""The rules of the Consortium for a member that manages itself, and for the governance, which admits it.

They follow from the text of the interface alone; the shape is that of `consent_rules`.
"""

from collections.abc import Sequence
from typing import Any

from jamjar.crypto.hashing import keccak256
from jamjar.model.decision import Outcome, decided, first
from jamjar.model.state import NOBODY, Emitted, LedgerState
from jamjar.protocol.address import checksum_address
from jamjar.protocol.roles import ADMINISTRATION


def seat_of(member: int) -> str:
    """Return the address that holds a member's roles: its number."""
    return checksum_address(member.to_bytes(20, "big"))


# ---------------------------------------------------------------------- governance


def admit(
    state: LedgerState, _now: int, caller: str, admission: tuple[int, str, Sequence[bytes], str, bytes]
) -> Outcome:
    """Decide on `admit`; the constructor admits the founding members by the same rules, without a caller."""
    number, name, roles, account, key = admission
    rules = state.rules
    refused = first(
        unauthorised(state, caller),
        (number == 0 or number in state.members, "MemberNumberTaken", number),
        *_no_name(state, number, name),
        (len(roles) > rules.most_roles, "TooManyRoles", len(roles), rules.most_roles),
        *(_no_member_role(state, role) for role in roles),
        taken(state, account),
        _no_key(state, key),
    )
    return decided(
        refused,
        Emitted("MemberAdmitted", (number, name, caller)),
        *(Emitted("RoleGranted", (role, seat_of(number), caller)) for role in dict.fromkeys(roles)),
        Emitted("AccountAdded", (number, account, caller)),
        Emitted("EncryptionKeyChanged", (number, keccak256(key), key, caller)),
    )


def grant_role(state: LedgerState, _now: int, caller: str, role: bytes, account: str) -> Outcome:
    """Decide on `grantRole`; a role that is held already is no event, as AccessControl has it."""
    number = int(account, 16)
    refused = first(
        unauthorised(state, caller),
        _no_member_role(state, role),
        (number not in state.members, "NotASeat", account),
    )
    held = role in state.member(number).roles
    return decided(refused, *([] if held else [Emitted("RoleGranted", (role, account, caller))]))


def revoke_role(state: LedgerState, _now: int, caller: str, role: bytes, account: str) -> Outcome:
    """Decide on `revokeRole`; a role that is not held is no event, as AccessControl has it."""
    administration = (role == ADMINISTRATION, "RoleUnknown", role)
    refused = first(unauthorised(state, caller), administration)
    held = role in state.member(int(account, 16)).roles
    return decided(refused, *([Emitted("RoleRevoked", (role, account, caller))] if held else []))


# ---------------------------------------------------------------------- a member, for itself


def offer_account(state: LedgerState, _now: int, caller: str, account: str) -> Outcome:
    """Decide on `offerAccount`."""
    number = state.member_of(caller)
    return decided(
        first(no_member(state, caller), taken(state, account)), Emitted("AccountOffered", (number, account, caller))
    )


def remove_account(state: LedgerState, _now: int, caller: str, account: str) -> Outcome:
    """Decide on `removeAccount`."""
    number = state.member_of(caller)
    other = state.member_of(account) != number and (number, account) not in state.offers
    refused = first(
        no_member(state, caller),
        (account == caller, "AccountIsOwn", account),
        (other, "AccountNotOfMember", account, number),
    )
    return decided(refused, Emitted("AccountRemoved", (number, account, caller)))


def change_encryption_key(state: LedgerState, _now: int, caller: str, key: bytes) -> Outcome:
    """Decide on `changeEncryptionKey`."""
    refused = first(no_member(state, caller), _no_key(state, key))
    return decided(refused, Emitted("EncryptionKeyChanged", (state.member_of(caller), keccak256(key), key, caller)))


def rename(state: LedgerState, _now: int, caller: str, name: str) -> Outcome:
    """Decide on `rename`."""
    number = state.member_of(caller)
    suspended = (not state.is_active(number), "MemberNotActive", number)
    refused = first(no_member(state, caller), suspended, *_no_name(state, number, name))
    return decided(refused, Emitted("MemberRenamed", (number, name, caller)))


# ---------------------------------------------------------------------- an account that is to act for a member


def accept_account(state: LedgerState, _now: int, caller: str, number: int) -> Outcome:
    """Decide on `acceptAccount`."""
    refused = first(
        ((number, caller) not in state.offers, "AccountNotOffered", caller, number),
        taken(state, caller),
    )
    return decided(refused, Emitted("AccountAdded", (number, caller, caller)))


# ---------------------------------------------------------------------- what stands against a call


def unauthorised(state: LedgerState, caller: str) -> tuple[Any, ...]:
    """Return the objection to what the governance alone does, by another account."""
    return caller != state.rules.governance, "AccessControlUnauthorizedAccount", caller, ADMINISTRATION


def unknown(state: LedgerState, number: int) -> tuple[Any, ...]:
    """Return the objection to a member that does not exist."""
    return number not in state.members, "MemberUnknown", number


def no_member(state: LedgerState, caller: str) -> tuple[Any, ...]:
    """Return the objection to a caller that acts for no member."""
    return state.member_of(caller) == 0, "NotAMember", caller


def taken(state: LedgerState, account: str) -> tuple[Any, ...]:
    """Return the objection to an account that is not free to act for a member."""
    is_taken = account == NOBODY or state.member_of(account) != 0
    return is_taken, "AccountTaken", account, state.member_of(account)


def _no_member_role(state: LedgerState, role: bytes) -> tuple[Any, ...]:
    return role not in state.rules.roles, "RoleUnknown", role


def _no_name(state: LedgerState, number: int, name: str) -> tuple[tuple[Any, ...], ...]:
    """Return the objections to a name; a lone surrogate stands for a byte that is not UTF-8 (PEP 383)."""
    raw, bounds, owner = name.encode("utf-8", "surrogateescape"), state.rules.name_bytes, state.names.get(name, 0)
    return (
        (not _within(len(raw), bounds), "NameLengthOutOfRange", len(raw), *bounds),
        (name.encode("utf-8", "replace") != raw, "NameNotUtf8", raw),
        (owner not in {0, number}, "NameTaken", owner),
    )


def _no_key(state: LedgerState, key: bytes) -> tuple[Any, ...]:
    bounds = state.rules.key_bytes
    return not _within(len(key), bounds), "EncryptionKeyLengthOutOfRange", len(key), *bounds


def _within(length: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= length <= bounds[1]
