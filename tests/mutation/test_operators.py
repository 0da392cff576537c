"""The operators' changes are where they belong: elsewhere they would not compile, and mutants would go missing."""

from pathlib import Path
from typing import Any

import pytest

from assurance.mutation.mutants import Mutant, generate
from assurance.mutation.results import ABOUT
from assurance.mutation.variant import Compiler, DoesNotCompile, read_sources

SIGNED = "contracts/ConsentSigned.sol"
COMPARISONS = {"<", ">", "<=", ">=", "==", "!="}


@pytest.fixture(scope="module")
def made() -> list[Mutant]:
    return generate(read_sources())


def changes(made: list[Mutant], operator: str, function: str) -> set[str]:
    return {m.key.after for m in made if (m.operator, m.key.function) == (operator, function)}


def test_every_file_and_operator_has_some(made: list[Mutant]) -> None:
    whole = {path for path in read_sources() if path.startswith("contracts/")}
    # No suite of the mutants deploys the registry of modules: docs/assurance.md says what it lacks.
    assert {mutant.key.file for mutant in made} == whole - {"contracts/modules/ModuleRegistry.sol"}
    assert {Path(mutant.key.file).stem for mutant in made} == ABOUT.keys()
    operators = {mutant.operator for mutant in made}
    assert operators >= {"AOR", "BOR", "CR", "LIR", "LOR", "MIA", "MVIE", "MVIV", "MWA", "ROR", "RR", "SBR", "UOR"}


def test_each_of_several_comparisons_is_changed(made: list[Mutant]) -> None:
    line = "require(size {} 0 && size {} MOST_ITEMS, BatchSizeOutOfRange(size, MOST_ITEMS));"
    expected = {line.format(one, "<=") for one in COMPARISONS - {"!="}}
    expected |= {line.format("!=", one) for one in COMPARISONS - {"<="}}
    assert changes(made, "ROR", "_requireBatch") == expected
    assert changes(made, "LOR", "_requireBatch") == {line.format("!=", "<=").replace("&&", "||")}


def test_a_statement_of_several_lines_is_removed_whole(made: list[Mutant]) -> None:
    (gone,) = [m for m in made if m.operator == "CR" and "RecoveryUnknown(member, msg.sender)" in m.key.before]
    assert gone.text == "{}"
    assert gone.key.before.endswith("RecoveryUnknown(member, msg.sender) );")


def test_a_modifier_is_removed(made: list[Mutant]) -> None:
    header = "function proposeRecovery(uint32 member, address account) external {} onlyKnown(member) {{"
    texts = {" ".join(after.split()) for after in changes(made, "CR", "proposeRecovery")}
    assert header.format("").replace("  ", " ") in texts


def test_increments_and_negations_are_changed(made: list[Mutant]) -> None:
    assert "uint16 uses = --stored.uses;" in changes(made, "UOR", "_use")
    assert any(after.startswith("if (live) return") for after in changes(made, "UOR", "_objectionTo"))


def test_literals_are_changed_within_their_type(made: list[Mutant]) -> None:
    """A bool and integers of two sizes begin in these two functions."""
    assert "bool adviser = true;" in changes(made, "LIR", "grantBatch")
    least = {f"uint8 least = {value}; // bounds of the next one" for value in (0, 1, 255)}
    assert {after for after in changes(made, "LIR", "isWellFormed") if "least" in after} == least


@pytest.mark.parametrize(("operator", "function"), [("ROR", "suspend"), ("CR", "_withdraw")])
def test_they_compile(made: list[Mutant], operator: str, function: str) -> None:
    with Compiler() as compiler:
        outcomes: list[Any] = []
        for mutant in made:
            if (mutant.operator, mutant.key.function) == (operator, function):
                try:
                    outcomes.append(compiler.compile(mutant.changed(compiler.sources)) != compiler.original)
                except DoesNotCompile:
                    outcomes.append(None)
    assert None not in outcomes
    assert True in outcomes
