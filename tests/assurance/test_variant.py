"""Changed contracts are compiled as asked, and equal code has an equal fingerprint."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assurance.mutation.variant import Compiler, DoesNotCompile, fingerprint, imports, reached, read_sources

LIMITS = "contracts/ConsentLimits.sol"
ADVICE = "contracts/AdviceLog.sol"


@pytest.fixture(scope="module")
def compiler() -> Iterator[Compiler]:
    with Compiler() as running:
        yield running


def edited(path: str, old: str, new: str) -> dict[str, str]:
    text = read_sources()[path]
    assert text.count(old) == 1
    return {path: text.replace(old, new)}


def test_indirect_imports_are_followed() -> None:
    assert imports(ADVICE, read_sources()) == {
        ADVICE,
        "contracts/ConsentSigned.sol",
        "interfaces/IAdviceLog.sol",
        "interfaces/IConsentRegistry.sol",
        "interfaces/IConsentSigned.sol",
    }


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ("contracts/Consortium.sol", ("Consortium",)),
        (LIMITS, ("ConsentRegistry",)),
        ("contracts/ConsentSigned.sol", ("ConsentRegistry", "CommitmentRegistry", "AdviceLog")),
    ],
)
def test_a_change_reaches_what_imports_it(changed: str, names: tuple[str, ...]) -> None:
    assert reached({changed}, read_sources()) == names


def test_only_the_changed_contract_differs(compiler: Compiler) -> None:
    made = compiler.compile(edited(ADVICE, "stage == Stage.ACKNOWLEDGED", "stage > Stage.ACKNOWLEDGED"))
    assert {name for name in made if made[name] != compiler.original[name]} == {"AdviceLog"}
    assert fingerprint(made) != fingerprint(compiler.original)


def test_a_comment_changes_nothing(compiler: Compiler) -> None:
    made = compiler.compile(edited(ADVICE, "contract AdviceLog is", "\n// moved down\ncontract AdviceLog is"))
    assert fingerprint(made) == fingerprint(compiler.original)


def test_sources_that_do_not_compile_say_why(compiler: Compiler) -> None:
    with pytest.raises(DoesNotCompile, match="Error: "):
        compiler.compile(edited(ADVICE, "bytes32 id = _idOf(advice);", ""))
    assert compiler.compile({}) == compiler.original, "the compiler keeps running"


def test_a_variant_has_its_code_and_its_sources(compiler: Compiler, tmp_path: Path) -> None:
    changed = edited(ADVICE, "stage == Stage.ACKNOWLEDGED", "stage > Stage.ACKNOWLEDGED")
    made = compiler.compile(changed)
    folder = tmp_path / "variant"
    compiler.write(folder, compiler.original, {})
    compiler.write(folder, made, changed)
    artifact = json.loads((folder / "AdviceLog.json").read_text())
    assert (artifact["contractName"], artifact["bytecode"]) == ("AdviceLog", made["AdviceLog"]["bytecode"])
    assert artifact["abi"]
    assert (folder / "sources" / ADVICE).read_text() == changed[ADVICE]
    assert (folder / "sources" / LIMITS).read_text() == read_sources()[LIMITS]
