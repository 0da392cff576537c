"""A deployment with members, and what checking it finds."""

from dataclasses import replace
from typing import Any

import brownie

from assurance.bytecode.deployment_checks import checks
from jamjar.audit import built_code
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.settings import DAY, Settings
from jamjar.sandbox.members import founding
from tools.creation_code import read_build
from tools.deployer import System, deploy

STRANGER = "0x" + "77" * 20


def deployed() -> System:
    accounts = [account.address for account in brownie.accounts]
    members = founding(accounts, lambda number: bytes([number]) * 32)
    settings = Settings(members=members, governance_delay=8 * DAY, longest_validity=300 * DAY, most_uses=7)
    return deploy(brownie.accounts[0], settings)


def url() -> str:
    return str(brownie.web3.provider.endpoint_uri)


def wrong(deployment: Deployment) -> list[str]:
    """What is wrong, as `contract: what`."""
    found = list(checks(url(), deployment, read_build()))
    return [f"{check.contract}: {check.what}" for check in found if not check.right]


def govern(system: System, contract: Any, function: str, *arguments: Any) -> None:
    """Have the governance call a contract."""
    founder, delay = {"from": brownie.accounts[0]}, system.governance.getMinDelay()
    call = (contract.address, 0, getattr(contract, function).encode_input(*arguments), bytes(32), bytes(32))
    system.governance.schedule(*call, delay, founder)
    brownie.chain.sleep(delay)
    brownie.chain.mine()
    system.governance.execute(*call, founder)


def put(deployment: Deployment, field: str, contract: Any) -> Deployment:
    """The deployment with another contract in the place of one of its own, and its code's hash."""
    code = bytes(brownie.web3.eth.get_code(contract.address))
    return replace(deployment, **{field: DeployedContract(contract.address, built_code.hash_of(code))})
