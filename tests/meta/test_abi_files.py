"""The ABIs in the package are those of the build: `make build` has been run since the contracts last changed."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = ("Consortium", "ConsentRegistry", "CommitmentRegistry", "AdviceLog")


@pytest.mark.parametrize("contract", CONTRACTS)
def test_is_the_abi_of_the_build(contract: str) -> None:
    built = json.loads((ROOT / "build" / "contracts" / f"{contract}.json").read_text(encoding="utf-8"))["abi"]
    carried = json.loads((ROOT / "jamjar" / "abi" / f"{contract}.json").read_text(encoding="utf-8"))
    assert carried == built


def test_there_are_no_others() -> None:
    assert {path.stem for path in (ROOT / "jamjar" / "abi").iterdir()} == set(CONTRACTS)
