"""Cosignatures of type 6 (ML-DSA-44): what a quantum computer that forges every Ed25519 signature cannot do.

Given a policy that demands type 6
  When every Ed25519 line is forged                       the package and the single file refuse the receipt
  When a line of type 6 is another checkpoint's           both refuse it
  When the witnesses cosigned with both keys              both accept it, and so does Go's filippo.io/mldsa
When a name, origin, time, size or root is another        the cosignature is not its own
When a key is of a type that nobody knows                 it is refused, never passed over
When a witness has two keys                               it answers with a line of each
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from jamjar.encoding.strict_base64 import encode
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.service.http_client import HttpAnswer
from jamjar.tlog import receipt
from jamjar.tlog.checkpoint import Checkpoint
from jamjar.tlog.folder import Folder
from jamjar.tlog.note import LOG, PQ_WITNESS, NoteSigner, Verifier, read_note, read_signer, read_verifier
from jamjar.tlog.policy import read_policy
from jamjar.tlog.publisher import Publisher
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.witness import Witness
from jamjar.tlog.witness_client import WitnessClient
from jamjar.tlog.witness_store import WitnessStore

from .test_receipt import ALONE
from .world import LOG_KEY, NAMES, NOW, ORIGIN, WITNESSES, Ledger, event, files_of, leaves, note_of, signer

PQ = [signer(each.verifier.name, PQ_WITNESS) for each in WITNESSES]
BOTH = [*WITNESSES, *PQ]
LINES = [f"log {LOG_KEY.verifier}"]
LINES += [f"witness {name} {key.verifier}" for name, key in zip(NAMES, WITNESSES, strict=True)]
LINES += [f"witness {name}-pq {key.verifier}" for name, key in zip(NAMES, PQ, strict=True)]
DEMANDS = "\n".join([*LINES, "group pq 2 " + " ".join(f"{name}-pq" for name in NAMES), "quorum pq", ""])
OUTSIDE = json.loads((Path(__file__).parent / "files" / "torchwood.json").read_text())


def receipt_under(given: list[bytes], cosigners: Sequence[NoteSigner], pasted: str = "") -> bytes:
    """The receipt for the first leaf of a log, cosigned, and with these lines pasted under it."""
    files, edge = files_of(given)
    note = read_note(f"{note_of(edge, cosigners=cosigners)}{pasted}")
    return receipt.write(given[0], 0, TileTree(files, len(given)), len(given), note).encode()


def refused(data: bytes) -> tuple[bool, bool]:
    """Whether the package, and the single file, refuse a receipt under the policy that demands type 6."""
    said = []
    for verify, error in (
        (lambda: receipt.verify(data, read_policy(DEMANDS)), JamjarError),
        (lambda: ALONE.verify(data, DEMANDS), ALONE.Wrong),
    ):
        try:
            verify()
        except error:
            said.append(True)
        else:
            said.append(False)
    return said[0], said[1]


def test_forged_ed25519_lines() -> None:
    assert refused(receipt_under(leaves(3), BOTH)) == (False, False)
    false = [event(0, data=b"never happened").to_bytes(), *leaves(3)[1:]]
    assert refused(receipt_under(false, WITNESSES)) == (True, True)  # as one who has the log's and witnesses' keys
    assert refused(receipt_under(false, [*WITNESSES, PQ[0]])) == (True, True)  # one witness of the two needed
    true_lines = "".join(str(each.cosign(note_of(files_of(leaves(3))[1]).text, NOW)) for each in PQ)
    assert refused(receipt_under(false, WITNESSES, true_lines)) == (True, True)


def test_a_line_of_type_6_is_bound_to_all_it_says() -> None:
    text = Checkpoint(ORIGIN, 3, bytes(32)).text
    made, key = PQ[0].cosign(text, NOW).signature, PQ[0].verifier
    assert key.verify(text, made) == NOW
    assert key.verify(text + "an extension, of which it says nothing\n", made) == NOW
    others = [
        (key, text.replace(ORIGIN, "log.example/other"), made),
        (key, text.replace("\n3\n", "\n4\n"), made),
        (key, text.replace("\nAAAA", "\nBAAA"), made),
        (key, text, (NOW + 1).to_bytes(8, "big") + made[8:]),
        (key, text, made[:-1]),
        (Verifier("witness.example/x", PQ_WITNESS, key.key), text, made),
        (PQ[1].verifier, text, made),
    ]
    for verifier, other, signature in others:
        with pytest.raises(VerificationFailed):
            verifier.verify(other, signature)


def test_another_implementation_made_this() -> None:
    verifier = read_verifier(OUTSIDE["key"])
    assert verifier.kind == PQ_WITNESS
    assert read_note(OUTSIDE["note"]).verified([verifier]) == {verifier: 0}


@pytest.mark.parametrize("kind", [0, 2, 3, 5, 7, 255])
def test_a_type_that_nobody_knows(kind: int) -> None:
    for length in (32, 1312):
        with pytest.raises(InvalidInput, match="known type"):
            Verifier("a", kind, bytes(length))
    strange = Verifier.__new__(Verifier)  # as another version might write it
    for name, value in (("name", "a"), ("kind", kind), ("key", bytes(1312))):
        object.__setattr__(strange, name, value)
    for text in (DEMANDS + f"witness new {strange}\n", DEMANDS.replace(str(PQ[0].verifier), str(strange))):
        with pytest.raises(InvalidInput):
            read_policy(text)
        with pytest.raises(ALONE.Wrong):
            ALONE.read_policy(text)


def test_lengths_belong_to_types() -> None:
    for kind, length in ((LOG, 1312), (PQ_WITNESS, 32), (PQ_WITNESS, 1311)):
        with pytest.raises(InvalidInput):
            Verifier("a", kind, bytes(length))
    with pytest.raises(InvalidInput, match="255"):
        Verifier("é" * 128, PQ_WITNESS, bytes(1312))
    with pytest.raises(InvalidInput, match="255"):
        PQ[0].cosign(Checkpoint("o" * 256, 3, bytes(32)).text, NOW)


def test_the_key_is_kept_as_its_seed() -> None:
    text = PQ[0].to_text()
    assert read_signer(text).verifier == PQ[0].verifier
    assert text.endswith(encode(bytes([PQ_WITNESS]) + PQ[0]._key.private_bytes_raw()))
    with pytest.raises(InvalidInput):
        PQ[0].sign("text\n")


def test_a_log_whose_witness_has_both_keys(tmp_path: Path) -> None:
    witness = Witness(
        (LOG_KEY.verifier,), (WITNESSES[0], PQ[0]), WitnessStore(tmp_path / "w", (LOG_KEY.verifier,)), lambda: NOW
    )

    def post(body: bytes) -> HttpAnswer:
        answer = witness.add_checkpoint(body)
        return HttpAnswer(answer.status, answer.type, answer.body.encode())

    ask: Callable[[Verifier], WitnessClient] = partial(WitnessClient, post=post)
    rules = read_policy("\n".join([LINES[0], LINES[1], LINES[4], "group g all bank bank-pq", "quorum g", ""]))
    clients = [ask(key.verifier) for key in (WITNESSES[0], PQ[0])]
    for count in (2, 6):
        Publisher(Folder(tmp_path / "log"), LOG_KEY, Ledger(count), clients, rules).publish()
        signed = rules.check((tmp_path / "log" / "checkpoint").read_text())
        assert (signed.checkpoint.size, signed.cosigned) == (count, {"bank": NOW, "bank-pq": NOW})
