"""What both sides of advice need: a live consent, and advice under it."""

from typing import Any

import pytest

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32


@pytest.fixture
def key(claimants: Any) -> Any:
    """A live consent to member 2."""
    return claimants.live()


@pytest.fixture
def advice(key: Any) -> tuple[str, bytes, bytes]:
    """Advice under it, not on the record yet."""
    return key.address, ROOT, ADVICE


@pytest.fixture
def recorded(advice: tuple[str, bytes, bytes], system: Any, people: Any) -> None:
    """The advice is on the record."""
    system.advice.record(advice, {"from": people.adviser})
