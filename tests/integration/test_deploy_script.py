"""scripts/deploy: deploys, writes the record, and never takes a live deployment for nothing.

When an option is unknown, or two accounts are   DeploymentError, nothing deployed
Given the node holds no account                  DeploymentError, which says how to name one
Given a live deployment is on record             DeploymentError; with `replace` the record is replaced
Given the record is damaged                      DeploymentError; with `replace` the record is replaced
Given the record is of a chain that is gone      it is overwritten
When the file cannot be written                  DeploymentError, and the addresses are printed
As a command                                     one sentence, status 1; also of a network that is not known
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import brownie
import pytest
from eth_utils import keccak

from jamjar.errors import DeploymentError
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.roles import FOUNDER
from jamjar.protocol.settings import DAY
from jamjar.sandbox.members import NAMES
from scripts import deploy
from tools.deployer import ROOT

pytestmark = pytest.mark.usefixtures("record")


@pytest.mark.parametrize(
    "options",
    [
        ("force",),
        ("Replace",),
        ("--replace",),
        ("replace ",),
        ("",),
        ("replace", "force"),
        ("ours", "ours"),
        ("a.toml", "b.toml"),
    ],
)
def test_an_unknown_option(local: Any, record: Path, options: tuple[str, ...]) -> None:
    height = brownie.chain.height
    with pytest.raises(DeploymentError, match="are replace, one id of `brownie accounts list`, and one file"):
        deploy.deploy_here(*options)
    assert not record.exists()
    assert brownie.chain.height == height


@pytest.mark.parametrize("options", [(), ("replace",)])
def test_given_no_account(record: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    monkeypatch.setattr(brownie.accounts, "_accounts", [])
    with pytest.raises(DeploymentError, match="name one of yours: brownie run deploy main ID"):
        deploy.deploy_here(*options)
    assert not record.exists()


def test_given_a_live_deployment_it_refuses(record: Path) -> None:
    deploy.deploy_here()
    text, height = record.read_text(), brownie.chain.height
    with pytest.raises(DeploymentError, match=r"is live: Consortium is at 0x.*brownie run deploy main replace"):
        deploy.deploy_here()
    assert record.read_text() == text
    assert brownie.chain.height == height


def test_given_a_live_deployment_and_replace_it_replaces(record: Path) -> None:
    deploy.deploy_here()
    before = deployment_file.read(record)
    deploy.deploy_here("replace")
    after = deployment_file.read(record)
    assert after.block > before.block
    assert {at.address for at in after.contracts().values()}.isdisjoint(
        at.address for at in before.contracts().values()
    )


def test_given_a_damaged_record_it_refuses_unless_told(record: Path) -> None:
    record.write_text("{")
    with pytest.raises(DeploymentError, match="restore it or deploy again"):
        deploy.deploy_here()
    assert record.read_text() == "{"
    deploy.deploy_here("replace")
    assert deployment_file.read(record).chain_id == 1337


def test_given_a_record_of_a_chain_that_is_gone_it_overwrites(record: Path) -> None:
    brownie.chain.snapshot()
    deploy.deploy_here()
    old = deployment_file.read(record)
    brownie.chain.revert()
    brownie.accounts[0].transfer(brownie.accounts[1], 0, silent=True)  # so that the addresses will be others
    deploy.deploy_here()
    assert deployment_file.read(record).consortium.address != old.consortium.address


def test_writes_what_is_there(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deploy.deploy_here()
    out = capsys.readouterr().out
    assert out.startswith("No file of founders is given: the sample members found it")
    assert f"Wrote {record}" in out
    assert out.endswith(" checked, 0 wrong.\n")
    written = deployment_file.read(record)
    for at in written.contracts().values():
        assert at.code_hash == "0x" + keccak(brownie.web3.eth.get_code(at.address)).hex()
    first = brownie.web3.eth.get_block(written.block, full_transactions=True)["transactions"][0]
    assert first["to"] is None
    ledger = Ledger(brownie.web3.provider.endpoint_uri, written)
    assert ledger.read("Consortium", "governance") == written.governance.address
    assert ledger.read("Governance", "hasRole", FOUNDER, brownie.accounts[0].address)
    assert [ledger.member(number).name for number in NAMES] == list(NAMES.values())
    assert written.settings.members == deployment_file.read(record).settings.members
    assert tuple(ledger.read("ConsentRegistry", "limits")) == (366 * DAY, 90 * DAY, 1000)
    assert ledger.read("ConsentRegistry", "consortium") == written.consortium.address
    assert ledger.read("CommitmentRegistry", "consents") == written.consent_registry.address
    assert ledger.read("AdviceLog", "consents") == written.consent_registry.address


def test_what_cannot_be_written_is_printed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record.mkdir()
    with pytest.raises(DeploymentError, match="was not written"):
        deploy.deploy_here("replace")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    addresses = [line[1] for line in lines if len(line) == 2 and line[0] in CONTRACTS]
    assert len(set(addresses)) == len(CONTRACTS) == 5
    assert all(brownie.web3.eth.get_code(address) for address in addresses)


def test_as_a_command_it_says_one_sentence(record: Path) -> None:
    with pytest.raises(SystemExit, match="'force' is not understood; the options are"):
        deploy.main("force")


def test_a_network_that_is_not_known() -> None:
    command = [str(Path(sys.executable).with_name("brownie")), "run", "deploy", "--network", "nowhere"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    said = "Brownie knows no network 'nowhere'; choose one of `brownie networks list`, or add it.\n"
    assert (done.returncode, done.stderr) == (1, said)
