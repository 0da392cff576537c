"""Runs suites on mutants, and keeps the results in a file, from which an interrupted run continues."""

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Any

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.suites import Outcome, Suite
from assurance.mutation.variant import ROOT, SETTINGS, Compiler, DoesNotCompile, fingerprint, read_sources
from assurance.mutation.worker_pool import Worker
from tools.compilation import settings_of

SUITE_SOURCES = (
    "tools",
    "assurance",
    "scripts",
    "tests/contracts",
    "tests/differential",
    "tests/solidity",
    "tests/stateful",
    "tests/static",
)
ABOUT = {
    "Consortium": ("consortium governance test_access_table.py", ""),
    "ConsortiumMembers": ("consortium attacks test_access_table.py", "M1 M2 M3 M4 M5 M6 M7 M9"),
    "ConsortiumCouncil": ("consortium governance attacks", "M5 M6 M8"),
    "Utf8": ("consortium", ""),
    "Governance": ("governance attacks test_access_table.py", "M2 M10"),
    "ConsentUses": ("consents batches attacks", "L7 L8 L12"),
    "ConsentRegistry": ("consents batches attacks", "L1 L2 L3 L5 L6 L7 L8 L9 L10 L14 L15 L17 L18 L19"),
    "ConsentLimits": ("consents", "L1 L10 L18"),
    "ConsentStatus": ("consents batches", "L2 L3 L4 L11 L12"),
    "ConsentSigned": ("attacks batches", "L1 L9 L13 L14 L16 L17"),
    "CommitmentRegistry": ("commitments batches", "L13 L15 L19"),
    "AdviceLog": ("advice batches", "L15 L16 L19"),
}
"""What concerns a file, for suites that take minutes as a whole: tests in tests/contracts, and properties to prove."""
VALUES = ("code", "suite", "seconds", "evidence")
"""The fields of a result that its line holds as they are."""


class MutantStatus(Enum):
    """What became of a mutant; only the last two count in the score."""

    NOT_COMPILED = "not compiled"
    EQUIVALENT = "equivalent"
    DUPLICATE = "duplicate"
    KILLED = "killed"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class MutantResult:
    """What became of a mutant: the suite that killed it, after how many seconds, and the line that shows it."""

    mutant: Mutant
    status: MutantStatus
    code: str = ""
    suite: str = ""
    seconds: float = 0.0
    evidence: str = ""


class MutationRunner:
    """Runs suites on each new mutant, until one kills it.

    A mutant that the first suite misses is compiled with the settings of the deployed build, through the Yul
    intermediate representation, which takes seconds. It is equivalent when that gives the code of the original.
    """

    def __init__(self, suites: Sequence[Suite], original: str, seen: Iterable[MutantResult] = ()) -> None:
        self._suites = suites
        self._deployed: Compiler | None = None
        self._deploying = Lock()
        self._lock = Lock()
        self._seen = {original: MutantStatus.EQUIVALENT, **{r.code: MutantStatus.DUPLICATE for r in seen if r.code}}

    def close(self) -> None:
        """End the compiler."""
        if self._deployed:
            self._deployed.close()

    def run(self, worker: Worker, mutant: Mutant) -> MutantResult:
        """Return what becomes of a mutant."""
        changed = mutant.changed(worker.compiler.sources)
        try:
            artifacts = worker.compiler.compile(changed)
        except DoesNotCompile:
            return MutantResult(mutant, MutantStatus.NOT_COMPILED)
        code = fingerprint(artifacts)
        if status := self._seen_as(code):
            return MutantResult(mutant, status, code)
        seconds, outcomes = 0.0, list[str]()
        for suite in self._suites:
            wanted = focus(suite, mutant)
            if wanted is None:
                continue
            result = worker.run(suite, artifacts, changed, wanted)
            seconds += result.seconds
            if result.outcome is Outcome.CAUGHT:
                return MutantResult(mutant, MutantStatus.KILLED, code, suite.name, seconds, result.evidence)
            if not outcomes and self._deploys_alike(changed):
                return MutantResult(mutant, MutantStatus.EQUIVALENT, code)
            outcomes.append(f"{suite.name}: {result.outcome.value}")
        return MutantResult(mutant, MutantStatus.SURVIVED, code, "", seconds, ", ".join(outcomes))

    def _seen_as(self, code: str) -> MutantStatus | None:
        """Return what a mutant with this code is, if the code was seen before, and remember the code."""
        with self._lock:
            before = self._seen.get(code)
            self._seen.setdefault(code, MutantStatus.DUPLICATE)
        return before

    def _deploys_alike(self, changed: Mapping[str, str]) -> bool:
        with self._deploying:
            if self._deployed is None:
                settings = {**settings_of(ROOT), "metadata": SETTINGS["metadata"]}
                self._deployed = Compiler(settings=settings)
            return fingerprint(self._deployed.compile(changed)) == fingerprint(self._deployed.original)


