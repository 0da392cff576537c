"""The operators' changes are where they belong: elsewhere they would not compile, and mutants would go missing."""

from typing import Any

import pytest

from assurance.mutation.mutants import Mutant, generate
from assurance.mutation.variant import Compiler, DoesNotCompile, read_sources

SIGNED = "contracts/ConsentSigned.sol"
COMPARISONS = {"<", ">", "<=", ">=", "==", "!="}


@pytest.fixture(scope="module")
def made() -> list[Mutant]:
    return generate(read_sources())


def changes(made: list[Mutant], operator: str, function: str) -> set[str]:
    return {m.key.after for m in made if (m.operator, m.key.function) == (operator, function)}


def test_every_file_and_operator_has_some(made: list[Mutant]) -> None:
    assert {mutant.key.file for mutant in made} == {path for path in read_sources() if path.startswith("contracts/")}
    operators = {mutant.operator for mutant in made}
    assert operators >= {"AOR", "BOR", "CR", "LIR", "LOR", "MIA", "MVIE", "MVIV", "MWA", "ROR", "RR", "SBR", "UOR"}


def test_each_of_several_comparisons_is_changed(made: list[Mutant]) -> None:
    line = "require(size {} 0 && size {} MOST_ITEMS, BatchSizeOutOfRange(size, MOST_ITEMS));"
    expected = {line.format(one, "<=") for one in COMPARISONS - {"!="}}
    expected |= {line.format("!=", one) for one in COMPARISONS - {"<="}}
    assert changes(made, "ROR", "_requireBatch") == expected
    assert changes(made, "LOR", "_requireBatch") == {line.format("!=", "<=").replace("&&", "||")}


def test_a_statement_of_several_lines_is_removed_whole(made: list[Mutant]) -> None:
    (gone,) = [m for m in made if m.key.function == "record" and m.operator == "CR" and "AdviceExists" in m.key.before]
    assert gone.text == "{}"
    assert gone.key.before.endswith("AdviceExists(advice.consent, advice.commitment, advice.advice) );")


def test_a_modifier_is_removed(made: list[Mutant]) -> None:
    header = "function suspend(uint32 member) external onlyKnown(member) {"
    assert header in {" ".join(after.split()) for after in changes(made, "CR", "suspend")}


def test_increments_and_negations_are_changed(made: list[Mutant]) -> None:
    assert "uint16 uses = --_consents[item.consent].uses;" in changes(made, "UOR", "_use")
    assert any(after.startswith("if (live) return") for after in changes(made, "UOR", "_objectionTo"))


@pytest.mark.parametrize(("operator", "function"), [("ROR", "suspend"), ("CR", "suspend")])
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
