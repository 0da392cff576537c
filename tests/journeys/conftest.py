"""The town to make whole journeys in, as the integration tests have it."""

from tests.integration.conftest import town, town_isolation

__all__ = ["town", "town_isolation"]
