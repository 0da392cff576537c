"""Proves the rules of tests/solidity/proofs on the deployed bytecode with Halmos: every path, from every state.

python -m assurance.proofs.prove [--match REGEX] [--timeout SECONDS] [--jobs N] [--json FILE] [--verbose]

REGEX is searched for in a check's name (Contract.check_name) and in its property ids. JAMJAR_BUILD names another folder
of artifacts. Exit status: 0 when everything is proven, 1 with a counterexample, 2 when a check remains unknown.
"""

import argparse
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import groupby
from pathlib import Path

from assurance.proofs.halmos import Check, Result, all_checks, environment, run


def main() -> int:
    """Run the checks that match and print a line for each."""
    parser = argparse.ArgumentParser(
        prog="python -m assurance.proofs.prove", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--match", type=_regex, default=re.compile(""), help="checks or property ids to prove")
    parser.add_argument("--timeout", type=int, default=1800, help="seconds for the checks of one contract (1800)")
    parser.add_argument("--jobs", type=int, default=2, help="how many contracts to run at once (2)")
    parser.add_argument("--json", type=Path, help="where to write the results")
    parser.add_argument("--verbose", action="store_true", help="print counterexamples as Halmos does")
    arguments = parser.parse_args()

    began = time.monotonic()
    env = environment()
    checks = [check for check in all_checks(env) if _matches(check, arguments.match)]
    if not checks:
        raise SystemExit("No check matches; leave out --match to run all checks.")
    groups = [list(group) for _, group in groupby(checks, key=lambda check: check.contract)]
    # The longest first, so that no job runs alone at the end.
    groups.sort(key=len, reverse=True)
    results: list[Result] = []
    print(f"{'check':<62} {'properties':<16} {'paths':>6} {'seconds':>8}  outcome", flush=True)
    with ThreadPoolExecutor(max(1, arguments.jobs)) as pool:
        for done in as_completed([pool.submit(run, group, env, arguments.timeout) for group in groups]):
            some, printed = done.result()
            results += some
            for result in some:
                print(_line(result), flush=True)
            if arguments.verbose and any(result.outcome != "proven" for result in some):
                print(printed)
    if arguments.json:
        records = [_record(result) for result in results]
        arguments.json.write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")

    outcomes = [result.outcome for result in results]
    proven, refuted = outcomes.count("proven"), outcomes.count("counterexample")
    unknown = len(outcomes) - proven - refuted
    took = time.monotonic() - began
    print(f"\n{proven} proven, {refuted} with a counterexample, {unknown} unknown, in {took:.0f} s.")
    if refuted:
        return 1
    return 2 if unknown else 0


def _regex(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"not a regular expression: {error}") from None


def _matches(check: Check, wanted: re.Pattern[str]) -> bool:
    return any(wanted.search(text) for text in (check.name, *check.properties))


def _line(result: Result) -> str:
    ids = " ".join(result.check.properties)
    return f"{result.check.name:<62} {ids:<16} {result.paths:>6} {result.seconds:>8.1f}  {result.outcome}"


def _record(result: Result) -> dict[str, object]:
    return {
        "check": result.check.name,
        "properties": list(result.check.properties),
        "outcome": result.outcome,
        "paths": result.paths,
        "seconds": round(result.seconds, 2),
    }


if __name__ == "__main__":
    sys.exit(main())
