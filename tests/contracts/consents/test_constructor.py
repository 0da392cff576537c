"""constructor: where members are looked up, and what no consent can exceed, for good.

When the consortium's address
├── is zero                 it reverts with DeploymentInvalid
├── has no code             it reverts with DeploymentInvalid
└── is another contract's   it reverts
When a limit is zero        it reverts with DeploymentInvalid
When each limit is one      it deploys
Otherwise                   it keeps the limits and the consortium
"""

import pytest
from brownie import reverts

LIMITS = (366 * 86_400, 90 * 86_400, 1000)
ZERO = "0x" + "00" * 20


@pytest.fixture
def deploy(ConsentRegistry, system, people):  # noqa: N803 - Brownie names this fixture after the contract
    return lambda consortium, limits: ConsentRegistry.deploy(consortium, limits, {"from": people.founder})


def test_reverts_when_the_consortium_is_zero(deploy, refused):
    with refused("DeploymentInvalid"):
        deploy(ZERO, LIMITS)


def test_reverts_when_the_consortium_has_no_code(deploy, people, refused):
    with refused("DeploymentInvalid"):
        deploy(people.stranger, LIMITS)


def test_reverts_when_the_consortium_is_another_contract(deploy, system):
    with reverts():
        deploy(system.commitments, LIMITS)


@pytest.mark.parametrize("limit", range(3), ids=["longestValidity", "longestReconfirmation", "mostUses"])
def test_reverts_when_a_limit_is_zero(deploy, system, refused, limit):
    limits = [0 if n == limit else value for n, value in enumerate(LIMITS)]
    with refused("DeploymentInvalid"):
        deploy(system.consortium, limits)


def test_deploys_with_limits_of_one(deploy, system):
    assert deploy(system.consortium, (1, 1, 1)).limits() == (1, 1, 1)


def test_keeps_limits_and_consortium(deploy, system, events):
    registry = deploy(system.consortium, LIMITS)
    limits = registry.limits()
    assert limits.dict() == {
        "longestValidity": 31_622_400,
        "longestReconfirmation": 7_776_000,
        "mostUses": 1000,
    }
    assert registry.consortium() == system.consortium
    assert events(registry.tx) == []


def test_scripts_deploy_these_limits(system):
    assert system.consents.limits() == LIMITS
    assert system.consents.consortium() == system.consortium
