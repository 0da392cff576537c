"""Whether a consortium is as its deployment file says, asked of the contracts themselves once they are deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jamjar.errors import DeploymentError
from jamjar.ledger.governed import read as read_governed
from jamjar.protocol.roles import FOUNDER, Role

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def check_founded(ledger: Ledger) -> int:
    """Compare contracts, times, limits, founders and members with the deployment file; return how many things.

    Their code was compared with the file's hashes when the ledger was connected. Raises DeploymentError, which names
    what differs.
    """
    deployment, governed = ledger.deployment, read_governed(ledger)
    settings, at = deployment.settings, {name: each.address for name, each in deployment.contracts().items()}
    expected: dict[str, tuple[Any, Any]] = {
        "the consortium's governance": (ledger.read("Consortium", "governance"), at["Governance"]),
        "the governance's consortium": (ledger.read("Governance", "consortium"), at["Consortium"]),
        "the registry's consortium": (ledger.read("ConsentRegistry", "consortium"), at["Consortium"]),
        "the commitments' registry": (ledger.read("CommitmentRegistry", "consents"), at["ConsentRegistry"]),
        "the advice's registry": (ledger.read("AdviceLog", "consents"), at["ConsentRegistry"]),
        "the delay of a proposal": (ledger.read("Governance", "getMinDelay"), settings.governance_delay),
        "the council's delays": (tuple(ledger.read("Consortium", "delays")), settings.delays),
        "the limits of a grant": (tuple(ledger.read("ConsentRegistry", "limits")), settings.limits),
        "the founders": (sorted(governed.founders()), sorted(settings.founders)),
        "the members": (sorted(governed.state.members), sorted(each.number for each in settings.members)),
    }
    for account in settings.founders:
        expected[f"founder {account}"] = (ledger.read("Governance", "hasRole", FOUNDER, account), True)
    for each in settings.members:
        roles = [role.name for role in Role if ledger.read("Consortium", "isActiveAs", each.number, role.value)]
        found = ledger.read("Consortium", "getMember", each.number)[3], ledger.member_of(each.account), sorted(roles)
        expected[f"member {each.number}"] = (found, (each.name, each.number, sorted(each.roles)))
    for what, (found, wanted) in expected.items():
        if found != wanted:
            raise DeploymentError(f"On the ledger, {what} is {found} and not {wanted}; deploy again.")
    return len(expected)
