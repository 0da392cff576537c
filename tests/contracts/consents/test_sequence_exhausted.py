"""pause, resume, reconfirm: after 2^32 - 2 of them there is no other, and a withdrawal still works.

Given a consent that so many were carried for, which a test can only place in storage
When the last one is carried             it counts
When one more is, however it is signed   it reverts with SequenceExhausted
When it is withdrawn                     it is withdrawn
"""

import pytest
from eth_abi import encode

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.settings import DAY
from tests.conftest import rpc

CONSENTS_SLOT, SEQUENCE_BYTE = 2, 19  # of ConsentRegistry, as in docs/storage.md
LAST = 2**32 - 1


@pytest.fixture
def placed(system, states):
    """Makes a consent with this status and sequence."""
    from brownie import web3

    def place(name, sequence):
        key = states.make(name)
        slot = keccak256(encode(["address", "uint256"], [key.address, CONSENTS_SLOT]))
        word = bytearray(web3.eth.get_storage_at(system.consents.address, int.from_bytes(slot, "big")).rjust(32, b"\0"))
        end = 32 - SEQUENCE_BYTE
        word[end - 4 : end] = sequence.to_bytes(4, "big")
        method = "anvil_setStorageAt" if "anvil" in rpc("web3_clientVersion") else "evm_setAccountStorageAt"
        rpc(method, system.consents.address, "0x" + slot.hex(), "0x" + word.hex())
        rpc("evm_mine")
        return key

    return place


def item(claimants, what, key, sequence):
    by = [claimants.now() + 60 * DAY] if what == "reconfirm" else []
    return getattr(claimants, what)(key, sequence, *by)


ACTS = [("ACTIVE", "pause"), ("PAUSED", "resume"), ("ACTIVE", "reconfirm"), ("PAUSED", "pause")]


@pytest.mark.parametrize(("name", "what"), ACTS)
@pytest.mark.parametrize("sequence", [2**8, 2**16, 2**31 - 1, 2**31, LAST - 1])
def test_counts_up_to_the_last(sequence, name, what, placed, system, claimants, people, stored):
    key = placed(name, sequence)
    getattr(system.consents, what)(*item(claimants, what, key, sequence), {"from": people.stranger})
    assert stored(key)["sequence"] == sequence + 1


@pytest.mark.parametrize(("name", "what"), ACTS)
def test_reverts_after_the_last(name, what, placed, system, claimants, people, changes, refused):
    key = placed(name, LAST)
    with changes(key), refused("SequenceExhausted", key.address):
        getattr(system.consents, what)(*item(claimants, what, key, LAST), {"from": people.stranger})
    with changes(key), refused("SequenceMismatch", key.address, 0, LAST):
        getattr(system.consents, what)(*item(claimants, what, key, 0), {"from": people.stranger})


@pytest.mark.parametrize("name", ["ACTIVE", "PAUSED"])
def test_withdraws_after_the_last(name, placed, system, claimants, people, changes, states):
    key = placed(name, LAST)
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})
