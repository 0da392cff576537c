"""scripts/deploy: who deploys, and who founds the consortium.

When an account is named                         it deploys
Given an account has no ether and gas costs      DeploymentError, nothing deployed
Given the account sends something meanwhile      DeploymentError, nothing written
When a file of founders is given                 they found the consortium, and govern it
Given none, on a development chain               the sample members found it, and that is said
Given none, on a live network                    DeploymentError, which names `jamjar consortium template`
Given what was deployed is not as it should be   DeploymentError
"""

from pathlib import Path
from typing import Any

import brownie
import pytest
from brownie._config import CONFIG

from assurance.bytecode.deployment_checks import Check
from jamjar.errors import DeploymentError
from jamjar.ledger import deploying, deployment_file
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.roles import FOUNDER
from jamjar.protocol.settings import DAY
from jamjar.sandbox.members import MEMBERS
from scripts import deploy

pytestmark = pytest.mark.usefixtures("record")


def test_a_named_account(local: Any, record: Path) -> None:
    brownie.accounts[0].transfer(local, "1 ether", silent=True)
    deploy.deploy_here("ours")
    first = brownie.web3.eth.get_block(deployment_file.read(record).block, full_transactions=True)["transactions"][0]
    assert first["from"] == local.address
    ledger = Ledger(brownie.web3.provider.endpoint_uri, deployment_file.read(record))
    assert ledger.read("Governance", "hasRole", FOUNDER, local.address)


def test_an_account_without_ether(local: Any, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    price = property(lambda _: 7)
    monkeypatch.setattr(type(brownie.web3.eth), "gas_price", price)
    least = 7 * (deploying.GAS + len(MEMBERS) * deploying.GAS_OF_MEMBER)
    why = f"{local.address} has nothing to pay for gas with, 0 wei of about {least} at"
    with pytest.raises(DeploymentError, match=why):
        deploy.deploy_here("ours")
    assert not record.exists()


def test_given_the_account_sends_something_meanwhile(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(name: str) -> None:
        if name == "ConsentRegistry":
            brownie.accounts[0].transfer(brownie.accounts[1], 0, silent=True)

    monkeypatch.setattr(deploy, "deploy", lambda *given, progress: deploying.deploy(*given, progress=send))
    with pytest.raises(DeploymentError, match="sent something else meanwhile; deploy again"):
        deploy.deploy_here()
    assert not record.exists()


def test_a_file_of_founders(record: Path, tmp_path: Path) -> None:
    file, (founder, account) = tmp_path / "founders.toml", brownie.accounts[6:8]
    member = f'number = 7\nname = "Ada"\nroles = []\naccount = "{account}"\nencryption_key = "0x{"ab" * 32}"\n'
    file.write_text(f'founders = ["{founder}"]\nsuspension = 9\n[[member]]\n{member}[limits]\nmost_uses = 7\n')
    deploy.deploy_here(str(file))
    ledger = Ledger(brownie.web3.provider.endpoint_uri, deployment_file.read(record))
    held = [ledger.read("Governance", "hasRole", FOUNDER, each.address) for each in (founder, brownie.accounts[0])]
    assert (held, ledger.member_of(account.address)) == ([True, False], 7)
    assert tuple(ledger.read("ConsentRegistry", "limits"))[2] == 7
    assert tuple(ledger.read("Consortium", "delays")) == (9 * DAY, 14 * DAY)


def test_given_no_file_of_founders_on_a_live_network(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONFIG._active_network, "cmd", None)
    monkeypatch.delitem(CONFIG._active_network, "cmd")
    with pytest.raises(DeploymentError, match="jamjar consortium template"):
        deploy.deploy_here("replace")
    assert not record.exists()


def test_given_it_is_not_as_it_should_be(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Check("AdviceLog", "created", "by a transaction", "by none")
    monkeypatch.setattr(deploy, "checks", lambda *_: iter([wrong]))
    with pytest.raises(DeploymentError, match="1 of 1 checks are wrong; do not use it: WRONG AdviceLog"):
        deploy.deploy_here()
