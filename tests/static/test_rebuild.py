"""assurance.bytecode.rebuild: a difference of one byte is found. (Building itself takes a minute: make rebuild.)"""

from dataclasses import replace
from typing import Any

import pytest

from assurance.bytecode.rebuild import differences
from jamjar.audit.built_code import BuiltCode
from jamjar.protocol.deployment import CONTRACTS

CODE = BuiltCode(b"\x01\x02", b"\x03\x04", {"A": (1,)})
BUILD = dict.fromkeys(CONTRACTS, CODE)


def test_the_same() -> None:
    assert differences({"here": BUILD, "there": dict(BUILD), "built": dict(BUILD)}) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"creation": b"\x01\x03"}, "creation code"),
        ({"runtime": b"\x03"}, "runtime code"),
        ({"immutables": {"A": (2,)}}, "immutables"),
    ],
)
@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_difference(contract: str, change: dict[str, Any], part: str) -> None:
    other = {**BUILD, contract: replace(CODE, **change)}
    assert differences({"here": BUILD, "there": other}) == [f"{contract}: the {part} differs between here and there."]
