"""Checking everything oneself, by commands alone: a log, three witnesses, a web server, each a process of its own.

Given one witness is down                       the log is published, and a claimant's receipts verify offline
Given the ledger's history is rewritten         the audit, the monitor and the publisher say so; the receipts stand
Given a publisher whose node hides an event,
    swaps two, or tells another time            cosigned all the same, and found by whoever has another node
Given the log shows an older, smaller tree      the wallet and the monitor say so
Given the log shows the third witness a fork    too few cosigned it; two checkpoints prove it, and the witness knows
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import brownie
import pytest

from jamjar.consent.schedule import Begin
from jamjar.ledger import deployment_file
from jamjar.ledger.own_member import OwnMember
from jamjar.model.state import Reason
from jamjar.protocol.signing import AccountSigner
from jamjar.protocol.typed_data import Grant
from jamjar.sandbox.claimant import PERIOD
from jamjar.sandbox.network import SampleNetwork
from jamjar.vault.vault import Vault
from tests.journeys.checking import LIES, USED, WITNESSES, Checkers, Home, forges, lying
from tests.unit.cli.home import here
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, asking
from tools.creation_code import ROOT


@pytest.fixture
def home(network: SampleNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    record = deployment_file.write(network.deployment, tmp_path)
    monkeypatch.chdir(tmp_path)
    terms = replace(TERMS, data_from=PERIOD.start, data_until=PERIOD.end)
    plan = network.households()[0].budget.to_json()
    domain, today = network.deployment.domain_of(Grant), date.fromtimestamp(network.ledger.time())
    request = asking(terms, AccountSigner(network.key(TERMS.recipient)), domain, today=today)
    for name, text in (("passphrase", PASSPHRASE), ("request", request.to_json()), ("plan", plan)):
        (tmp_path / name).write_text(text)
    places = {"DEPLOYMENT": record, "NODE": network.url, "VAULT": tmp_path / "my.vault"}
    for name, value in (places | {"PASSPHRASE_FILE": tmp_path / "passphrase"}).items():
        monkeypatch.setenv(f"JAMJAR_{name}", str(value))
    Vault.create(str(tmp_path / "my.vault"), PASSPHRASE, cost=CHEAP).close()  # as create does, at a lower cost
    consent = here("wallet", "grant", tmp_path / "request", "--yes", "--begin", "now", "--json").json["consent"]
    assert here("wallet", "send", "--account", network.accounts[1]).status == 0
    network.wait(Begin.NOW.ahead)
    assert here("wallet", "commit", consent, tmp_path / "plan").status == 0
    assert here("wallet", "send", "--account", network.accounts[1]).status == 0
    with ExitStack() as stack:
        yield Home(tmp_path, network, Checkers.start(tmp_path, stack, ("network", *LIES)), consent)


def node(method: str, *parameters: object) -> Any:
    return brownie.web3.provider.make_request(method, list(parameters))["result"]


def test_a_record_that_was_rewritten(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before, height = node("evm_snapshot"), home.network.ledger.height()
    home.use()
    done = home.checkers.publish("network")
    assert done.out.startswith("Published: ")
    assert "did not answer" in done.out  # the third witness
    monkeypatch.setenv("JAMJAR_LOG", home.checkers.web("network"))
    monkeypatch.setenv("JAMJAR_POLICY", str(home.folder / "network.policy"))
    assert home.run("wallet", "looks", status=1).err.startswith("New receipts: 3.")  # by itself
    assert "Written to mine: 3." in home.alone("wallet", "receipts", "--to", "mine").out
    home.monitor("network")
    audit = ("audit", "--node", home.network.url, "--state", f"sqlite:///{home.folder / 'audit.db'}", "--build", ROOT)
    assert "Sound: " in home.alone(*audit).out

    node("evm_revert", before)
    home.network.claimant().grant(2, totals=["balance"])
    while home.network.ledger.height() < height + 3:
        home.network.mine()
    assert "breach history-rewritten" in home.alone(*audit, status=1).out
    assert home.monitor("network", "--state", "fresh.state", status=1).err.startswith("DIFFERS: Event ")
    assert "of the ledger differs from the log, although it was final" in home.checkers.publish("network").err
    assert home.run("wallet", "looks").out == "Nobody has looked.\n"
    (used,) = (row["file"] for row in home.run("wallet", "receipts", "--json").json if row["event"] == "ConsentUsed")
    assert "ConsentUsed" in home.alone("verify", "receipt", f"mine/{used}").out
    command = [sys.executable, "-I", ROOT / "tools" / "verify_receipt.py", f"mine/{used}", "--policy", "network.policy"]
    told = subprocess.run(command, cwd=home.folder, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["event"]["topics"][0] == USED


def test_a_publisher_that_is_lied_to(home: Home) -> None:
    home.use()
    council = OwnMember(home.network.ledger, home.network.accounts[4])
    council.suspend(3, Reason.OWN_REQUEST)  # the newest event is late, and no more, when it is hidden
    for log, lie in LIES.items():
        with lying(home.network.url, lie) as url:
            assert home.checkers.publish(log, "--node", url).status == 0
        assert home.monitor(log, log=log, status=1).err.startswith("DIFFERS: Event ")


def test_a_log_that_shows_its_past(home: Home) -> None:
    read = ("wallet", "receipts", "--log", "shown", "--policy", "network.policy")
    assert home.checkers.publish("network").status == 0
    shutil.copytree(home.folder / "network", home.folder / "smaller")
    home.use()
    assert home.checkers.publish("network").status == 0
    (home.folder / "shown").symlink_to("network")
    home.run(*read)
    home.monitor("shown")
    (home.folder / "shown").unlink()
    (home.folder / "shown").symlink_to("smaller")
    assert home.run(*read, status=1).err.startswith("ROLLBACK: ")
    assert home.monitor("shown", status=1).err.startswith("ROLLBACK: ")


def test_a_log_with_two_faces(home: Home) -> None:
    home.use()
    assert home.checkers.publish("network").status == 0
    urls = {WITNESSES[-1]: home.checkers.serve(WITNESSES[-1])}
    home.checkers.write_policy("fork.policy", "network", urls, 1)
    with lying(home.network.url, forges) as url:
        forked = home.checkers.publish("network", "--folder", "fork", "--policy", "fork.policy", "--node", url)
    assert forked.status == 0, forked
    refused = home.run("wallet", "receipts", "--log", "fork", "--policy", "network.policy", status=1)
    assert "Too few witnesses cosigned" in refused.refusal
    found = home.monitor("network", "--other", "fork/checkpoint", status=1)
    assert found.err.startswith("SPLIT_VIEW: ")
    (kept,) = home.folder.glob("*.log-evidence")
    assert "Proven: " in home.run("verify", "evidence", kept, "--policy", "network.policy").out
    home.checkers.write_policy("again.policy", "network", urls, 1)
    assert "compare the log with its last" in home.checkers.publish("network", "--policy", "again.policy").err
    home.run("witness", "evidence", "--state", f"{WITNESSES[-1]}.db", "--out", "against")
    assert "Proven: " in home.run("verify", "evidence", "against/0001.log-evidence", "--policy", "network.policy").out
