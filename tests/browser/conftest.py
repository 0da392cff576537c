"""The claimant's door that is unlocked, of the unit tests."""

from tests.unit.wallet_pages.conftest import inside, scene

__all__ = ["inside", "scene"]
