"""constructor: names the consent registry, for good.

When it is given an address without code     it reverts with DeploymentInvalid
When it is given the consent registry        `consents` returns it
"""

import pytest


@pytest.mark.parametrize("who", ["zero", "account"])
def test_no_code(who, people, refused):
    from brownie import ZERO_ADDRESS, CommitmentRegistry

    address = ZERO_ADDRESS if who == "zero" else people.stranger
    with refused("DeploymentInvalid"):
        CommitmentRegistry.deploy(address, {"from": people.stranger})


def test_consents(system):
    assert system.commitments.consents() == system.consents.address
