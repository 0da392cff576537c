"""A log made before, with its receipts, what speaks against it, a witness and a monitor of it.

Given a receipt             its event is known, and the log, the command and the single file say the same
Given the log               its tree is known, now and when it was smaller
Given evidence              it proves, or owes, as before
Given a witness, a monitor  each knows what it saw last
"""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from jamjar.protocol import event_decoding
from jamjar.protocol.address import checksum_address
from jamjar.protocol.events import ConsentGranted, Origin
from jamjar.tlog import receipt, tree
from jamjar.tlog.checkpoint import read_checkpoint
from jamjar.tlog.evidence import read_evidence
from jamjar.tlog.folder import Folder
from jamjar.tlog.monitor import Monitor
from jamjar.tlog.monitor_state import read_state
from jamjar.tlog.note import read_signer
from jamjar.tlog.receipt_maker import published, receipts
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.witness_store import WitnessStore
from tests.formats.known import KNOWN, POLICY
from tests.unit.cli.home import alone

THERE = KNOWN["log"]
CONSENT = KNOWN["wallet"]["consents"]["a"]["consent"]
SCRIPT = Path(__file__).parents[2] / "tools" / "verify_receipt.py"


def text_of(root: bytes) -> str:
    return b64encode(root).decode()


@pytest.mark.parametrize("known", THERE["receipts"], ids=lambda known: known["number"])
def test_a_receipt(files: Path, known: dict[str, Any]) -> None:
    found = receipt.verify((files / known["file"]).read_bytes(), POLICY)
    event, signed = found.event, found.signed
    assert {**known, "file": ""} == {
        "file": "", "number": found.index, "block": event.block, "index": event.index, "time": event.time,
        "transaction": event.transaction.hex(), "contract": event.contract.hex(),
        "topics": [topic.hex() for topic in event.topics], "data": event.data.hex(),
    }  # fmt: skip
    assert (signed.checkpoint.size, text_of(signed.checkpoint.root)) == (THERE["size"], THERE["root"])
    assert dict(signed.cosigned) == THERE["cosigned_at"]
    origin = Origin(event.block, f"0x{event.transaction.hex()}", event.index, checksum_address(event.contract))
    assert event_decoding.decode(origin, event.topics, event.data).consent == CONSENT  # type: ignore[attr-defined]


def test_the_log_gives_the_same_receipts(files: Path, log: Folder) -> None:
    made = receipts(log, POLICY, {bytes.fromhex(CONSENT[2:])})
    before = [(each["number"], (files / each["file"]).read_text()) for each in THERE["receipts"]]
    assert [(number, text) for number, _, text in made] == before


def test_the_command_verifies_a_receipt(files: Path) -> None:
    done = alone(files, "verify", "receipt", THERE["receipts"][0]["file"], "--policy", "policy")
    assert done.status == 0
    assert ConsentGranted.__name__ in done.out


def test_the_single_file_verifies_every_receipt(files: Path) -> None:
    for known in THERE["receipts"]:
        command = [sys.executable, "-I", str(SCRIPT), known["file"], "--policy", "policy"]
        done = subprocess.run(command, cwd=files, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["number"] == known["number"]


def test_its_tree(log: Folder) -> None:
    signed = published(log, POLICY).checkpoint
    assert (signed.origin, signed.size, text_of(signed.root)) == (THERE["origin"], THERE["size"], THERE["root"])
    assert text_of(tree.root(TileTree(log, signed.size), THERE["early_size"])) == THERE["early_root"]


def test_its_key() -> None:
    assert read_signer(THERE["key"]).verifier == POLICY.logs[0]


@pytest.mark.parametrize(("file", "proven"), THERE["evidence"].items())
def test_evidence(files: Path, file: str, proven: bool) -> None:
    text = (files / file).read_text()
    evidence = read_evidence(text)
    assert evidence.proves(POLICY.logs) is proven
    assert str(evidence) == text


def test_a_witness(files: Path) -> None:
    known, store = THERE["witness"], WitnessStore(files / "witness.db", POLICY.logs)
    note, against = store.latest(THERE["origin"]), store.against()
    store.close()
    assert note is not None
    latest = read_checkpoint(note.text)
    assert (latest.size, text_of(latest.root)) == (known["latest_size"], known["latest_root"])
    assert known["against"] == [
        [read_checkpoint(each.earlier.text).size, read_checkpoint(each.later.text).size, each.proves(POLICY.logs)]
        for each in against
    ]


def test_a_monitor(files: Path, log: Folder) -> None:
    known, text = THERE["monitor"], (files / "monitor.state").read_text()
    state = read_state(text)
    assert state.to_text() == text
    assert (state.frontier.size, text_of(state.frontier.root)) == (known["size"], known["root"])
    assert state.last is not None
    assert {"block": state.last.block, "index": state.last.index} == known["last"]
    monitor = Monitor(log, POLICY, silence=10**9, consents=[bytes.fromhex(CONSENT[2:])])
    assert monitor.look(state, KNOWN["chain"]["time"]).alarms == ()
