"""eip712Domain, MOST_ITEMS: what a wallet and a carrier must know of the registry.

eip712Domain   it is name "Jamjar", version "1", this chain, this contract; no salt, no extension (ERC-5267)
MOST_ITEMS     it is 256
"""

from brownie import web3


def test_domain(system):
    fields, name, version, chain_id, contract, salt, extensions = system.consents.eip712Domain()
    assert bytes.fromhex(str(fields)[2:]) == b"\x0f"  # name, version, chainId and verifyingContract
    assert (name, version, chain_id, contract) == ("Jamjar", "1", web3.eth.chain_id, system.consents.address)
    assert int(str(salt), 16) == 0
    assert list(extensions) == []


def test_most_items(system):
    assert system.consents.MOST_ITEMS() == 256
