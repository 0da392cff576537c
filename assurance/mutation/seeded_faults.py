"""Reads the faults to seed in the contracts: tests/planted/faults.toml."""

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assurance.mutation.variant import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FAULTS = ROOT / "tests" / "planted" / "faults.toml"
FIELDS = {"gain", "breaks", "file", "before", "after", "tests"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A change to one contract that breaks a promise.

    gain    what an attacker would gain, or a mistake would cause, in a sentence
    breaks  the ids of the properties that it breaks
    path    the file, in which `after` replaces the only occurrence of `before`
    tests   Brownie's tests that should catch it
    """

    name: str
    gain: str
    breaks: tuple[str, ...]
    path: str
    before: str
    after: str
    tests: tuple[str, ...]

    def seeded(self, sources: Mapping[str, str]) -> dict[str, str]:
        """Return the changed file, by path; raises SystemExit unless the text to change occurs exactly once."""
        count = sources.get(self.path, "").count(self.before)
        if count != 1:
            raise SystemExit(f"{self.name}: its text occurs {count} times in {self.path}, not once; correct {FAULTS}.")
        return {self.path: sources[self.path].replace(self.before, self.after)}


def read_faults(file: Path = FAULTS) -> dict[str, Fault]:
    """Return the faults by name, in the order of the file; raises SystemExit with the entry that is wrong."""
    faults = {}
    with file.open("rb") as opened:
        try:
            entries = tomllib.load(opened)
        except tomllib.TOMLDecodeError as error:
            raise SystemExit(f"{file}: {error}") from None
    for name, entry in entries.items():
        if entry.keys() != FIELDS:
            raise SystemExit(f"{file}: {name} has other fields than it must; give it {', '.join(sorted(FIELDS))}.")
        tests = tuple(f"tests/contracts/{test}" for test in entry["tests"])
        absent = [test for test in tests if not (ROOT / test).is_file()]
        if not tests:
            raise SystemExit(f"{file}: {name} names no tests; name those that should catch it.")
        if absent:
            raise SystemExit(f"{file}: {name} names tests that do not exist, {', '.join(absent)}; correct their paths.")
        breaks, path = tuple(entry["breaks"]), f"contracts/{entry['file']}"
        faults[name] = Fault(name, entry["gain"], breaks, path, entry["before"], entry["after"], tests)
    return faults


def choose(faults: Mapping[str, Fault], names: Sequence[str], sample: int | None, seed: str) -> list[Fault]:
    """Return the named faults, or all, or a sample of them drawn by the seed; raises SystemExit for unknown names."""
    unknown = [name for name in names if name not in faults]
    if unknown:
        raise SystemExit(f"There is no fault {', '.join(unknown)}; see --list.")
    chosen = [faults[name] for name in names or faults]
    if sample is None or sample >= len(chosen):
        return chosen
    drawn = set(random.Random(seed).sample([fault.name for fault in chosen], sample))  # noqa: S311 - a sample, no secret
    return [fault for fault in chosen if fault.name in drawn]
