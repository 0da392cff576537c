"""Measure how many budgets a second one core commits, beside what its hashes and signature take by themselves.

The trees alone are measured beside OpenZeppelin's merkle-tree in Node. Both bounds are ratios within one run.
"""

import argparse
import json
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jamjar.crypto.hashing import keccak256
from jamjar.disclosure.commitment import FORMAT, LEAVES, RANDOM_BYTES, commit
from jamjar.plan.budget import Entry
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Commit, Domain

SHARE = 0.4
"""The part of the floor's speed that must be reached: 64 leaves, fresh salts, root and signature."""
TIMES = 10
"""How many times as many trees as OpenZeppelin's must be built."""
ROOT = Path(__file__).resolve().parents[1]
# Names come from the catalogue, so their hashes are cached after the first budget, as here.
ENTRIES = tuple(Entry(f"fixed.home.line-{i}", 1_000 + 731 * i) for i in range(30))
TREES = 100
DOMAIN = Domain(1337, "0x" + "12" * 20)


def commit_and_sign(key: ConsentKey) -> None:
    """Do all that a wallet does for one commitment, except storing it."""
    root = commit(ENTRIES, secrets.token_bytes).root
    sign(key, DOMAIN, Commit(key.address, root, bytes(32)))


def hash_and_sign(key: ConsentKey) -> None:
    """Hash as often as a commitment does, and sign once: less than this cannot be done."""
    leaf, pair, word = bytes(128), bytes(64), bytes(32)
    for _ in range(LEAVES):
        keccak256(keccak256(leaf))
    for _ in range(LEAVES - 1):
        keccak256(pair)
    key.sign(keccak256(keccak256(pair) + word))


def per_second(act: Callable[[ConsentKey], None], seconds: float) -> float:
    """Return how often this core does something with a key in a second, measured over `seconds`."""
    key = ConsentKey.generate(secrets.token_bytes)
    for _ in range(200):
        act(key)
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        act(key)
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
    """Print the figures; return 0 when the bounds are reached, 1 when one is not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="CPU time to measure over (default: 3)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    rate, most = (per_second(act, options.seconds) for act in (commit_and_sign, hash_and_sign))
    ours, theirs = trees_per_second()
    share, times = rate / most, ours / theirs
    passed = share >= SHARE and times >= TIMES
    figures = {"committed": round(rate), "floor": round(most), "share": round(share, 2)}
    figures |= {"trees": round(ours), "openzeppelin": round(theirs), "ratio": round(times, 1)}
    if options.json:
        print(json.dumps({**figures, "passed": passed}))
    else:
        print(f"budgets committed, one core (64 leaves, salts, root, signature)  {rate:>8,.0f} /s")
        print(f"their hashes and signatures alone                                {most:>8,.0f} /s")
        print(f"share                                                            {share:>8.0%}")
        print(f"the same trees built, Jamjar                                     {ours:>8,.0f} /s")
        print(f"the same trees built, @openzeppelin/merkle-tree                  {theirs:>8,.0f} /s")
        print(f"ratio                                                            {times:>8.1f} x")
        print(f"{'PASS' if passed else 'FAIL'}: the bounds are {SHARE:.0%} of the floor and {TIMES} x")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
