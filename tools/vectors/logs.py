"""Vectors of the log: a policy, receipts under it, and others that prove nothing under it."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from jamjar.errors import VerificationFailed
from jamjar.protocol.signing import ConsentKey
from jamjar.tlog import receipt
from jamjar.tlog.checkpoint import Checkpoint
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.note import LOG, WITNESS, Note, NoteSigner, generate
from jamjar.tlog.policy import read_policy
from jamjar.tlog.tree import Frontier, leaf_hash, node_hash
from tools.vectors.drawn import KEY, NOW, REGISTRY, drawn, taken

ORIGIN = "log.example/jamjar"
LOG_KEY = generate(ORIGIN, LOG, drawn("log"))
WITNESSES = [generate(f"witness.example/{n}", WITNESS, drawn(f"witness {n}")) for n in range(3)]
STRANGER = generate("witness.example/9", WITNESS, drawn("stranger"))
NAMES = ("bank", "charity", "university")
EVENTS = 7
KEYS = "\n".join(f"witness {name} {each.verifier}" for name, each in zip(NAMES, WITNESSES, strict=True))
POLICY = f"# Two of three.\nlog {LOG_KEY.verifier}\n{KEYS}\ngroup two 2 {' '.join(NAMES)}\nquorum two\n"
NO_POLICY = {
    "no witness": f"log {LOG_KEY.verifier}\nquorum none\n",
    "no quorum": f"log {LOG_KEY.verifier}\n{KEYS}\n",
    "a name before it is defined": f"log {LOG_KEY.verifier}\ngroup two 2 {' '.join(NAMES)}\n{KEYS}\nquorum two\n",
    "more than there are": POLICY.replace("group two 2", "group two 4"),
    "a number with a zero": POLICY.replace("group two 2", "group two 02"),
    "a key of the wrong kind": POLICY.replace(f"log {LOG_KEY.verifier}", f"log {WITNESSES[0].verifier}"),
    "a key id that is not its key's": POLICY.replace(LOG_KEY.verifier.id.hex(), "00000000"),
    "a witness twice": POLICY.replace("group", f"witness again {WITNESSES[0].verifier}\ngroup"),
}


class _Tree:
    """The hashes of a tree's perfect subtrees, from the definition."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.rows = [[leaf_hash(leaf) for leaf in leaves]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            self.rows.append([node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=False)])

    def subtree(self, level: int, index: int) -> bytes:
        return self.rows[level][index]


def _event(number: int) -> RawEvent:
    other = ConsentKey.generate(drawn(f"consent {number}")).address
    consent = bytes.fromhex((other if number % 2 else KEY.address)[2:]).rjust(32, b"\0")
    return RawEvent(
        chain=REGISTRY.chain_id,
        contract=bytes.fromhex(REGISTRY.contract[2:]),
        block=number // 2,
        block_hash=sha256(b"%d" % (number // 2)).digest(),
        time=NOW + 5 * (number // 2),
        transaction=sha256(b"t%d" % number).digest(),
        index=number % 2,
        topics=(sha256(b"topic").digest(), consent),
        data=b"\x07" * (number % 3),
    )


LEAVES = [_event(number).to_bytes() for number in range(EVENTS)]


def note_of(size: int, cosigners: Sequence[NoteSigner], key: NoteSigner = LOG_KEY) -> Note:
    """Return a checkpoint of the first leaves, signed by the log and cosigned."""
    checkpoint = Checkpoint(ORIGIN, size, Frontier().grown(map(leaf_hash, LEAVES[:size])).root)
    return Note(
        checkpoint.text, (key.sign(checkpoint.text), *(each.cosign(checkpoint.text, NOW) for each in cosigners))
    )


def receipt_of(number: int, size: int, note: Note) -> str:
    """Return the receipt of a leaf under a checkpoint."""
    return receipt.write(LEAVES[number], number, _Tree(LEAVES[:size]), size, note)


def vectors() -> dict[str, Any]:
    """Return the vectors of the log."""
    policy = read_policy(POLICY)
    good = [receipt_of(number, EVENTS, note_of(EVENTS, WITNESSES[: 2 + number % 2])) for number in range(EVENTS)]
    for text in good:
        receipt.verify(text.encode(), policy)
    own = generate(ORIGIN, LOG, drawn("another log"))
    false = {
        "one witness": receipt_of(0, EVENTS, note_of(EVENTS, WITNESSES[:1])),
        "one witness and a stranger": receipt_of(0, EVENTS, note_of(EVENTS, (WITNESSES[0], STRANGER))),
        "one witness twice": receipt_of(0, EVENTS, note_of(EVENTS, (WITNESSES[0], WITNESSES[0]))),
        "another log": receipt_of(0, EVENTS, note_of(EVENTS, WITNESSES, own)),
        "a checkpoint before it": receipt.write(LEAVES[5], 5, _Tree(LEAVES), EVENTS, note_of(4, WITNESSES)),
        "another event": receipt.write(LEAVES[1], 0, _Tree(LEAVES), EVENTS, note_of(EVENTS, WITNESSES)),
    }
    for text in false.values():
        _fails(text, policy)
    for text in NO_POLICY.values():
        taken(partial(read_policy, text))
    return {
        "policy": POLICY,
        "policies_refused": [{"why": why, "policy": text} for why, text in NO_POLICY.items()],
        "receipts": [
            {"leaf": leaf.decode(), "index": number, "size": EVENTS, "receipt": text}
            for number, (leaf, text) in enumerate(zip(LEAVES, good, strict=True))
        ],
        "receipts_refused": [{"why": why, "receipt": text} for why, text in false.items()],
    }


def _fails(text: str, policy: Any) -> None:
    try:
        receipt.verify(text.encode(), policy)
    except VerificationFailed:
        return
    raise AssertionError("A receipt that proves nothing was taken.")
