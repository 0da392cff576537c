"""The events that the constructors of a deployment's first two contracts emit, which its file determines."""

from typing import Any, Final, TypeAlias

from jamjar.errors import DeploymentError
from jamjar.model.decision import Revert
from jamjar.model.member_rules import admit
from jamjar.model.replay import replay
from jamjar.model.state import NOBODY, Emitted, LedgerState
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER

FoundingEvent: TypeAlias = tuple[str, Emitted]
"""The address of the contract that emits an event, and the event, without who deployed the contract."""

DEPLOYER: Final = ""
"""What stands in place of the account that deployed the contracts, which the file does not name."""


def founding_events(deployment: Deployment, start: LedgerState) -> tuple[FoundingEvent, ...]:
    """Return the events of the constructors in their order, from the empty state.

    Raises DeploymentError for founding members that the contract refuses.
    """
    governance, settings = deployment.governance.address, deployment.settings
    granted = Emitted("RoleGranted", (ADMINISTRATION, governance, DEPLOYER))
    of_consortium, state = [granted], start
    for member in settings.members:
        outcome = admit(state, 0, governance, member.admission())
        if isinstance(outcome, Revert):
            raise DeploymentError(f"The file's member {member.number} is refused ({outcome.name}); restore it.")
        state = replay(state, outcome)
        of_consortium += [Emitted(each.name, (*each.arguments[:-1], DEPLOYER)) for each in outcome]
    of_governance = [
        granted,
        Emitted("MinDelayChange", (0, settings.governance_delay)),
        Emitted("RoleGranted", (EXECUTOR, NOBODY, DEPLOYER)),
        *(Emitted("RoleGranted", (FOUNDER, founder, DEPLOYER)) for founder in settings.founders),
    ]
    of_both = ((deployment.consortium.address, of_consortium), (governance, of_governance))
    return tuple((address, each) for address, events in of_both for each in events)


def without_deployer(told: Emitted) -> tuple[Emitted, Any]:
    """Return an event of a constructor without who deployed the contract, and that account, if it names it."""
    if told.name == "MinDelayChange":
        return told, None
    return Emitted(told.name, (*told.arguments[:-1], DEPLOYER)), told.arguments[-1]
