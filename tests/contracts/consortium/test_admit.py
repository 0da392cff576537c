"""admit: an institution becomes a member, by the governance.

When the caller is not the governance ... it reverts with AccessControlUnauthorizedAccount
When the number is zero, or is or was a member's ... it reverts with MemberNumberTaken
When the name has 0 or 65 bytes ... it reverts with NameLengthOutOfRange
When the name is another's, or was ... it reverts with NameTaken (what is no UTF-8: test_utf8.py)
When there are six roles ... it reverts with TooManyRoles
When a role is not one of the five ... it reverts with RoleUnknown
When the account is zero, or acts for a member, suspended or not ... it reverts with AccountTaken
When the key has 0, 31 or 4,097 bytes ... it reverts with EncryptionKeyLengthOutOfRange
Whatever it reverts with ... it leaves nothing behind
Otherwise
    it records the member, its roles, its account and its key, and says so in events
    it takes names and keys of each extreme length, the largest number, and a role named twice
"""

import pytest
from eth_utils import keccak

ROLES = [keccak(text=name) for name in ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR", "COUNCIL")]
UNKNOWN_ROLE = keccak(text="FOUNDER")
ZERO = "0x" + 40 * "0"
NAMES = {"one byte": "a", "64 bytes": "a" * 64, "64 bytes of 32 letters": "é" * 32, "64 of 16": "🏠" * 16}

REFUSALS = {
    "number zero": ({"member": 0}, "MemberNumberTaken", 0),
    "number of a member": ({"member": 2}, "MemberNumberTaken", 2),
    "no name": ({"name": ""}, "NameLengthOutOfRange", 0, 1, 64),
    "name of 65 bytes": ({"name": "a" * 65}, "NameLengthOutOfRange", 65, 1, 64),
    "name of 65 bytes, 33 letters": ({"name": "é" * 32 + "a"}, "NameLengthOutOfRange", 65, 1, 64),
    "name of another": ({"name": "Town Debt Advice"}, "NameTaken", 2),
    "six roles": ({"roles": [*ROLES, ROLES[0]]}, "TooManyRoles", 6, 5),
    "unknown role": ({"roles": [UNKNOWN_ROLE]}, "RoleUnknown", UNKNOWN_ROLE),
    "unknown role, last": ({"roles": [*ROLES[:4], UNKNOWN_ROLE]}, "RoleUnknown", UNKNOWN_ROLE),
    "governance's role": ({"roles": [bytes(32)]}, "RoleUnknown", bytes(32)),
    "account zero": ({"account": ZERO}, "AccountTaken", ZERO, 0),
    "no key": ({"key": b""}, "EncryptionKeyLengthOutOfRange", 0, 32, 4096),
    "key of 31 bytes": ({"roles": ROLES, "key": b"k" * 31}, "EncryptionKeyLengthOutOfRange", 31, 32, 4096),
    "key of 4,097 bytes": ({"key": b"k" * 4097}, "EncryptionKeyLengthOutOfRange", 4097, 32, 4096),
}


def test_reverts_when_not_the_governance(consortium, not_governance, spare, unauthorized):
    with unauthorized(not_governance):
        consortium.admit((6, "New", [], spare, b"k" * 32), {"from": not_governance})


@pytest.mark.parametrize("case", REFUSALS)
def test_reverts_and_leaves_nothing_behind(case, consortium, admit, spare, refused):
    changes, error, *arguments = REFUSALS[case]
    member = changes.get("member", 6)
    before = consortium.getMember(member)
    with refused(error, *arguments):
        admit(**changes)
    assert consortium.getMember(member) == before
    assert consortium.memberOf(spare) == consortium.memberNamed(b"New") == 0
    assert not any(consortium.hasRole(role, consortium.seatOf(6)) for role in [*ROLES, bytes(32)])


def test_a_refused_number_is_free(consortium, admit, refused):
    with refused("EncryptionKeyLengthOutOfRange", 31, 32, 4096):
        admit(roles=ROLES, key=b"k" * 31)
    admit()
    assert not any(consortium.isActiveAs(6, role) for role in ROLES)


def test_reverts_when_the_number_was_ever_taken(admit, suspended, refused):
    with refused("MemberNumberTaken", suspended):
        admit(member=suspended)


@pytest.mark.parametrize("name", ["Town Debt Advice", "Later"])
def test_reverts_when_the_name_is_or_was_anothers(consortium, name, admit, adviser, refused):
    consortium.rename("Later", adviser)
    with refused("NameTaken", 2):
        admit(name=name)


def test_reverts_when_the_account_is_a_members(admit, people, refused):
    with refused("AccountTaken", people.adviser.address, 2):
        admit(account=people.adviser)


def test_reverts_when_the_account_is_a_suspended_members(admit, suspended, people, refused):
    with refused("AccountTaken", people.adviser.address, suspended):
        admit(account=people.adviser)


def test_admits(consortium, system, admit, spare, told):
    tx = admit(name="Fuel Bank", roles=ROLES[:2], key=b"key" * 20)
    by = {"by": system.governance}
    granted = {"account": consortium.seatOf(6), "sender": system.governance}
    digest = "0x" + keccak(b"key" * 20).hex()
    assert told(tx) == [
        ("MemberAdmitted", {"member": 6, "name": "Fuel Bank"} | by),
        ("RoleGranted", {"role": "0x" + ROLES[0].hex()} | granted),
        ("RoleGranted", {"role": "0x" + ROLES[1].hex()} | granted),
        ("AccountAdded", {"member": 6, "account": spare} | by),
        ("EncryptionKeyChanged", {"member": 6, "digest": digest, "key": "0x" + (b"key" * 20).hex()} | by),
    ]
    assert consortium.getMember(6) == (1, 0, digest, "Fuel Bank")
    assert [consortium.isActiveAs(6, role) for role in ROLES] == [True, True, False, False, False]
    assert consortium.memberOf(spare) == consortium.memberNamed(b"Fuel Bank") == 6


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_takes_names_of_extreme_length(name, consortium, admit):
    admit(name=name)
    assert consortium.getMember(6)["name"] == name


@pytest.mark.parametrize("length", [32, 4096])
def test_takes_keys_of_extreme_length(length, consortium, admit):
    admit(key=b"k" * length)
    assert consortium.getMember(6)["encryptionKeyDigest"] == "0x" + keccak(b"k" * length).hex()


def test_takes_the_largest_number(consortium, admit, spare):
    admit(member=2**32 - 1, roles=ROLES)
    assert consortium.memberOf(spare) == 2**32 - 1
    assert all(consortium.isActiveAs(2**32 - 1, role) for role in ROLES)


def test_takes_a_role_named_twice_once(consortium, admit, told):
    tx = admit(roles=[ROLES[1]] * 5)
    assert [name for name, _ in told(tx)].count("RoleGranted") == 1
    assert consortium.isActiveAs(6, ROLES[1])


def test_an_offer_to_the_account_is_no_obstacle(consortium, admit, spare, adviser, refused):
    consortium.offerAccount(spare, adviser)
    admit()
    assert consortium.memberOf(spare) == 6
    with refused("AccountTaken", spare.address, 6):
        consortium.acceptAccount(2, {"from": spare})
