"""admit: an institution becomes a member.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is zero, or is or was a member's ... it reverts with MemberNumberTaken
When the name has 0 or 65 bytes ... it reverts with NameLengthOutOfRange
When there are five roles ... it reverts with TooManyRoles
When a role is not one of the four
    Given it is the administrator's ... it reverts with AccessControlEnforcedDefaultAdminRules
    Otherwise ... it reverts with RoleUnknown
When the account is zero, or acts for a member, suspended or not ... it reverts with AccountTaken
When the key has 0, 31 or 4,097 bytes ... it reverts with EncryptionKeyLengthOutOfRange
Whatever it reverts with ... it leaves nothing behind
Otherwise
    it records the member, its roles, its account and its key, and says so in events
    it takes names and keys of each extreme length, the largest number, and a role named twice
"""

import pytest
from eth_utils import keccak

ROLES = [keccak(text=name) for name in ("SPONSOR", "ADVISER", "AUDITOR", "OPERATOR")]
UNKNOWN_ROLE = keccak(text="ADMINISTRATOR")
ZERO = "0x" + 40 * "0"
NAMES = {"one byte": "a", "64 bytes": "a" * 64, "64 bytes of 32 letters": "é" * 32, "64 of 16": "🏠" * 16}

REFUSALS = {
    "number zero": ({"member": 0}, "MemberNumberTaken", 0),
    "number of a member": ({"member": 2}, "MemberNumberTaken", 2),
    "no name": ({"name": ""}, "NameLengthOutOfRange", 0, 1, 64),
    "name of 65 bytes": ({"name": "a" * 65}, "NameLengthOutOfRange", 65, 1, 64),
    "name of 65 bytes, 33 letters": ({"name": "é" * 32 + "a"}, "NameLengthOutOfRange", 65, 1, 64),
    "five roles": ({"roles": [*ROLES, ROLES[0]]}, "TooManyRoles", 5, 4),
    "unknown role": ({"roles": [UNKNOWN_ROLE]}, "RoleUnknown", UNKNOWN_ROLE),
    "unknown role, last": ({"roles": [*ROLES[:3], UNKNOWN_ROLE]}, "RoleUnknown", UNKNOWN_ROLE),
    "administrator's role": ({"roles": [bytes(32)]}, "AccessControlEnforcedDefaultAdminRules"),
    "account zero": ({"account": ZERO}, "AccountTaken", ZERO, 0),
    "no key": ({"key": b""}, "EncryptionKeyLengthOutOfRange", 0, 32, 4096),
    "key of 31 bytes": ({"roles": ROLES, "key": b"k" * 31}, "EncryptionKeyLengthOutOfRange", 31, 32, 4096),
    "key of 4,097 bytes": ({"key": b"k" * 4097}, "EncryptionKeyLengthOutOfRange", 4097, 32, 4096),
}


def test_reverts_when_not_the_administrator(consortium, not_administrator, spare, unauthorized):
    with unauthorized(not_administrator):
        consortium.admit(6, "New", [], spare, b"k" * 32, {"from": not_administrator})


@pytest.mark.parametrize("case", REFUSALS)
def test_reverts_and_leaves_nothing_behind(case, consortium, admit, spare, refused):
    changes, error, *arguments = REFUSALS[case]
    member = changes.get("member", 6)
    before = consortium.getMember(member)
    with refused(error, *arguments):
        admit(**changes)
    assert consortium.getMember(member) == before
    assert consortium.memberOf(spare) == 0
    assert not any(consortium.hasRole(role, consortium.seatOf(6)) for role in [*ROLES, bytes(32)])


def test_a_refused_number_is_free(consortium, admit, refused):
    with refused("EncryptionKeyLengthOutOfRange", 31, 32, 4096):
        admit(roles=ROLES, key=b"k" * 31)
    admit()
    assert not any(consortium.isActiveAs(6, role) for role in ROLES)


def test_reverts_when_the_number_was_ever_taken(admit, suspended, refused):
    with refused("MemberNumberTaken", suspended):
        admit(member=suspended)


def test_reverts_when_the_account_is_a_members(admit, people, refused):
    with refused("AccountTaken", people.adviser.address, 2):
        admit(account=people.adviser)


def test_reverts_when_the_account_is_a_suspended_members(admit, suspended, people, refused):
    with refused("AccountTaken", people.adviser.address, suspended):
        admit(account=people.adviser)


def test_admits(consortium, admit, spare, people, events):
    tx = admit(name="Fuel Bank", roles=ROLES[:2], key=b"key" * 20)
    by = {"administrator": people.administrator}
    granted = {"account": consortium.seatOf(6), "sender": people.administrator}
    digest = "0x" + keccak(b"key" * 20).hex()
    assert events(tx) == [
        ("MemberAdmitted", {"member": 6, "name": "Fuel Bank"} | by),
        ("RoleGranted", {"role": "0x" + ROLES[0].hex()} | granted),
        ("RoleGranted", {"role": "0x" + ROLES[1].hex()} | granted),
        ("AccountAdded", {"member": 6, "account": spare} | by),
        ("EncryptionKeyChanged", {"member": 6, "digest": digest, "key": "0x" + (b"key" * 20).hex()} | by),
    ]
    assert consortium.getMember(6) == (1, digest, "Fuel Bank")
    assert [consortium.isActiveAs(6, role) for role in ROLES] == [True, True, False, False]
    assert consortium.memberOf(spare) == 6


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


def test_takes_a_role_named_twice_once(consortium, admit, events):
    tx = admit(roles=[ROLES[1]] * 4)
    assert [name for name, _ in events(tx)].count("RoleGranted") == 1
    assert consortium.isActiveAs(6, ROLES[1])


def test_admitting_gives_the_account_no_administration(consortium, admit, spare, unauthorized):
    admit(roles=ROLES)
    with unauthorized(spare):
        consortium.suspend(1, {"from": spare})


def test_the_administrator_is_no_member(consortium, people):
    assert consortium.memberOf(people.administrator) == 0
