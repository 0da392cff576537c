"""scripts/deploy: deploys, writes the record, and never takes a live deployment for nothing.

When an option is unknown, or two accounts are   DeploymentError, nothing deployed
Given the node holds no account                  DeploymentError, which says how to name one
Given a live deployment is on record             DeploymentError; with `replace` the record is replaced
Given the record is damaged                      DeploymentError; with `replace` the record is replaced
Given the record is of a chain that is gone      it is overwritten
When the file cannot be written                  DeploymentError, and the addresses are printed
When an account is named                         it deploys and is the administrator
When settings are given                          the contracts have them
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brownie
import pytest
from eth_utils import keccak

from jamjar.errors import DeploymentError
from jamjar.ledger import deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.settings import Settings
from scripts import deploy
from tools import deployer

DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def record(fn_isolation: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the script writes the record of this chain."""
    monkeypatch.setattr(deploy, "FOLDER", tmp_path)
    return tmp_path / "1337.json"


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An account in Brownie's keystore, "ours", that the node does not hold."""
    (tmp_path / "accounts").mkdir()
    monkeypatch.setattr("brownie.network.account._get_data_folder", lambda: tmp_path)
    monkeypatch.setattr("brownie.network.account.getpass", lambda _: "secret")
    account = brownie.accounts.add()
    account.save("ours", password="secret")  # noqa: S106 - of a throwaway
    brownie.accounts.remove(account)
    yield account
    if account in brownie.accounts:
        brownie.accounts.remove(account)


@pytest.mark.parametrize(
    "options", [("force",), ("Replace",), ("--replace",), ("replace ",), ("",), ("replace", "force"), ("ours", "ours")]
)
def test_an_unknown_option(local: Any, record: Path, options: tuple[str, ...]) -> None:
    height = brownie.chain.height
    with pytest.raises(DeploymentError, match="the options are replace, and one id of `brownie accounts list`"):
        deploy.main(*options)
    assert not record.exists()
    assert brownie.chain.height == height


@pytest.mark.parametrize("options", [(), ("replace",)])
def test_given_no_account(record: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]) -> None:
    monkeypatch.setattr(brownie.accounts, "_accounts", [])
    with pytest.raises(DeploymentError, match="name one of yours: brownie run deploy main ID"):
        deploy.main(*options)
    assert not record.exists()


def test_given_a_live_deployment_it_refuses(record: Path) -> None:
    deploy.main()
    text, height = record.read_text(), brownie.chain.height
    with pytest.raises(DeploymentError, match=r"is live: Consortium is at 0x.*brownie run deploy main replace"):
        deploy.main()
    assert record.read_text() == text
    assert brownie.chain.height == height


def test_given_a_live_deployment_and_replace_it_replaces(record: Path) -> None:
    deploy.main()
    before = deployment_file.read(record)
    deploy.main("replace")
    after = deployment_file.read(record)
    assert after.block > before.block
    assert {at.address for at in after.contracts().values()}.isdisjoint(
        at.address for at in before.contracts().values()
    )


def test_given_a_damaged_record_it_refuses_unless_told(record: Path) -> None:
    record.write_text("{")
    with pytest.raises(DeploymentError, match="restore it or deploy again"):
        deploy.main()
    assert record.read_text() == "{"
    deploy.main("replace")
    assert deployment_file.read(record).chain_id == 1337


def test_given_a_record_of_a_chain_that_is_gone_it_overwrites(record: Path) -> None:
    brownie.chain.snapshot()
    deploy.main()
    old = deployment_file.read(record)
    brownie.chain.revert()
    brownie.accounts[0].transfer(brownie.accounts[1], 0, silent=True)  # so that the addresses will be others
    deploy.main()
    assert deployment_file.read(record).consortium.address != old.consortium.address


def test_writes_what_is_there(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deploy.main()
    assert f"Wrote {record}" in capsys.readouterr().out
    written = deployment_file.read(record)
    for at in written.contracts().values():
        assert at.code_hash == "0x" + keccak(brownie.web3.eth.get_code(at.address)).hex()
    first = brownie.web3.eth.get_block(written.block, full_transactions=True)["transactions"][0]
    assert first["to"] is None
    ledger = Ledger(brownie.web3.provider.endpoint_uri, written)
    assert ledger.read("Consortium", "owner") == brownie.accounts[0].address
    assert tuple(ledger.read("ConsentRegistry", "limits")) == (366 * DAY, 90 * DAY, 1000)
    assert ledger.read("ConsentRegistry", "consortium") == written.consortium.address
    assert ledger.read("CommitmentRegistry", "consents") == written.consent_registry.address
    assert ledger.read("AdviceLog", "consents") == written.consent_registry.address


def test_what_cannot_be_written_is_printed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record.mkdir()
    with pytest.raises(DeploymentError, match="was not written"):
        deploy.main("replace")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    addresses = [line[1] for line in lines if len(line) == 2 and line[0] in CONTRACTS]
    assert len(set(addresses)) == len(CONTRACTS) == 4
    assert all(brownie.web3.eth.get_code(address) for address in addresses)


def test_a_named_account(local: Any, record: Path) -> None:
    brownie.accounts[0].transfer(local, "1 ether", silent=True)
    deploy.main("ours")
    first = brownie.web3.eth.get_block(deployment_file.read(record).block, full_transactions=True)["transactions"][0]
    assert first["from"] == local.address
    ledger = Ledger(brownie.web3.provider.endpoint_uri, deployment_file.read(record))
    assert ledger.read("Consortium", "owner") == local.address


def test_settings() -> None:
    boss = brownie.accounts[7].address
    system = deployer.deploy(brownie.accounts[0], Settings(boss, DAY, 9, 8, 7))
    assert (system.consortium.owner(), system.consortium.defaultAdminDelay()) == (boss, DAY)
    assert tuple(system.consents.limits()) == (9, 8, 7)
