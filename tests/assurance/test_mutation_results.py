"""An interrupted run continues from the results that its file holds."""

import json
from pathlib import Path

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.results import MutantResult, MutantStatus, Results

MUTANTS = [Mutant(Key("contracts/A.sol", "f", "a", after, 1), "ROR", 1, 0, 1, after) for after in "bcd"]
KILLED = MutantResult(MUTANTS[0], MutantStatus.KILLED, "01", "forge", 1.5, "[FAIL: L2]")
SURVIVED = MutantResult(MUTANTS[1], MutantStatus.SURVIVED, "02", "", 3.0, "forge: missed")
DUPLICATE = MutantResult(MUTANTS[2], MutantStatus.DUPLICATE, "02")


def stored(file: Path) -> list[MutantResult]:
    return Results(file, fresh=False).of(MUTANTS)


def test_what_was_added_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mutation.jsonl"
    for result in (KILLED, SURVIVED, DUPLICATE):
        Results(file, fresh=False).add(result)
    assert stored(file) == [KILLED, SURVIVED, DUPLICATE]
    assert Results(file, fresh=True).of(MUTANTS) == []


def test_survivors_and_their_duplicates_run_again_once_a_suite_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "mutation.jsonl"
    for result in (KILLED, SURVIVED, DUPLICATE):
        Results(file, fresh=False).add(result)
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    file.write_text("".join(json.dumps({**line, "suites": "others"}) + "\n" for line in lines))
    assert stored(file) == [KILLED]
    file.write_text("".join(json.dumps({**line, "contracts": "others"}) + "\n" for line in lines))
    assert stored(file) == []


def test_lines_that_are_cut_short_or_in_another_format_are_skipped(tmp_path: Path) -> None:
    file = tmp_path / "mutation.jsonl"
    Results(file, fresh=False).add(KILLED)
    (line,) = file.read_text().splitlines()
    other = {("program" if name == "suite" else name): value for name, value in json.loads(line).items()}
    file.write_text(f"{json.dumps(other)}\n{line[:40]}\n{line}\n")
    assert stored(file) == [KILLED]
