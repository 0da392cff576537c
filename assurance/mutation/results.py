"""Finds out what becomes of each mutant, and keeps it in a file, from which a run that was stopped goes on."""

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

SUITES = (
    "tools",
    "sandbox",
    "assurance",
    "scripts",
    "tests/contracts",
    "tests/differential",
    "tests/solidity",
    "tests/stateful",
    "tests/static",
)
ABOUT = {
    "Consortium": ("consortium test_access_table.py", ""),
    "ConsentRegistry": ("consents batches attacks", "L1 L2 L3 L5 L6 L7 L8 L9 L10 L14 L15 L17 L18 L19"),
    "ConsentLimits": ("consents", "L1 L10 L18"),
    "ConsentStatus": ("consents batches", "L2 L3 L4 L11 L12"),
    "ConsentSigned": ("attacks batches", "L1 L9 L13 L14 L16 L17"),
    "CommitmentRegistry": ("commitments batches", "L13 L15 L19"),
    "AdviceLog": ("advice batches", "L15 L16 L19"),
}
"""What is about a file, where everything takes minutes: of tests/contracts, and of the properties to prove."""


class Fate(Enum):
    """What becomes of a mutant; only the last two count in the score."""

    NOT_COMPILED = "not compiled"
    EQUIVALENT = "equivalent"
    DUPLICATE = "duplicate"
    KILLED = "killed"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant; by which judge, in how many seconds, and how that shows."""

    mutant: Mutant
    fate: Fate
    code: str = ""
    judge: str = ""
    seconds: float = 0.0
    evidence: str = ""


class MutationRunner:
    """Lets judges see each mutant that is new, until one catches it.

    One that the first judge misses is compiled as contracts are deployed, through the Yul intermediate representation,
    which takes seconds, and is equivalent when that gives the very code of the original.
    """

    def __init__(self, judges: Sequence[Suite], original: str, seen: Iterable[Result] = ()) -> None:
        self._judges = judges
        self._deployed: Compiler | None = None
        self._deploying = Lock()
        self._lock = Lock()
        self._seen = {original: Fate.EQUIVALENT, **{r.code: Fate.DUPLICATE for r in seen if r.code}}

    def new(self, code: str) -> Fate | None:
        """Return None of code that was not seen before, or else what a mutant with it is."""
        with self._lock:
            before = self._seen.get(code)
            self._seen.setdefault(code, Fate.DUPLICATE)
        return before

    def close(self) -> None:
        """End the compiler."""
        if self._deployed:
            self._deployed.close()

    def _deploys_alike(self, changed: Mapping[str, str]) -> bool:
        with self._deploying:
            if self._deployed is None:
                settings = {**settings_of(ROOT), "metadata": SETTINGS["metadata"]}
                self._deployed = Compiler(settings=settings)
            return fingerprint(self._deployed.compile(changed)) == fingerprint(self._deployed.original)

    def judged(self, worker: Worker, mutant: Mutant) -> Result:
        """Return what becomes of a mutant."""
        changed = mutant.changed(worker.compiler.sources)
        try:
            artifacts = worker.compiler.compile(changed)
        except DoesNotCompile:
            return Result(mutant, Fate.NOT_COMPILED)
        code = fingerprint(artifacts)
        if fate := self.new(code):
            return Result(mutant, fate, code)
        seconds, said = 0.0, list[str]()
        for judge in self._judges:
            wanted = focus(judge, mutant)
            if wanted is None:
                continue
            verdict = worker.judge(judge, artifacts, changed, wanted)
            seconds += verdict.seconds
            if verdict.outcome is Outcome.CAUGHT:
                return Result(mutant, Fate.KILLED, code, judge.name, seconds, verdict.evidence)
            if not said and self._deploys_alike(changed):
                return Result(mutant, Fate.EQUIVALENT, code)
            said.append(f"{judge.name}: {verdict.outcome.value}")
        return Result(mutant, Fate.SURVIVED, code, "", seconds, ", ".join(said))


class Codes:
    """Which code a mutant has, by its key: as was found, or compiled now."""

    def __init__(self, compiler: Compiler, made: Sequence[Mutant], results: Iterable[Result] = ()) -> None:
        self._compiler = compiler
        self._made = {mutant.key: mutant for mutant in made}
        self._codes = {result.mutant.key: result.code for result in results}

    def of(self, key: Key) -> str:
        """Return the fingerprint of a mutant's code, "" where there is no such mutant or it does not compile."""
        if key not in self._codes:
            self._codes[key] = self._compiled(self._made[key]) if key in self._made else ""
        return self._codes[key]

    def _compiled(self, mutant: Mutant) -> str:
        try:
            return fingerprint(self._compiler.compile(mutant.changed(self._compiler.sources)))
        except DoesNotCompile:
            return ""


def drawn(compiler: Compiler, made: Sequence[Mutant], size: int, seed: str) -> list[Mutant]:
    """Return so many mutants, the same for the same seed, that compile and are neither equivalent nor duplicates."""
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


def focus(judge: Suite, mutant: Mutant) -> tuple[str, ...] | None:
    """Return what a judge is to look at, where everything takes minutes: None where it has nothing to look at."""
    tests, properties = ABOUT[Path(mutant.key.file).stem]
    if judge.name == "brownie":
        return tuple(f"tests/contracts/{test}" for test in tests.split())
    if judge.name == "halmos":
        return ("--match", f"^({'|'.join(properties.split())})$") if properties else None
    return ()


class Results:
    """The results so far, one a line, of these contracts; who survived is judged again once a suite has changed."""

    def __init__(self, file: Path, *, fresh: bool) -> None:
        self._file = file
        self._of = {"contracts": _digest(read_sources().items()), "suites": _digest(_suites())}
        file.parent.mkdir(parents=True, exist_ok=True)
        if fresh or not file.exists():
            file.write_text("", encoding="utf-8")

    def add(self, result: Result) -> None:
        """Write a result down."""
        line = {**self._of, "key": asdict(result.mutant.key), "fate": result.fate.value, **_told(result)}
        with self._file.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(line) + "\n")

    def of(self, all_mutants: Sequence[Mutant]) -> list[Result]:
        """Return what was written down of these mutants and still holds."""
        by_key = {mutant.key: mutant for mutant in all_mutants}
        found: dict[Key, Result] = {}
        for line in self._lines():
            key, fate = Key(**line["key"]), Fate(line["fate"])
            still = line["suites"] == self._of["suites"] or fate is not Fate.SURVIVED
            if key in by_key and line["contracts"] == self._of["contracts"] and still:
                told = {name: line[name] for name in ("code", "judge", "seconds", "evidence")}
                found[key] = Result(by_key[key], fate, **told)
        # A duplicate of one that is judged again is so for now, too.
        codes = {result.code for result in found.values() if result.fate in (Fate.KILLED, Fate.SURVIVED)}
        return [r for r in found.values() if r.fate is not Fate.DUPLICATE or r.code in codes]

    def _lines(self) -> Iterator[dict[str, Any]]:
        for line in self._file.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except json.JSONDecodeError:  # a run that was killed while writing
                continue


def _told(result: Result) -> dict[str, Any]:
    return {name: getattr(result, name) for name in ("code", "judge", "seconds", "evidence")}


def _digest(items: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(sorted(items)).encode()).hexdigest()[:16]


def _suites() -> Iterator[tuple[str, str]]:
    for folder in SUITES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".sol", ".json") and path.is_file():
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
