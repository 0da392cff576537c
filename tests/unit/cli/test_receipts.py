"""jamjar wallet receipts, and the fetching that other commands do with it; a log in a folder, and no node.

When neither a log nor --offline is named     it is refused, and no passphrase is asked for
Given a log with events of a consent          they are listed, and written as files that the single file verifies
Given a log that was rolled back              one line, exit status 1, and evidence as a file
When another command is told of a log         it fetches, too; a log that is wrong or gone does not stop it
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jamjar.cli.options import Locations
from tests.unit.cli.home import here
from tests.unit.tlog.world import policy_text
from tests.unit.wallet.logs import history, shown
from tests.unit.wallet.scene import FakeLedger

VERIFY = Path(__file__).parents[3] / "tools" / "verify_receipt.py"


def put(home: Path, count: int, consent: str) -> None:
    """Have a log of so many events in a folder, cosigned now."""
    shutil.rmtree(home / "www", ignore_errors=True)
    for path, data in shown(history(consent, count), time=int(time.time())).items():
        (home / "www" / path).parent.mkdir(parents=True, exist_ok=True)
        (home / "www" / path).write_bytes(data)


@pytest.fixture
def consent(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A consent, and nine events on a log that the environment names."""
    made = here("wallet", "grant", "request.json", "--yes", "--offline", "--json").json["consent"]
    put(home, 9, made)
    (home / "policy").write_text(policy_text())
    monkeypatch.setenv("JAMJAR_LOG", str(home / "www"))
    monkeypatch.setenv("JAMJAR_POLICY", str(home / "policy"))
    return str(made)


@pytest.mark.parametrize("named", [(), ("--log", "www"), ("--policy", "policy")])
def test_it_is_told_where(home: Path, named: tuple[str, ...]) -> None:
    refusal = here("wallet", "--passphrase-file", "nowhere", "receipts", *named).refusal
    assert "use --log and --policy, or --offline" in refusal


def test_they_are_listed_and_written(home: Path, consent: str) -> None:
    found = here("wallet", "receipts", "--to", "mine")
    assert found.status == 0, found
    assert found.err.startswith("New receipts: 4.")
    assert [word in found.out for word in (consent[:10], "unknown", "Written to mine: 4.")] == [True] * 3
    rows = here("wallet", "receipts", "--offline", "--json").json
    assert [row["number"] for row in rows] == [0, 3, 6, 8]
    for row in rows:
        command = [sys.executable, "-I", VERIFY, f"mine/{row['file']}", "--policy", "policy"]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        assert consent[2:].lower() in json.loads(told.stdout)["event"]["topics"][1]
    assert "Written to mine: 0." in here("wallet", "receipts", "--to", "mine").out


def test_nothing_is_there(home: Path) -> None:
    assert here("wallet", "receipts", "--offline").out == "No receipts.\n"


def test_a_log_rolled_back(home: Path, consent: str) -> None:
    assert here("wallet", "receipts").status == 0
    put(home, 6, consent)
    done = here("wallet", "receipts", "--to", "mine", "--json")
    assert (done.status, len(done.json)) == (1, 4)
    assert done.err.startswith(
        "ROLLBACK: The log was rolled back from 9 events to 6; tell everyone. Write the evidence "
    )
    assert "owes a proof" in here("verify", "evidence", "mine/001.log-evidence", "--policy", "policy").out


def test_other_commands_fetch_too(home: Path, consent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Locations, "ledger", lambda _: FakeLedger())
    for offline in (("send", "--to", "out"), ("inbox", "--offline")):
        assert here("wallet", *offline).err == ""
    assert here("wallet", "looks", "--json").err.startswith("New receipts: 4.")
    put(home, 12, consent)
    done = here("wallet", "send", "--done")
    assert (done.status, done.err.startswith("SPLIT_VIEW: ")) == (0, True)
    assert len(here("wallet", "receipts", "--offline", "--json").json) == 4


@pytest.mark.parametrize(
    ("changed", "to", "why"),
    [
        ("JAMJAR_LOG", "http://127.0.0.1:9", "The log at http://127.0.0.1:9 did not answer"),
        ("JAMJAR_LOG", "nowhere", "There is no folder nowhere"),
        ("JAMJAR_POLICY", "", "No policy is named"),
        ("JAMJAR_POLICY", "request.json", "of the policy is not understood"),
    ],
)
def test_no_log_stops_them(
    home: Path, consent: str, monkeypatch: pytest.MonkeyPatch, changed: str, to: str, why: str
) -> None:
    monkeypatch.setattr(Locations, "ledger", lambda _: FakeLedger())
    monkeypatch.setenv(changed, to)
    done = here("wallet", "looks", "--json")
    assert (done.status, done.json) == (0, [])
    assert done.err.startswith("jamjar: No receipts were fetched. ")
    assert why in done.err
