"""Deploys the four contracts of the loaded Brownie project, from a Brownie account."""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brownie

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
    build = brownie.project.get_loaded_projects()[-1]
    settings = replace(settings, administrator=settings.administrator or deployer.address)
    deployed: dict[str, Any] = {}
    for name in CONTRACTS:
        at = {before: contract.address for before, contract in deployed.items()}
        arguments = constructor_arguments(name, settings, str(settings.administrator), at)
        deployed[name] = build[name].deploy(*arguments, {"from": deployer}, silent=True)
    block = deployed["Consortium"].tx.block_number
    records = (DeployedContract(contract.address, code_hash(contract.address)) for contract in deployed.values())
    return System(*deployed.values(), Deployment(brownie.web3.eth.chain_id, block, _commit(), *records, settings))


def code_hash(address: str) -> str:
    """Return the Keccak-256 of the code at an address, as 0x hex."""
    return "0x" + keccak256(bytes(brownie.web3.eth.get_code(address))).hex()


def _commit() -> str:
    git = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40"],  # noqa: S607
                         cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    return git.stdout.strip() or "unknown"
