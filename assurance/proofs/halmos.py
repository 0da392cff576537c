"""The checks in tests/solidity/proofs, and one run of Halmos over some of them."""

import json
import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.creation_code import ROOT, build_folder, creation_code

OUT = Path("build") / "halmos"
PROVERS = ROOT / ".venv-proofs" / "bin"
FOLDER = "tests/solidity/proofs"
PROPERTY = re.compile(r"\b[LMP]\d+(?:\.\d+)?\b")
CUT = re.compile(r"incomplete execution|setUp\(\) failed|Build failed")
CUT_CHECK = re.compile(r"(?P<signature>check_\w+\(.*\)): paths have not been fully explored")
RESULT = re.compile(
    r"\[(?P<end>[A-Z]+)\]\S* (?P<signature>check_\w+\(.*\)) \(paths: (?P<paths>\d+), time: (?P<seconds>[\d.]+)s"
)
# A check proves nothing when a path is stuck or unsolved, or when all paths revert.
ENDS = {"PASS": "proven", "FAIL": "counterexample", "TIMEOUT": "unknown: solver timeout", "ERROR": "unknown: stuck"}
LONGEST_LOOP = 16


@dataclass(frozen=True, slots=True)
class Check:
    """A check, and the properties that its first sentence names."""

    contract: str
    signature: str
    properties: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return Contract.check_name."""
        return f"{self.contract}.{self.signature.split('(')[0]}"


@dataclass(frozen=True, slots=True)
class Result:
    """How a check ended."""

    check: Check
    outcome: str
    paths: int
    seconds: float


def environment() -> dict[str, str]:
    """Return the environment of Forge and Halmos: the code to prove, and a build folder for the proofs alone."""
    for tool in ("halmos", "yices-smt2"):
        if not (PROVERS / tool).exists():
            raise SystemExit(f"{tool} is not in {PROVERS.relative_to(ROOT)}; run make proofs.")
    forge = {
        "FOUNDRY_OUT": str(OUT),
        "FOUNDRY_CACHE_PATH": str(OUT) + "-cache",
        "FOUNDRY_TEST": FOLDER,
        "FOUNDRY_SCRIPT": FOLDER,
        "FOUNDRY_LINT_ON_BUILD": "false",
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "500",
    }
    return {**os.environ, **creation_code(build_folder()), **forge}


def all_checks(env: dict[str, str]) -> list[Check]:
    """Build the proofs and return their checks; raises SystemExit when they do not compile."""
    command = ["forge", "build", "--ast", "--extra-output", "storageLayout", "metadata"]
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if built.returncode:
        raise SystemExit(f"The proofs do not compile:\n{built.stdout}{built.stderr}")
    checks = []
    for path in sorted((ROOT / OUT).glob("*.t.sol/*.json")):
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        if not (ROOT / next(iter(metadata["settings"]["compilationTarget"]))).exists():
            continue  # built from a file that no longer exists
        for signature, comment in metadata["output"]["userdoc"]["methods"].items():
            if signature.startswith("check_"):
                named = tuple(PROPERTY.findall(comment["notice"].split(":")[0]))
                checks.append(Check(path.stem, signature, named))
    return checks


def run(checks: list[Check], env: dict[str, str], timeout: int) -> tuple[list[Result], str]:
    """Run checks of one contract and return a result for each, with what Halmos printed."""
    contract = checks[0].contract
    names = "|".join(re.escape(check.signature) for check in checks)
    command = [str(PROVERS / "halmos"), "--no-status", "--contract", contract, "--match-test", f"^({names})$"]
    command += ["--forge-build-out", str(OUT), "--loop", str(LONGEST_LOOP)]
    command += ["--solver-threads", "1", "--solver-timeout-assertion", "60s"]
    # Longer than the default of 1 ms: a branch that cannot be taken is then seldom followed.
    command += ["--solver-timeout-branching", "200ms"]
    # The solver is named, so that Halmos neither searches for one nor downloads one.
    yices = [str(PROVERS / "yices-smt2"), "--smt2-model-format", "--bvconst-in-decimal"]
    command += ["--solver-command", shlex.join(yices)]
    try:
        ended = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout, check=False
        )
        printed = ended.stdout + ended.stderr
    except subprocess.TimeoutExpired as expired:
        printed = b"".join(text or b"" for text in (expired.stdout, expired.stderr)).decode()
    lines = {line["signature"]: line for line in RESULT.finditer(printed)}
    cut = {line["signature"] for line in CUT_CHECK.finditer(printed)}
    cut |= {check.signature for check in checks if CUT.search(printed)}
    return [_result(check, lines.get(check.signature), check.signature in cut) for check in checks], printed


def _result(check: Check, line: re.Match[str] | None, cut: bool) -> Result:
    """Return the result in Halmos' line for a check, which is proven only when every path was followed to its end."""
    if line is None:
        return Result(check, "unknown: no answer", 0, 0.0)
    outcome = ENDS[line["end"]]
    if outcome == "proven" and cut:
        outcome = "unknown: paths were cut"
    return Result(check, outcome, int(line["paths"]), float(line["seconds"]))
