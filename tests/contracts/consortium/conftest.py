"""What the tests of the consortium share; members and accounts are those of tests/conftest.py."""

from collections.abc import Callable
from typing import Any

import brownie
import pytest

ADMINISTRATOR_ROLE = bytes(32)


@pytest.fixture(scope="module")
def consortium(system: Any) -> Any:
    return system.consortium


@pytest.fixture(scope="session")
def administrator(people: Any) -> dict[str, Any]:
    """`{"from": administrator}`."""
    return {"from": people.administrator}


@pytest.fixture(scope="session")
def spare() -> Any:
    """An account that acts for no member."""
    return brownie.accounts[6]


@pytest.fixture(scope="session")
def unauthorized(refused: Any) -> Callable[[Any], Any]:
    """`with unauthorized(account): ...`: the call reverts since the account is not the administrator's."""
    return lambda account: refused("AccessControlUnauthorizedAccount", account.address, ADMINISTRATOR_ROLE)


@pytest.fixture(params=["stranger", "operator"])
def not_administrator(request: pytest.FixtureRequest, people: Any) -> Any:
    """An account of nobody, and one of a member: that all others fare alike is asserted by the access table."""
    return getattr(people, request.param)


@pytest.fixture
def admit(consortium: Any, administrator: dict[str, Any], spare: Any) -> Callable[..., Any]:
    """Admit member 6 with a spare account, or whatever is said otherwise."""

    def admit(**changes: Any) -> Any:
        given = {"member": 6, "name": "New", "roles": [], "account": spare, "key": b"k" * 32} | changes
        return consortium.admit(*given.values(), administrator)

    return admit


@pytest.fixture
def suspended(consortium: Any, administrator: dict[str, Any]) -> int:
    """Member 2, an adviser, suspended."""
    consortium.suspend(2, administrator)
    return 2


@pytest.fixture
def handing_over(consortium: Any, administrator: dict[str, Any], spare: Any) -> int:
    """A hand-over to the spare account has begun; the time after which it can be accepted."""
    return int(consortium.beginDefaultAdminTransfer(spare, administrator).events[0]["acceptSchedule"])


@pytest.fixture(scope="session")
def wait_until() -> Callable[[int], None]:
    """Let time pass until after a moment, and at most a minute longer: where the very second does not matter."""

    def wait_until(time: int) -> None:
        chain = brownie.chain
        chain.mine()  # the node's clock may have left Brownie's behind: ask the node
        chain.sleep(time - chain[-1].timestamp + 5)
        chain.mine()
        assert time < chain[-1].timestamp < time + 60

    return wait_until
