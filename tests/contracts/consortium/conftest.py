"""What the tests of the consortium share; members and accounts are those of tests/conftest.py."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

ADMINISTRATION = bytes(32)
ADMITTED = {"member": 6, "name": "New", "roles": [], "account": None, "key": b"k" * 32}


@pytest.fixture(scope="module")
def consortium(system: Any) -> Any:
    return system.consortium


@pytest.fixture(scope="session")
def council(people: Any) -> dict[str, Any]:
    """`{"from": an account of member 4, which is of the council}`."""
    return {"from": people.sponsor}


@pytest.fixture(scope="session")
def adviser(people: Any) -> dict[str, Any]:
    """`{"from": member 2's account}`."""
    return {"from": people.adviser}


@pytest.fixture(scope="session")
def stranger(people: Any) -> dict[str, Any]:
    return {"from": people.stranger}


@pytest.fixture(scope="session")
def unauthorized(refused: Any) -> Callable[[Any], AbstractContextManager[None]]:
    """`with unauthorized(account): ...`: the call reverts since the account is not the governance's."""
    return lambda account: refused("AccessControlUnauthorizedAccount", account.address, ADMINISTRATION)


@pytest.fixture(params=["stranger", "operator", "sponsor", "founder"])
def not_governance(request: pytest.FixtureRequest, people: Any) -> Any:
    """An account of nobody, of a member, of the council, and a founder's."""
    return getattr(people, request.param)


@pytest.fixture
def admit(governing: Any, spare: Any) -> Callable[..., Any]:
    """Admit member 6 with a spare account, or whatever is said otherwise."""
    return lambda **changes: governing("admit", tuple((ADMITTED | {"account": spare} | changes).values()))


@pytest.fixture
def suspended(consortium: Any, council: dict[str, Any]) -> int:
    """Member 2, an adviser, suspended by the council."""
    consortium.suspend(2, 1, council)
    return 2


@pytest.fixture(scope="session")
def told(events: Any) -> Callable[[Any], list[tuple[str, dict[str, Any]]]]:
    """The exact list of the consortium's events in a transaction."""
    return lambda tx: [event for event in events(tx) if event[0] != "CallExecuted"]
