"""Vectors of a policy that demands cosignatures of type 6, and of what is refused under it."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import receipt
from jamjar.tlog.note import PQ_WITNESS, Note, generate
from jamjar.tlog.policy import read_policy
from tools.vectors.drawn import drawn, taken
from tools.vectors.logs import EVENTS, KEYS, LOG_KEY, WITNESSES, note_of, receipt_of

PQ = [generate(f"witness.example/{n}", PQ_WITNESS, drawn(f"witness {n}, ML-DSA-44")) for n in range(2)]
BOTH = "\n".join(f"witness pq{n} {each.verifier}" for n, each in enumerate(PQ))
POLICY = f"log {LOG_KEY.verifier}\n{KEYS}\n{BOTH}\ngroup both 2 pq0 pq1\nquorum both\n"
NUMBER = 2


def vectors(kept: Path) -> dict[str, Any]:
    """Return a policy, a receipt that meets it, and others; a kept receipt stays, as signing draws randomness."""
    policy = read_policy(POLICY)
    try:
        good = str(json.loads(kept.read_text(encoding="ascii"))["post_quantum"]["receipt"])
        if receipt.verify(good.encode(), policy).index != NUMBER:
            raise InvalidInput("The receipt that is kept is another; make it again.")
    except (OSError, LookupError, InvalidInput, VerificationFailed):
        good = receipt_of(NUMBER, EVENTS, note_of(EVENTS, (*WITNESSES, *PQ)))
    note = receipt.verify(good.encode(), policy).signed.note
    lines = {(each.name, len(each.signature)): each for each in note.signatures}
    one, other = (lines[key.verifier.name, 2428] for key in PQ)
    ed25519 = tuple(each for each in note.signatures if len(each.signature) < 2428)
    elsewhere = type(one)(one.name, one.id, other.signature)
    false = {
        "Ed25519 alone, of every witness": ed25519,
        "one of two with ML-DSA-44": (*ed25519, one),
        "one of them twice": (*ed25519, one, one),
        "the other's signature": (*ed25519, other, elsewhere),
        "another time": (*ed25519, other, type(one)(one.name, one.id, b"\0" * 8 + one.signature[8:])),
        "a signature cut short": (*ed25519, other, type(one)(one.name, one.id, one.signature[:-1])),
    }
    refused = {why: receipt_of(NUMBER, EVENTS, Note(note.text, given)) for why, given in false.items()}
    later = note_of(EVENTS - 1, ())
    refused["another checkpoint's"] = receipt_of(NUMBER, EVENTS - 1, Note(later.text, (*later.signatures, one, other)))
    for text in refused.values():
        try:
            receipt.verify(text.encode(), policy)
        except VerificationFailed:
            continue
        raise AssertionError("A receipt that proves nothing was taken.")
    strange = str(PQ[1].verifier).replace("+B", "+C", 1)
    policies = {
        "a key of a type that nobody knows": POLICY.replace(str(PQ[1].verifier), strange),
        "a key of a type twice": POLICY.replace(str(PQ[1].verifier), str(PQ[0].verifier)),
        "a log with a witness's key": POLICY.replace(f"log {LOG_KEY.verifier}", f"log {PQ[1].verifier}", 1),
    }
    for text in policies.values():
        taken(partial(read_policy, text))
    return {
        "policy": POLICY,
        "receipt": good,
        "index": NUMBER,
        "receipts_refused": [{"why": why, "receipt": text} for why, text in refused.items()],
        "policies_refused": [{"why": why, "policy": text} for why, text in policies.items()],
    }
