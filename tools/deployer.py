"""Deploys the five contracts of the loaded Brownie project, from a Brownie account."""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brownie
from brownie.project.main import get_loaded_projects
from brownie.typing import ContractName
from web3 import HTTPProvider, Web3

from jamjar.crypto.hashing import keccak256
from jamjar.errors import DeploymentError
from jamjar.ledger import deployment_file
from jamjar.protocol.address import created_address
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment, checked
from jamjar.protocol.settings import Settings, constructor_arguments

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class System:
    """The five deployed contracts as Brownie objects, in the order of CONTRACTS, and their record."""

    consortium: Any
    governance: Any
    consents: Any
    commitments: Any
    advice: Any
    deployment: Deployment


def deploy(deployer: Any, settings: Settings) -> System:
    """Deploy the five contracts of the Brownie project that is loaded, from a Brownie account."""
    build = get_loaded_projects()[-1]
    settings = checked(replace(settings, founders=settings.founders or (deployer.address,)))
    first = deployer.nonce
    at = {name: created_address(deployer.address, first + place) for place, name in enumerate(CONTRACTS)}
    deployed: dict[str, Any] = {
        name: build[ContractName(name)].deploy(
            *constructor_arguments(name, settings, at), {"from": deployer}, silent=True
        )
        for name in CONTRACTS
    }
    first_block, records = deployed[CONTRACTS[0]].tx.block_number, {name: _record(c) for name, c in deployed.items()}
    deployment = Deployment.of(brownie.web3.eth.chain_id, first_block, commit(), records, settings)
    consortium, governance, consents, commitments, advice = deployed.values()
    return System(consortium, governance, consents, commitments, advice, deployment)


def url() -> str:
    """Return the address of the node that Brownie is connected to."""
    node = brownie.web3.provider
    if not isinstance(node, HTTPProvider):
        raise RuntimeError("Brownie is not connected to a node over HTTP; connect it to Ganache or Anvil.")
    return str(node.endpoint_uri)


def deploy_from(address: str, settings: Settings) -> System:
    """Deploy from an account of the node, by its address."""
    return deploy(brownie.accounts.at(address, force=True), settings)


def code_hash(address: str) -> str:
    """Return the Keccak-256 of the code at an address, as 0x hex."""
    return "0x" + keccak256(bytes(brownie.web3.eth.get_code(Web3.to_checksum_address(address)))).hex()


def _record(contract: Any) -> DeployedContract:
    return DeployedContract(contract.address, code_hash(contract.address))


def refuse_if_live(folder: Path) -> None:
    """Raise DeploymentError when the record of this chain names contracts that exist."""
    path = deployment_file.path_of(folder, brownie.web3.eth.chain_id)
    if not path.exists():
        return
    for name, contract in deployment_file.read(path).contracts().items():
        if code_hash(contract.address) == contract.code_hash:
            raise DeploymentError(
                f"{path} is live: {name} is at {contract.address}; to replace it: brownie run deploy main replace"
            )


def commit() -> str:
    """Return the commit of the source, or what comes closest to it."""
    git = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40"],  # noqa: S607
                         cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    return git.stdout.strip() or "unknown"