class Codes:
    """The code of mutants by their keys, from results or compiled on demand."""

    def __init__(self, compiler: Compiler, made: Sequence[Mutant], results: Iterable[MutantResult] = ()) -> None:
        self._compiler = compiler
        self._made = {mutant.key: mutant for mutant in made}
        self._codes = {result.mutant.key: result.code for result in results}

    def of(self, key: Key) -> str:
        """Return the fingerprint of a mutant's code; "" if there is no such mutant, or if it does not compile."""
        if key not in self._codes:
            self._codes[key] = self._compiled(self._made[key]) if key in self._made else ""
        return self._codes[key]

    def _compiled(self, mutant: Mutant) -> str:
        try:
            return fingerprint(self._compiler.compile(mutant.changed(self._compiler.sources)))
        except DoesNotCompile:
            return ""


def drawn(compiler: Compiler, made: Sequence[Mutant], size: int, seed: str) -> list[Mutant]:
    """Return `size` mutants that compile and are neither equivalent nor duplicates; the same seed draws the same."""
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a sample, no secret
    codes = Codes(compiler, made)
    seen = {"", fingerprint(compiler.original)}
    chosen: list[Mutant] = []
    for mutant in shuffled:
        if len(chosen) == size:
            break
        code = codes.of(mutant.key)
        if code not in seen:
            seen.add(code)
            chosen.append(mutant)
    return chosen


def focus(suite: Suite, mutant: Mutant) -> tuple[str, ...] | None:
    """Return the part of a slow suite that concerns a mutant, as arguments; None where no part does."""
    tests, properties = ABOUT[Path(mutant.key.file).stem]
    if suite.name == "brownie":
        return tuple(f"tests/contracts/{test}" for test in tests.split())
    if suite.name == "halmos":
        return ("--match", f"^({'|'.join(properties.split())})$") if properties else None
    return ()


class Results:
    """The results so far for these contracts, one a line; survivors are run again once a suite has changed."""

    def __init__(self, file: Path, *, fresh: bool) -> None:
        self._file = file
        self._of = {"contracts": _digest(read_sources().items()), "suites": _digest(_suite_sources())}
        file.parent.mkdir(parents=True, exist_ok=True)
        if fresh or not file.exists():
            file.write_text("", encoding="utf-8")

    def add(self, result: MutantResult) -> None:
        """Append a result."""
        values = {name: getattr(result, name) for name in VALUES}
        line = {**self._of, "key": asdict(result.mutant.key), "status": result.status.value, **values}
        with self._file.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(line) + "\n")

    def of(self, all_mutants: Sequence[Mutant]) -> list[MutantResult]:
        """Return the stored results of these mutants that still hold."""
        by_key = {mutant.key: mutant for mutant in all_mutants}
        found: dict[Key, MutantResult] = {}
        for line in self._lines():
            key, status = Key(**line["key"]), MutantStatus(line["status"])
            still = line["suites"] == self._of["suites"] or status is not MutantStatus.SURVIVED
            if key in by_key and line["contracts"] == self._of["contracts"] and still:
                found[key] = MutantResult(by_key[key], status, **{name: line[name] for name in VALUES})
        # A duplicate of a mutant that is run again must be run again, too.
        codes = {r.code for r in found.values() if r.status in (MutantStatus.KILLED, MutantStatus.SURVIVED)}
        return [r for r in found.values() if r.status is not MutantStatus.DUPLICATE or r.code in codes]

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines that are whole and in this format: a run may have been killed while writing."""
        for line in self._file.read_text(encoding="utf-8").splitlines():
            try:
                read = json.loads(line)
            except json.JSONDecodeError:
                continue
            if read.keys() == {*self._of, "key", "status", *VALUES}:
                yield read


def _digest(items: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(sorted(items)).encode()).hexdigest()[:16]


def _suite_sources() -> Iterator[tuple[str, str]]:
    for folder in SUITE_SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".sol", ".json") and path.is_file():
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
