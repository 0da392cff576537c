"""A busy machine fails no test: Hypothesis sets no time in any suite."""

from hypothesis import HealthCheck, settings


def test_no_example_has_a_time_it_must_end_in() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
