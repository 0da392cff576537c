"""Kept statements: both verifiers accept them, and neither accepts what is changed; @noble/curves is the other's."""

import copy
import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from jamjar.crypto import pedersen, range_proof
from jamjar.disclosure import statement as statements
from jamjar.disclosure.statement import Relation, StatementProof
from jamjar.errors import InvalidInput, VerificationFailed
from tests.unit.disclosure.statement_vectors import (
    COMMITMENT,
    FILE,
    as_record,
    drawn,
    from_record,
    made,
    question,
    stated,
)

ROOT = Path(__file__).parents[3]
KEPT = json.loads(FILE.read_text(encoding="utf-8"))


def theirs(records):
    """Whether the verifier in JavaScript accepts each."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@noble/curves").is_dir():
        pytest.fail("the second verifier needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    lines = "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)
    result = subprocess.run(
        [node, str(ROOT / "tools/reference/statement.mjs")],
        input=lines, capture_output=True, text=True, cwd=ROOT, timeout=600, check=True,
    )  # fmt: skip
    return [json.loads(line)["valid"] for line in result.stdout.splitlines()]


def ours(record):
    try:
        asked, proof = from_record(record)
        statements.verify(asked.statement, bytes.fromhex(record["root"]), asked.to_bytes(), proof)
    except (InvalidInput, VerificationFailed):
        return False
    return True


def changed_hex(text, at):
    return text[:at] + format(int(text[at], 16) ^ 1, "x") + text[at + 1 :]


def changes(record):
    """The record with one thing changed, in every field and in many places of the proof."""

    def changed(change):
        other = copy.deepcopy(record)
        change(other)
        return other

    asked, proof = record["question"], record["proof"]
    for name in ("id", "root"):
        yield changed(lambda r, n=name: r["question"].update({n: changed_hex(asked[n], 9)}))
    for name in ("chain_id", "recipient", "use", "amount"):
        yield changed(lambda r, n=name: r["question"].update({n: asked[n] + 1}))
    yield changed(lambda r: r["question"].update(consent=f"0x{5:040x}"))
    yield changed(lambda r: r["question"].update(contract=f"0x{5:040x}"))
    yield changed(lambda r: r["question"]["figures"].pop())
    yield changed(lambda r: r["question"]["figures"][0].__setitem__(0, -asked["figures"][0][0]))
    yield changed(lambda r: r["proof"]["figures"].reverse() or r["proof"]["figures"].pop())
    yield changed(lambda r: r.update(root=changed_hex(record["root"], 3)))
    for at in range(0, len(proof["proof"]), 997):
        yield changed(lambda r, at=at: r["proof"].update(proof=changed_hex(proof["proof"], at)))
    yield changed(lambda r: r["proof"].update(proof=proof["proof"][:-2]))
    yield changed(lambda r: r["proof"].update(proof=proof["proof"] + "00"))


def test_both_accept_the_kept_ones():
    assert [ours(each) for each in KEPT] == [True] * len(KEPT)
    assert theirs(KEPT) == [True] * len(KEPT)


def test_the_same_bytes_make_the_same_proofs():
    assert made() == KEPT


def test_neither_accepts_one_that_is_changed():
    altered = [list(changes(each)) for each in KEPT]
    assert not any(ours(other) for others in altered for other in others)
    sampled = altered[4] + altered[8]  # two totals compared, a total and its lines: the other is slower
    assert len(sampled) > 30
    assert not any(theirs(sampled))


def forged(**changes):
    """A question that is none, with a proof bound to it: as a claimant who hopes that it is passed over."""
    asked = question(stated(Relation.AT_LEAST, "+fixed.home.rent", 50000))
    fields = asked.fields() | changes
    relation = SimpleNamespace(value=fields["relation"])
    said = SimpleNamespace(relation=relation, figures=asked.statement.figures, amount=fields["amount"])
    figures = (statements._figure(COMMITMENT, "fixed.home.rent"),)
    value, salt = COMMITMENT.secrets["fixed.home.rent"]
    bound = statements._bound(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode(), said, figures)
    proof = range_proof.prove(bound, value - fields["amount"], pedersen.scalar_of(salt), statements.BITS, drawn("x"))
    return as_record(asked, StatementProof(figures, proof)) | {"question": fields}


def test_neither_passes_over_what_it_does_not_know():
    assert ours(forged())
    unknown = ({"relation": "exactly"}, {"format": "jamjar.question.2"}, {"more": 1}, {"use": 0}, {"recipient": 2**32})
    altered = [forged(**each) for each in unknown]
    assert not any(map(ours, altered))
    twice = json.dumps(forged()).replace('"use": 1', '"use": 2, "use": 1')
    assert theirs([forged(), *altered, twice]) == [True] + [False] * 6
