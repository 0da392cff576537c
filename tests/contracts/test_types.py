"""The EIP-712 domains and types of the contracts are those that jamjar signs for.

When a contract is asked for its domain (ERC-5267)        it is the one that jamjar signs for
When a contract's code is searched for its type hashes    each is there, and no other contract's
"""

from dataclasses import fields

import pytest
from eth_utils import keccak

from jamjar.protocol.typed_data import MESSAGES, Domain, full_message

ROOT, NOBODY = b"\x11" * 32, "0x" + "11" * 20
# As the interfaces write them, by the contract that takes them.
TYPES = {
    "consents": {
        "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,"
        "uint16 maxUses,bytes32 termsDigest)",
        "Pause(address consent,uint32 sequence)",
        "Resume(address consent,uint32 sequence)",
        "Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)",
        "Withdraw(address consent)",
    },
    "commitments": {"Commit(address consent,bytes32 root,bytes32 replaces)"},
    "advice": {"Acknowledge(address consent,bytes32 commitment,bytes32 advice)"},
}


@pytest.mark.parametrize("contract", TYPES)
def test_domain(contract, system):
    address = getattr(system, contract).address
    domain = Domain(system.deployment.chain_id, address)
    flags, name, version, chain_id, verifying, salt, extensions = getattr(system, contract).eip712Domain()
    assert flags == "0x0f"  # name, version, chainId, verifyingContract; no salt
    assert (name, version, chain_id, verifying) == (domain.name, domain.version, domain.chain_id, domain.contract)
    assert (salt, len(extensions)) == ("0x" + "00" * 32, 0)


@pytest.mark.parametrize("contract", TYPES)
def test_type_hashes(contract, system):
    from brownie import web3

    code = bytes(web3.eth.get_code(getattr(system, contract).address))
    found = {name: {kind for kind in kinds if keccak(text=kind) in code} for name, kinds in TYPES.items()}
    assert found == {name: kinds if name == contract else set() for name, kinds in TYPES.items()}


def test_type_strings():
    """jamjar's own type strings are these, so the hashes in the code are of what wallets show."""
    names = {
        "consent": NOBODY,
        "terms_digest": ROOT,
        "root": ROOT,
        "replaces": ROOT,
        "commitment": ROOT,
        "advice": ROOT,
    }
    spelled = set()
    for kind in MESSAGES:
        message = kind(*(names.get(field.name, 1) for field in fields(kind)))
        shown = full_message(Domain(1, NOBODY), message)
        members = ",".join(f"{m['type']} {m['name']}" for m in shown["types"][shown["primaryType"]])
        spelled.add(f"{shown['primaryType']}({members})")
    assert spelled == set.union(*TYPES.values())
