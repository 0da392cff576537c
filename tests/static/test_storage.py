"""docs/storage.md and deployments/code.json: the contracts' storage layout, sizes, code hashes and immutables."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from assurance.bytecode import code_table, storage_table
from jamjar.audit.built_code import BuiltCode
from jamjar.errors import DeploymentError
from jamjar.protocol.deployment import CONTRACTS
from tools.compilation import REMAPPINGS, ROOT, compiled
from tools.creation_code import TABLE, read_build

DOCUMENT = ROOT / "docs" / "storage.md"
ACCEPT = "python -m assurance.bytecode.layout --write"


@pytest.fixture(scope="module")
def output() -> dict[str, Any]:
    return compiled(ROOT, {"remappings": REMAPPINGS}, ["storageLayout"])


@pytest.fixture(scope="module")
def built() -> dict[str, BuiltCode]:
    return read_build()


def test_it_is_as_reviewed(output: dict[str, Any], built: dict[str, BuiltCode]) -> None:
    assert storage_table.text(output, built).splitlines() == DOCUMENT.read_text(encoding="utf-8").splitlines(), ACCEPT


def test_it_can_be_accepted(output: dict[str, Any], built: dict[str, BuiltCode]) -> None:
    assert storage_table.faults(output, built) == []


@pytest.mark.parametrize("contract", CONTRACTS)
def test_immutables_are_where_the_table_has_them(built: dict[str, BuiltCode], contract: str) -> None:
    places = [at for places in built[contract].immutables.values() for at in places]
    assert sorted(places) == sorted(code_table.zero_words(built[contract].runtime)), ACCEPT


def test_the_table_is_as_it_is_written(built: dict[str, BuiltCode]) -> None:
    assert code_table.text(built) == TABLE.read_text(encoding="utf-8"), ACCEPT


def test_only_pushed_words_of_zeros_count() -> None:
    push, zeros = b"\x7f", bytes(32)
    assert code_table.zero_words(push + zeros) == {1}
    assert code_table.zero_words(b"\x60\x7f" + zeros) == set()
    assert code_table.zero_words(push + b"\x7f" + zeros) == set()
    assert code_table.zero_words(b"\x7e" + zeros[:31] + push + zeros + push + zeros[:31]) == {33}


@pytest.mark.parametrize(
    ("runtime", "creation", "message"), [(24_577, 0, "24577 bytes of runtime"), (0, 49_153, "49153")]
)
def test_code_that_is_too_large(output: dict[str, Any], runtime: int, creation: int, message: str) -> None:
    large = {"AdviceLog": BuiltCode(bytes(creation), bytes(runtime), {})}
    assert [message in fault for fault in storage_table.faults(output, large)] == [True]
    assert storage_table.faults(output, {"AdviceLog": BuiltCode(bytes(49_152), bytes(24_576), {})}) == []


def test_a_consent_of_two_slots(output: dict[str, Any]) -> None:
    changed = deepcopy(output)
    for kind in changed["contracts"]["contracts/ConsentRegistry.sol"]["ConsentRegistry"]["storageLayout"][
        "types"
    ].values():
        if kind["label"] == storage_table.ONE_SLOT:
            kind["numberOfBytes"] = "64"
    assert ["takes [2] slots" in fault for fault in storage_table.faults(changed, {})] == [True]


def test_filled_and_emptied() -> None:
    code = BuiltCode(b"", bytes(80), {"A": (0, 40)})
    filled = code.filled({"A": b"\x07" * 32, "of another contract": b""})
    assert filled == b"\x07" * 32 + bytes(8) + b"\x07" * 32 + bytes(8)
    assert code.found(filled) == {"A": {b"\x07" * 32}}
    assert code.emptied(filled) == code.runtime


@pytest.mark.parametrize(
    ("damage", "message"),
    [({"format": "jamjar.code.0"}, "not in the format"), ({"contracts": {}}, "damaged"), (None, "make build")],
)
def test_an_invalid_table(tmp_path: Path, damage: dict[str, Any] | None, message: str) -> None:
    table = tmp_path / "code.json"
    if damage is not None:
        table.write_text(json.dumps(json.loads(TABLE.read_text(encoding="utf-8")) | damage))
    with pytest.raises(DeploymentError, match=message):
        read_build(table)
