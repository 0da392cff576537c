"""The file of a registry of modules.

When it is written           it is read again, and never written over
When it is damaged or odd    one sentence says so, with its name
When it names another contract, which says that this governance decides in it    it is not believed
Given a word that no module can be named      it is in hex, so that it looks like no other
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import DeploymentError, InvalidInput
from jamjar.ledger.ledger import Ledger
from jamjar.ledger.module_registry import CONTRACT, FORMAT, RegistryPlace, admitted, contract_of, read_place
from jamjar.ledger.proposal_words import module_name
from jamjar.protocol.abi import creation_code
from jamjar.protocol.deployment import Deployment

PLACE = RegistryPlace(1337, "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", 12)
RECORD = {"format": FORMAT, "chain_id": 1337, "address": PLACE.address, "block": 12}


def test_it_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "modules.json"
    PLACE.write(file)
    assert json.loads(file.read_text()) == RECORD
    assert read_place(file) == PLACE
    with pytest.raises(DeploymentError, match="was not written"):
        PLACE.write(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "[" * 10_000,
        json.dumps({**RECORD, "format": "jamjar.modules.0"}),
        json.dumps({**RECORD, "chain_id": "1337"}),
        json.dumps({**RECORD, "chain_id": True}),
        json.dumps({**RECORD, "block": -1}),
        json.dumps({**RECORD, "address": "0x12"}),
        json.dumps({**RECORD, "address": None}),
        json.dumps({**RECORD, "more": 1}),
        json.dumps({"format": FORMAT}),
        '{"format": "a", "format": "b"}',
        "\udcff",
        " " * 100_000,
    ],
)
def test_it_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "modules.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DeploymentError, match=r"modules\.json .*(; |\. ).*\."):
        read_place(file)


@pytest.mark.parametrize("place", ["nowhere.json", "."])
def test_there_is_none(tmp_path: Path, place: str) -> None:
    with pytest.raises(DeploymentError):
        read_place(tmp_path / place)


def test_a_place_is_checked() -> None:
    with pytest.raises(InvalidInput):
        RegistryPlace(1337, PLACE.address.lower().replace("7", "8").upper(), 1)


def test_another_contract_is_none(node: Any, deployment_of: Callable[..., Deployment]) -> None:
    """Anyone can deploy a contract that answers as a registry does, and publish a file that names it."""
    deployment = deployment_of()
    ledger = Ledger(node.url, deployment)
    governance = deployment.governance.address[2:].rjust(64, "0")
    made = creation_code(CONTRACT).hex()
    runtime = made[made.index("6080604052", 10) :].replace("00" * 32, governance)
    node.answers |= {"eth_call": f"0x{governance}", "eth_blockNumber": "0x20", "eth_getLogs": []}
    node.answers["eth_getCode"] = f"0x{runtime}"
    assert admitted(ledger, PLACE) == {}
    others = ["", "6001", "00" + runtime, runtime[2:], runtime + "00", runtime.replace(governance, "11" * 32)]
    for code in (*others, made, runtime[:-2], "6080604052"):
        node.answers["eth_getCode"] = f"0x{code}"
        with pytest.raises(DeploymentError, match="is no registry of this deployment's members"):
            contract_of(ledger, PLACE)


@pytest.mark.parametrize(
    "word",
    [b"library_card ", b"Library_card", b"library-card", b"\\xff", b"\xff", b"\0library_card", b"a\0b", b"", b"a" * 32],
)
def test_a_word_that_is_no_name_of_a_module_looks_like_none(word: bytes) -> None:
    whole = word.ljust(32, b"\0")
    assert module_name(whole) == f"0x{whole.hex()}, which is no name"
    assert module_name(b"library_card".ljust(32, b"\0")) == "library_card"
