"""What the package carries of the contracts is of this build: `make build` has been run since they last changed."""

import json
from pathlib import Path
from typing import Any

import pytest

from jamjar.protocol.abi import abi_of, creation_code
from jamjar.protocol.deployment import BESIDE, CONTRACTS

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=(*CONTRACTS, *BESIDE))
def contract(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def built(contract: str) -> Any:
    return json.loads((ROOT / "build" / "contracts" / f"{contract}.json").read_text(encoding="utf-8"))


def test_the_abi(contract: str, built: Any) -> None:
    assert list(abi_of(contract)) == built["abi"]


def test_the_creation_code(contract: str, built: Any) -> None:
    assert creation_code(contract).hex() == built["bytecode"].removeprefix("0x")
    # It returns the code that a deployment is compared with, and is more than that.
    assert built["deployedBytecode"].removeprefix("0x") in creation_code(contract).hex()


@pytest.mark.parametrize("folder", ["abi", "creation_code"])
def test_there_are_no_others(folder: str) -> None:
    assert {path.name for path in (ROOT / "jamjar" / folder).iterdir()} == {
        f"{name}.json" for name in (*CONTRACTS, *BESIDE)
    }
