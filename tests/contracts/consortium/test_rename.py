"""rename: a member has another name; what a member was ever called is nobody else's.

When the caller acts for no member ... it reverts with NotAMember
When its member is suspended ... it reverts with MemberNotActive
When the name has 0 or 65 bytes, however many letters ... it reverts with NameLengthOutOfRange
When the name is no well-formed UTF-8 ... it reverts with NameNotUtf8 (test_utf8.py)
When the name is or was another member's ... it reverts with NameTaken
Otherwise
    it has the name, and both are its own for ever, and it says so
    Given it had the name before, or has it ... it takes it up again
    When another name differs in a letter's case, or in its bytes alone ... it is another name
"""

import pytest

OLD = "Town Debt Advice"
LENGTHS = {"": 0, "a" * 65: 65, "é" * 33: 66, "ab" + "€" * 21: 65, "🏠" * 17: 68}
LIKE = ["town debt advice", OLD + " ", OLD + "\0", "Town\u00a0Debt Advice", "Tоwn Debt Advice"]


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_reverts_when_not_a_member(who, consortium, people, refused):
    account = getattr(people, who)
    with refused("NotAMember", account.address):
        consortium.rename("New", {"from": account})


def test_reverts_when_it_is_the_governance(system, governing, refused):
    with refused("NotAMember", system.governance.address):
        governing("rename", "New")


@pytest.mark.parametrize(("name", "length"), LENGTHS.items(), ids=LENGTHS.values())
def test_reverts_when_too_short_or_long(name, length, consortium, adviser, refused):
    with refused("NameLengthOutOfRange", length, 1, 64):
        consortium.rename(name, adviser)
    assert consortium.getMember(2)["name"] == OLD


@pytest.mark.parametrize("name", ["Harbour Housing Advice", "Now and Then"])
def test_reverts_when_another_has_or_had_it(name, consortium, people, adviser, refused):
    for given in ("Now and Then", "Another"):
        consortium.rename(given, {"from": people.other_adviser})
    with refused("NameTaken", 3):
        consortium.rename(name, adviser)


def test_reverts_when_a_suspended_member_had_it(consortium, suspended, people, refused):
    with refused("NameTaken", suspended):
        consortium.rename(OLD, {"from": people.other_adviser})


@pytest.mark.parametrize("name", ["a", "a" * 64, "é" * 32, "🏠" * 16, "a" + "€" * 21])
def test_renames(name, consortium, people, adviser, events):
    before = consortium.getMember(2)
    tx = consortium.rename(name, adviser)
    assert events(tx) == [("MemberRenamed", {"member": 2, "name": name, "by": people.adviser})]
    assert consortium.getMember(2) == (*before[:3], name)
    assert consortium.memberNamed(name.encode()) == consortium.memberNamed(OLD.encode()) == 2


@pytest.mark.parametrize("name", ["New", "", OLD])
def test_reverts_while_suspended(name, consortium, suspended, adviser, refused):
    with refused("MemberNotActive", suspended):
        consortium.rename(name, adviser)
    assert consortium.getMember(suspended)["name"] == OLD


def test_renames_once_reinstated(consortium, suspended, adviser, governing):
    governing("reinstate", suspended)
    consortium.rename("New", adviser)
    assert consortium.getMember(suspended)["name"] == "New"


def test_takes_up_an_old_name(consortium, adviser, events):
    for name in ("New", OLD, OLD, "New"):
        assert events(consortium.rename(name, adviser))[0][1]["name"] == name
        assert consortium.getMember(2)["name"] == name


@pytest.mark.parametrize("name", LIKE, ids=ascii)
def test_what_only_looks_alike_is_another_name(name, consortium, people, adviser):
    """The contract compares bytes: that a name deceives is for the governance and members to see."""
    consortium.rename(name, {"from": people.other_adviser})
    assert consortium.memberNamed(name.encode()) == 3
    assert consortium.memberNamed(OLD.encode()) == 2
