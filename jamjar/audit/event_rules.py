"""The rule of the model that decides on an event, by its name, and on a call that the governance executes.

They are those of `consent_rules`, `member_rules`, `council_rules` and `governance_rules`, which follow from the
interfaces and not from the contracts' code.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jamjar.model import council_rules, governance_rules, member_rules
from jamjar.model.decision import Outcome, Revert
from jamjar.model.state import LedgerState
from jamjar.protocol.calldata import function_in

Rule = Callable[..., Outcome]


def called_by_governance(state: LedgerState, now: int, contract: str | None, data: bytes) -> Outcome:
    """Return the events that name the governance as who did it, when it calls a contract with this calldata.

    contract  the Solidity name of the contract, None for one that is not the deployment's
    """
    called = None if contract is None else function_in(contract, data)
    rule = None if called is None or contract is None else _CALLS.get((contract, called[0]))
    return () if rule is None or called is None else rule(state, now, state.rules.governance, *called[1])


def of_member(state: LedgerState, now: int, name: str, arguments: tuple[Any, ...]) -> Outcome:
    """Decide on an event of the Consortium that another than the governance caused: the call that begins with it."""
    return _MEMBERS[name](state, now, *arguments)


def of_governance(state: LedgerState, now: int, name: str, arguments: tuple[Any, ...]) -> Outcome:
    """Decide on an event of the Governance, but for the role that it changes by a call of its own."""
    return _GOVERNANCE[name](state, now, *arguments)


def _refused(state: LedgerState, _now: int, *arguments: Any) -> Outcome:
    """Decide on what only the governance does, by another account."""
    _, name, *why = member_rules.unauthorised(state, arguments[-1])
    return Revert(name, tuple(why))


def _delay_changed(*_: Any) -> Outcome:
    """Decide on a change of the delay, which is the deployment's for ever."""
    return Revert("DelayFixed")


def _added(state: LedgerState, now: int, number: int, _account: str, by: str) -> Outcome:
    return member_rules.accept_account(state, now, by, number)


def _grant(state: LedgerState, now: int, caller: str, role: bytes, account: str) -> Outcome:
    return governance_rules.role_granted(state, now, role, account, caller)


def _revoke(state: LedgerState, now: int, caller: str, role: bytes, account: str) -> Outcome:
    return governance_rules.role_revoked(state, now, role, account, caller)


_MEMBERS: Final[Mapping[str, Rule]] = {
    "MemberAdmitted": _refused,
    "RoleGranted": _refused,
    "RoleRevoked": _refused,
    "MemberRenamed": lambda state, now, _, name, by: member_rules.rename(state, now, by, name),
    "MemberSuspended": lambda state, now, number, reason, _, by: council_rules.suspend(state, now, by, number, reason),
    "MemberReinstated": lambda state, now, number, by: council_rules.reinstate(state, now, by, number),
    "AccountOffered": lambda state, now, _, account, by: member_rules.offer_account(state, now, by, account),
    "AccountAdded": _added,
    "AccountRemoved": lambda state, now, _, account, by: member_rules.remove_account(state, now, by, account),
    "EncryptionKeyChanged": lambda state, now, _, __, key, by: member_rules.change_encryption_key(state, now, by, key),
    "RecoveryProposed": lambda state, now, number, account, _, by: council_rules.propose_recovery(
        state, now, by, number, account
    ),
    "RecoveryObjected": lambda state, now, _, __, by: council_rules.object_to_recovery(state, now, by),
    "RecoveryCompleted": lambda state, now, number, by: council_rules.complete_recovery(state, now, by, number),
    "RecoveryLapsed": lambda state, now, number, _, by: council_rules.lapse_recovery(state, now, by, number),
}
_GOVERNANCE: Final[Mapping[str, Rule]] = {
    "CallScheduled": governance_rules.scheduled,
    "CallSalt": governance_rules.salted,
    "CallExecuted": governance_rules.executed,
    "Cancelled": governance_rules.cancelled,
    "RoleGranted": governance_rules.role_granted,
    "RoleRevoked": governance_rules.role_revoked,
    "MinDelayChange": _delay_changed,
}
_CALLS: Final[Mapping[tuple[str, str], Rule]] = {
    ("Consortium", "admit"): member_rules.admit,
    ("Consortium", "grantRole"): member_rules.grant_role,
    ("Consortium", "revokeRole"): member_rules.revoke_role,
    ("Consortium", "suspend"): council_rules.suspend,
    ("Consortium", "reinstate"): council_rules.reinstate,
    # What the governance could do for a member, if one offered it to act for it:
    ("Consortium", "proposeRecovery"): council_rules.propose_recovery,
    ("Consortium", "objectToRecovery"): council_rules.object_to_recovery,
    ("Consortium", "completeRecovery"): council_rules.complete_recovery,
    ("Consortium", "lapseRecovery"): council_rules.lapse_recovery,
    ("Consortium", "offerAccount"): member_rules.offer_account,
    ("Consortium", "acceptAccount"): member_rules.accept_account,
    ("Consortium", "removeAccount"): member_rules.remove_account,
    ("Consortium", "changeEncryptionKey"): member_rules.change_encryption_key,
    ("Consortium", "rename"): member_rules.rename,
    ("Governance", "grantRole"): _grant,
    ("Governance", "revokeRole"): _revoke,
    ("Governance", "renounceRole"): _revoke,
    ("Governance", "updateDelay"): _delay_changed,
}
