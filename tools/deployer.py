"""Deploys the four contracts of the loaded Brownie project, from a Brownie account."""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brownie
from brownie.project.main import get_loaded_projects
from brownie.typing import ContractName
from web3 import Web3

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.deployment import CONTRACTS, DeployedContract, Deployment
from jamjar.protocol.settings import Settings, constructor_arguments

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class System:
    """The four deployed contracts as Brownie objects, in the order of CONTRACTS, and their record."""

    consortium: Any
    consents: Any
    commitments: Any
    advice: Any
    deployment: Deployment


def deploy(deployer: Any, settings: Settings = Settings()) -> System:  # noqa: B008 - frozen
    """Deploy the four contracts of the Brownie project that is loaded, from a Brownie account."""
    build = get_loaded_projects()[-1]
    settings = replace(settings, administrator=settings.administrator or deployer.address)
    deployed: dict[str, Any] = {}
    for name in CONTRACTS:
        at = {before: contract.address for before, contract in deployed.items()}
        arguments = constructor_arguments(name, settings, str(settings.administrator), at)
        deployed[name] = build[ContractName(name)].deploy(*arguments, {"from": deployer}, silent=True)
    consortium, consents, commitments, advice = deployed.values()
    deployment = Deployment(
        brownie.web3.eth.chain_id,
        consortium.tx.block_number,
        _commit(),
        _record(consortium),
        _record(consents),
        _record(commitments),
        _record(advice),
        settings,
    )
    return System(consortium, consents, commitments, advice, deployment)


def code_hash(address: str) -> str:
    """Return the Keccak-256 of the code at an address, as 0x hex."""
    return "0x" + keccak256(bytes(brownie.web3.eth.get_code(Web3.to_checksum_address(address)))).hex()


def _record(contract: Any) -> DeployedContract:
    return DeployedContract(contract.address, code_hash(contract.address))


def _commit() -> str:
    git = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40"],  # noqa: S607
                         cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    return git.stdout.strip() or "unknown"
