"""What whoever deploys the four contracts decides once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment fixes for good; times in seconds.

    `administrator` is an address, a multisig's for one (the deployer if None); `hand_over_delay` is until the next.
    """

    administrator: str | None = None
    hand_over_delay: int = 3 * DAY
    longest_validity: int = 366 * DAY
    longest_reconfirmation: int = 90 * DAY
    most_uses: int = 1000

    @property
    def limits(self) -> tuple[int, int, int]:
        """What a grant may ask for at most, as IConsentRegistry.Limits."""
        return self.longest_validity, self.longest_reconfirmation, self.most_uses


def constructor_arguments(name: str, settings: Settings, administrator: str, at: Mapping[str, str]) -> list[Any]:
    """Return what the contract of CONTRACTS is constructed with; `at` has the addresses of those before it."""
    arguments: dict[str, list[Any]] = {
        "Consortium": [administrator, settings.hand_over_delay],
        "ConsentRegistry": [at.get("Consortium"), settings.limits],
        "CommitmentRegistry": [at.get("ConsentRegistry")],
        "AdviceLog": [at.get("ConsentRegistry")],
    }
    return arguments[name]
