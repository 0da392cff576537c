"""changeEncryptionKey: a member's public encryption key is replaced.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is no member's ... it reverts with MemberUnknown
When the key has 0, 31 or 4,097 bytes ... it reverts with EncryptionKeyLengthOutOfRange
Otherwise ... its digest is kept, its bytes are in the event, nothing else of the member changes
"""

import pytest
from eth_utils import keccak


def test_reverts_when_not_the_administrator(consortium, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.changeEncryptionKey(2, b"k" * 32, {"from": not_administrator})


@pytest.mark.parametrize("member", [0, 6])
def test_reverts_when_no_member(member, consortium, administrator, refused):
    with refused("MemberUnknown", member):
        consortium.changeEncryptionKey(member, b"k" * 32, administrator)


@pytest.mark.parametrize("length", [0, 31, 4097])
def test_reverts_when_the_key_is_too_short_or_long(length, consortium, administrator, refused):
    before = consortium.getMember(2)
    with refused("EncryptionKeyLengthOutOfRange", length, 32, 4096):
        consortium.changeEncryptionKey(2, b"k" * length, administrator)
    assert consortium.getMember(2) == before


@pytest.mark.parametrize("length", [32, 1216, 4096])
def test_changes(length, consortium, administrator, people, events):
    key = bytes(range(256)) * 16
    digest = "0x" + keccak(key[:length]).hex()
    tx = consortium.changeEncryptionKey(2, key[:length], administrator)
    changed = {"member": 2, "digest": digest, "key": "0x" + key[:length].hex()}
    assert events(tx) == [("EncryptionKeyChanged", changed | {"administrator": people.administrator})]
    assert consortium.getMember(2) == (1, digest, "Town Debt Advice")


def test_changes_a_suspended_members(consortium, suspended, administrator):
    consortium.changeEncryptionKey(suspended, b"n" * 32, administrator)
    assert consortium.getMember(suspended)["encryptionKeyDigest"] == "0x" + keccak(b"n" * 32).hex()
