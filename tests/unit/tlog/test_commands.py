"""The commands of a log, its witnesses, and their readers, on files.

Each test runs them as a person does: what they print and with which exit status.
"""

import json
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from jamjar.cli import log, verify, witness
from jamjar.cli.monitor import monitor
from jamjar.errors import InvalidInput, JamjarError, VerificationFailed
from jamjar.protocol.address import checksum_address
from jamjar.tlog import evidence
from jamjar.tlog.note import read_verifier

from .world import CONSENT, Direct, Ledger, event, files_of, leaves, note_of, policy_text, publisher

SCRIPT = Path(__file__).parents[3] / "tools" / "verify_receipt.py"
NAME = checksum_address(CONSENT)


def run(app: object, *arguments: object) -> Result:
    """Run a command; an error of ours is raised, as `jamjar` itself would print it."""
    result = CliRunner().invoke(app, [str(each) for each in arguments])  # type: ignore[arg-type]
    if isinstance(result.exception, JamjarError):
        raise result.exception
    return result


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """A folder with a policy and a log of twelve events."""
    publisher(tmp_path / "www", Ledger(12), Direct(tmp_path)).publish()
    (tmp_path / "policy").write_text(policy_text())
    return tmp_path


def receipts(at: Path) -> list[Path]:
    told = run(
        log.app, "receipt", "--log", at / "www", "--policy", at / "policy", "--consent", NAME, "--out", at / "mine"
    )
    assert told.exit_code == 0, told.output
    return sorted((at / "mine").iterdir())


def test_keys(tmp_path: Path) -> None:
    for app, kind, more in ((log.app, 1, []), (witness.app, 4, []), (witness.app, 6, ["--post-quantum"])):
        told = run(app, "key", "log.example/x", "--out", tmp_path / str(kind), *more)
        assert read_verifier(told.output.strip()).kind == kind
        assert (tmp_path / str(kind)).stat().st_mode & 0o777 == 0o600
        with pytest.raises(InvalidInput):
            run(app, "key", "log.example/x", "--out", tmp_path / str(kind))


def test_receipts_are_fetched_and_true(at: Path) -> None:
    found = receipts(at)
    assert [each.name for each in found] == sorted(f"{NAME}-{number}.tlog-proof" for number in range(0, 12, 2))
    for file in found:
        told = run(verify.app, "receipt", file, "--policy", at / "policy", "--json")
        assert json.loads(told.output)["consent"] == NAME
    assert "True: this is on the record." in run(verify.app, "receipt", found[0], "--policy", at / "policy").output
    assert receipts(at) == found


def test_the_size_and_root_at_a_block(at: Path) -> None:
    told = run(log.app, "at", 3, "--log", at / "www", "--policy", at / "policy")
    assert told.output.split()[0] == "8"
    assert b64decode(told.output.split()[1]) == files_of(leaves(8))[1].frontier().root
    assert "no further" in run(log.app, "at", 9, "--log", at / "www", "--policy", at / "policy").output


def test_the_single_file_agrees(at: Path) -> None:
    file = receipts(at)[1]
    command = [sys.executable, "-I", SCRIPT, file, "--policy", at / "policy"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["event"] == json.loads(event(10).to_bytes())
    file.write_bytes(file.read_bytes()[:-1])
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("NOT TRUE: ")


def test_what_is_wrong_with_a_receipt(at: Path) -> None:
    file = receipts(at)[0]
    (at / "strict").write_text(policy_text("all").replace("group all", "# group all").replace("quorum all-of-them", ""))
    with pytest.raises(InvalidInput, match="proves nothing"):
        run(verify.app, "receipt", file, "--policy", at / "strict")
    file.write_bytes(file.read_bytes().replace(b"index 0", b"index 2"))
    with pytest.raises(InvalidInput, match="damaged"):
        run(verify.app, "receipt", file, "--policy", at / "policy")


def test_a_monitor_follows(at: Path) -> None:
    app = typer.Typer()
    app.command()(monitor)
    arguments = (
        "--log", at / "www", "--policy", at / "policy", "--state", at / "state", "--consent", NAME, "--silence", 10**10
    )  # fmt: skip
    first, again = run(app, *arguments), run(app, *arguments)
    assert first.output.count(f"New under {NAME}") == 6
    assert (first.exit_code, again.exit_code, again.output) == (0, 0, "Read: 12 events.\n")
    edge = files_of([event(0, time=1).to_bytes(), *leaves(9)[1:]])[1]
    (at / "other").write_text(str(note_of(edge)))
    alarmed = run(app, *arguments, "--other", at / "other")
    assert alarmed.exit_code == 1
    (kept,) = at.glob("*.log-evidence")
    assert "Proven" in run(verify.app, "evidence", kept, "--policy", at / "policy").output


def test_evidence_is_judged(at: Path) -> None:
    one, other = (note_of(files_of(leaves(count))[1]) for count in (5, 9))
    (at / "owed").write_text(str(evidence.of(one, other)))
    assert "Owed" in run(verify.app, "evidence", at / "owed", "--policy", at / "policy").output
    (at / "nothing").write_text(str(evidence.of(one, one)))
    with pytest.raises(VerificationFailed, match="one tree"):
        run(verify.app, "evidence", at / "nothing", "--policy", at / "policy")
    told = run(witness.app, "evidence", "--out", at / "evidence", "--state", at / "bank.db")
    assert told.output == "0 pieces of evidence.\n"
