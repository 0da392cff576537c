"""Makes mutants of the contracts with slither-mutate's operators: each is one change to one file.

A mutant is identified by the text it changes, so that it stays the same when lines move.
"""

import json
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assurance.mutation.variant import ROOT

PROOFS = ROOT / ".venv-proofs" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Key:
    """What identifies a mutant: file, function, the lines before and after, and which occurrence of it."""

    file: str
    function: str
    before: str
    after: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `text` replaces the bytes from `start` up to `end` of a file."""

    key: Key
    operator: str
    line: int
    start: int
    end: int
    text: str

    def changed(self, sources: Mapping[str, str]) -> dict[str, str]:
        """Return the changed file, by path."""
        source = sources[self.key.file].encode()
        return {self.key.file: (source[: self.start] + self.text.encode() + source[self.end :]).decode()}

    def __str__(self) -> str:
        return f"{self.key.file}:{self.line} {self.key.function}: {self.key.before}  ->  {self.key.after}"


def mutants(patches: Sequence[Mapping[str, Any]], sources: Mapping[str, str]) -> list[Mutant]:
    """Return the mutants that patches make, in order, without duplicates from several operators."""
    found: dict[tuple[str, str], Mutant] = {}
    times: Counter[tuple[str, str, str, str]] = Counter()
    for patch in patches:
        file, start, end, text = (patch[name] for name in ("file", "start", "end", "after"))
        source = sources[file].encode()
        whole = (file, (source[:start] + text.encode() + source[end:]).decode())
        if whole in found:
            continue
        first, last = source.rfind(b"\n", 0, start) + 1, source.find(b"\n", max(start, end - 1))
        before = _one_line(source[first:last])
        after = _one_line(source[first:start] + text.encode() + source[end:last])
        same = (file, patch["function"], before, after)
        times[same] += 1
        key = Key(*same, times[same])
        found[whole] = Mutant(key, patch["operator"], source.count(b"\n", 0, start) + 1, start, end, text)
    return list(found.values())


def _one_line(text: bytes) -> str:
    return " ".join(text.decode().split())


def generate(sources: Mapping[str, str]) -> list[Mutant]:
    """Return every mutant of the contracts; raises SystemExit when the operators cannot be run."""
    if not PROOFS.exists():
        raise SystemExit("slither-mutate, whose operators are used, is not installed; run make proofs.")
    command = [str(PROOFS), "-m", "assurance.mutation.operators"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise SystemExit(f"The operators failed; run make proofs, and try again: {done.stderr.strip()[-500:]}")
    return mutants(json.loads(done.stdout), sources)
