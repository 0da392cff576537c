"""The instructions that the code of a module's contract can reach.

When it can reach one that acts on others                     it is found, whatever the syntax tree says
Given the same byte in the data of a PUSH, or after an end    nothing is found
When deployed code is compared with an artefact               it is the same but for immutables, or it is not
"""

from pathlib import Path

import pytest

from jamjar.module.artefact import FORBIDDEN, fits, forbidden
from tests.unit.module.artefacts import artefact, found


@pytest.mark.parametrize("byte", FORBIDDEN)
def test_an_instruction_is_found_wherever_code_reaches_it(tmp_path: Path, byte: int) -> None:
    code = f"60{byte:02x}56{byte:02x}5b{byte:02x}00"  # data, after a jump, after its destination
    assert list(forbidden(bytes.fromhex(code))) == [FORBIDDEN[byte]]
    said = found(tmp_path, artefact(bytecode=code, deployedBytecode=code))
    assert [promise for promise, _ in said] == ["P4" if byte == 0xF1 else "P8"]


@pytest.mark.parametrize("start", ["", "7f" + "00" * 32, "60fe", "5f", "a0", "fa", "4a"])
def test_it_is_found_after_what_goes_on(start: str) -> None:
    assert list(forbidden(bytes.fromhex(start + "f4"))) == ["DELEGATECALL"]


@pytest.mark.parametrize("start", ["7f" + "5b" * 31, "61", "00", "56", "f3", "fd", "fe", "0c"])
def test_data_and_what_follows_an_end_is_not(start: str) -> None:
    assert list(forbidden(bytes.fromhex(start + "f4"))) == []


ZEROS, VALUE = "00" * 32, "ab" * 32
BUILT = bytes.fromhex(f"7f{ZEROS}60005b7f{VALUE}00")


def test_code_with_its_immutables_is_the_same() -> None:
    assert fits(BUILT, BUILT)
    assert fits(BUILT, BUILT.replace(bytes(32), b"\7" * 32))


@pytest.mark.parametrize(
    "other",
    [
        b"",
        BUILT[:-1],
        BUILT + b"\0",
        BUILT[:-1] + b"\1",
        BUILT.replace(b"\x60\0", b"\x60\1"),
        BUILT.replace(b"\xab" * 32, b"\7" * 32),
        b"\x60" + BUILT[1:],
    ],
)
def test_other_code_is_not(other: bytes) -> None:
    assert not fits(BUILT, other)
