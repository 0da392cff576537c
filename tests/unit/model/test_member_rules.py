"""member_rules: who admits a member, and what a member decides for itself, as IConsortium says.

When the caller is another than the governance      AccessControlUnauthorizedAccount, before all else
When an admission breaks several rules              the first in the order of the interface
When a name is not well-formed UTF-8, or another's  NameNotUtf8, NameTaken
Given an account that is offered and accepts        it acts for the member
Given a suspended member                            it manages itself all the same
"""

from typing import Any

import pytest

from jamjar.crypto.hashing import keccak256
from jamjar.model import council_rules, member_rules
from jamjar.model.decision import Revert
from jamjar.model.state import NOBODY, Reason
from jamjar.protocol.roles import ADMINISTRATION
from tests.unit.model.governed import (
    ADVISER,
    COUNCIL,
    DESK,
    FRESH,
    GOVERNANCE,
    JUDGE,
    KEY,
    NOW,
    OTHER_ROLE,
    STATE,
    STRANGER,
    admission,
    done,
    event,
)  # fmt: skip

SEAT = "0x" + 39 * "0" + "7"


def test_an_admission() -> None:
    outcome = member_rules.admit(STATE, NOW, GOVERNANCE, admission(7, "Né", FRESH, [ADVISER, COUNCIL, ADVISER]))
    assert outcome == (
        event("MemberAdmitted", 7, "Né", GOVERNANCE),
        event("RoleGranted", ADVISER, SEAT, GOVERNANCE),
        event("RoleGranted", COUNCIL, SEAT, GOVERNANCE),
        event("AccountAdded", 7, FRESH, GOVERNANCE),
        event("EncryptionKeyChanged", 7, keccak256(KEY), KEY, GOVERNANCE),
    )


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        (admission(2, "", DESK, [OTHER_ROLE]), Revert("MemberNumberTaken", (2,))),
        (admission(0, "New", FRESH), Revert("MemberNumberTaken", (0,))),
        (admission(7, "", DESK), Revert("NameLengthOutOfRange", (0, 1, 64))),
        (admission(7, "\N{POUND SIGN}" * 33, FRESH), Revert("NameLengthOutOfRange", (66, 1, 64))),
        (admission(7, "a\udcff", DESK), Revert("NameNotUtf8", (b"a\xff",))),
        (admission(7, "Desk", DESK, [OTHER_ROLE] * 6), Revert("NameTaken", (2,))),
        (admission(7, "New", DESK, [OTHER_ROLE] * 6), Revert("TooManyRoles", (6, 5))),
        (admission(7, "New", DESK, [ADVISER, OTHER_ROLE]), Revert("RoleUnknown", (OTHER_ROLE,))),
        (admission(7, "New", DESK, key=b""), Revert("AccountTaken", (DESK, 2))),
        (admission(7, "New", NOBODY), Revert("AccountTaken", (NOBODY, 0))),
        (admission(7, "New", FRESH, key=bytes(31)), Revert("EncryptionKeyLengthOutOfRange", (31, 32, 4096))),
        (admission(7, "New", FRESH, key=bytes(4097)), Revert("EncryptionKeyLengthOutOfRange", (4097, 32, 4096))),
    ],
)  # fmt: skip
def test_the_first_refusal_of_an_admission(wrong: Any, refused: Revert) -> None:
    assert member_rules.admit(STATE, NOW, GOVERNANCE, wrong) == refused
    unauthorised = Revert("AccessControlUnauthorizedAccount", (DESK, ADMINISTRATION))
    assert member_rules.admit(STATE, NOW, DESK, wrong) == unauthorised


def test_roles() -> None:
    seat = member_rules.seat_of(2)
    assert member_rules.grant_role(STATE, NOW, GOVERNANCE, COUNCIL, seat) == (
        event("RoleGranted", COUNCIL, seat, GOVERNANCE),
    )
    assert member_rules.grant_role(STATE, NOW, GOVERNANCE, ADVISER, seat) == ()  # held already
    assert member_rules.grant_role(STATE, NOW, GOVERNANCE, OTHER_ROLE, DESK) == Revert("RoleUnknown", (OTHER_ROLE,))
    assert member_rules.grant_role(STATE, NOW, GOVERNANCE, ADVISER, DESK) == Revert("NotASeat", (DESK,))
    assert member_rules.revoke_role(STATE, NOW, GOVERNANCE, COUNCIL, seat) == ()
    assert member_rules.revoke_role(STATE, NOW, GOVERNANCE, ADMINISTRATION, GOVERNANCE) == Revert(
        "RoleUnknown", (ADMINISTRATION,)
    )
    for change in (member_rules.grant_role, member_rules.revoke_role):
        assert change(STATE, NOW, JUDGE, ADVISER, seat) == Revert(
            "AccessControlUnauthorizedAccount", (JUDGE, ADMINISTRATION)
        )


def test_an_account_is_offered_and_accepts() -> None:
    assert member_rules.accept_account(STATE, NOW, FRESH, 2) == Revert("AccountNotOffered", (FRESH, 2))
    offered = done(STATE, member_rules.offer_account(STATE, NOW, DESK, FRESH))
    assert member_rules.accept_account(offered, NOW, FRESH, 4) == Revert("AccountNotOffered", (FRESH, 4))
    outcome = member_rules.accept_account(offered, NOW, FRESH, 2)
    assert outcome == (event("AccountAdded", 2, FRESH, FRESH),)
    accepted = done(offered, outcome)
    assert accepted.member_of(FRESH) == 2
    assert member_rules.accept_account(accepted, NOW, FRESH, 2) == Revert("AccountNotOffered", (FRESH, 2))
    assert member_rules.remove_account(accepted, NOW, FRESH, DESK) == (event("AccountRemoved", 2, DESK, FRESH),)


def test_what_a_member_cannot_do() -> None:
    assert member_rules.offer_account(STATE, NOW, STRANGER, FRESH) == Revert("NotAMember", (STRANGER,))
    assert member_rules.offer_account(STATE, NOW, DESK, JUDGE) == Revert("AccountTaken", (JUDGE, 4))
    assert member_rules.remove_account(STATE, NOW, DESK, DESK) == Revert("AccountIsOwn", (DESK,))
    assert member_rules.remove_account(STATE, NOW, DESK, JUDGE) == Revert("AccountNotOfMember", (JUDGE, 2))
    assert member_rules.rename(STATE, NOW, DESK, "Judge") == Revert("NameTaken", (4,))
    suspended = done(STATE, (event("MemberSuspended", 2, 1, 0, GOVERNANCE),))
    assert member_rules.rename(suspended, NOW, DESK, "") == Revert("MemberNotActive", (2,))


def test_a_former_name_stays_its_members() -> None:
    renamed = done(STATE, member_rules.rename(STATE, NOW, DESK, "Office"))
    assert member_rules.rename(renamed, NOW, JUDGE, "Desk") == Revert("NameTaken", (2,))
    assert member_rules.rename(renamed, NOW, DESK, "Desk") == (event("MemberRenamed", 2, "Desk", DESK),)


def test_a_suspended_member_manages_itself() -> None:
    state = done(STATE, council_rules.suspend(STATE, NOW, JUDGE, 2, Reason.LEFT))
    assert not isinstance(member_rules.offer_account(state, NOW, DESK, FRESH), Revert)
    assert not isinstance(member_rules.change_encryption_key(state, NOW, DESK, KEY), Revert)
