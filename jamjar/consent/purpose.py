"""The purposes a consent may carry, as terms of the W3C Data Privacy Vocabulary (DPV 2)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from jamjar.errors import InvalidTerms

NAMESPACE: Final = "https://w3id.org/dpv#"
"""The IRI that `dpv:` stands for."""

ALLOWED_PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dpv:RequestedServiceProvision": "to give you the service you asked for",
        "dpv:ProvidePersonalisedRecommendations": "to give you advice that fits your budget",
        "dpv:CustomerCare": "to look after you and answer your questions",
        "dpv:NonCommercialResearch": "for research that is not done for profit",
        "dpv:ImprovePublicServices": "to make public services better",
    }
)
"""What each purpose that a consent may have is, in words, by its CURIE."""

REFUSED_PURPOSES: Final = frozenset(
    {
        "dpv:FraudPreventionAndDetection",
        "dpv:CustomerSolvencyMonitoring",
        "dpv:Marketing",
    }
)
"""CURIEs that no consent may have, as they would be used against claimants."""


def check_purpose(purpose: str) -> str:
    """Return `purpose`, a CURIE such as "dpv:CustomerCare", if a consent may carry it.

    Raises InvalidTerms for the refused purposes and for every other that is not listed here.
    """
    if isinstance(purpose, str) and purpose in REFUSED_PURPOSES:
        raise InvalidTerms(f"No consent can carry the purpose {purpose}; choose one of {', '.join(ALLOWED_PURPOSES)}.")
    if not isinstance(purpose, str) or purpose not in ALLOWED_PURPOSES:
        raise InvalidTerms(f"The purpose is unknown; choose one of {', '.join(ALLOWED_PURPOSES)}.")
    return purpose


def purpose_iri(purpose: str) -> str:
    """Return the IRI that an allowed purpose stands for (W3C CURIE Syntax 1.0, section 3).

    Raises InvalidTerms as `check_purpose` does.
    """
    return NAMESPACE + check_purpose(purpose).removeprefix("dpv:")
