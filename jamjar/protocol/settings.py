"""The constants of the contracts (times, sizes of batches), and the parameters of a deployment (`Settings`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jamjar.protocol.founding import FoundingMember

HOUR: Final = 60 * 60
"""An hour in seconds."""
DAY: Final = 24 * HOUR
"""A day in seconds."""
MOST_ITEMS: Final = 256
"""The most items in a batch."""
SHORTEST_GOVERNANCE_DELAY: Final = 7 * DAY
"""IGovernance.SHORTEST_DELAY, in seconds."""
SHORTEST_RECOVERY: Final = 14 * DAY
"""The shortest time to object to a recovery, in seconds."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The parameters of a deployment; times in seconds.

    founders          who may propose to the governance: accounts, or one Safe's; the deployer's if there are none
    members           the founding members; a deployment has at least one
    governance_delay  the least between a proposal and its execution, at least 7 days
    suspension        how long a suspension by the council lasts unless confirmed, longer than the governance's delay
    recovery          how long a member can object to a recovery, at least 14 days
    longest_validity  from a consent's beginning to its end; longest_reconfirmation to when it must be confirmed
    most_uses         of a consent, at most
    """

    founders: tuple[str, ...] = ()
    members: tuple[FoundingMember, ...] = ()
    governance_delay: int = 7 * DAY
    suspension: int = 14 * DAY
    recovery: int = 14 * DAY
    longest_validity: int = 366 * DAY
    longest_reconfirmation: int = 90 * DAY
    most_uses: int = 1000

    @property
    def limits(self) -> tuple[int, int, int]:
        """The limits of every grant, as IConsentRegistry.Limits: two spans in seconds, and a count."""
        return self.longest_validity, self.longest_reconfirmation, self.most_uses

    @property
    def delays(self) -> tuple[int, int]:
        """The delays that the consortium fixes, in seconds, as IConsortium.Delays."""
        return self.suspension, self.recovery


def constructor_arguments(name: str, settings: Settings, at: Mapping[str, str]) -> list[Any]:
    """Return the constructor arguments of one of CONTRACTS.

    at  the addresses of those before it; for the Consortium, the one that the Governance is going to have
    """
    arguments: dict[str, list[Any]] = {
        "Consortium": [at.get("Governance"), settings.delays, [each.admission() for each in settings.members]],
        "Governance": [at.get("Consortium"), settings.governance_delay, list(settings.founders)],
        "ConsentRegistry": [at.get("Consortium"), settings.limits],
        "CommitmentRegistry": [at.get("ConsentRegistry")],
        "AdviceLog": [at.get("ConsentRegistry")],
    }
    return arguments[name]
