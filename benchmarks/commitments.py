"""Measures how many budgets a second one core commits, and compares with OpenZeppelin's merkle-tree in Node."""

import argparse
import json
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.commitment import FORMAT, LEAVES, RANDOM_BYTES, commit
from jamjar.plan.budget import Entry
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Domain

BOUND = 1_500
"""The least budgets committed per second: 64 leaves, fresh salts, root and signature."""
ROOT = Path(__file__).resolve().parents[1]
# Names come from the catalogue, so their hashes are cached after the first budget, as here.
ENTRIES = tuple(Entry(f"fixed.home.line-{i}", 1_000 + 731 * i) for i in range(30))
TREES = 100
DOMAIN = Domain(1337, "0x" + "12" * 20)


def commit_and_sign(key: ConsentKey) -> None:
    """Do all that a wallet does for one commitment, except storing it."""
    root = commit(ENTRIES, secrets.token_bytes).root
    sign(key, DOMAIN, Commit(key.address, root, bytes(32)))


def committed_per_second(seconds: float) -> float:
    """Return how many budgets this core commits and signs in a second, measured over `seconds`."""
    key = ConsentKey.generate(secrets.token_bytes)
    for _ in range(200):
        commit_and_sign(key)
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        commit_and_sign(key)
        done += 1
    return done / spent


def trees_per_second() -> tuple[float, float]:
    """Return how many of the same trees (from given leaves, unsigned) we and OpenZeppelin build in a second."""
    blocks = [secrets.token_bytes(RANDOM_BYTES) for _ in range(TREES)]
    for block in blocks:
        _root(block)
    start = time.perf_counter()
    roots = [_root(block) for block in blocks]
    ours = TREES / (time.perf_counter() - start)
    question = {"op": "time", "trees": [_leaves(block) for block in blocks], "warmUp": TREES}
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@openzeppelin/merkle-tree").is_dir():
        sys.exit("The comparison needs Node 18 or newer and its packages; install Node, then run `npm ci`.")
    result = subprocess.run(  # noqa: S603 - a fixed program of this repository
        [node, str(ROOT / "tools/reference/merkle.mjs")],
        input=json.dumps(question) + "\n", capture_output=True, text=True, cwd=ROOT, check=True, timeout=300,
    )  # fmt: skip
    answer = json.loads(result.stdout)
    if answer.get("roots") != roots:
        sys.exit(
            "OpenZeppelin's trees have other roots than ours, so nothing is compared; run the tests of jamjar.crypto."
        )
    return ours, TREES / float(answer["seconds"])


def _root(block: bytes) -> str:
    return "0x" + commit(ENTRIES, lambda _: block).root.hex()


def _leaves(block: bytes) -> list[list[object]]:
    words = ["0x" + block[i : i + 32].hex() for i in range(0, RANDOM_BYTES, 32)]
    real = [("0x" + keccak256(n.encode()).hex(), value) for n, value in sorted((e.name, e.value) for e in ENTRIES)]
    decoys = [(word, 0) for word in words[LEAVES + len(real) :]]
    return [[FORMAT, name, str(value), words[i]] for i, (name, value) in enumerate(real + decoys)]


def main() -> int:
    """Print the figures; return 0 when the bound is reached, 1 when it is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="CPU time to measure over (default: 3)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    rate = committed_per_second(options.seconds)
    ours, theirs = trees_per_second()
    passed = rate >= BOUND
    figures = {"committed": round(rate), "bound": BOUND, "trees": round(ours), "openzeppelin": round(theirs)}
    if options.json:
        print(json.dumps({**figures, "ratio": round(ours / theirs, 1), "passed": passed}))
    else:
        print(f"budgets committed, one core (64 leaves, salts, root, signature)  {rate:>8,.0f} /s")
        print(f"the same trees built, Jamjar                                     {ours:>8,.0f} /s")
        print(f"the same trees built, @openzeppelin/merkle-tree                  {theirs:>8,.0f} /s")
        print(f"ratio                                                            {ours / theirs:>8.1f} x")
        print(f"{'PASS' if passed else 'FAIL'}: the bound is {BOUND:,} budgets committed a second")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
