"""Award letters whose holder could leave out what decides whether they hold."""

import pytest

from jamjar.crypto.es256 import P256PrivateKey
from jamjar.disclosure import sd_jwt
from jamjar.errors import InvalidInput
from jamjar.wallet.awards import read_letter

NOW = 1_750_000_000
DEPARTMENT = P256PrivateKey(b"\1" * 48)
PLAIN = {"vct": "urn:jamjar:award:1", "iss": "https://department.example", "iat": NOW - 9, "exp": NOW + 9}
SHOWN = {"line": "income.benefits.universal-credit", "pence": 42490, "each": "monthly", "from": "2025-06-01"}


def letter(name: str) -> str:
    """A letter in which this claim is one that its holder may leave out, and still shows."""
    claims = {each: value for each, value in PLAIN.items() if each != name}
    shown = SHOWN | {name: PLAIN.get(name, NOW - 9)}
    return sd_jwt.issue(DEPARTMENT, "dc+sd-jwt", claims, shown, lambda size: b"\7" * size)


@pytest.mark.parametrize("name", ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"])
def test_what_no_holder_may_leave_out(name: str) -> None:
    """As a holder who would drop a letter's end: it is refused while the end is still shown."""
    with pytest.raises(InvalidInput, match=f"lets its holder leave out {name};"):
        read_letter(letter(name), DEPARTMENT.public, NOW)


@pytest.mark.parametrize("name", ["iat", "sub"])
def test_what_the_draft_lets_be_left_out(name: str) -> None:
    assert read_letter(letter(name), DEPARTMENT.public, NOW).pence == 42490


def test_a_claim_of_that_name_within_another_is_that_others() -> None:
    shown = SHOWN | {"office": {"status": "open"}}
    text = sd_jwt.issue(DEPARTMENT, "dc+sd-jwt", PLAIN, shown, lambda size: b"\7" * size)
    assert read_letter(text, DEPARTMENT.public, NOW).pence == 42490
