"""The sample network to make whole journeys in, as the integration tests have it."""

from tests.integration.conftest import network, network_isolation

__all__ = ["network", "network_isolation"]
