"""founding, settings: founding members and settings that the constructors would refuse are refused before.

When a field is of another type or out of its range    InvalidInput
When two members share a number, a name or an account  InvalidInput, which names what
When all is right                                      in their form: checksums, each role and founder once
"""

from dataclasses import replace
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.protocol.deployment import checked
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY, Settings, constructor_arguments

A, B = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"  # from EIP-55
KEY = "0x" + "ab" * 32
MEMBER = FoundingMember(1, "Ada", ("ADVISER",), A, KEY)
OTHER = FoundingMember(2, "Eve", (), B, KEY)
SETTINGS = Settings(founders=(A,), members=(MEMBER, OTHER))


@pytest.mark.parametrize(
    "changes",
    [
        *({"number": value} for value in (0, -1, 2**32, True, 1.0, "1", None)),
        *({"name": value} for value in ("", "x" * 65, "€" * 22, "\ud800", b"Ada", None, 7)),
        *({"roles": value} for value in ("ADVISER", None, 7, ("adviser",), (7,), (b"ADVISER",), ([],))),
        *({"account": value} for value in ("", A[:-1], A.swapcase(), "0x" + "0" * 40, None, 7)),
        *({"encryption_key": value} for value in ("", "0x", KEY[:-2], "0x" + "ab" * 4097, KEY[2:], KEY[:-1],
                                                  "0x" + "xy" * 32, b"0x", None, 7)),
    ],
)  # fmt: skip
def test_no_founding_member(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="; "):
        replace(MEMBER, **changes)


def test_the_bounds_of_a_founding_member() -> None:
    for name in ("x", "x" * 64, "€" * 21 + "x", "\U0010ffff" * 16):
        assert replace(MEMBER, name=name).name == name
    for size in (32, 4096):
        assert replace(MEMBER, encryption_key="0x" + "ab" * size).admission()[4] == b"\xab" * size
    assert replace(MEMBER, number=2**32 - 1).number == 2**32 - 1


def test_the_form_of_a_founding_member() -> None:
    made = FoundingMember(1, "Ada", ["ADVISER", "COUNCIL", "ADVISER"], A.lower(), KEY.upper().replace("0X", "0x"))
    assert made == FoundingMember(1, "Ada", ("ADVISER", "COUNCIL"), A, KEY)
    assert made.admission() == (1, "Ada", [Role.ADVISER.value, Role.COUNCIL.value], A, b"\xab" * 32)


@pytest.mark.parametrize(("what", "of"), [("number", 1), ("name", "Ada"), ("account", A)])
def test_two_members_share(what: str, of: object) -> None:
    doubled = replace(OTHER, **{what: of})
    with pytest.raises(InvalidInput, match=f"Two members have the {what} {of}; give each its own."):
        checked(replace(SETTINGS, members=(MEMBER, doubled)))


@pytest.mark.parametrize(
    "changes",
    [
        *({"founders": value} for value in (("",), (A, "0x" + "0" * 40), (7,))),
        *({"members": value} for value in ((None,), ("Ada",))),
        *({"governance_delay": value} for value in (7 * DAY - 1, 14 * DAY, 15 * DAY, 2**32, 7.0 * DAY, None)),
        *({"suspension": value} for value in (0, 7 * DAY, 2**32, True)),
        *({"recovery": value} for value in (0, 14 * DAY - 1, 2**32, "9")),
        *({"longest_validity": value} for value in (0, 2**32)),
        *({"longest_reconfirmation": value} for value in (0, 2**32)),
        *({"most_uses": value} for value in (0, 2**16)),
    ],
)
def test_no_settings(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="; "):
        checked(replace(SETTINGS, **changes))


def test_the_bounds_of_settings() -> None:
    least = replace(SETTINGS, governance_delay=7 * DAY, suspension=7 * DAY + 1, recovery=14 * DAY, most_uses=1)
    most = replace(SETTINGS, governance_delay=2**32 - 2, suspension=2**32 - 1, recovery=2**32 - 1, most_uses=2**16 - 1)
    for settings in (least, most):
        assert checked(settings) == settings


def test_a_founder_is_named_once() -> None:
    assert checked(replace(SETTINGS, founders=(A, B, A.lower()))).founders == (A, B)


def test_arguments_of_the_constructors() -> None:
    at = {"Consortium": A, "Governance": B, "ConsentRegistry": A}
    assert {name: constructor_arguments(name, SETTINGS, at) for name in (*at, "AdviceLog")} == {
        "Consortium": [B, (14 * DAY, 14 * DAY), [MEMBER.admission(), OTHER.admission()]],
        "Governance": [A, 7 * DAY, [A]],
        "ConsentRegistry": [A, (366 * DAY, 90 * DAY, 1000)],
        "AdviceLog": [A],
    }
