"""A chain that splits: what was signed for the one is not good on the other, whose id is another.

Given the chain's id changed after the contracts were deployed
├── a message that was signed before      it reverts with NotSignedByConsent, of each kind
└── a message signed for the new chain    it is recorded
"""

from dataclasses import replace

import pytest

from tests.conftest import rpc

ANOTHER = 7331


@pytest.fixture
def split(system):
    """Gives the chain another id, and takes that back after the test."""
    from brownie import web3

    if "anvil" not in rpc("web3_clientVersion"):
        pytest.skip("Only Anvil's chain changes its id; run make test-anvil.")
    before = system.deployment.chain_id
    yield lambda: rpc("anvil_setChainId", ANOTHER)
    rpc("anvil_setChainId", before)
    assert web3.eth.chain_id == before


def test_what_was_signed_before(kind, split, attack, refused):
    """P2, P6: a signature is for one chain."""
    key, message = attack.ready(kind)
    signature = attack.sign(key, message)
    before = attack.record_of(key.address)
    split()
    with refused("NotSignedByConsent", key.address):
        attack.ask(message, signature)
    assert attack.record_of(key.address) == before


def test_what_is_signed_for_the_new_chain(kind, split, attack):
    key, message = attack.ready(kind)
    domain = replace(attack.claimants.domain(message), chain_id=ANOTHER)
    signature = attack.sign(key, message, domain)
    split()
    attack.ask(message, signature)


def test_the_domain_follows(split, system):
    split()
    for contract in (system.consents, system.commitments, system.advice):
        assert contract.eip712Domain()[3] == ANOTHER
