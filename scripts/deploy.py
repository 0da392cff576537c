"""Deploys the four contracts and writes `deployments/<chain id>.json`.

    brownie run deploy --network NETWORK            deploy; refuses when a live deployment is on record
    brownie run deploy main replace --network ...   deploy anew, and replace the record

The first account pays and becomes the administrator; give `deploy` other settings to decide otherwise.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brownie

from jamjar import deployment as deployments
from jamjar.deployment import DeployedContract, Deployment
from jamjar.errors import DeploymentError
from jamjar.hashing import keccak256

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "deployments"
DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment fixes for good; times in seconds.

    `administrator` is an address (the deployer when None); a multisig can be named here, or take over later after
    `hand_over_delay`.
    """

    administrator: str | None = None
    hand_over_delay: int = 3 * DAY
    longest_validity: int = 366 * DAY
    longest_reconfirmation: int = 90 * DAY
    most_uses: int = 1000


@dataclass(frozen=True, slots=True)
class System:
    """The four deployed contracts as Brownie objects, and their record."""

    consortium: Any
    consents: Any
    commitments: Any
    advice: Any
    deployment: Deployment


def deploy(deployer: Any, settings: Settings = Settings(), build: Any = None) -> System:
    """Deploy the four contracts from a Brownie account; `build` is a loaded Brownie project, the active one if None."""
    build = build or brownie.project.get_loaded_projects()[-1]
    sender = {"from": deployer}
    administrator = settings.administrator or deployer.address
    limits = (settings.longest_validity, settings.longest_reconfirmation, settings.most_uses)
    consortium = build.Consortium.deploy(administrator, settings.hand_over_delay, sender, silent=True)
    consents = build.ConsentRegistry.deploy(consortium, limits, sender, silent=True)
    commitments = build.CommitmentRegistry.deploy(consents, sender, silent=True)
    advice = build.AdviceLog.deploy(consents, sender, silent=True)
    record = Deployment(
        chain_id=brownie.web3.eth.chain_id,
        block=consortium.tx.block_number,
        commit=_commit(),
        consortium=_deployed(consortium),
        consent_registry=_deployed(consents),
        commitment_registry=_deployed(commitments),
        advice_log=_deployed(advice),
    )
    return System(consortium, consents, commitments, advice, record)


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


def main(replace: str = "") -> None:
    """Deploy on the connected network and write the record."""
    if replace not in ("", "replace"):
        raise DeploymentError(f"{replace!r} is not an option of this script; the only one is: replace")
    if not replace:
        refuse_if_live(FOLDER)
    system = deploy(brownie.accounts[0])
    print(f"Wrote {system.deployment.write(FOLDER)}")


def _deployed(contract: Any) -> DeployedContract:
    return DeployedContract(contract.address, _code_hash(contract.address))


def _code_hash(address: str) -> str:
    return "0x" + keccak256(bytes(brownie.web3.eth.get_code(address))).hex()


def _commit() -> str:
    git = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=40"],  # noqa: S607
                         cwd=ROOT, capture_output=True, text=True, check=False)  # fmt: skip
    return git.stdout.strip() or "unknown"
