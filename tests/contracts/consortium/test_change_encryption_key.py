"""changeEncryptionKey: a member replaces its public encryption key.

When the caller acts for no member ... it reverts with NotAMember
When the key has 0, 31 or 4,097 bytes ... it reverts with EncryptionKeyLengthOutOfRange
Otherwise, suspended or not ... its digest is kept, its bytes are in the event, nothing else of the member changes
"""

import pytest
from eth_utils import keccak

KEY = bytes(range(256)) * 16


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_reverts_when_not_a_member(who, consortium, people, refused):
    account = getattr(people, who)
    with refused("NotAMember", account.address):
        consortium.changeEncryptionKey(b"k" * 32, {"from": account})


def test_reverts_when_it_is_the_governance(system, governing, refused):
    with refused("NotAMember", system.governance.address):
        governing("changeEncryptionKey", b"k" * 32)


@pytest.mark.parametrize("length", [0, 31, 4097])
def test_reverts_when_the_key_is_too_short_or_long(length, consortium, adviser, refused):
    before = consortium.getMember(2)
    with refused("EncryptionKeyLengthOutOfRange", length, 32, 4096):
        consortium.changeEncryptionKey(b"k" * length, adviser)
    assert consortium.getMember(2) == before


@pytest.mark.parametrize("length", [32, 1216, 4096])
def test_changes(length, consortium, people, adviser, events):
    digest = "0x" + keccak(KEY[:length]).hex()
    others = [consortium.getMember(number) for number in (1, 3, 4, 5)]
    tx = consortium.changeEncryptionKey(KEY[:length], adviser)
    changed = {"member": 2, "digest": digest, "key": "0x" + KEY[:length].hex()}
    assert events(tx) == [("EncryptionKeyChanged", changed | {"by": people.adviser})]
    assert consortium.getMember(2) == (1, 0, digest, "Town Debt Advice")
    assert [consortium.getMember(number) for number in (1, 3, 4, 5)] == others


def test_changes_while_suspended(consortium, suspended, adviser):
    consortium.changeEncryptionKey(b"n" * 32, adviser)
    assert consortium.getMember(suspended)["encryptionKeyDigest"] == "0x" + keccak(b"n" * 32).hex()
    assert not consortium.isActive(suspended)
