"""Deploys the four contracts and writes `deployments/<chain id>.json`.

    brownie run deploy --network NETWORK       deploy; refuses when a live deployment is on record
    brownie run deploy main [replace] [ID]     with options: deploy anew, and replace the record; from which account

ID is one of `brownie accounts list`; without it the first account that the node holds unlocked pays. Who pays becomes
the administrator; give `deploy` other settings to decide otherwise.
"""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import brownie

from jamjar import deployment as deployments
from jamjar.deployment import CONTRACTS, DeployedContract, Deployment
from jamjar.errors import DeploymentError
from jamjar.hashing import keccak256
from jamjar.settings import DAY, Settings, constructor_arguments  # noqa: F401 - scripts take DAY from here

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "deployments"


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
    records = (DeployedContract(contract.address, _code_hash(contract.address)) for contract in deployed.values())
    return System(*deployed.values(), Deployment(brownie.web3.eth.chain_id, block, _commit(), *records, settings))


def refuse_if_live(folder: Path) -> None:
    """Raise DeploymentError when the record of this chain names contracts that are there."""
    path = deployments.path_of(folder, brownie.web3.eth.chain_id)
    if not path.exists():
        return
    for name, contract in deployments.read(path).contracts().items():
        if _code_hash(contract.address) == contract.code_hash:
            raise DeploymentError(
                f"{path} is live: {name} is at {contract.address}. To deploy anew: brownie run deploy main replace"
            )


def main(*options: str) -> None:
    """Deploy on the connected network and write the record."""
    ids = [option for option in options if option != "replace"]
    if len(ids) > 1 or not set(ids) <= set(brownie.accounts.load()):
        raise DeploymentError(f"{' '.join(ids)!r}: the options are replace, and one id of `brownie accounts list`")
    if not ids and not len(brownie.accounts):
        raise DeploymentError("The node holds no unlocked account; name one of yours: brownie run deploy main ID")
    if "replace" not in options:
        refuse_if_live(FOLDER)
    deployer = brownie.accounts.load(ids[0], allow_retry=True) if ids else brownie.accounts[0]
    record = deploy(deployer).deployment
    print(f"On chain {record.chain_id}, from block {record.block}:")  # before the file: if that fails, nothing is lost
    print(*(f"  {name} {contract.address}" for name, contract in record.contracts().items()), sep="\n")
    print(f"Wrote {record.write(FOLDER)}")


def _code_hash(address: str) -> str:
    return "0x" + keccak256(bytes(brownie.web3.eth.get_code(address))).hex()


def _commit() -> str:
    git = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40"],  # noqa: S607
                         cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    return git.stdout.strip() or "unknown"
