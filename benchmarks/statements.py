"""Measure what a statement without figures costs, and print it beside what others publish of theirs; nothing is judged.

Times are processor time on one core of this machine. What is quoted was measured elsewhere, and says by whom.
"""

import argparse
import json
import secrets
import sys
import time
from collections.abc import Callable

from jamjar.crypto import pedersen, range_proof
from jamjar.disclosure import statement as statements
from jamjar.disclosure.commitment import PEDERSEN_FORMAT, commit
from jamjar.disclosure.statement import MOST_FIGURES, BudgetStatement, Relation
from jamjar.plan.budget import Entry

NAMES = ("balance", "fixed.home.rent", "total.fixed", "total.flexible", "total.income", "total.outgoings")
ENTRIES = tuple(Entry(name, 10_000_000 + 731 * i) for i, name in enumerate(NAMES))
CONTEXT = secrets.token_bytes(400)
"""As long as a question."""
QUOTED = (
    ("Bulletproofs, 32 bits", "608", "", "", "paper (ePrint 2017/1066), 4.2: 2*log2(n) + 4 points, 5 scalars"),
    ("Bulletproofs, 64 bits", "672", "12.1", "1.56", "the same; times from the README of the crate hashwires 0.1.0"),
    ("HashWires, base 16, SHA-256, 64 bits", "", "0.278", "0.084", "README of the crate hashwires 0.1.0; no sums"),
)
"""Name, bytes, milliseconds to prove and to verify, and the source."""


def milliseconds(act: Callable[[], object], times: int) -> float:
    """Return the processor time of something, as the mean of `times`."""
    act()
    start = time.process_time()
    for _ in range(times):
        act()
    return (time.process_time() - start) / times * 1_000


def measured(times: int) -> list[tuple[str, int, float, float]]:
    """Return name, bytes, and milliseconds to prove and to verify, of statements and of the range proofs alone."""
    return [*(_statement(count, times) for count in (1, MOST_FIGURES)), *(_range(bits, times) for bits in (27, 37, 64))]


def _statement(count: int, times: int) -> tuple[str, int, float, float]:
    budget = commit(ENTRIES, secrets.token_bytes, PEDERSEN_FORMAT)
    asked = BudgetStatement(Relation.AT_LEAST, tuple((1, name) for name in NAMES[-count:]), 1_000_000)
    proof = statements.prove(asked, budget, CONTEXT, secrets.token_bytes)
    proving = milliseconds(lambda: statements.prove(asked, budget, CONTEXT, secrets.token_bytes), times)
    verifying = milliseconds(lambda: statements.verify(asked, budget.root, CONTEXT, proof), times)
    return f"a statement about {count} of the figures, with its leaves", proof.size, proving, verifying


def _range(bits: int, times: int) -> tuple[str, int, float, float]:
    blinding, value = secrets.randbelow(pedersen.ORDER - 1) + 1, 1 << bits - 1
    point = pedersen.commit(value, blinding)
    proof = range_proof.prove(CONTEXT, value, blinding, bits, secrets.token_bytes)
    proving = milliseconds(lambda: range_proof.prove(CONTEXT, value, blinding, bits, secrets.token_bytes), times)
    verifying = milliseconds(lambda: range_proof.verify(CONTEXT, point, proof, bits), times)
    return f"the range proof alone, {bits} bits", len(proof), proving, verifying


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20, help="how often each is done (default: 20)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    rows = measured(options.times)
    committing = milliseconds(lambda: commit(ENTRIES, secrets.token_bytes, PEDERSEN_FORMAT), options.times)
    if options.json:
        print(json.dumps({"rows": rows, "commitment_ms": committing, "quoted": QUOTED}))
        return 0
    print(f"{'':58} {'bytes':>6} {'prove ms':>9} {'verify ms':>9}")
    for name, size, proving, verifying in rows:
        print(f"{name:58} {size:>6,} {proving:>9.1f} {verifying:>9.1f}")
    print(f"{'a commitment of 64 leaves of format 2':58} {32:>6} {committing:>9.1f}")
    print("\nQuoted, measured elsewhere:")
    for name, published, prove, verify, source in QUOTED:
        print(f"{name:58} {published:>6} {prove:>9} {verify:>9}  {source}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
