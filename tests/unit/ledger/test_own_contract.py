"""A module's own contract at a node that lies: whatever it answers, what comes out is an error of ours, or its answer.

When the node answers another shape                              LedgerError
When it refuses with an error of the contract's ABI              Rejected, decoded
When such an error is cut short, garbled, or holds odd text      Rejected
When the ABI is no ABI, the address none, or the view unknown    InvalidInput
"""

import random
from contextlib import suppress
from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak

from jamjar.errors import InvalidInput, LedgerError, Rejected
from jamjar.ledger.own_contract import OwnContract
from tests.unit.ledger.own_contracts import ABI, AT, ODD, contract, part, view

__all__ = ["contract"]


def refuse(node: Any, signature: str, data: bytes) -> None:
    revert = "0x" + (keccak(text=signature)[:4] + data).hex()
    node.answers["eth_call"] = {"error": {"code": 3, "message": "execution reverted", "data": revert}}


@pytest.mark.parametrize("answer", [*ODD, b"", b"<html>", b"\xff", 500, "0x01", "0x" + "ff" * 32, "0x" + "00" * 33])
@pytest.mark.parametrize("name", ["count", "title"])
def test_another_shape(node: Any, contract: OwnContract, name: str, answer: Any) -> None:
    node.answers["eth_call"] = answer
    with suppress(LedgerError):
        assert type(contract.read(name)) is {"count": int, "title": str}[name]


@pytest.mark.parametrize(
    ("signature", "kinds", "given", "shown"),
    [
        ("Said(string)", ["string"], ["closed"], "closed"),
        ("Said(string)", ["string"], ["0x is no address"], "0x is no address"),
        ("By(address)", ["address"], [AT], AT),
        ("Many((address,bytes)[])", ["(address,bytes)[]"], [[(AT, b"\7")]], ((AT.lower(), b"\7"),)),
    ],
)
def test_its_own_refusal(
    node: Any, contract: OwnContract, signature: str, kinds: list[str], given: list[Any], shown: Any
) -> None:
    refuse(node, signature, encode(kinds, given))
    with pytest.raises(Rejected) as caught:
        contract.read("count")
    assert (caught.value.name, caught.value.arguments) == (signature.partition("(")[0], (shown,))


def test_a_garbled_refusal(node: Any, contract: OwnContract) -> None:
    refuse(node, "Said(string)", encode(["bytes"], [b"\xff"]))  # no UTF-8
    with pytest.raises(Rejected):
        contract.read("count")
    chance = random.Random(6)  # noqa: S311
    good = {"Said(string)": encode(["string"], ["ab"]), "By(address)": encode(["address"], [AT])}
    good["Many((address,bytes)[])"] = encode(["(address,bytes)[]"], [[(AT, b"\7")]])
    for signature, data in good.items():
        for _ in range(30):
            changed = bytearray(data[: chance.choice([len(data), chance.randrange(len(data))])])
            for _ in range(chance.randrange(4) if changed else 0):
                changed[chance.randrange(len(changed))] = chance.choice([0, 1, 0x20, 0x7F, 0x80, 0xFF])
            refuse(node, signature, bytes(changed))
            with pytest.raises(Rejected):
                contract.read("count")


@pytest.mark.parametrize(
    "abi",
    [
        None,
        {},
        "x",
        ["x"],
        [7],
        [{}],
        [view("", "bool") | {"inputs": None}],
        [{"type": "error"}],
        [{**ABI[4], "name": 7}],
    ]
    + [
        [{**ABI[4], "inputs": each}]
        for each in (
            ["x"],
            [{}],
            [part("tuple")],
            [part("\ud800")],
            [part("string[")],
            [part("(bool)")],
            [part("bool", [])],
        )
    ],  # type: ignore[arg-type]
)
def test_an_abi_that_is_none(contract: OwnContract, abi: Any) -> None:
    with pytest.raises(InvalidInput, match="The ABI is no list"):
        OwnContract(contract.ledger, AT, abi)


@pytest.mark.parametrize("kind", ["nonsense", "uint7"])
def test_an_abi_of_unknown_types(node: Any, contract: OwnContract, kind: str) -> None:
    """Its errors are not decoded, and its events not believed."""
    odd = OwnContract(contract.ledger, AT, [view("count", "uint64"), {**ABI[4], "inputs": [part(kind)]}])
    refuse(node, f"Said({kind})", bytes(64))
    with pytest.raises(LedgerError):
        odd.read("count")
    with pytest.raises(LedgerError):
        odd.events()


@pytest.mark.parametrize("address", ["", "0x", AT.lower()[:-1], "x" * 42, AT.swapcase(), None, 7])
def test_an_address_that_is_none(contract: OwnContract, address: Any) -> None:
    with pytest.raises(InvalidInput):
        OwnContract(contract.ledger, address, tuple(ABI))


def test_arguments_that_are_none(contract: OwnContract) -> None:
    for name, given in (("count", (1,)), ("nothing", ()), ("keep", ("x",)), ("keep", ())):
        with pytest.raises(InvalidInput):
            contract.read(name, *given)
