"""What the tests of the governance share: a proposal to suspend member 2, before and after its delay."""

from typing import Any

import pytest

PROPOSER, EXECUTOR, CANCELLER = "PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"


@pytest.fixture(scope="module")
def governance(system: Any) -> Any:
    return system.governance


@pytest.fixture
def operation(governing: Any) -> Any:
    """A call that the governance can make, which nobody has proposed."""
    return governing.operation("suspend", 2, 1)


@pytest.fixture
def proposed(governing: Any, operation: Any) -> bytes:
    """The operation is proposed; its id."""
    return bytes(governing.propose(operation))


@pytest.fixture(scope="session")
def unauthorized(refused: Any) -> Any:
    """`with unauthorized(account, "PROPOSER_ROLE"): ...`: the call reverts since the account has not that role."""
    from eth_utils import keccak

    def expect(account: Any, role: str) -> Any:
        return refused("AccessControlUnauthorizedAccount", account.address, keccak(text=role) if role else bytes(32))

    return expect


@pytest.fixture(scope="session")
def unexpected(refused: Any) -> Any:
    """`with unexpected(id, 2): ...`: the operation is in none of these states: 0 unset, 1 waiting, 2 ready, 3 done."""

    def expect(identifier: bytes, *states: int) -> Any:
        bits = sum(1 << state for state in states)
        return refused("TimelockUnexpectedOperationState", identifier, bits.to_bytes(32, "big"))

    return expect
