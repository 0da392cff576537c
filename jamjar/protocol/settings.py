"""The constants of the contracts (roles, sizes of batches), and the parameters of a deployment (`Settings`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from jamjar.crypto.hashing import keccak256

HOUR: Final = 60 * 60
"""An hour in seconds."""
DAY: Final = 24 * HOUR
"""A day in seconds."""
MOST_ITEMS: Final = 256
"""The most items in a batch."""


class Role(Enum):
    """The roles of members; the value is the role's id in Consortium."""

    SPONSOR = keccak256(b"SPONSOR")
    ADVISER = keccak256(b"ADVISER")
    AUDITOR = keccak256(b"AUDITOR")
    OPERATOR = keccak256(b"OPERATOR")


@dataclass(frozen=True, slots=True)
class Settings:
    """The parameters of a deployment; times in seconds.

    `administrator` is an address, such as a multisig's (the deployer's if None); `hand_over_delay` is the time between
    beginning and accepting a hand-over to the next.
    """

    administrator: str | None = None
    hand_over_delay: int = 3 * DAY
    longest_validity: int = 366 * DAY
    longest_reconfirmation: int = 90 * DAY
    most_uses: int = 1000

    @property
    def limits(self) -> tuple[int, int, int]:
        """The limits of every grant, as IConsentRegistry.Limits."""
        return self.longest_validity, self.longest_reconfirmation, self.most_uses


def constructor_arguments(name: str, settings: Settings, administrator: str, at: Mapping[str, str]) -> list[Any]:
    """Return the constructor arguments of one of CONTRACTS; `at` has the addresses of those before it."""
    arguments: dict[str, list[Any]] = {
        "Consortium": [administrator, settings.hand_over_delay],
        "ConsentRegistry": [at.get("Consortium"), settings.limits],
        "CommitmentRegistry": [at.get("ConsentRegistry")],
        "AdviceLog": [at.get("ConsentRegistry")],
    }
    return arguments[name]
