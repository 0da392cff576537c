"""rejection: what a contract's refusal says, and that there is advice for each.

When the data is one of the ABIs' errors           its name, its arguments in order, its advice
When an argument is a status, an address, bytes    it is shown as its name, with checksum, as 0x hex
When the data is cut short, or of no error         it is named Unknown, with the data, and nothing is raised
"""

import json
from pathlib import Path
from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak, to_checksum_address
from hypothesis import given
from hypothesis import strategies as st

from jamjar.protocol import rejections
from jamjar.protocol.deployment import CONTRACTS

ROOT = Path(__file__).parents[3]
ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
SAMPLES = {"address": ADDRESS, "bytes32": bytes(range(32)), "string": "text", "bytes": b"\xff", "uint8": 2,
           "uint16": 3, "uint32": 4, "uint40": 5, "uint48": 6, "uint256": 7}  # fmt: skip
ERRORS = {
    entry["name"]: entry
    for name in CONTRACTS
    for entry in json.loads((ROOT / "jamjar" / "abi" / f"{name}.json").read_text())
    if entry["type"] == "error"
}


def _encoded(entry: dict[str, Any]) -> bytes:
    kinds = [argument["type"] for argument in entry["inputs"]]  # no error has a struct
    selector = keccak(text=f"{entry['name']}({','.join(kinds)})")[:4]
    return selector + encode(kinds, [SAMPLES[kind] for kind in kinds])


def _shown(argument: dict[str, Any]) -> object:
    if argument["name"] == "status":
        return "ACTIVE"  # IConsentRegistry.Status, the third
    value = SAMPLES[argument["type"]]
    return "0x" + value.hex() if isinstance(value, bytes) else value


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert rejections.decode(data).name in {*ERRORS, "Unknown"}


@given(st.sampled_from(sorted(ERRORS)), st.binary(max_size=200))
def test_no_arguments_make_it_raise(name: str, rest: bytes) -> None:
    assert rejections.decode(_encoded(ERRORS[name])[:4] + rest).name in {name, "Unknown"}


@pytest.mark.parametrize("data", [b"", b"\x08", bytes.fromhex("08c379a0") + encode(["string"], ["no"]), b"\xff" * 36])
def test_unknown(data: bytes) -> None:
    rejected = rejections.decode(data)
    assert (rejected.name, rejected.arguments) == ("Unknown", ("0x" + data.hex(),))
    assert "address called" in rejected.advice


@pytest.mark.parametrize("name", sorted(name for name, entry in ERRORS.items() if entry["inputs"]))
def test_cut_short(name: str) -> None:
    data = _encoded(ERRORS[name])[:-1]
    rejected = rejections.decode(data)
    if ERRORS[name]["inputs"][-1]["type"] not in {"string", "bytes"}:  # their padding may be cut
        assert (rejected.name, rejected.arguments) == ("Unknown", ("0x" + data.hex(),))
        assert "cut short" in rejected.advice


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_decodes(name: str) -> None:
    rejected = rejections.decode(_encoded(ERRORS[name]))
    assert rejected.name == name
    assert rejected.arguments == tuple(_shown(argument) for argument in ERRORS[name]["inputs"])
    assert rejected.advice == rejections.ADVICE[name]
    assert str(rejected) == f"{name}({', '.join(map(str, rejected.arguments))}): {rejected.advice}"


def test_a_status_without_a_name_is_shown_as_its_number() -> None:
    data = keccak(text="ConsentNotLive(address,uint8)")[:4] + encode(["address", "uint8"], [ADDRESS, 9])
    assert rejections.decode(data).arguments == (to_checksum_address(ADDRESS), 9)


def test_a_text_that_is_not_utf8() -> None:
    data = keccak(text="StringTooLong(string)")[:4] + encode(["bytes"], [b"\xff"])
    assert rejections.decode(data).name == "Unknown"


def test_every_error_has_advice_and_all_advice_an_error() -> None:
    assert set(rejections.ADVICE) == set(ERRORS)
    assert all(len(advice) > 10 for advice in rejections.ADVICE.values())


def test_the_statuses_are_those_of_the_interface() -> None:
    source = (ROOT / "interfaces" / "IConsentRegistry.sol").read_text()
    listed = source.split("enum Status {")[1].split("}")[0]
    assert [name.strip() for name in listed.split(",")] == list(rejections.STATUSES)
